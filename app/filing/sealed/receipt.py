"""What is sealed of the acts of the eight days, and of what the desk that holds a complaint does of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.filing.sealed.base import Contact, NoDay, Sealed
from app.filing.sealed.to_person import ToPerson

SUCCESSION = "fusion"
"""Why a complaint moved when its authority closed: the successor goes on from where it stood."""


@dataclass(frozen=True, kw_only=True)
class Acknowledged(ToPerson):
    """The acknowledgement of the authority (CSP R. 1110-11)."""

    on: date
    channel: str
    """``email`` or ``courrier``."""
    letter: Sequence[str]
    """Its paragraphs."""
    message: str
    """What the clerk added to the letter; may be empty."""


@dataclass(frozen=True, kw_only=True)
class ToldAuthority(Sealed):
    """The complaint given to the other authority (CSP R. 1110-11)."""

    on: date
    is_shared: bool
    """Whether it was by an access here: nothing was sent then, by no way and under no reference."""
    mode: str | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class SealedFile:
    """A file that left: its id, and the digest of the original (SHA-256, hexadecimal); of a masked copy, its own."""

    id: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ToldProfessional(Sealed):
    """The professional told of the complaint and of its date of receipt (CSP R. 1110-11)."""

    on: date
    mode: str
    reference: str
    address: str
    letter: Sequence[str]
    """Its paragraphs."""
    answers: Sequence[str]
    """Names of the answers that left."""
    pieces: Sequence[SealedFile]
    kept_back: Sequence[str]
    """Ids of the files that did not leave."""
    why_kept_back: str
    masks: Sequence[int] | None = None
    """Numbers of the masks with which the answers and the files left; ``None`` for what left before there were any."""
    masked_copies: Sequence[SealedFile] | None = None
    """Of the pieces, those that left with an area painted over."""


@dataclass(frozen=True, kw_only=True)
class Confirmed(Sealed):
    """Who the other authority is."""

    informed: Contact


@dataclass(frozen=True, kw_only=True)
class AuthorityWrote(ToPerson):
    """A message to the person; no answer is expected by a day."""

    text: str
    until: NoDay = ""


@dataclass(frozen=True, kw_only=True)
class Asked(ToPerson):
    """A demand to the person (CRPA L. 114-5)."""

    text: str
    until: date
    """Day by which an answer is hoped for."""


@dataclass(frozen=True, kw_only=True)
class Called(Sealed):
    """A call with the person."""

    on: date
    caller: str
    """``autorite`` or ``personne``."""
    text: str
    """What was said."""


@dataclass(frozen=True, kw_only=True)
class Moved(Sealed):
    """Sent to the competent authority (CRPA L. 114-2)."""

    reason: str
    receiver: Contact
    informed: Contact


@dataclass(frozen=True, kw_only=True)
class Duplicated(Sealed):
    """Followed with another complaint of the same person."""

    twin: str
    """Number of the other one."""
    twin_received_at: str
    """Its receipt, as :func:`app.filing.ledger.chain.instant` writes it."""


@dataclass(frozen=True, kw_only=True)
class NotDuplicated(Duplicated):
    """Followed apart from it again."""


@dataclass(frozen=True, kw_only=True)
class Professional:
    """A record of the directory, as it was that day."""

    rpps: str
    name: str
    profession: str
    skill: str
    place: str
    commune: str
    taken_on: date
    """Day of the directory."""


@dataclass(frozen=True, kw_only=True)
class Identified(Sealed):
    """The professional that the person could not name."""

    professional: Professional


@dataclass(frozen=True, kw_only=True)
class Translated(Sealed):
    """A translation of the story."""

    text: str
    source: str
    """``humaine`` or ``automatique``."""


@dataclass(frozen=True, kw_only=True)
class Held(Sealed):
    """Kept beyond its time, for a pending case."""

    until: date
