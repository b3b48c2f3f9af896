"""« En retard »: what an authority missed, told to the person, with a letter to send to it (CSP R. 1110-11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.base.dates import date_text, local_day
from app.base.errors import N_, Refusal
from app.base.i18n import FRENCH, french, in_language, translate
from app.base.web.pages import PortalOf, ReadOf, download
from app.filing import queries
from app.filing.documents.missed_days import MissedDay, missed_of_person
from app.filing.documents.reminder import Reminder, make_pdf, missed_texts, to_authority
from app.filing.queries import OpenFiling
from app.filing.status import contact
from app.followup.dependencies import FollowedOf
from app.procedure.queries import DueRow, calendar_of
from app.routing import queries as routing
from app.routing.queries import AuthorityRow

router = APIRouter()
CAISSE_LATE, COUNCIL_LATE = N_("La {name} a dépassé le délai de la loi"), N_("Le {name} a dépassé le délai de la loi")
UNKNOWN_LATE = N_("Le délai de la loi est passé, et l'autorité n'est pas encore connue")
ABOUT = N_("Je vous écris au sujet de la plainte n° {number}, reçue le {day}.")
ASK = N_("Je vous demande de faire le nécessaire sans attendre, et de me dire à quelle date.")
REACH = N_("Pour me répondre : {contact}")


class NothingLate(Refusal):
    """This authority missed no day, or did since what it owed."""

    code, status, way_out = "rien_en_retard", 409, "followup.home"
    says = N_("Aucun délai n'est dépassé. Il n'y a pas de lettre de relance à envoyer.")


@dataclass(frozen=True)
class LateAuthority:
    """An authority that is late, as the person reads it."""

    code: str
    title: str
    missed: Sequence[MissedDay]
    letter: Reminder | None
    """``None`` while nobody has found the authority."""


def late_authorities(
    session: Session, opened: OpenFiling, days: Iterable[DueRow], now: datetime
) -> tuple[LateAuthority, ...]:
    """Return who is late on the day of ``now``, where the complaint was received; empty while nobody is.

    ``days``: the calendar of the complaint.
    """
    by_code = {row.code: row for row in days}
    missed = missed_of_person(opened.now, by_code, local_day(now, ZoneInfo(opened.filing.zone)))
    due = {code: row.due_strict for code, row in by_code.items()}
    by_authority = attrgetter("authority")
    return tuple(
        _late(opened, routing.authority(session, code), tuple(found), due, code)
        for code, found in groupby(sorted(missed, key=by_authority), by_authority)
    )


def _late(
    opened: OpenFiling, row: AuthorityRow | None, missed: Sequence[MissedDay], due: Mapping[str, date], code: str
) -> LateAuthority:
    if row is None:
        return LateAuthority(code, translate(UNKNOWN_LATE), missed, None)
    is_council = row.kind.startswith("ordre")
    name = row.name[0].lower() + row.name[1:] if is_council else row.name
    title = translate(COUNCIL_LATE if is_council else CAISSE_LATE).format(name=french(name))
    return LateAuthority(code, title, missed, to_authority(row, _paragraphs(opened, missed, due)))


def _paragraphs(opened: OpenFiling, missed: Sequence[MissedDay], due: Mapping[str, date]) -> list[str]:
    received_on = date_text(local_day(opened.filing.received_at), weekday=False)
    about = translate(ABOUT).format(number=opened.number, day=received_on)
    known = [*contact.post_address(opened.contact), contact.email_of(opened.contact)]
    reach = [translate(REACH).format(contact=", ".join(filter(None, known)))] if any(known) else []
    return [about, *missed_texts(missed, due), translate(ASK), *reach, str(opened.payload["filer"])]


@router.get("/suivi/relance/{autorite}", name="followup.reminder")
@in_language(FRENCH)
def to_late_authority(session: ReadOf, portal: PortalOf, filing: FollowedOf, autorite: str) -> Response:
    """Return the letter to an authority that is late. Raises :class:`NothingLate`."""
    opened, now = queries.open_for_person(session, portal.keyring, filing), portal.clock()
    late = late_authorities(session, opened, calendar_of(session, opened.number), now)
    letter = next((one.letter for one in late if one.code == autorite), None)
    if letter is None:
        raise NothingLate
    return download(f"relance-{filing.number}.pdf", make_pdf(opened, letter, now), "application/pdf")
