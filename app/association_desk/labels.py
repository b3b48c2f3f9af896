"""The words of a row of an association's list."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.association_desk.desk import MemberComplaint
from app.association_desk.members.service import FORMER
from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.status.state import ComplaintState

DRAFT, OVER = N_("À compléter"), N_("Mandat terminé : vous ne lisez plus cette plainte.")
_STATES = {state.value: state.as_told.label for state in ComplaintState}
KEPT = N_("Gardée jusqu'au {day}")


@dataclass(frozen=True)
class MemberListRow:
    """A row ready to be shown."""

    b: str
    number: str
    person: str
    professional: str
    state: str
    due_iso: str
    """The day, as ISO 8601; empty when there is none."""
    due: str
    """The same day in words, with what it is of a draft."""
    member: str
    reference: str
    tags: str
    is_open: bool
    """Whether its page opens: its mandate holds."""


def line(row: MemberComplaint, members: Mapping[str, str]) -> MemberListRow:
    """Write a row; ``members``: names by accounts."""
    day = date_text(row.due_on, weekday=False) if row.due_on else ""
    return MemberListRow(
        row.b,
        row.number,
        row.person,
        row.professional,
        translate(DRAFT if not row.number else _STATES.get(row.state, row.state) if row.state else OVER),
        row.due_on.isoformat() if row.due_on else "",
        day if row.number else translate(KEPT).format(day=day),
        members.get(row.member, translate(FORMER)),
        row.own.reference,
        ", ".join(row.own.tags),
        is_open=bool(row.state),
    )
