"""What may be asked of the list of complaints: pure rules on values."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from app.base.errors import N_
from app.base.fields import Choices
from app.intake.rules import State, is_number

PER_PAGE = (25, 50, 100)
LAST_PAGE = 9999


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
