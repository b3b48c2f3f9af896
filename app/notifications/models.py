"""The outbox."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class OutboxMail(Bound, Base):
    """One mail to one address; whom and with which words is sealed (class C2)."""

    __tablename__ = "outbox"
    BINDS = ("filing_number", "kind", "recipient_key", "created_at", "sent_at")
    __table_args__ = (
        UniqueConstraint("filing_number", "kind", "recipient_key"),
        Index("ix_outbox_due", "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    filing_number: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(24))
    """Name of the folder of the mail."""
    recipient_key: Mapped[str] = mapped_column(String(64))
    """Keyed word of the address: the same mail is never queued twice for it."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(Instant)
    """Leased or delayed until then; when it was given up, once it failed."""
    error: Mapped[str] = mapped_column(String(40), default="")
    """A short code, never an address."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
