"""Who is told of a complaint by a colleague, until it is opened; nothing of it is in the history but the note."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.filing.models import FilingDesk, FilingMention


def note(session: Session, filing_id: str, account: str, at: datetime) -> None:
    """Note that a clerk is told; the last time counts."""
    session.merge(FilingMention(account=account, filing_id=filing_id, at=at))
    session.flush()


def opened(session: Session, filing_id: str, account: str) -> None:
    """Note that the clerk opened it: it is no news any more."""
    told = (FilingMention.account == account, FilingMention.filing_id == filing_id)
    session.execute(delete(FilingMention).where(*told))


def waiting(session: Session, authority: str) -> dict[str, int]:
    """Count, by the address of each clerk of an authority, the complaints of its desk of which they are told."""
    counted = (
        select(Account.email, func.count().label("n"))
        .join(FilingMention, FilingMention.account == Account.id)
        .join(FilingDesk, FilingDesk.filing_id == FilingMention.filing_id)
        .where(Account.authority == authority, Account.disabled_at.is_(None), FilingDesk.authority == authority)
        .group_by(Account.email)
    )
    return {row.email: row.n for row in session.execute(counted)}
