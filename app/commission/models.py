"""Table of the members of the commissions of conciliation."""

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base


class Member(Base):
    """Somebody appointed by an authority to sit on its side of the commission (CSP R. 1110-9)."""

    __tablename__ = "commission_member"
    __table_args__ = (Index("ix_commission_member_authority", "authority", "until"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    authority: Mapped[str] = mapped_column(String(24))
    profession: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """RPPS code of the professionals judged, for a caisse that appoints by ordre; empty: all of them."""
    name: Mapped[str] = mapped_column(String(120))
    rank: Mapped[str] = mapped_column(String(12))
    appointed_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    """Last day of the term: three years, or earlier when it was ended."""
