"""Who sends a letter, as it must say, and what is still not known of it for this letter.

The designation of the service, its address and its telephone (CRPA R. 112-5 2°, R. 112-11-1 2°); the first name, name,
quality and administrative address of the clerk (CRPA L. 111-2); the data protection officer, in the letter to the
professional, whose data come from somebody else (GDPR, art. 14.1 b).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.filing.status.case_status import ACKNOWLEDGED, TOLD_AUTHORITY, TOLD_PROFESSIONAL
from app.filing.status.conciliation import OPINION, REPORT, SUMMONED
from app.filing.status.director import CONCLUDED, FACTS, NO_ACTION
from app.routing.queries.logos import drawings

MENTIONS = ("service", "adresse", "code_postal", "ville", "telephone", "qualite")
"""What every letter says of its sender, by the names of the fields that ask for it."""
OWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((ACKNOWLEDGED, TOLD_AUTHORITY, SUMMONED, REPORT, OPINION, NO_ACTION), MENTIONS),
    **dict.fromkeys((TOLD_PROFESSIONAL, FACTS, CONCLUDED), (*MENTIONS, "dpo")),
}
"""What the letter of each act owes; other acts send none."""


@dataclass(frozen=True)
class Sender:
    """An authority and the clerk who signs for it."""

    name: str
    service: str
    adresse: str
    code_postal: str
    ville: str
    telephone: str
    courriel: str
    horaires: str
    dpo: str
    signatory: str
    qualite: str
    logo: str = ""
    """Digest of the logo at the head of its letters."""
    drawing: str = ""
    """The logo itself, once a letter is to be printed."""

    @property
    def address(self) -> list[str]:
        """The postal address, line by line."""
        return [line for line in (self.adresse, f"{self.code_postal} {self.ville}".strip()) if line]


def sender_of(clerk: Clerk) -> Sender | None:
    """Return who signs when this clerk does; ``None`` for the box of « aiguillage », which sends no letter."""
    own = clerk.place
    if own is None:
        return None
    where = (own.address, own.postal_code, own.town)
    return Sender(
        own.name, own.service, *where, own.phone, own.email, own.hours, own.dpo, clerk.name, clerk.quality, own.logo
    )  # fmt: skip


def signing(session: Session, clerk: Clerk) -> Sender | None:
    """Return who signs a letter, with the logo that its sheet shows; ``None`` as for :func:`sender_of`."""
    sender = sender_of(clerk)
    return replace(sender, drawing=drawings(session, [sender.logo]).get(sender.logo, "")) if sender else None


def named_alone(authority: str, signatory: str) -> Sender:
    """Return who signed a letter of another day, of whom the names alone are known for sure."""
    return Sender(authority, "", "", "", "", "", "", "", "", signatory, "")


def lacking(code: str, sender: Sender | None) -> tuple[str, ...]:
    """List what the letter of an act owes and that is not known of its sender, by the names of the fields."""
    return tuple(name for name in OWED.get(code, ()) if sender and not getattr(sender, name).strip())
