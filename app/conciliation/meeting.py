"""H2 « Fixer la réunion »: when, where, before whom (CSP R. 1110-9 to R. 1110-12)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import Holidays, date_text, place_of_zone, zone_named
from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import parse
from app.base.i18n import translate
from app.base.web.pages import make_form, see
from app.base.web.reading import FormOf
from app.conciliation import queries
from app.conciliation.door import Case, SecretariatOf, case_of
from app.conciliation.meeting_form import LAST, WARNED, Meeting, MeetingWithNeeds
from app.conciliation.seating import OTHERS, Table, named
from app.filing.competence import contact_of
from app.filing.progress import meeting_moment
from app.filing.road import FIXED
from app.intake.acting import typed_day
from app.intake.guards import may
from app.intake.turn import AlreadyDone, Left, changed, happened
from app.procedure.rules import last_day_to_receive
from app.routing import queries as routing
from app.saisine.steps.days import day_of

router = APIRouter()
VERSION = "version"
"""Hidden field: what the page was shown, so that nothing newer is replaced unseen."""


def _model(case: Case) -> type[Meeting]:
    return MeetingWithNeeds if case.answers("besoins") else Meeting


@router.get("/agent/plaintes/{numero}/conciliation/seance", name="conciliation.meeting")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Ask for the day, the place and the members; what was fixed before is there."""
    case.expect(FIXED)
    return _show(request, case, Table.of(case), _first(case))


@router.post("/agent/plaintes/{numero}/conciliation/seance", name="conciliation.meeting.do")
def fix(request: Request, case: SecretariatOf, form: FormOf) -> Response:
    """Fix the meeting, or move it: the parties must then be summoned again."""
    case.expect(FIXED)
    seen = form.get(VERSION)
    if seen != case.version:
        raise _changed(case)
    table = Table.of(case)
    known = {
        **case.days(FIXED),
        **table.known,
        LAST: case.due["D7"],
        WARNED: lambda day: _warnings(case, day),
    }
    parsed = parse(_model(case), form.typed, known)
    if parsed.values is None:
        return _show(request, case, table, form.typed, parsed.errors, 422)
    try:
        case.do(FIXED, _content(table, parsed.values, case), also=lambda now: now.road.meeting.get("at", "") == seen)
    except Left:
        raise
    except AlreadyDone as refused:
        again = case_of(case.portal, case.clerk, case.number)
        raise (_changed(again) if again.version != seen and may(again.now, FIXED) else refused) from refused
    return see(request, "conciliation.summons", numero=case.number)


def _changed(case: Case) -> AlreadyDone:
    """Say which meeting a colleague fixed since the page was shown."""
    fixed = case.now.road.meeting
    if not fixed:
        return AlreadyDone(happened(case.now, case.acts, FIXED), case.number)
    says = changed(FIXED, fixed["by"], datetime.fromisoformat(fixed["at"]), meeting_moment(fixed))
    return AlreadyDone(says, case.number)


def _content(table: Table, said: Meeting, case: Case) -> dict[str, Any]:
    on = day_of(dict(said), "date_seance")
    others = named({**dict(said), OTHERS: table.own_list})
    seats = [*(table.seats[one] for one in said.membres), *others]
    late = (on - case.due["D7"]).days
    moment = {"on": on.isoformat(), "hour": said.heure_seance}
    return {
        **moment,
        "words": meeting_moment(moment) + (f"\n{said.raison_retard}" if late > 0 else ""),
        "place": said.lieu,
        "mode": said.mode.value,
        "why_remote": said.raison_distance,
        "why_late": said.raison_retard if late > 0 else "",
        "members": [{"side": seat.side, "authority": table.names[seat.side], "name": seat.name} for seat in seats],
        "needs": said.besoins_pris_en_compte,
    }


def _warnings(case: Case, day: date) -> list[str]:
    """Say what makes a day doubtful: neither forbids it."""
    zone = zone_named(case.clerk.zone)
    found = []
    if day.isoweekday() > 5 or day in Holidays(place_of_zone(zone)):  # noqa: PLR2004 - Saturday and Sunday
        found.append(translate(N_("Le {day} n'est pas un jour ouvré.")).format(day=date_text(day)))
    with case.portal.database.read() as session:
        others = queries.others_that_day(session, case.clerk.authority, case.number, last_day_to_receive(day))
    if others:
        words = N_("Une autre réunion est fixée ce jour-là : {numbers}.")
        found.append(translate(words).format(numbers=", ".join(others)))
    return found


def _first(case: Case) -> Typed:
    fixed = case.now.road.meeting
    if fixed:
        hour = fixed["hour"].replace(":", " h ")
        day = typed_day("date_seance", date.fromisoformat(fixed["on"]))
        plain = {"lieu": fixed["place"], "mode": fixed["mode"], "heure_seance": hour}
        return {**day, **{name: [value] for name, value in plain.items()}, "besoins_pris_en_compte": [fixed["needs"]]}
    with case.portal.database.read() as session:
        own = routing.authority(session, case.now.receiver)
    return {"lieu": ["\n".join([own.name, *contact_of(own)["address"]]) if own else ""]}


def _show(
    request: Request,
    case: Case,
    table: Table,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    options = table.options()
    warnings: Sequence[str] = ()
    if mistakes and "avertissements_lus" in mistakes:
        parts = {name: values[-1] for name, values in typed.items() if values}
        warnings = _warnings(case, day_of(parts, "date_seance"))
    return case.show(
        request,
        "conciliation/meeting.html",
        status=status,
        form=make_form(request, _model(case), typed, mistakes, {"membres": options, "sans_lien": options}),
        has_members=bool(options),
        other=table.names.get(table.own_list, ""),
        needs=case.answers("besoins"),
        last=date_text(case.due["D7"]),
        warnings=warnings,
        is_moved=bool(case.now.road.meeting),
        is_mixed=len(table.sides) > 1,
    )
