"""The members of the commission (CSP R. 1110-9)."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from app.commission.models import Member
from app.commission.rules import end_of_term


def appoint(session: Session, authority: str, profession: str, name: str, rank: str, appointed_on: date) -> None:
    """Appoint a member for three years (CSP R. 1110-9)."""
    session.add(
        Member(
            id=uuid.uuid4().hex,
            authority=authority,
            profession=profession,
            name=name,
            rank=rank,
            appointed_on=appointed_on,
            until=end_of_term(appointed_on),
        )
    )


def end_term(member: Member, on: date) -> None:
    """End a term before its time; a meeting that took place keeps its members, by their names."""
    member.until = min(member.until, max(on, member.appointed_on))
