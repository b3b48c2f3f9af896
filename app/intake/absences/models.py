"""The table of absences. No reason is asked; those that are over are erased with the next one that is declared."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base


class Absence(Base):
    """When a clerk is away, and who takes the clerk's place."""

    __tablename__ = "absence"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    authority: Mapped[str] = mapped_column(String(24), index=True)
    account: Mapped[str] = mapped_column(String(32))
    replacement: Mapped[str] = mapped_column(String(32))
    """Account of a colleague of the same authority."""
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    """The last day of it."""
