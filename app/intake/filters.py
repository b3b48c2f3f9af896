"""What may be asked of the list of complaints: pure rules on values."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from app.base.cutting import PER_PAGE
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.filing.sealed.recorded import CHANNEL
from app.filing.search.word_index import NEEDS
from app.filing.status.state import ComplaintState
from app.intake.rules import is_id, is_number
from app.procedure.days import LegalDay
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.motives import MotiveChoice

LAST_PAGE = 9999
YEARS = range(2000, 2200)


class DueWithin(Choices):
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
    REMPLACE = "moi_et_absents", N_("À moi et à ceux que je remplace")
    PERSONNE = "personne", N_("À personne")


class Channel(Choices):
    """How a complaint came."""

    PATIENT = "patient", N_("La personne")
    REPRESENTANT = "representant", N_("Un représentant ou une aide")
    ASSOCIATION = "association", N_("Une association agréée")
    PAPIER = CHANNEL, N_("Reçue par l'autorité, sur papier ou au guichet")


class Ahead(Choices):
    """What lies ahead of a complaint."""

    EN_COURS = "en_cours", N_("En cours")
    A_FIXER = "a_fixer", N_("Conciliation à fixer")
    TERMINEES = "terminees", N_("Terminées")


class Column(Choices):
    """What a list may be sorted by, with its head."""

    DUE = "echeance", N_("Échéance")
    NUMBER = "numero", N_("Numéro")
    RECEIVED = "recue", N_("Reçue le")


LAST_FIRST = "-"
"""Before a column in an address: from the last to the first."""
ORDERS = {LAST_FIRST * turned + column.value for column in Column for turned in (False, True)} - {Column.DUE.value}
"""How a list may be sorted, as addresses say it; the nearest date first goes without saying."""
TO_FIX = LegalDay.LAST_SUMMONS
"""Code of the day that a desk must keep while no meeting is fixed."""


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
    mention: str = ""
    """``moi``: those of which a colleague told who asks."""
    etiquette: str = ""
    """Id of a tag of the authority."""
    canal: str = ""
    besoin: str = ""
    forme: str = ""
    motif: str = ""
    suite: str = ""
    recue_du: str = ""
    recue_au: str = ""
    q: str = ""
    """A number."""
    mots: str = ""
    """Words of names and towns: sent by POST; an address holds them sealed alone."""
    tri: str = ""
    """A column, after ``-`` from the last to the first; empty: the nearest date first."""
    page: int = 1
    par: int = PER_PAGE[0]

    @property
    def narrowing(self) -> "Filters":
        """What leaves some complaints out: all but the way they are laid on pages."""
        return replace(self.unpaged, tri="")

    @property
    def narrows(self) -> bool:
        """Whether some complaints are left out."""
        return self.narrowing != Filters()

    @property
    def is_view(self) -> bool:
        """Whether this is one of the named views, however it is laid."""
        return any(self.narrowing == view.filters for view in VIEWS)

    @property
    def unpaged(self) -> "Filters":
        """The same list, however it is cut in pages."""
        return replace(self, page=1, par=PER_PAGE[0])

    @property
    def kept(self) -> "Filters":
        """What a saved view keeps: neither the words nor the number, which name somebody, nor the page."""
        return replace(self.unpaged, q="", mots="")

    @property
    def is_worth_keeping(self) -> bool:
        """Whether a saved view of it would show more than the whole list and the named views do."""
        return all(self.kept != view.filters for view in VIEWS)

    @property
    def column(self) -> Column:
        """What the list is sorted by."""
        return next((one for one in Column if one.value == self.tri.removeprefix(LAST_FIRST)), Column.DUE)

    @property
    def is_last_first(self) -> bool:
        """Whether the list goes from the last to the first."""
        return self.tri.startswith(LAST_FIRST)

    def sorted_by(self, column: Column) -> "Filters":
        """Ask the same sorted by a column, from its other end when it is already; from the first page."""
        turned = column == self.column and not self.is_last_first
        tri = LAST_FIRST * turned + column.value
        return replace(self, tri=tri if tri in ORDERS else "", page=1)

    @property
    def newest_first(self) -> "Filters":
        """Ask the same from the last complaint received, on the first page: what has just come is seen at once."""
        return replace(self, tri=LAST_FIRST + Column.RECEIVED.value, page=1)

    def at(self, page: int) -> "Filters":
        """Ask the same of another page."""
        return replace(self, page=page)

    @property
    def pairs(self) -> dict[str, str]:
        """Return what is asked, without what goes without saying nor the words."""
        plain = Filters()
        asked = {name: str(value) for name, value in vars(self).items() if value != getattr(plain, name)}
        asked.pop("mots", None)
        return asked

    @property
    def sent(self) -> dict[str, str]:
        """Return all that a form must send to ask the same, the words too."""
        return self.pairs | ({"q": self.mots} if self.mots else {})

    def query(self) -> str:
        """Write the end of an address that asks the same, words left out."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the terms of the index that are asked beside words: forms, motives and needs are sealed."""
        asked = ((self.forme, f"forme:{self.forme}"), (self.motif, f"motif:{self.motif}"), (self.besoin, NEEDS))
        return tuple(term for code, term in asked if code)


