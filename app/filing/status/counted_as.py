"""What a complaint counts as in the statistics: pure rules on what was sealed at its receipt and done since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.base.dates import local_day
from app.counters.rules import StatisticsRecord
from app.filing.sealed.act import Act
from app.filing.status.calendar import calendar
from app.filing.status.case_status import CaseStatus
from app.filing.status.conciliation import ConciliationState
from app.filing.status.director import DirectorState
from app.filing.status.replay import status_of
from app.procedure.days import COUNTED, LegalDay
from app.procedure.rules import Deadline

KEPT, LATE, WAITING = "tenue", "retard", "attente"
"""How a day of the law was kept."""
NOT_SAID = "sans_reponse"
DAYS_TO = (("accuse", LegalDay.ACKNOWLEDGE), ("transmission", LegalDay.TRANSMIT), ("reunion", LegalDay.MEET))
"""Acts of which the days since the receipt are counted, by the word that says it."""
LONGEST = 999
"""Days to an act beyond which they are one figure."""


def statistics_record(document: Mapping[str, Any], now: CaseStatus, days: Mapping[str, Deadline]) -> StatisticsRecord:
    """Draw a complaint as it is counted; ``days``: its calendar, by code. Days are counted strictly."""
    received_on = local_day(datetime.fromisoformat(document["received_at"]), ZoneInfo(document["zone"]))
    return StatisticsRecord(
        authority=now.receiver,
        month=f"{received_on:%Y-%m}",
        profession=document["profession"],
        town=document["commune"],
        codes=tuple(sorted({*_said(document), *_done(now, days, received_on)})),
    )


def as_done(document: Mapping[str, Any], acts: Sequence[Act]) -> StatisticsRecord:
    """Draw a complaint after its acts, the oldest first."""
    return statistics_record(document, status_of(document, acts), calendar(document, acts))


def at_receipt(document: Mapping[str, Any]) -> StatisticsRecord:
    """Draw a complaint that was just received."""
    return as_done(document, ())


def _said(document: Mapping[str, Any]) -> Iterator[str]:
    answers = {row["name"]: row["answer"] for row in document["complaint"]}
    yield f"canal|{document['channel']}"
    yield f"profession|{document['profession']}"
    for what, name in (("forme", "formes"), ("motif", "motifs")):
        for code in answers.get(name) or [NOT_SAID]:
            yield f"{what}|{code}"


def _done(now: CaseStatus, days: Mapping[str, Deadline], received_on: date) -> Iterator[str]:
    yield f"etat|{now.state}"
    for code in COUNTED:
        kept = now.done.get(code)
        if code not in days or (code == LegalDay.TRANSMIT and now.is_alone and kept is None):  # there is nobody to tell
            continue
        how = WAITING if kept is None else LATE if kept.on > days[code].due_strict else KEPT
        yield f"echeance|{code}|{how}"
    for what, code in DAYS_TO:
        if code in now.done:
            yield f"{what}|{min((now.done[code].on - received_on).days, LONGEST)}"
    yield from _further(now.conciliation)
    yield from _of_director(now.director)


def _of_director(state: DirectorState) -> Iterator[str]:
    """Yield how far the director of the caisse went (CSS L. 162-1-14-1)."""
    if state.facts:
        yield "directeur|griefs"
    if state.end:
        yield f"directeur|{state.end}"


def _further(state: ConciliationState) -> Iterator[str]:
    """Yield how far a complaint went after its meeting, or without one."""
    if state.issue:
        yield f"issue|{state.issue}"
    for what, is_so in (("recidive", state.is_recidive), ("chambre", state.passed_on), ("decision", state.decision)):
        if is_so:
            yield what
    if state.inaction:
        yield f"carence|{state.inaction.follow}"
