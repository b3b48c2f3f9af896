"""What may be asked of the list, and the words of its codes: pure rules on values."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from app.base.errors import N_
from app.base.fields import Choices
from app.base.secrets import ALPHABET

PER_PAGE = (25, 50, 100)
LAST_PAGE = 9999
_NUMBER = re.compile(rf"SA-[0-9]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_ID = re.compile(r"[0-9a-f]{32}")


class State(Choices):
    """Where a complaint stands, in a clerk's words."""

    RECUE = "recue", N_("Reçue")
    ACCUSEE = "accusee", N_("Accusé envoyé")
    TRANSMISE = "transmise", N_("Transmise")
    CONCILIATION_FIXEE = "conciliation_fixee", N_("Réunion fixée")
    CONCILIATION_FAITE = "conciliation_faite", N_("Réunion tenue")
    ACCORD = "accord", N_("Accord")
    SANS_ACCORD = "sans_accord", N_("Sans accord")
    SANS_CONCILIATION = "sans_conciliation", N_("Sans conciliation")
    REORIENTEE = "reorientee", N_("Envoyée à une autre autorité")
    RETRAIT_DEMANDE = "retrait_demande", N_("Retrait demandé")
    RETIREE = "retiree", N_("Retirée")
    CLOSE = "close", N_("Terminée")


class Due(Choices):
    """How near the next date is; what is late is always shown with what is near."""

    RETARD = "retard", N_("En retard")
    DAYS_3 = "3j", N_("Dans 3 jours ou moins")
    DAYS_8 = "8j", N_("Dans 8 jours ou moins")
    DAYS_30 = "30j", N_("Dans 30 jours ou moins")


class DeskRole(Choices):
    """Why a complaint is on this desk."""

    RECEIVER = "destinataire", N_("Destinataire")
    INFORMED = "informee", N_("Informée")


class Attribution(Choices):
    """Who takes care of a complaint."""

    MOI = "moi", N_("À moi")
    PERSONNE = "personne", N_("À personne")


class Channel(Choices):
    """How a complaint came."""

    PATIENT = "patient", N_("La personne")
    REPRESENTANT = "representant", N_("Un représentant ou une aide")


class Sign(Choices):
    """What a clerk must see at once."""

    URGENCE = "urgence", N_("Soins urgents")
    MINEUR = "mineur", N_("Mineur")
    PROTEGE = "protege", N_("Personne protégée")
    MESURE = "mesure_a_verifier", N_("Mesure de protection à vérifier")
    AIDE = "aide", N_("Avec une aide")
    AVOCAT = "avocat", N_("Par un avocat")
    BESOINS = "besoins", N_("Besoins pour participer")
    LANGUE = "langue", N_("Autre langue que le français")
    SANS_EMAIL = "sans_email", N_("Sans e-mail")
    A_CONFIRMER = "a_confirmer", N_("Orientation à confirmer")


class EventKind(Choices):
    """Lines of the history."""

    RECUE = "recue", N_("Plainte reçue")
    OUVERTE = "ouverte", N_("Ouverte")
    DANGEREUSE = "preuve_dangereuse", N_("Preuve dangereuse enregistrée")
    REORIENTATION = "reorientation", N_("Envoyée à une autre autorité")
    ACCUSE = "accuse_reception", N_("Accusé de réception envoyé")
    TRANSMISE_AUTORITE = "transmise_autorite", N_("Transmise à l'autre autorité")
    TRANSMISE_PRO = "transmise_professionnel", N_("Transmise au professionnel")
    MESSAGE_PERSONNE = "message_personne", N_("Message de la personne")
    MESSAGE_AUTORITE = "message_autorite", N_("Message à la personne")
    DEMANDE = "demande_piece", N_("Demande à la personne")
    RETRAIT_DEMANDE = "retrait_demande", N_("Retrait demandé par la personne")
    RETRAIT_ANNULE = "retrait_annule", N_("Retrait annulé par la personne")
    RETRAIT = "retrait", N_("Plainte retirée")
    EXPORTEE = "exportee", N_("Exportée")
    ATTRIBUEE = "attribuee", N_("Attribuée")
    NOTE = "note", N_("Note interne")


INTERNAL = frozenset({EventKind.ATTRIBUEE, EventKind.NOTE, EventKind.OUVERTE, EventKind.EXPORTEE})
"""Lines of the history that the other authority does not read."""


class Doubt(Choices):
    """What the sources leave open about the competent authorities."""

    CPAM = "cpam", N_("la caisse compétente")
    COUNCIL = "council", N_("le conseil de l'ordre compétent")
    PROFESSION = "profession", N_("la profession")
    COMMUNE = "commune", N_("la ville où travaille le professionnel")


