"""The members of the commission (CSP R. 1110-9)."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from app.commission.models import Member
from app.commission.rules import end_of_term, last_day


def appoint(session: Session, authority: str, profession: str, name: str, rank: str, appointed_on: date) -> Member:
    """Appoint a member for three years (CSP R. 1110-9)."""
    member = Member(
        id=uuid.uuid4().hex,
        authority=authority,
        profession=profession,
        name=name,
        rank=rank,
        appointed_on=appointed_on,
        until=end_of_term(appointed_on),
    )
    session.add(member)
    return member


def end_term(member: Member, on: date) -> bool:
    """End a term before its time; ``False`` when it ended by then, or ends that day.

    A meeting that took place keeps its members, by their names.
    """
    planned = member.until
    member.until = last_day(member.appointed_on, planned, on)
    return member.until != planned
