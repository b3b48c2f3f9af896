"""What the mandate of an association allows today. Pure rules on values."""

from collections.abc import Mapping
from typing import Any

from app.filing.status.case_status import CaseStatus
from app.saisine.steps.mandate import MandateScope


def receives_letters(document: Mapping[str, Any], now: CaseStatus) -> bool:
    """Return whether an association receives the letters of the person today: the power given, the mandate held."""
    return now.is_mandated and MandateScope.RECEVOIR in document["association"]["mandate"]["scope"]
