"""The addresses that associations declare for their software, and what is told to each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class Webhook(Bound, Base):
    """An address of the software of an association, and what it wants to be told; address and secrets are sealed."""

    __tablename__ = "webhook"
    BINDS = ("id", "association", "events", "created_at")

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    association: Mapped[str] = mapped_column(String(32), index=True)
    events: Mapped[str] = mapped_column(String(400))
    """Codes of the events, separated by spaces."""
    address: Mapped[bytes] = mapped_column(LargeBinary)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    secret_before: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    before_until: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """Until when the secret of before signs too."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    paused_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    is_paused_by_failures: Mapped[bool] = mapped_column(default=False)
    failing_since: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """First failure since the last success."""


class WebhookDelivery(Base):
    """Something that happened, to tell to one address: no word of it names a person."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook", "event_id"),
        Index("ix_webhook_delivery_due", "state", "not_before"),
        Index("ix_webhook_delivery_number", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    webhook: Mapped[str] = mapped_column(ForeignKey("webhook.id"))
    event_id: Mapped[str] = mapped_column(String(40))
    """The same for each try and each replay: the software that reads it twice knows it."""
    kind: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(20))
    """Number of the complaint; empty for one that is not sent yet."""
    path: Mapped[str] = mapped_column(String(80))
    """Where it is read in this service, by a member who signs in."""
    at: Mapped[datetime] = mapped_column(Instant)
    """When it happened."""
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(Instant)
    """Leased or delayed until then."""
    status: Mapped[int] = mapped_column(default=0)
    """HTTP code of the last answer; 0 while there was none."""
    error: Mapped[str] = mapped_column(String(16), default="")
    """A short code of :data:`~app.webhooks.rules.REASONS`, or ``http-`` and a code of HTTP."""
    tried_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
