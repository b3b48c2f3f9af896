"""The letters that an association may send once a day is missed, as text: dates, neither the story nor names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.association_desk.reminders.alarms import MissedDay, raised
from app.base import rights_defender
from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.documents import mandate_wording
from app.filing.documents.confirmation import addressee
from app.filing.queries import OpenFiling
from app.filing.receipt.competence import contact_of
from app.filing.status.duties import owed
from app.printing.pdf import write_pdf
from app.procedure.days import LegalDay
from app.procedure.queries import calendar_of
from app.routing import queries as routing
from app.routing.queries import AuthorityRow

TEMPLATE = "dossier.typ"
RECEIVED = N_("Plainte reçue le {moment} (heure de Paris)")
TITLE = N_("Relance, plainte {number}")
WHO = N_("Notre association, {association}, suit la plainte n° {number}. La personne lui a donné mandat.")
MISSED = {
    LegalDay.ACKNOWLEDGE: N_(
        "L'accusé de réception devait être envoyé dans les huit jours, au plus tard le {day} ({article}). Le service "
        "n'en porte pas de trace."
    ),
    LegalDay.LAST_SUMMONS: N_(
        "La réunion de conciliation doit se tenir dans les trois mois, au plus tard le {meeting}, et chaque partie "
        "doit être convoquée quinze jours avant ({article}). Le dernier jour utile était le {day}. Aucune réunion "
        "n'est fixée dans le service."
    ),
}
ASK_AUTHORITY = N_("Nous vous demandons de faire le nécessaire sans attendre, et de nous dire à quelle date.")
ASK_DEFENDER = N_(
    "Ces délais sont à la charge de l'autorité qui a reçu la plainte, {authority}. Nous vous demandons de lui rappeler."
)
ASK_DEFENDER_UNNAMED = N_(
    "L'autorité qui doit traiter la plainte n'est pas encore connue. Nous vous demandons d'intervenir."
)
REACH = N_("Notre contact : {contact}")


class Whom(StrEnum):
    """To whom a letter goes."""

    AUTHORITY = "autorite"
    DEFENDER = "defenseur"


@dataclass(frozen=True)
class Reminder:
    """A letter ready to be read, or printed."""

    to: Sequence[str]
    """Name and address, line by line."""
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Missed:
    """The days that were missed of a complaint, and the letters that may be sent of them; none when none was."""

    alarms: Sequence[MissedDay]
    letters: Mapping[Whom, Reminder]


def missed_of(session: Session, opened: OpenFiling, now: datetime) -> Missed:
    """Gather what was missed of a complaint on the day of ``now``, where it was received.

    While nobody has found the authority, there is nobody to remind.
    """
    days = {row.code: row for row in calendar_of(session, opened.number)}
    due = {code: row.due_strict for code, row in days.items()}
    alarms = raised(owed(opened.now, due), days, local_day(now, ZoneInfo(opened.filing.zone)))
    if not alarms:
        return Missed((), {})
    row = routing.authority(session, alarms[0].authority)
    letters = {Whom.DEFENDER: to_defender(opened, alarms, due, row)}
    return Missed(alarms, {Whom.AUTHORITY: to_authority(opened, alarms, due, row), **letters} if row else letters)


def to_authority(
    opened: OpenFiling, alarms: Sequence[MissedDay], due: Mapping[str, date], row: AuthorityRow
) -> Reminder:
    """Remind the authority that received the complaint of what it owes; ``due``: the calendar by its codes."""
    known = contact_of(row)
    name = addressee(known)
    to = (name[0].upper() + name[1:], *known["address"])
    return Reminder(to, _paragraphs(opened, alarms, due, translate(ASK_AUTHORITY)))


def to_defender(
    opened: OpenFiling, alarms: Sequence[MissedDay], due: Mapping[str, date], row: AuthorityRow | None
) -> Reminder:
    """Tell the Défenseur des droits; ``row``: the authority that received, ``None`` while nobody has found it."""
    asked = translate(ASK_DEFENDER_UNNAMED)
    if row:
        asked = translate(ASK_DEFENDER).format(authority=addressee(contact_of(row)))
    return Reminder(rights_defender.ADDRESS, _paragraphs(opened, alarms, due, asked))


def _paragraphs(opened: OpenFiling, alarms: Sequence[MissedDay], due: Mapping[str, date], asked: str) -> list[str]:
    sealed = mandate_wording.of(opened.payload)
    who = {"association": mandate_wording.named(opened.payload, translate), "number": opened.number}
    missed = [_missed(alarm, due) for alarm in alarms]
    contact = ", ".join(filter(None, (sealed.get("email", ""), sealed.get("phone", ""))))
    reach = [translate(REACH).format(contact=contact)] if contact else []
    return [translate(WHO).format(**who), *missed, asked, *reach, str(sealed["name"])]


def _missed(alarm: MissedDay, due: Mapping[str, date]) -> str:
    meeting = due.get(LegalDay.MEET)
    days = {"day": _day(alarm.due_on), "meeting": _day(meeting) if meeting else ""}
    return translate(MISSED[alarm.code]).format(article=alarm.source, **days)


def _day(day: date) -> str:
    return date_text(day, weekday=False)


def make_pdf(opened: OpenFiling, letter: Reminder, at: datetime) -> bytes:
    """Write a letter on paper; it bears the day of ``at``, in Paris."""
    received = moment_text(opened.filing.received_at, PARIS)
    said = {
        "title": translate(TITLE).format(number=opened.number),
        "foot": opened.number,
        "page": translate(N_("Page {n} sur {total}")),
        "received": translate(RECEIVED).format(moment=received),
        "to": list(letter.to),
        "day": _day(at.astimezone(PARIS).date()),
        "paragraphs": list(letter.paragraphs),
        "sections": [],
    }
    return write_pdf(TEMPLATE, said, at)
