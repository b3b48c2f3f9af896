"""« Changer la commission »: a substitute in the place of who cannot sit; the day stays, and so do the summons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.conciliation.meeting.form import FREE, FREE_OTHERS, OTHERS_SITTING, SITTING
from app.conciliation.meeting.seating import Table, commission_checks, seats_of, who_sits
from app.conciliation.page import ConciliationPage
from app.filing.sealed.conciliation import CommissionChanged
from app.filing.status.conciliation import COMMISSION_CHANGED
from app.intake.desk.case import DeskCase

MEETS_ON = "jour_de_la_reunion"
"""What the page knows beside its fields."""


class Commission(Answers):
    """Who sits from now on."""

    membres: SITTING
    sans_lien: FREE
    membres_autres: OTHERS_SITTING
    sans_lien_autres: FREE_OTHERS

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the commission as when the meeting was fixed (CSP R. 1110-9, R. 1110-10)."""
        yield from commission_checks(found, found[MEETS_ON])


class CommissionPage(ConciliationPage):
    """Each member has a substitute (CSP R. 1110-9): the meeting is neither moved nor summoned again."""

    kind, path, model = COMMISSION_CHANGED, "conciliation/commission", Commission
    lede = N_(
        "Choisissez tous ceux qui siégeront. Le jour et le lieu de la réunion ne changent pas : les convocations "
        "envoyées restent valables."
    )

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Return who may sit, and the day."""
        return {**super().known(case), **Table.of(case).known, MEETS_ON: case.now.conciliation.session_on}

    def first(self, case: DeskCase) -> Typed:
        """Start from those who may sit still."""
        return _first(case)

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer the members."""
        options = Table.of(case).options()
        return {"membres": options, "sans_lien": options}

    def content(self, case: DeskCase, said: Commission) -> CommissionChanged:
        """Keep who sits."""
        members = who_sits(Table.of(case), said)
        return CommissionChanged(members=members, words=", ".join(one.name for one in members))


def _first(case: DeskCase) -> Typed:
    table, fixed = Table.of(case), case.now.conciliation.fixed
    seats = seats_of(fixed)
    chosen = [one for one, seat in table.seats.items() if any(seat.is_of(other) for other in seats)]
    others: Sequence[str] = [seat.name for seat in seats if seat.side == table.own_list]
    return {"membres": chosen, "membres_autres": ["\n".join(others)]}
