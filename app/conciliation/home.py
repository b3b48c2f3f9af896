"""The conciliation of one complaint on one page: what was done, what comes next, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.acts.guards import is_director_free
from app.acts.kinds import KINDS, past_of
from app.acts.rules import By
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.commission import queries
from app.commission.rules import Seat, ended
from app.conciliation.chamber import inaction
from app.conciliation.director import download as director_letters
from app.conciliation.director.rules import measures
from app.conciliation.meeting.seating import seats_of
from app.conciliation.page import CaseOf, owed_today, show
from app.evidence.rules import size_text
from app.filing.sealed.act import Act
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Answered, Closed, Decided, Fixed, Reported
from app.filing.sealed.director import DirectorConcluded, NoActionDecided
from app.filing.sealed.to_person import CourtesyTranslation, ToPerson
from app.filing.status.case_status import CaseStatus
from app.filing.status.conciliation import (
    AGAIN,
    CLOSED,
    COMMISSION_CHANGED,
    DECISION,
    FIXED,
    HEARD,
    INACTION,
    OPINION,
    PROCEDURE_ACTS,
    REPORT,
    REPORT_SENT,
    SECRETARIAT,
    SUMMONED,
)
from app.filing.status.director import (
    BODIES,
    CONCLUDED,
    DIRECTOR_ACTS,
    FACTS,
    FOLLOWED,
    NO_ACTION,
    OBSERVED,
    OPINION_ASKED,
    OPINION_GIVEN,
)
from app.intake.desk.case import DeskCase
from app.intake.dossier.sending import reference_text
from app.procedure.days import LegalDay
from app.procedure.rules import wording

router = APIRouter()
NO_MEETING = N_("La loi ne prévoit pas de réunion de conciliation pour ce dossier.")
MOVE = N_("Changer la réunion")
COMPLETE = N_("Compléter la notification des griefs")
DIRECTOR = N_(
    "Le directeur de la caisse peut décider d'une sanction (CSS L. 162-1-14-1). "
    "Les griefs d'abord, puis un mois pour répondre, l'avis de la commission et celui de l'UNCAM (CSS R. 147-2)."
)
RECIDIVE = N_("Récidive : pas de réunion de conciliation. La plainte va à la juridiction de l'ordre (CSP R. 1110-14).")
ENDED = N_(
    "Le mandat de {name} ne couvre plus le jour de la réunion. Choisissez une autre personne : changez la commission."
)
FIRST = N_("Accusez réception et transmettez la plainte avant de fixer la réunion.")
READER = N_("L'autorité qui a reçu la plainte tient le secrétariat (CSP R. 1110-10). Vous lisez ce qu'elle fait.")
GIVEN = N_("L'autre autorité tient le secrétariat, d'un commun accord (CSP R. 1110-10). Vous lisez ce qu'elle fait.")


@dataclass(frozen=True)
class NextStep:
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
class ActLine:
    """An act of the conciliation, with its papers."""

    moment: str
    what: str
    words: str
    more: str
    """Under which reference it left, what a party wrote, what is still disputed, or what the person is told."""
    translation: CourtesyTranslation | None
    """What the person reads of it in her language."""
    files: Sequence[Any]


def steps(case: DeskCase) -> list[NextStep]:
    """List what this desk may do now, the next act of the law first."""
    now, duties = case.now, owed_today(case)
    due = {duty.code: duty.due_on for duty in duties}
    held = LegalDay.MEET if LegalDay.MEET in due else LegalDay.SEND_REPORT
    found = (
        (HEARD, True, "conciliation.hearing", LegalDay.HEAR),
        (FIXED, not now.conciliation.meeting, "conciliation.meeting", LegalDay.LAST_SUMMONS),
        (SUMMONED, True, "conciliation.summons", LegalDay.SUMMON),
        (REPORT, True, "conciliation.report", held),
        (REPORT_SENT, True, "conciliation.report.send", LegalDay.SEND_REPORT),
        (OPINION, True, "conciliation.chamber", now.conciliation.chamber),
        (DECISION, True, "conciliation.decision", ""),
        (FACTS, True, "director.facts", ""),
        (NO_ACTION, True, "director.none", ""),
        (OBSERVED, True, "director.observations", ""),
        (OPINION_ASKED, True, "director.referral", BODIES.get(now.director.next_body, "")),
        (OPINION_GIVEN, True, "director.opinion", ""),
        (CONCLUDED, True, "director.decision", ""),
        (FOLLOWED, True, "director.follow", ""),
        (INACTION, inaction.is_overdue(case), "conciliation.inaction", ""),
        (FIXED, bool(now.conciliation.meeting), "conciliation.meeting", ""),
        (COMMISSION_CHANGED, True, "conciliation.commission", ""),
        (SECRETARIAT, _other_works_here(case), "conciliation.secretariat", ""),
        (AGAIN, True, "conciliation.recidive", ""),
        (CLOSED, True, "conciliation.close", ""),
    )
    speaks_for = {case.clerk.authority, now.ordre if By.COUNCIL in case.roles else ""}
    following = next((duty.code for duty in duties if duty.authority in speaks_for), "")
    return [
        NextStep(_label(kind, now), route, code, bool(code) and code == following, *_when(due.get(code), case.today))
        for kind, is_open, route, code in found
        if is_open and case.may(kind)
    ]


def _other_works_here(case: DeskCase) -> bool:
    """Return whether the secretariat could be given: the other authority works here (CSP R. 1110-10)."""
    return all(map(case.uses_service, case.now.readers))


def _label(kind: str, now: CaseStatus) -> str:
    again = {FIXED: MOVE if now.conciliation.meeting else "", FACTS: COMPLETE if now.director.facts else ""}
    return translate(again.get(kind) or KINDS[kind].do)


def _when(due_on: date | None, today: date) -> tuple[str, str]:
    if due_on is None:
        return "", ""
    said = wording(due_on, None, today)
    return said.whole(translate), said.tone


def lines(case: DeskCase) -> list[ActLine]:
    """List the acts of the conciliation, the last first."""
    return [_line(act) for act in reversed(case.opened.acts) if _is_shown(act)]


def _is_shown(act: Act) -> bool:
    return act.kind in (*PROCEDURE_ACTS, *DIRECTOR_ACTS) or bool(act.sealed.brought)


def _line(act: Act) -> ActLine:
    return ActLine(
        moment_text(act.at, PARIS, weekday=False, seconds=False),
        translate(past_of(act)),
        act.sealed.words,
        "\n".join(filter(None, (reference_text(act.sealed, translate), *_more(act.sealed)))),
        act.sealed.translation if isinstance(act.sealed, ToPerson) else None,
        [{**file, "size_text": size_text(file["size"])} for file in act.sealed.brought],
    )


def _more(sealed: Sealed) -> Sequence[str]:
    match sealed:
        case Reported(points=points, warnings=warnings):
            return points, *warnings
        case Answered(why_absent=why, observations=observations):
            return why, observations
        case Closed(explanation=said) | Decided(decision=said) | Fixed(needs=said) | NoActionDecided(explanation=said):
            return (said,)
        case DirectorConcluded(explanation=said) as decided:
            return (*measures(decided), said)
    return ()


def remarks(case: DeskCase) -> list[str]:
    """Return what explains the page."""
    now = case.now
    found = (
        (LegalDay.MEET in now.without, NO_MEETING),
        (now.conciliation.is_recidive, RECIDIVE),
        (By.HOLDER in case.roles and not now.are_told and LegalDay.MEET not in now.without, FIRST),
        (By.CAISSE in case.roles and is_director_free(now), DIRECTOR),
        (
            By.SECRETARIAT not in case.roles and not now.conciliation.is_recidive,
            GIVEN if now.conciliation.secretariat else READER,
        ),
    )
    return [translate(words) for is_so, words in found if is_so]


def ended_terms(case: DeskCase) -> list[str]:
    """Name those of the commission who may not sit any more at a meeting to come (CSP R. 1110-9)."""
    now = case.now.conciliation
    if By.SECRETARIAT not in case.roles or now.session_on is None or now.report or now.session_on < case.today:
        return []
    sitting = seats_of(now.fixed)
    rows = queries.terms_of(case.session, {one.side for one in sitting})
    terms = [Seat(row.authority, row.name, row.appointed_on, row.until) for row in rows]
    return [translate(ENDED).format(name=name) for name in ended(sitting, terms, now.session_on)]


@router.get("/agent/plaintes/{numero}/conciliation", name="conciliation.home")
def home(request: Request, case: CaseOf) -> Response:
    """Show the conciliation, and what to do."""
    meeting_on = case.now.conciliation.session_on
    return show(
        request,
        case,
        "conciliation/home.html",
        steps=steps(case),
        lines=lines(case),
        remarks=remarks(case),
        warnings=ended_terms(case),
        letters=director_letters.offered(case),
        session=date_text(meeting_on) if meeting_on else "",
        has_bundle=bool(case.now.conciliation.passed_on) and case.acts_as(By.COUNCIL),
    )