PUBLIC_SERVICE = N_(
    "Hôpital ou établissement : pour un acte de service public, seuls le ministre, le préfet, l'agence régionale de "
    "santé, le procureur et les conseils de l'ordre peuvent saisir la chambre disciplinaire (CSP L. 4124-2). "
    "Le destinataire ne change pas."
)
CHAMBERS = frozenset({"10", "40", "50"})
"""Professions of CSP L. 4124-2: médecins, chirurgiens-dentistes, sages-femmes (RPPS codes)."""


def notices(profession: str, place: str) -> tuple[str, ...]:
    """List what a clerk must know before acting; ``place`` is the answer to « Dans quel endroit ? »."""
    return (PUBLIC_SERVICE,) if place == "etablissement" and profession in CHAMBERS else ()


def label_of(codes: type[Choices], code: str) -> str:
    """Give the words of a code; a code of another version of the service is shown as it is."""
    return next((known.label for known in codes if known.value == code), code)


@dataclass(frozen=True)
class View:
    """A list that clerks ask for all day long, in one press."""

    label: str
    filters: "Filters"


@dataclass(frozen=True)
class Filters:
    """What the list is asked; an empty string asks nothing."""

    etat: str = ""
    echeance: str = ""
    profession: str = ""
    role: str = ""
    attribution: str = ""
    canal: str = ""
    besoin: str = ""
    q: str = ""
    """A number."""
    page: int = 1
    par: int = PER_PAGE[0]

    @property
    def narrows(self) -> bool:
        """Whether some complaints are left out."""
        return self != Filters(page=self.page, par=self.par)

    def at(self, page: int) -> "Filters":
        """Ask the same of another page."""
        return replace(self, page=page)

    def query(self) -> str:
        """Write the end of an address that asks the same, without what goes without saying."""
        plain = Filters()
        asked = {name: value for name, value in vars(self).items() if value != getattr(plain, name)}
        return f"?{urlencode(asked)}" if asked else ""


VIEWS = (
    View(N_("Toutes"), Filters()),
    View(N_("En retard"), Filters(echeance=Due.RETARD)),
    View(N_("À accuser réception"), Filters(etat=State.RECUE, role=DeskRole.RECEIVER)),
    View(N_("À transmettre"), Filters(etat=State.ACCUSEE, role=DeskRole.RECEIVER)),
    View(N_("À moi"), Filters(attribution=Attribution.MOI)),
    View(N_("Sans attribution"), Filters(attribution=Attribution.PERSONNE)),
)
"""The named views of the list."""


def read_filters(typed: Mapping[str, str], professions: Collection[str]) -> tuple[Filters, bool]:
    """Read the end of an address; what is not understood is left aside, and told."""
    known: dict[str, Callable[[str], bool]] = {
        "etat": lambda value: value in set(State),
        "echeance": lambda value: value in set(Due),
        "profession": lambda value: value in professions,
        "role": lambda value: value in set(DeskRole),
        "attribution": lambda value: value in set(Attribution),
        "canal": lambda value: value in set(Channel),
        "besoin": lambda value: value == "oui",
        "q": lambda value: is_number(value.upper()),
        "page": lambda value: _count(value) in range(1, LAST_PAGE + 1),
        "par": lambda value: _count(value) in PER_PAGE,
    }
    asked = {name: value for name in known if (value := typed.get(name, "").strip())}
    kept = {name: value for name, value in asked.items() if known[name](value)}
    filters = Filters(
        etat=kept.get("etat", ""),
        echeance=kept.get("echeance", ""),
        profession=kept.get("profession", ""),
        role=kept.get("role", ""),
        attribution=kept.get("attribution", ""),
        canal=kept.get("canal", ""),
        besoin=kept.get("besoin", ""),
        q=kept.get("q", "").upper(),
        page=int(kept.get("page", 1)),
        par=int(kept.get("par", PER_PAGE[0])),
    )
    return filters, len(kept) < len(asked)


def _count(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= len(str(LAST_PAGE)) else -1


def last_day(echeance: str, today: date) -> date | None:
    """Give the last due day that a filter lets through."""
    days = {Due.RETARD.value: -1, Due.DAYS_3.value: 3, Due.DAYS_8.value: 8, Due.DAYS_30.value: 30}
    return today + timedelta(days=days[echeance]) if echeance else None


def pages_of(total: int, per_page: int) -> int:
    """Count the pages of a list; an empty list has one."""
    return max(1, -(-total // per_page))


def is_number(text: str) -> bool:
    """Tell whether this can be the number of a complaint."""
    return _NUMBER.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Tell whether this can be the id of a file, or of an account."""
    return _ID.fullmatch(text) is not None
