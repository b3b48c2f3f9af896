"""Tables of the tokens asked for, of those obtained, and of what was seen of the clock."""

from datetime import datetime

from sqlalchemy import Float, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class Stamp(Bound, Base):
    """The token of one entry of the ledger."""

    __tablename__ = "stamp"
    BINDS = ("n", "state", "token", "gen_time", "qualified", "gap")
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
    gap: Mapped[float | None] = mapped_column(Float, nullable=True)
    """Seconds by which our clock was ahead of the authority's, at worst; ``None`` when no token was ever read."""


class ClockJump(Base):
    """The wall clock moved by itself, beside the one that only goes forward."""

    __tablename__ = "clock_jump"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    seconds: Mapped[float] = mapped_column(Float)
    """How far it moved; above zero: forward."""
