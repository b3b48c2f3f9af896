"""Tables of counters."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base


class CounterRow(Base):
    """The counters of an authority for one month, whole or of one profession, one town, or both."""

    __tablename__ = "tally"
    __table_args__ = (Index("ix_tally_cut", "town", "profession", "month"),)

    authority: Mapped[str] = mapped_column(String(24), primary_key=True)
    """Code of an authority, ``*`` for the whole country."""
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """``2026-03``, by the civil day of receipt where the authority sits."""
    profession: Mapped[str] = mapped_column(String(8), primary_key=True)
    """RPPS code, empty when not known, ``*`` for all."""
    town: Mapped[str] = mapped_column(String(8), primary_key=True)
    """INSEE code, empty when not known, ``*`` for all."""
    is_kept: Mapped[bool] = mapped_column(primary_key=True)
    """Whether it counts erased complaints: nothing computes it again."""
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    """Number by code, sealed by the portal."""


class CountedComplaint(Base):
    """What one complaint is counted as, sealed by the portal; it goes when the complaint is erased."""

    __tablename__ = "tallied"

    filing_number: Mapped[str] = mapped_column(String(20), primary_key=True)
    portrait: Mapped[bytes] = mapped_column(LargeBinary)
