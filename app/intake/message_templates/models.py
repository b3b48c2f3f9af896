"""Tables of the message templates. They hold words of the authority, never those of a complaint."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class MessageTemplate(Base):
    """A text of an authority for one act; its words stand in its versions."""

    __tablename__ = "message_template"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    authority: Mapped[str] = mapped_column(String(24), index=True)
    act: Mapped[str] = mapped_column(String(24))
    """Code of the act that it serves."""
    archived_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """Since when no act proposes it; nothing for those that serve."""


class MessageTemplateVersion(Base):
    """What a template said since an instant: the last one serves, the others are read."""

    __tablename__ = "message_template_version"

    template: Mapped[str] = mapped_column(String(32), ForeignKey("message_template.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1."""
    name: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
