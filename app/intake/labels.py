"""The rows and dates of the desk, in the words that clerks read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.base.dates import date_text, local_day, short_date_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.evidence.purposes import caption_of
from app.evidence.queries import FileRow
from app.evidence.rules import Reading
from app.filing.rules import NEVER
from app.filing.status.state import ComplaintState
from app.intake import filters, rules
from app.intake.asked import Names
from app.intake.rows import DeskRow
from app.procedure.law import rule_of
from app.procedure.queries import DueRow
from app.procedure.rules import Deadline, Tone, is_optional, wording
from app.procedure.words import why

UNKNOWN = N_("Profession non précisée")
PAST_OPTION = N_("La date est passée : cet acte n'était pas obligatoire")
NOTHING_DUE = N_("Aucune date à tenir")
AWAITED = N_("Transmission attendue")
NOT_OWED = N_("N'est plus à faire")
_TONES = {Tone.OK: "plain", Tone.SOON: "soon", Tone.LATE: "late", Tone.DONE: "done"}


@dataclass(frozen=True)
class DueText:
    """A date of law as a clerk reads it."""

    text: str
    tone: str
    day: str
    iso: str


@dataclass(frozen=True)
class ListRow:
    """A row of the list, ready to be shown."""

    due: DueText
    number: str
    received: str
    received_iso: str
    person: str
    professional: str
    profession: str
    town: str
    role: str
    state: str
    next_act: str
    """The act that is owed next; nothing when none is."""
    is_ours: bool
    """Whether this authority owes it, and not the other one."""
    news: tuple[str, ...]
    alerts: tuple[str, ...]
    """What calls for a clerk."""
    signs: tuple[str, ...]
    tags: tuple[str, ...]
    """Names of the tags of this authority."""
    assignee: str
    """Name of who takes care of it, or nothing."""
    is_open: bool
    """Whether this authority holds a key: otherwise only its existence is shown."""


@dataclass(frozen=True)
class CalendarLine:
    """A date of law in the calendar of one complaint."""

    code: str
    label: str
    due: DueText
    why: str
    """The rule, the day of its event, its day without any move, and its article."""
    postponed: str
    """Next working day, when it differs; the texts do not settle which one counts."""


def due_text(due_on: date, done_on: date | None, today: date, t: Translate, *, optional: bool = False) -> DueText:
    """Return how long is left until a day, or when it was done."""
    if due_on == NEVER:
        return DueText(t(NOTHING_DUE), "plain", "", "")
    if optional and done_on is None and due_on < today:
        return DueText(t(PAST_OPTION), "plain", date_text(due_on), due_on.isoformat())
    words = wording(due_on, done_on, today)
    return DueText(words.text(t), _TONES[words.tone], words.day, due_on.isoformat())


def awaited_text(day: date, t: Translate) -> DueText:
    """Return until when the other authority may transmit: its date, of which this one is never late."""
    return DueText(t(AWAITED), "plain", date_text(day), day.isoformat())


def line(row: DeskRow, names: Names, today: date, t: Translate) -> ListRow:
    """Write one row of the list."""
    received_on = local_day(row.received_at, ZoneInfo(row.zone))
    return ListRow(
        due=awaited_text(row.awaited_on, t) if row.awaited_on else due_text(row.due_on, None, today, t),
        number=row.number,
        received=short_date_text(received_on, year=received_on.year != today.year),
        received_iso=received_on.isoformat(),
        person=row.person,
        professional=row.professional,
        profession=profession_text(row.profession, names.professions, t),
        town=row.town,
        role=t(rules.label_of(filters.DeskRole, row.role)),
        state=t(rules.label_of(ComplaintState, row.state)),
        next_act=t(rule_of(row.next_act).label) if row.next_act else "",
        is_ours=row.due_on != NEVER,
        news=tuple(t(one.label) for one in row.news),
        alerts=tuple(t(one.label) for one in row.alerts),
        signs=tuple(t(rules.label_of(rules.Sign, sign)) for sign in row.signs),
        tags=tuple(name for tag, name in names.tags.items() if tag in row.tags),
        assignee=names.people.get(row.assignee, ""),
        is_open=bool(row.person or row.professional),
    )


def profession_text(code: str, professions: Mapping[str, str], t: Translate) -> str:
    """Return the name of a profession."""
    return t(professions.get(code, code) if code else UNKNOWN)


def calendar(
    rows: Sequence[DueRow],
    days: Mapping[str, Deadline],
    owed: Mapping[str, date],
    zone: ZoneInfo,
    today: date,
    t: Translate,
) -> list[CalendarLine]:
    """Write the calendar of one complaint: its ``rows``, explained by the ``days`` of the law that they keep.

    ``owed``: the day of each code that is still to be done, by anyone.
    """
    return [
        CalendarLine(
            code=row.code,
            label=t(rule_of(row.code).label),
            due=_due_of(row, owed, local_day(row.done_at, zone) if row.done_at else None, today, t),
            why=_why_of(row, days.get(row.code), t),
            postponed=date_text(row.due_postponed) if row.due_postponed != row.due_strict else "",
        )
        for row in rows
    ]


def _why_of(row: DueRow, day: Deadline | None, t: Translate) -> str:
    """Return why a date is that date; its text alone, when it is not what the acts give (a verification tells it)."""
    return why(day, t) if day and day.due_strict == row.due_strict else row.basis


def _due_of(row: DueRow, owed: Mapping[str, date], done_on: date | None, today: date, t: Translate) -> DueText:
    """Return where a day of the law is; one that a later act has overtaken is neither near nor late."""
    if done_on or is_optional(row.code):
        return due_text(row.due_strict, done_on, today, t, optional=is_optional(row.code))
    if row.code not in owed:
        return DueText(t(NOT_OWED), "plain", date_text(row.due_strict), row.due_strict.isoformat())
    return due_text(owed[row.code], None, today, t)


COPIES: dict[str, str] = {
    Reading.CUT: N_("Photo coupée à l'arrivée : la copie ne montre que ce qui a été reçu."),
    Reading.POOR: N_("Copie illisible : ouvrez le fichier d'origine."),
}
"""What is said of a copy that does not show all of its original."""


def file_state(file: FileRow, t: Translate) -> str:
    """Return what is known of the content of a file beside its size."""
    if file.reading == Reading.WAITING:
        return t(N_("L'aperçu se prépare."))
    if file.reading == Reading.UNREADABLE:
        return t(N_("Ce fichier ne s'ouvre pas : aucun aperçu."))
    if file.reading == Reading.MISSING:
        return t(N_("Ce fichier ne peut plus être lu. Prévenez l'administrateur du service."))
    if file.reading in COPIES:
        return t(COPIES[file.reading])
    if file.seconds:
        return t(N_("Son de {minutes} min {secondes} s")).format(minutes=file.seconds // 60, secondes=file.seconds % 60)
    return ""


def caption(purpose: str, t: Translate) -> str:
    """Caption a file by what it is for; nothing for a proof, which is what files are."""
    said = caption_of(purpose)
    return t(said) if said else ""
