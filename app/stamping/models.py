"""Table of the tokens asked for, and of those obtained."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Base, Instant


class Stamp(Base):
    """The token of one entry of the ledger."""

    __tablename__ = "stamp"
    __table_args__ = (Index("ix_stamp_due", "state", "next_at"),)

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """Number of the entry."""
    state: Mapped[str] = mapped_column(String(12))
    """``attend``, ``obtenu`` or ``abandonne``."""
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    first_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(String(40), default="")
    """Why the last try failed, in one word."""
    token: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The answer of the authority, whole and raw."""
    gen_time: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """The instant that the token says."""
    qualified: Mapped[str] = mapped_column(String(120), default="")
    """Name of the qualified provider, or empty."""
