"""What the person and the authority write to each other: sealed and dated like acts; it stops no date of the law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.i18n import FOR_INFORMATION, translate
from app.filing.acts.read_receipts import PERSON, Seen, by_authority, by_person
from app.filing.sealed.act import Act, Done
from app.filing.sealed.person import PersonWrote
from app.filing.sealed.receipt import Asked, AuthorityWrote
from app.filing.sealed.to_person import CourtesyTranslation
from app.filing.status.case_status import PERSON_WROTE

Message = PersonWrote | AuthorityWrote | Asked
MOST_A_DAY = 20
"""Messages of one person in a day: more would hide the ones that matter."""


@dataclass(frozen=True)
class Exchange:
    """One message."""

    at: datetime
    kind: str
    by: str
    """Name of the clerk, or of the member of the association with its name; empty when the person wrote."""
    text: str
    until: date | None
    """Day by which an answer is hoped for."""
    seen_at: datetime | None = None
    """When the other side first saw it."""
    is_new: bool = False
    """Whether who reads the page had not seen it yet."""
    translation: CourtesyTranslation | None = None
    """The same in the language of the person, for information."""

    @property
    def moment(self) -> str:
        """When it was written, in the time of Paris."""
        return moment_text(self.at, PARIS, weekday=False, seconds=False)

    @property
    def seen(self) -> str:
        """Write when the other side first saw it."""
        return moment_text(self.seen_at, PARIS, weekday=False, seconds=False) if self.seen_at else ""

    @property
    def until_text(self) -> str:
        """Write the day hoped for."""
        return date_text(self.until) if self.until else ""

    @property
    def on_paper(self) -> str:
        """The text as a paper prints it: the French, then its translation."""
        return on_paper(self.text, self.translation)

    @property
    def is_of_person(self) -> bool:
        """Whether the person, or the association for her, wrote it to the authority."""
        return self.kind == PERSON_WROTE


def on_paper(text: str, translation: CourtesyTranslation | None) -> str:
    """Write a text as those who work in French read it: the French, then its translation."""
    if translation is None:
        return text
    return f"{text}\n\n{translate(FOR_INFORMATION)}\n{translation.text}".strip()


def exchanges(acts: Iterable[Act], seen: Seen | None = None, reader: str = PERSON) -> list[Exchange]:
    """Keep the messages among the acts of a complaint, the oldest first; ``reader`` is who reads the page."""
    return [
        _exchange(act.holding(act.sealed), seen or {}, reader)
        for act in acts
        if isinstance(act.sealed, PersonWrote | AuthorityWrote | Asked)
    ]


def _exchange(act: Done[Message], seen: Seen, reader: str) -> Exchange:
    is_of_person = isinstance(act.sealed, PersonWrote)
    return Exchange(
        act.at,
        act.kind,
        act.by,
        act.sealed.text,
        act.sealed.until or None,
        by_authority(seen, act.at) if is_of_person else by_person(seen, act.at),
        is_of_person != (reader == PERSON) and reader not in seen.get(act.at, {}),
        None if isinstance(act.sealed, PersonWrote) else act.sealed.translation,
    )


def is_too_many(acts: Iterable[Act], now: datetime) -> bool:
    """Return whether the person wrote all that a day allows."""
    written = [one for one in exchanges(acts) if one.is_of_person and one.at > now - timedelta(days=1)]
    return len(written) >= MOST_A_DAY
