"""From when a sanction counts for a récidive (CSP R. 1110-14), whoever pronounced it. Pure rules on values."""

from collections.abc import Sequence
from datetime import date

from app.filing.sealed.act import Act
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Decided, DirectorDecided, RecidiveChecked
from app.filing.sealed.director import DirectorConcluded, SanctionFollowed
from app.filing.status.annotations import last


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


def final_sanctions(acts: Sequence[Act]) -> list[date]:
    """List the days since which sanctions are final, as a complaint says them last, the oldest first.

    That of the chamber, that of the director, and the one for which it was itself found a récidive.
    """
    found = (last(acts, kind) for kind in (Decided, SanctionFollowed, RecidiveChecked))
    return sorted({day for done in found if done and (day := _final_on(done.sealed))})


def _final_on(sealed: Sealed) -> date | None:
    """Return the day since which a sanction is final; ``None`` while an act says none."""
    match sealed:
        case Decided(is_sanction=True, final_on=date() as day):
            return day
        case SanctionFollowed(final_on=date() as day) | RecidiveChecked(sanction_on=date() as day):
            return day
    return None
