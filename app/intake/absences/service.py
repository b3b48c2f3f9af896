"""Declaring an absence, and ending it."""

import uuid
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.intake.absences import queries, rules
from app.intake.absences.models import Absence
from app.intake.absences.rules import Away


class Overlaps(Exception):
    """The same clerk is away already on one of these days."""

    def __init__(self, other: Away) -> None:
        """Keep the other absence."""
        super().__init__()
        self.other = other


class ComesBack(Exception):
    """The replacements would lead back to the absent clerk."""


def declare(session: Session, authority: str, new: Away, today: date) -> None:
    """Keep an absence, and forget those that are over. Raises :class:`Overlaps`, :class:`ComesBack`."""
    session.execute(select(Account.id).where(Account.authority == authority).with_for_update())  # two at once
    known = queries.absences(session, authority, today)
    if other := rules.overlapping(new, known):
        raise Overlaps(other)
    if rules.comes_back(new, known):
        raise ComesBack
    session.execute(delete(Absence).where(Absence.authority == authority, Absence.ends_on < today))
    session.add(
        Absence(
            id=uuid.uuid4().hex,
            authority=authority,
            account=new.account,
            replacement=new.replacement,
            starts_on=new.first,
            ends_on=new.last,
        )
    )


def end(session: Session, authority: str, absence_id: str) -> None:
    """Forget an absence of an authority: the clerk is back, or stays."""
    session.execute(delete(Absence).where(Absence.id == absence_id, Absence.authority == authority))
