"""What the mandate of an association allows today. Pure rules on values."""

from app.filing.status.case_status import CaseStatus
from app.saisine.steps.mandate import MandateScope


def receives_letters(now: CaseStatus) -> bool:
    """Return whether an association receives the letters of the person today: the power given, the mandate held."""
    return now.is_mandated and MandateScope.RECEVOIR in now.powers


def may_represent(now: CaseStatus) -> bool:
    """Return whether an association may represent or help the person at the meeting today (CSP R. 1110-12)."""
    return now.is_mandated and MandateScope.REPRESENTER in now.powers
