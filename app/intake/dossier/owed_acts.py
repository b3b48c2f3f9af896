"""What the law expects of a desk for one complaint: each act with its day, and the page where it is done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.acts.guards import is_fixed, is_unnamed
from app.acts.kinds import KINDS
from app.acts.rules import may
from app.base.dates import date_text
from app.base.forms.fields import Translate
from app.filing.models import FilingDuty
from app.filing.rules import AIGUILLAGE, RECEIVER
from app.filing.status.case_status import DUTIES, CaseStatus
from app.intake import labels
from app.intake.acts import confirm_authority
from app.intake.rows import DeskLine
from app.procedure.days import LegalDay
from app.procedure.law import rule_of


@dataclass(frozen=True)
class OwedAct:
    """An act that is owed, as the page of the complaint shows it."""

    code: str
    """The day of the calendar that it keeps."""
    label: str
    do: str
    """Words of the link to its page: its label, unless something else must be done first."""
    day: str
    due: labels.DueText
    page: str = ""
    """Name of the address where it is done; empty while it cannot be done."""


def owed_acts(line: DeskLine, own: Sequence[FilingDuty], now: CaseStatus, today: date, t: Translate) -> list[OwedAct]:
    """List all that a desk owes of a complaint, the nearest day first; ``own``: its duties in that order."""
    return [_of(line, duty, now, today, t) for duty in own]


def _of(line: DeskLine, duty: FilingDuty, now: CaseStatus, today: date, t: Translate) -> OwedAct:
    label = t(rule_of(duty.code).label)
    is_to_confirm = duty.code == LegalDay.TRANSMIT and is_unnamed(now)
    return OwedAct(
        code=duty.code,
        label=label,
        do=t(confirm_authority.title(now)) if is_to_confirm else label,
        day=date_text(duty.due_on),
        due=labels.due_text(duty.due_on, None, today, t),
        page=page_of(duty.code, now) if _is_doable(line, duty.code) else "",
    )


def _is_doable(line: DeskLine, code: str) -> bool:
    """Return whether this desk may act: the duties of the eight days are those of whom it was sent to, once known."""
    return code not in DUTIES.values() or (line.role == RECEIVER and line.receiver != AIGUILLAGE)


def page_of(code: str, now: CaseStatus) -> str:
    """Name the address where a day of the law is kept as the complaint stands; empty when it cannot be yet.

    The other authority is named before it is told; the parties are summoned from the list of their summons; how the
    meeting ended is said before its report is sent.
    """
    if code == LegalDay.TRANSMIT and is_unnamed(now):
        return "intake.confirm"
    if is_fixed(now) and code in {LegalDay.SUMMON, LegalDay.SEND_REPORT}:
        return "conciliation.summons" if code == LegalDay.SUMMON else "conciliation.report"
    return next((kind.page for kind in KINDS.values() if code in kind.keeps and may(kind, now)), "")
