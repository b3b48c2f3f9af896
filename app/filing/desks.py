"""A complaint on the desk of an authority: what the desk must do of it, and what lists ask of it."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from app.filing.models import Filing, FilingDesk

NEEDS = "besoins"
"""Sign of a person who needs something to take part."""


def copied(filing: Filing | Row[Any], state: str) -> dict[str, Any]:
    """Give what a desk repeats of a filing that stands at ``state``."""
    return {
        "state": state,
        "profession": filing.profession,
        "channel": filing.channel,
        "has_needs": NEEDS in filing.signs.split(),
        "received_at": filing.received_at,
    }


def place(filing: Filing, state: str, where: tuple[str, str, str], due_on: date, assignee: str = "") -> FilingDesk:
    """Lay a filing on a desk; ``where``: authority, role, code of the day that this authority must keep next."""
    authority, role, code = where
    return FilingDesk(
        filing_id=filing.id,
        authority=authority,
        role=role,
        next_code=code,
        next_due_on=due_on,
        assignee=assignee,
        **copied(filing, state),
    )
