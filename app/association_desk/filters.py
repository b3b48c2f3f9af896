"""What may be asked of the list of an association's complaints: pure rules on values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from app.base.cutting import PER_PAGE
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.filing.status.state import TOLD_STATES

LAST_PAGE = 9999
NUMBER = re.compile(r"SA-[0-9A-Z-]{1,17}")
"""What may be the number of a complaint."""
FORMER = "ancien"
"""Stands for all those whose account is closed, in the filter by member."""
OF_SENT = frozenset({"statut", "autorite"})
"""What is asked of complaints that were sent: of drafts, it is left aside."""


class Tab(Choices):
    """The lists of an association. A complaint whose mandate ended stays among those that were sent.

    What is late is among them too: a day of the law was missed (see :mod:`app.filing.documents.missed_days`).
    """

    TO_COMPLETE = "a_completer", N_("À compléter")
    SENT = "envoyees", N_("Envoyées")
    LATE = "en_retard", N_("En retard")
    ENDED = "terminees", N_("Terminées")


class Order(Choices):
    """What comes first."""

    NEXT_DATE = "date", N_("La date la plus proche")
    LAST_CHANGE = "changement", N_("Le dernier changement")


@dataclass(frozen=True)
class MemberFilters:
    """What the list is asked; an empty string asks nothing."""

    etat: str = Tab.TO_COMPLETE.value
    membre: str = ""
    tri: str = Order.NEXT_DATE.value
    antenne: str = ""
    statut: str = ""
    """State of a complaint that was sent; ``etat`` names the list."""
    autorite: str = ""
    """Code of an authority that received it, or is informed of it."""
    q: str = ""
    """A number: all that was sent is looked at, whatever the list."""
    mots: str = ""
    """Words of names, of references and of tags: sent by POST, never part of an address."""
    page: int = 1
    par: int = PER_PAGE[0]

    @property
    def pairs(self) -> dict[str, str]:
        """Return what is asked, without what goes without saying."""
        asked = {name: str(value) for name, value in vars(self).items() if value != getattr(MemberFilters(), name)}
        asked.pop("mots", None)
        return asked

    @property
    def narrows(self) -> bool:
        """Whether some complaints of the list are left out."""
        return any((self.membre, self.antenne, self.statut, self.autorite, self.q, self.mots))

    @property
    def at_first(self) -> dict[str, str]:
        """Return what a search keeps of the list: all but the page, and what was searched before."""
        return replace(self, page=1, q="").pairs

    @property
    def sent(self) -> dict[str, str]:
        """Return all that a form must send to ask the same of another page, the words too."""
        return self.at_first | {"q": self.mots}

    def query(self, **changes: str | int) -> str:
        """Write the end of an address that asks the same, but for these changes."""
        pairs = replace(self, **changes).pairs  # type: ignore[arg-type]
        return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class Offered:
    """What a member may choose among, each by its code, with its name."""

    members: Mapping[str, str] = field(default_factory=dict)
    branches: Mapping[str, str] = field(default_factory=dict)
    authorities: Mapping[str, str] = field(default_factory=dict)


def read_filters(typed: Mapping[str, str], offered: Offered) -> tuple[MemberFilters, bool]:
    """Read the end of an address; what is not understood is left aside, and told."""
    members = offered.members
    known: dict[str, Callable[[str], bool]] = {
        "etat": lambda value: value in set(Tab),
        "membre": lambda value: value in members or (value == FORMER and bool(members)),
        "antenne": lambda value: value in offered.branches,
        "statut": lambda value: value in TOLD_STATES,
        "autorite": lambda value: value in offered.authorities,
        "tri": lambda value: value in set(Order),
        "q": lambda value: NUMBER.fullmatch(value) is not None,
        "page": lambda value: _count(value) in range(1, LAST_PAGE + 1),
        "par": lambda value: _count(value) in PER_PAGE,
    }
    asked = {name: value for name in known if (value := typed.get(name, "").strip())}
    kept = {name: value for name, value in asked.items() if known[name](value)}
    page, par = int(kept.pop("page", 1)), int(kept.pop("par", PER_PAGE[0]))
    if kept.get("etat", Tab.TO_COMPLETE) == Tab.TO_COMPLETE:
        kept = {name: value for name, value in kept.items() if name not in OF_SENT}
    is_ignored = any(not known[name](value) for name, value in asked.items())
    return MemberFilters(**kept, page=page, par=par), is_ignored


def _count(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= len(str(LAST_PAGE)) else -1
