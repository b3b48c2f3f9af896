"""What the letters of the director share: who signs, to whom, in which frame, and how each is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app.base.clock import PARIS
from app.base.errors import N_
from app.base.i18n import ntranslate, translate
from app.filing.sealed.director import SentLetter
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.intake.letters.privacy_notice import notice_of
from app.routing.rules.articles import the

LENGTHS = {
    1: N_("un mois"),
    2: N_("deux mois"),
    3: N_("trois mois"),
    12: N_("un an"),
    24: N_("deux ans"),
    36: N_("trois ans"),
    72: N_("six ans"),
}
"""In months: the lengths that the texts name."""


@dataclass(frozen=True)
class DirectorEnvelope:
    """To whom a letter of the director goes, and who signs it: the director, or who has the power to."""

    address: str
    """Name and address of the professional, line by line."""
    signatory: str
    quality: str


def letter_of(case: DeskCase, envelope: DirectorEnvelope, subject: str, lines: Sequence[str], on: date) -> LetterText:
    """Put words to the professional in the frame of every letter, with the notice on data (GDPR, art. 14)."""
    sender = signing(case.session, case.clerk)
    signed = replace(sender, signatory=envelope.signatory, qualite=envelope.quality) if sender else None
    to = envelope.address.splitlines()
    return LetterText(to, lines, on, subject, case.number, signed, notes=notice_of(signed))


def sealed(letter: LetterText) -> SentLetter:
    """Keep a letter as it left."""
    return SentLetter(to=letter.to, subject=letter.subject, lines=letter.said)


def whose(case: DeskCase) -> str:
    """Return the caisse after « le directeur de »: « la CPAM de Lille-Douai »."""
    return the(case.clerk.authority_name)


def months(n: int) -> str:
    """Write a length of time in words, where the texts do."""
    return translate(LENGTHS[n]) if n in LENGTHS else ntranslate("{n} mois", "{n} mois", n).format(n=n)


def letter_day(on: date) -> datetime:
    """Return an instant of the day that a letter bears."""
    return datetime.combine(on, time(12), PARIS)


def listed(lines: Sequence[str]) -> list[str]:
    """Close a list whose lines end with a semicolon."""
    return [*lines[:-1], lines[-1].rstrip(" ;.\u00a0") + "."]
