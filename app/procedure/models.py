"""The table of what is due, and of when it was done."""

from datetime import date, datetime

from sqlalchemy import Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class CalendarDay(Base):
    """One day that the law sets for one filing."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("filing_number", "code"),
        Index("ix_deadline_next", "done_at", "due_strict", "filing_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    filing_number: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(4))
    due_strict: Mapped[date] = mapped_column(Date)
    due_postponed: Mapped[date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(60))
    done_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
