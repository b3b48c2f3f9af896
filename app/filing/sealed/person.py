"""What is sealed of what the person does after the receipt, and of what a passed time does in the person's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.filing.sealed.base import File, NoDay, Sealed


@dataclass(frozen=True, kw_only=True)
class PersonWrote(Sealed):
    """A message to the authority; no answer is expected by a day."""

    text: str
    until: NoDay = ""


@dataclass(frozen=True, kw_only=True)
class ProofsAdded(Sealed):
    """Files that the person sent after the receipt (CRPA L. 114-5)."""

    files: Sequence[File]

    @property
    def brought(self) -> Sequence[File]:
        """The files that came with it."""
        return self.files


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Sealed):
    """The whole contact sheet from now on, as :mod:`app.filing.status.contact` reads it."""

    contact: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class WithdrawalAsked(Sealed):
    """The person asks to withdraw the complaint; only the authority that holds it reads why."""

    reason: str
    is_pressed: bool
    """Whether the person says that somebody presses them to."""


@dataclass(frozen=True, kw_only=True)
class KeptOn(Sealed):
    """The person keeps the complaint after all."""


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Sealed):
    """A day has passed since the person asked to withdraw it."""
