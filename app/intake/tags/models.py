"""Tables of the tags. A name is sealed: beside a complaint it may say something of a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class AuthorityTag(Base):
    """A tag of an authority; its name is sealed under a key of its own, wrapped for the authority."""

    __tablename__ = "tag"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(48), index=True)
    """The authority, as it holds keys (``autorite:…``)."""
    wrapped: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(240))
    """Sealed, in base 64."""
    retired_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """Since when it is offered no more; what bears it keeps it."""


class FilingTag(Base):
    """A tag on a complaint, as long as the complaint lies on the desk of the authority: it goes with it."""

    __tablename__ = "filing_tag"
    __table_args__ = (
        ForeignKeyConstraint(
            ["filing_id", "authority"], ["filing_desk.filing_id", "filing_desk.authority"], ondelete="CASCADE"
        ),
        Index("ix_filing_tag_filing", "filing_id", "authority"),
        {"sqlite_with_rowid": False},
    )

    authority: Mapped[str] = mapped_column(String(48), primary_key=True)
    tag: Mapped[str] = mapped_column(String(32), ForeignKey("tag.id"), primary_key=True)
    filing_id: Mapped[str] = mapped_column(String(32), primary_key=True)
