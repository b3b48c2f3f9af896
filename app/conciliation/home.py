"""The road of one complaint on one page: what was done, what comes next, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation import inaction
from app.conciliation.door import Case, CaseOf
from app.evidence.rules import size_text
from app.filing.documents import FILES
from app.filing.road import AGAIN, CLOSED, DECISION, FIXED, HEARD, OPINION, REPORT, REPORT_SENT, ROAD, SUMMONED
from app.intake.guards import may
from app.intake.rules import EventKind, label_of
from app.procedure.rules import wording

router = APIRouter()
NO_MEETING = N_("La loi ne prévoit pas de réunion de conciliation pour ce dossier.")
RECIDIVE = N_("Récidive : pas de réunion de conciliation. La plainte va à la juridiction de l'ordre (CSP R. 1110-14).")
FIRST = N_("Accusez réception et transmettez la plainte avant de fixer la réunion.")
READER = N_("L'autorité qui a reçu la plainte tient le secrétariat (CSP R. 1110-10). Vous lisez ce qu'elle fait.")


@dataclass(frozen=True)
class Step:
    """Something that can be done now."""

    label: str
    route: str
    code: str = ""
    """The day of the calendar that it keeps."""
    is_first: bool = False
    """Whether the law expects it next."""
    when: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """An act of the road, with its papers."""

    moment: str
    what: str
    words: str
    more: str
    """What a party wrote, or what is still disputed."""
    files: Sequence[Any]


def steps(case: Case) -> list[Step]:
    """List what this desk may do now, the next act of the law first."""
    now, own = case.now, case.is_secretariat
    council, is_overdue = case.speaks_for_council, inaction.is_overdue(case)
    due = {duty.code: duty.due_on for duty in case.owed}
    held = "D7" if "D7" in due else "D8"
    found = (
        (own and may(now, HEARD), N_("Entendre le professionnel"), "conciliation.hearing", "D5"),
        (own and may(now, FIXED) and not now.road.meeting, N_("Fixer la réunion"), "conciliation.meeting", "D13"),
        (own and may(now, SUMMONED), N_("Convocations"), "conciliation.summons", "D6"),
        (own and may(now, REPORT), N_("Compte rendu de la réunion"), "conciliation.report", held),
        (own and may(now, REPORT_SENT), N_("Envoyer le compte rendu"), "conciliation.report.send", "D8"),
        (council and may(now, OPINION), N_("Avis motivé"), "conciliation.chamber", now.road.chamber),
        (council and may(now, DECISION), N_("Décision de la chambre"), "conciliation.decision", ""),
        (
            case.is_caisse and is_overdue,
            N_("Carence de l'ordre"),
            "conciliation.inaction",
            "",
        ),
        (own and may(now, FIXED) and bool(now.road.meeting), N_("Changer la réunion"), "conciliation.meeting", ""),
        (own and may(now, AGAIN), N_("Vérifier la récidive"), "conciliation.recidive", ""),
        (own and may(now, CLOSED), N_("Clore le dossier"), "conciliation.close", ""),
    )
    speaks_for = {case.clerk.authority, now.ordre if council else ""}
    following = next((duty.code for duty in case.owed if duty.authority in speaks_for), "")
    return [
        Step(translate(label), route, code, bool(code) and code == following, *_when(due.get(code), case.today))
        for is_open, label, route, code in found
        if is_open
    ]


def _when(due_on: date | None, today: date) -> tuple[str, str]:
    if due_on is None:
        return "", ""
    said = wording(due_on, None, today)
    return said.whole(translate), said.tone


def lines(case: Case) -> list[Line]:
    """List the acts of the road, the last first."""
    return [_line(act) for act in reversed(case.acts) if act["kind"] in ROAD or act.get(FILES)]


def _line(act: dict[str, Any]) -> Line:
    more = [
        act.get("points", ""),
        *act.get("warnings", ()),
        act.get("why_absent", ""),
        act.get("observations", ""),
        act.get("explanation", ""),
    ]
    return Line(
        moment_text(datetime.fromisoformat(act["at"]), PARIS, weekday=False, seconds=False),
        translate(label_of(EventKind, act["kind"])),
        act["words"],
        "\n".join(filter(None, [*more, act.get("decision", "")])),
        [{**file, "size_text": size_text(file["size"])} for file in act.get(FILES, ())],
    )


def remarks(case: Case) -> list[str]:
    """Say what explains the page."""
    now = case.now
    found = (
        ("D7" in now.without, NO_MEETING),
        (now.road.is_recidive, RECIDIVE),
        (case.is_secretariat and not now.are_told and "D7" not in now.without, FIRST),
        (not case.is_secretariat, READER),
    )
    return [translate(words) for is_so, words in found if is_so]


@router.get("/agent/plaintes/{numero}/conciliation", name="conciliation.home")
def home(request: Request, case: CaseOf) -> Response:
    """Show the road, and what to do."""
    meeting_on = case.now.road.session_on
    return case.show(
        request,
        "conciliation/home.html",
        steps=steps(case),
        lines=lines(case),
        remarks=remarks(case),
        session=date_text(meeting_on) if meeting_on else "",
    )
