"""Which near meetings have no quorum any more: who sits is sealed, so only those of the week are opened."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.commission.queries import terms_of
from app.commission.rules import Seat, is_quorate
from app.filing.models import FilingDuty
from app.filing.queries import OpenFiling, read_several
from app.filing.rules import NEVER
from app.intake.alerts.rules import is_quorum_due
from app.procedure.days import LegalDay


def near_meetings(duties: Collection[FilingDuty], authority: str, today: date) -> set[str]:
    """Keep the complaints whose meeting this desk holds within the week; before it is fixed, its duty never ends."""
    own = (duty for duty in duties if duty.code == LegalDay.MEET and duty.authority == authority)
    return {duty.filing_id for duty in own if duty.until != NEVER and is_quorum_due(duty.until, today)}


def without_quorum(session: Session, keyring: Keyring, authority: str, ids: Collection[str]) -> set[str]:
    """Keep the complaints whose commission, as it was composed, cannot sit any more; three statements, none for none.

    Nothing is known of who was named by an authority that keeps its own list.
    """
    if not ids:
        return set()
    found = read_several(session, keyring, sorted(ids), authority)
    sitting = {one: _sitting(opened) for one, opened in found.items() if opened.now.conciliation.meeting}
    sides = {seat.side for seats in sitting.values() for seat in seats}
    terms = [Seat(row.authority, row.name, row.appointed_on, row.until) for row in terms_of(session, sides)]
    days = {one: found[one].now.conciliation.session_on for one in sitting}
    return {one for one, seats in sitting.items() if (day := days[one]) and not is_quorate(seats, terms, day)}


def _sitting(opened: OpenFiling) -> Sequence[Seat]:
    return [Seat(one.side, one.name) for one in opened.now.conciliation.fixed.members]
