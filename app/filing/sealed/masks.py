"""What is sealed of what the professional is not shown: a passage of the answers, an area of a picture, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.filing.sealed.base import Sealed
from app.filing.sealed.to_person import ToPerson


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a passage stands: the name of the answer, and its first and last characters as a slice counts them."""

    answer: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Masked(ToPerson):
    """Something that the professional is not shown; the complaint itself stays whole (CRPA L. 311-7)."""

    reason: str
    """Code of the closed list."""
    explanation: str


@dataclass(frozen=True, kw_only=True)
class PassageMasked(Masked):
    """Words of one or several answers."""

    text: str
    """The words, as the clerk typed them."""
    places: Sequence[Place]


@dataclass(frozen=True, kw_only=True)
class AreaMasked(Masked):
    """A rectangle of a picture, or of a page of a document; in percents of its width and of its height."""

    file: str
    """Its id."""
    sha256: str
    """Digest of the original (hexadecimal)."""
    page: int
    """From 1 on; 0 for a photo."""
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Unmasked(Sealed):
    """A mask taken back before anything left."""

    mask: int
    """Its number, from 1 on, among all that were ever set."""
