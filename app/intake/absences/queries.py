"""What is asked of the absences of an authority."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.intake.absences.models import Absence
from app.intake.absences.rules import Away, stand_in


def absences(session: Session, authority: str, since: date) -> list[Away]:
    """List those that are not over on a day, the first to come first; none when either account was closed."""
    here = select(Account.id).where(Account.authority == authority, Account.disabled_at.is_(None))
    wanted = select(Absence).where(
        *(Absence.authority == authority, Absence.ends_on >= since),
        *(Absence.account.in_(here), Absence.replacement.in_(here)),
    )
    rows = session.scalars(wanted.order_by(Absence.starts_on, Absence.id))
    return [Away(row.account, row.replacement, row.starts_on, row.ends_on, row.id) for row in rows]


def stand_ins(session: Session, authority: str, day: date) -> dict[str, str]:
    """Return, by the address of each clerk who is away on a day, that of who takes the place."""
    known = absences(session, authority, day)
    wanted = select(Account.id, Account.email).where(Account.authority == authority)
    email = {row.id: row.email for row in session.execute(wanted)}
    return {email[one.account]: email[stand_in(one.account, day, known)] for one in known if one.meets(day, day)}
