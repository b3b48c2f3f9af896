"""« Agenda »: the meetings of the authority and the first day that it owes of each complaint, by month, week or day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.labels import DueText, due_text
from app.intake.planning import queries
from app.intake.planning.period import AgendaView, Period, read_period
from app.intake.planning.queries import DueDay
from app.intake.planning.rules import Sitting, clashes
from app.procedure.law import rule_of

router = APIRouter()
SHOWN = {AgendaView.MONTH: 3, AgendaView.WEEK: 12}
"""Lines of one day in a view of many; the day itself shows all of them."""
HOURS = N_("de {begins} à {ends}")


@dataclass(frozen=True)
class AgendaLine:
    """A meeting, or a day to keep."""

    number: str
    words: str
    """The act that is owed; nothing for a meeting."""
    hours: str = ""
    place: str = ""
    is_held: bool = False
    clashes: Sequence[str] = ()
    due: DueText | None = None


@dataclass(frozen=True)
class AgendaDay:
    """One day of the agenda."""

    text: str
    iso: str
    of_week: int
    """1 for Monday."""
    is_today: bool
    query: str
    """The end of the address of its own list."""
    lines: Sequence[AgendaLine]
    more: int
    """Lines that only its own list shows."""


@router.get("/agent/agenda", name="intake.agenda")
def look(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Show the days that the address asks for; those of this month when it asks for none."""
    today = today_of(portal, clerk)
    period, is_ignored = read_period(request.query_params, today)
    met = queries.sittings(session, portal.keyring, clerk.authority, period.first, period.last)
    owed = queries.due_days(session, clerk.authority, today, period.first, period.last)
    lines = _by_day(met.rows, owed.rows, today)
    return render(
        request,
        "intake/agenda.html",
        **frame(request, clerk),
        period=period,
        title=period.title(translate),
        views=[(one, period.turned(one)) for one in AgendaView],
        now=Period(period.view, today),
        days=[_day(day, lines.get(day, ()), period, today) for day in period.days],
        n=len(met.rows) + len(owed.rows),
        more=met.more + owed.more,
        is_ignored=is_ignored,
    )


def _by_day(met: Sequence[Sitting], owed: Sequence[DueDay], today: date) -> Mapping[date, Sequence[AgendaLine]]:
    """Write the lines of each day: the meetings in the order of their hours, then the days to keep."""
    found: dict[date, list[AgendaLine]] = {}
    for one in met:
        same_day = [other for other in met if other.on == one.on]
        found.setdefault(one.on, []).append(_meeting(one, same_day))
    for due in owed:
        line = AgendaLine(due.number, translate(rule_of(due.code).label), due=due_text(due.on, None, today, translate))
        found.setdefault(due.on, []).append(line)
    return found


def _meeting(one: Sitting, same_day: Sequence[Sitting]) -> AgendaLine:
    return AgendaLine(
        one.number,
        "",
        translate(HOURS).format(begins=_hour(one.begins), ends=_hour(one.ends)),
        " ".join(one.place.split()),
        one.is_held,
        [clash.text(translate) for clash in clashes(one, same_day)],
    )


def _hour(at: datetime) -> str:
    return f"{at.hour} h {at.minute:02}"


def _day(day: date, lines: Sequence[AgendaLine], period: Period, today: date) -> AgendaDay:
    most, text = SHOWN.get(period.view, len(lines)), date_text(day, year=False)
    return AgendaDay(
        text.rpartition(" ")[0] if period.view == AgendaView.MONTH else text,
        day.isoformat(),
        day.isoweekday(),
        day == today,
        Period(AgendaView.DAY, day).query,
        lines[:most],
        max(0, len(lines) - most),
    )
