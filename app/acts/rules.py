"""What the declaration of an act holds, and the questions that are asked of it. Pure rules on values."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto

from app.accounts.rights import Right
from app.filing.sealed.base import Sealed
from app.filing.status.case_status import CaseStatus
from app.filing.status.mandate_powers import may_represent, receives_letters
from app.webhooks.events import WebhookEvent

Asks = Callable[[CaseStatus], object]


class By(Flag):
    """Who does an act, seen from where the complaint stands."""

    HOLDER = auto()
    """The authority that holds it."""
    READER = auto()
    """Any authority that may read it."""
    COUNCIL = auto()
    """The council, or the holder for a council that does not work here: its president seizes the chamber."""
    CAISSE = auto()
    """An authority that reads it and is no council: its director acts on the inaction of an ordre (R. 1110-15)."""
    SECRETARIAT = auto()
    """The authority that keeps the secretariat of the commission: the holder, unless both agreed on the other
    (CSP R. 1110-10)."""
    PERSON = auto()
    """The person who filed it, or for whom it was filed."""
    SERVICE = auto()
    """This service, when a time has passed."""
    ASSOCIATION = auto()
    """The association that files for the person, while its mandate holds (CSP R. 1110-11)."""
    CORRESPONDENT = auto()
    """That association, when the person lets it receive the letters (power ``recevoir``)."""
    REPRESENTATIVE = auto()
    """That association, when the person lets it represent or help at the meeting (``representer``, CSP R. 1110-12)."""


DESK = By.HOLDER | By.READER | By.COUNCIL | By.CAISSE | By.SECRETARIAT
"""Those who act from a desk."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An act, or a line of the history, declared once."""

    past: str
    """What the history says of it to clerks, once it is done."""
    told: str = ""
    """What the history says of it to the person; empty when the person does not read of it."""
    of_association: str = ""
    """What the history says of it, to all, when the association of the person did it."""
    do: str = ""
    """What the menu says of it to who may do it."""
    page: str = ""
    """Name of the address where it is done from a desk."""
    is_in_menu: bool = False
    """Whether the page of the complaint offers it, whatever the law expects next."""
    by: By = By.HOLDER
    right: Right = Right.ACT
    """What the role of a clerk must allow."""
    asks: Asks = lambda now: bool(now.receiver)
    """What it asks of where the complaint stands."""
    after: str = ""
    """Why it stays possible on a file that ended, closed or withdrawn; empty when it does not."""
    overtaken_by: Collection[str] = ()
    """Kinds that make a page shown before them past: it would undo them, or speak of what is no more."""
    is_of_party: bool = False
    """Whether those kinds count for the same party alone."""
    sealed: type[Sealed] = Sealed
    """What it seals, as :data:`~app.filing.status.act_codes.SEALED` says; ``Sealed`` itself for what is no act."""
    is_internal: bool = False
    """Whether only those who wrote it read of it."""
    asks_reason: bool = False
    """Whether its words are the reason that was asked for; else they say what was done."""
    is_repeated: bool = False
    """Whether it is done again while it makes sense: having been done is never why it is refused."""
    keeps: Collection[str] = ()
    """Codes of the days of the calendar that it keeps (CSP R. 1110-11 to R. 1110-15)."""
    event: WebhookEvent | None = None
    """What the software of the association that receives the letters is told of it; nothing for most."""
    event_again: WebhookEvent | None = None
    """What it is told instead when the act was done before."""
    given: Collection[str] = ()
    """Parts of it that the person's copy holds (RGPD, article 15), beside its kind and instant."""

    @property
    def is_sealed(self) -> bool:
        """Whether it is an act, sealed and in the ledger; else a line of the history alone."""
        return self.sealed is not Sealed


@dataclass(frozen=True)
class HistoryEntry:
    """What was done of a complaint: a line of its history."""

    n: int
    code: str
    by: str
    at: datetime
    words: str = ""
    party: str = ""
    """For whom, where an act is of one party."""
    authority: str = ""
    """Code of the authority of who did it; empty for the person, the association and this service."""

    @property
    def kind(self) -> str:
        """Its code, as a line of the history names it."""
        return self.code


def may(kind: Kind, now: CaseStatus) -> bool:
    """Return whether it may be done of a complaint as it stands, whoever asks."""
    return bool((now.is_open or kind.after) and kind.asks(now))


@dataclass(frozen=True)
class Actor:
    """Who acts: a clerk of an authority, a member of an association, or the person."""

    name: str = ""
    authority: str = ""
    """Code; empty for an association, for the person, and for this service."""
    association: str = ""
    """Id; empty for anybody else."""


def roles(now: CaseStatus, actor: Actor, *, is_for_council: bool) -> By:
    """Return as whom somebody may act on a complaint as it stands.

    ``is_for_council``: whether the authority is the council, or holds the complaint for one that does not work here.
    """
    if actor.association:
        return mandated_roles(now) if actor.association == now.association else By(0)
    if not actor.authority:
        return By.PERSON | By.SERVICE
    found = By.COUNCIL if is_for_council else By(0)
    if actor.authority == now.receiver:
        found |= By.HOLDER
    if actor.authority == now.secretariat:
        found |= By.SECRETARIAT
    if actor.authority in now.readers:
        found |= By.READER
        found |= By(0) if actor.authority in now.ordres else By.CAISSE
    return found


def mandated_roles(now: CaseStatus) -> By:
    """Return as whom the association that filed may act today, by the powers that the person gave it."""
    if not now.is_mandated:
        return By(0)
    found = By.ASSOCIATION
    found |= By.CORRESPONDENT if receives_letters(now) else By(0)
    return found | (By.REPRESENTATIVE if may_represent(now) else By(0))


def newer(lines: Sequence[HistoryEntry], kind: Kind, party: str = "") -> HistoryEntry | None:
    """Return the last line of the history that makes a page past, among those written since it was shown."""
    found = (
        line
        for line in reversed(lines)
        if line.code in kind.overtaken_by and not (kind.is_of_party and line.party and line.party != party)
    )
    return next(found, None)
