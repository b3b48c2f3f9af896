"""How long a draft that is not sent is kept: 30 days; longer on the desk of an active association. Pure."""

from datetime import date, datetime, timedelta

from app.base.clock import PARIS
from app.base.dates import add_months, local_day

KEPT = timedelta(days=30)
"""A draft is erased 30 days after its last change."""
KEPT_BY_ASSOCIATION = 12
"""Months without a change after which that of an active association is erased at the latest."""
REMIND_BEFORE = timedelta(days=7)
"""Seven days before the end: day 23 of 30."""


def last_day(changed: datetime, active: date | None) -> date:
    """Return the last day of a draft, from its last change; ``active``: the last day of an active association.

    What stops sooner than the usual 30 days leaves them whole (RGPD, article 5, 1, e: no longer than needed).
    """
    usual = (changed + KEPT).astimezone(PARIS).date()
    if active is None:
        return usual
    return max(usual, min(active, add_months(local_day(changed, PARIS), KEPT_BY_ASSOCIATION)))


def last_page(public: str) -> str:
    """Return the address of the last page of a draft, from which the association goes on with it."""
    return f"/saisine/{public}/verifier"
