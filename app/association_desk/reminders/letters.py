"""The letters that an association may send once a day is missed, as text: dates, neither the story nor names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.base import rights_defender
from app.base.dates import local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.documents import mandate_wording
from app.filing.documents.confirmation import addressee
from app.filing.documents.missed_days import MissedDay, raised
from app.filing.documents.reminder import Reminder, missed_texts, to_authority
from app.filing.queries import OpenFiling
from app.filing.receipt.competence import contact_of
from app.filing.status.duties import owed
from app.procedure.queries import calendar_of
from app.routing import queries as routing
from app.routing.queries import AuthorityRow

WHO = N_("Notre association, {association}, suit la plainte n° {number}. La personne lui a donné mandat.")
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
    if row is None:
        return Missed(alarms, letters)
    said = _paragraphs(opened, alarms, due, translate(ASK_AUTHORITY))
    return Missed(alarms, {Whom.AUTHORITY: to_authority(row, said), **letters})


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
    contact = ", ".join(filter(None, (sealed.get("email", ""), sealed.get("phone", ""))))
    reach = [translate(REACH).format(contact=contact)] if contact else []
    return [translate(WHO).format(**who), *missed_texts(alarms, due), asked, *reach, str(sealed["name"])]
