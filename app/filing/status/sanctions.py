"""From when a sanction counts for a récidive (CSP R. 1110-14), whoever pronounced it. Pure rules on values."""

from datetime import date

from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Decided, DirectorDecided
from app.filing.sealed.director import DirectorConcluded, SanctionFollowed


def sanctioned_on(sealed: Sealed) -> date | None:
    """Return the day since which a sanction is final, as far as an act says it; else its own day.

    ``None`` for what is no sanction.
    """
    match sealed:
        case Decided(is_sanction=True, on=on, final_on=final_on):
            return final_on or on
        case DirectorDecided(follow="sanction", on=on) | DirectorConcluded(decision="sanction", on=on):
            return on
        case SanctionFollowed(final_on=date() as final_on):
            return final_on
    return None
