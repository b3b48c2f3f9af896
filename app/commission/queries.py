"""What is asked of the commissions."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.cutting import Cut, asked_for
from app.commission.models import Member

__all__ = ["Member", "member", "members_of", "sitting", "terms_of"]
MOST = 200
"""Members shown: a caisse has four for each profession, renewed every three years."""


def members_of(session: Session, authority: str) -> Cut[Member]:
    """List the members that an authority appointed: those in office first, then the last ones that were."""
    wanted = select(Member).where(Member.authority == authority)
    wanted = wanted.order_by(Member.until.desc(), Member.rank.desc(), Member.name)
    return Cut(session.scalars(wanted.limit(asked_for(MOST))), MOST)


def member(session: Session, authority: str, member_id: str) -> Member | None:
    """Find one member of an authority."""
    return session.scalar(select(Member).where(Member.authority == authority, Member.id == member_id))


def sitting(session: Session, authority: str, profession: str, today: date) -> list[Member]:
    """List who may sit for an authority about a professional of this profession, titulaires first."""
    wanted = select(Member).where(
        Member.authority == authority, Member.profession.in_(["", profession]), Member.until >= today
    )
    return list(session.scalars(wanted.order_by(Member.rank.desc(), Member.name)))


def terms_of(session: Session, authorities: Collection[str]) -> list[Member]:
    """List the terms that some authorities gave, ended or not."""
    return list(session.scalars(select(Member).where(Member.authority.in_(authorities))))