VIEWS = (
    View(N_("Toutes"), Filters()),
    View(N_("En retard"), Filters(echeance=DueWithin.RETARD)),
    View(N_("À accuser réception"), Filters(etat=ComplaintState.RECEIVED, role=DeskRole.RECEIVER)),
    View(N_("À transmettre"), Filters(etat=ComplaintState.ACKNOWLEDGED, role=DeskRole.RECEIVER)),
    View(N_("Conciliation à fixer"), Filters(suite=Ahead.A_FIXER)),
    View(N_("À moi"), Filters(attribution=Attribution.MOI)),
    View(N_("Mentions"), Filters(mention=Attribution.MOI)),
    View(N_("Sans attribution"), Filters(attribution=Attribution.PERSONNE)),
    View(N_("Terminées"), Filters(suite=Ahead.TERMINEES)),
)
"""The named views of the list."""


def read_filters(typed: Mapping[str, str], professions: Collection[str]) -> tuple[Filters, bool]:
    """Read the end of an address; what is not understood is left aside, and told."""
    known: dict[str, Callable[[str], bool]] = {
        "etat": lambda value: value in set(ComplaintState),
        "echeance": lambda value: value in set(DueWithin),
        "profession": lambda value: value in professions,
        "role": lambda value: value in set(DeskRole),
        "attribution": lambda value: value in set(Attribution) or is_id(value),
        "mention": lambda value: value == Attribution.MOI,
        "etiquette": is_id,
        "canal": lambda value: value in set(Channel),
        "besoin": lambda value: value == "oui",
        "forme": lambda value: value in set(RefusalKind),
        "motif": lambda value: value in set(MotiveChoice),
        "suite": lambda value: value in set(Ahead),
        "recue_du": _is_day,
        "recue_au": _is_day,
        "q": lambda value: is_number(value.upper()),
        "tri": ORDERS.__contains__,
        "page": lambda value: _count(value) in range(1, LAST_PAGE + 1),
        "par": lambda value: _count(value) in PER_PAGE,
    }
    asked = {name: value for name in known if (value := typed.get(name, "").strip())}
    kept = {name: value for name, value in asked.items() if known[name](value)}
    page, par = int(kept.pop("page", 1)), int(kept.pop("par", PER_PAGE[0]))
    number = kept.pop("q", "").upper()
    understood = len(kept) + sum(name in asked and known[name](asked[name]) for name in ("page", "par", "q"))
    return Filters(**kept, q=number, page=page, par=par), understood < len(asked)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value and date.fromisoformat(value).year in YEARS
    except ValueError:
        return False


def _count(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= len(str(LAST_PAGE)) else -1
