"""What is asked of the absences of an authority."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.intake.absences.models import Absence
from app.intake.absences.rules import Away, stand_in


@dataclass(frozen=True)
class Team:
    """Those who work for an authority."""

    people: Mapping[str, str]
    """The names of those who may sign in, by the ids of their accounts, in the order of the names."""
    away: Sequence[Away]
    """The absences that are not over, the first to come first."""


def team_of(session: Session, authority: str, since: date) -> Team:
    """Read who works for an authority, and who is away on a day or later; none when either account was closed."""
    of_absence = (Absence.id, Absence.replacement, Absence.starts_on, Absence.ends_on)
    wanted = (
        select(Account.id.label("account"), Account.name, *of_absence)
        .outerjoin(
            Absence, and_(Absence.account == Account.id, Absence.authority == authority, Absence.ends_on >= since)
        )
        .where(Account.authority == authority, Account.disabled_at.is_(None))
    )
    rows = session.execute(wanted.order_by(Account.name, Account.id)).all()
    people = {row.account: row.name for row in rows}
    away = [
        Away(row.account, row.replacement, row.starts_on, row.ends_on, row.id)
        for row in rows
        if row.id and row.replacement in people
    ]
    return Team(people, sorted(away, key=lambda one: (one.first, one.id)))


def absences(session: Session, authority: str, since: date) -> Sequence[Away]:
    """List the absences that are not over on a day, the first to come first."""
    return team_of(session, authority, since).away


def stand_ins(session: Session, authority: str, day: date) -> dict[str, str]:
    """Return, by the address of each clerk who is away on a day, that of who takes the place."""
    known = absences(session, authority, day)
    wanted = select(Account.id, Account.email).where(Account.authority == authority)
    email = {row.id: row.email for row in session.execute(wanted)}
    return {email[one.account]: email[stand_in(one.account, day, known)] for one in known if one.meets(day, day)}
