"""The frame of every letter: who sends it, to whom, when, about what, how it ends, who signs, what goes with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import ReadingLanguage, ntranslate, translate
from app.intake.desk.sender import Sender
from app.intake.letters.usual_sentences import CLOSING, SALUTATION, SUBJECT
from app.printing.bilingual import side_sheet

PHONE = N_("Tél. : {phone}")
REFERENCE = N_("Nos réf. : {number}")
LOGO = N_("Logo : {name}")
PLACE = N_("{town}, le {day}")
_CEDEX = re.compile(r"\s+cedex\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class LetterText:
    """A letter ready to be read, printed or mailed."""

    to: Sequence[str]
    """Name and address of whoever receives it, line by line; empty for a paper that is handed over in session."""
    paragraphs: Sequence[str]
    """Its body."""
    due: date
    """Last day to send it."""
    subject: str = ""
    number: str = ""
    """Of the complaint: its reference."""
    sender: Sender | None = None
    enclosures: Sequence[str] = ()
    notes: Sequence[str] = ()
    """What stands below the signature, in a smaller hand."""
    own: "LetterText | None" = None
    """The same in the language of the person, for the side sheet; nothing where she reads French."""
    read_in: ReadingLanguage | None = None
    """That language."""
    is_copy: bool = False
    """Whether its paragraphs were sealed with its ending (:attr:`said`): neither is written a second time."""

    @property
    def said(self) -> list[str]:
        """What it says from its first sentence to its enclosures, as an e-mail gives it and as it is sealed."""
        return [*self.paragraphs, *self.ending]

    @property
    def ending(self) -> list[str]:
        """What follows its body: the last sentence, who signs and how to reach the service, what goes with it."""
        last = [", ".join(signature_of(self.sender)), ", ".join(reach_of(self.sender))]
        return [line for line in (self.closing, *last, self.enclosed, *self.notes) if line]

    @property
    def closing(self) -> str:
        """The last sentence; a paper that goes to nobody has none."""
        return translate(CLOSING) if self.to and not self.is_copy else ""

    @property
    def enclosed(self) -> str:
        """The list of what goes with it."""
        n, names = len(self.enclosures), " ; ".join(self.enclosures)
        return ntranslate("Pièce jointe : {names}", "Pièces jointes : {names}", n).format(names=names) if n else ""

    @property
    def heading(self) -> str:
        """Its object."""
        return translate(SUBJECT).format(subject=self.subject) if self.subject else ""

    @property
    def reference(self) -> str:
        """The number of the complaint."""
        return translate(REFERENCE).format(number=self.number) if self.number else ""


def signature_of(sender: Sender | None) -> list[str]:
    """Return the name and the quality of who signs (CRPA L. 111-2)."""
    return [line for line in (sender.signatory, sender.qualite) if line] if sender else []


def reach_of(sender: Sender | None) -> list[str]:
    """Return the designation of the service and how to reach it (CRPA R. 112-5 2°), line by line."""
    if sender is None:
        return []
    phone = translate(PHONE).format(phone=sender.telephone) if sender.telephone else ""
    lines = (sender.name, sender.service, *sender.address, phone, sender.courriel, sender.horaires)
    return [line for line in lines if line]


def side_of(letter: LetterText) -> Mapping[str, Any]:
    """Return what its side sheet shows: each sentence in the language of the person, and in French.

    Empty where she reads French, and where no font of ours draws her letters: the French letter is then alone.
    """
    if letter.own is None or letter.read_in is None:
        return {}
    return side_sheet(letter.read_in, partial(_sentences, letter.own), partial(_sentences, letter), letter.reference)


def _sentences(letter: LetterText) -> list[list[str]]:
    """Return what a letter says, its subject first, each part line by line."""
    said = (letter.heading, translate(SALUTATION), *letter.paragraphs, letter.closing)
    return [[line for line in part.splitlines() if line] for part in said]


def framed(letter: LetterText, on: date) -> Mapping[str, Any]:
    """Return all that a printed letter shows, in the words that stand on it."""
    town = _CEDEX.sub("", letter.sender.ville) if letter.sender else ""
    day = date_text(on, weekday=False)
    side = side_of(letter)
    return {
        **({"side": side} if side else {}),
        "logo": letter.sender.logo if letter.sender else "",
        "logo_words": translate(LOGO).format(name=letter.sender.name) if letter.sender else "",
        "from": reach_of(letter.sender),
        "to": list(letter.to),
        "place": translate(PLACE).format(town=town, day=day) if town else day,
        "reference": letter.reference,
        "subject": letter.heading,
        "salutation": translate(SALUTATION) if letter.to else "",
        "paragraphs": [line for text in letter.paragraphs for line in text.splitlines() if line],
        "closing": letter.closing,
        "signature": signature_of(letter.sender) if letter.to and not letter.is_copy else [],
        "enclosed": letter.enclosed,
        "notes": list(letter.notes),
    }
