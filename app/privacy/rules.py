"""When what was received has had its time: pure rules on dates (RGPD, article 5, 1, e; CPP, article 8)."""

from dataclasses import dataclass
from datetime import date

from app.base.dates import add_months


@dataclass(frozen=True)
class Periods:
    """How long a complaint is kept, in years; the controllers confirm them with their archives service."""

    received: int
    """After the receipt: the limitation of the offence. The six years of a sanction put the end off."""
    withdrawn: int
    """After the withdrawal."""

    def ends_on(self, received_on: date, withdrawn_on: date | None, kept_until: date | None) -> date:
        """Return the last day on which a complaint is kept; a pending case or a sanction may have put it off."""
        last = add_months(received_on, 12 * self.received)
        if withdrawn_on is not None:
            last = min(last, add_months(withdrawn_on, 12 * self.withdrawn))
        return max(last, kept_until) if kept_until else last
