"""Tables of what is not sent yet."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class Draft(Bound, Base):
    """A complaint being written; its answers are sealed under its own key."""

    __tablename__ = "draft"
    BINDS = ("id", "public", "association", "member", "code_hash", "email_key")

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    public: Mapped[str] = mapped_column(String(8), unique=True)
    """The eight characters of its address: not a secret, they open nothing alone."""
    wrapped: Mapped[str] = mapped_column(String(120))
    answers: Mapped[bytes] = mapped_column(LargeBinary)
    shared_device: Mapped[bool] = mapped_column(Boolean, default=False)
    association: Mapped[str] = mapped_column(String(32), default="", server_default="", index=True)
    """Id of the association that files for the person; its members open it, no cookie of a device does."""
    member: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Account of the member who takes care of it."""
    client: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)
    """The software of the association that began it; empty when somebody did."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    expires_on: Mapped[date] = mapped_column(Date, index=True)
    code: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The personal code of the draft, sealed under its own key: the page that gives it can be read again."""
    code_hash: Mapped[str | None] = mapped_column(String(64), nullable=True, unique=True)
    email: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """Where the code was sent, sealed under the key of the draft; the reminder goes there."""
    email_key: Mapped[str | None] = mapped_column(String(64), nullable=True, index=True)
    reminded: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    sent_code: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The personal code made at sending, sealed, so that the confirmation page can be read again."""


class ReturnLink(Bound, Base):
    """A link sent to whoever lost a code: it serves once, for a short time."""

    __tablename__ = "return_link"
    BINDS = ("token_hash", "kind", "subject", "ends_at")

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    """``brouillon``, ``suivi`` or ``premier``."""
    subject: Mapped[str] = mapped_column(String(32))
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)


class MandateRequest(Bound, Base):
    """A mandate that a person is asked for by e-mail, and what she answered (CSP R. 1110-11); one for a draft."""

    __tablename__ = "mandate_request"
    BINDS = (
        *("draft", "token_hash", "link", "code_hash", "asked_at", "ends_at", "tries", "reminded"),
        *("answered_at", "answer", "content"),
    )

    draft: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    link: Mapped[bytes] = mapped_column(LargeBinary)
    """The token of the link, sealed under the key of the draft: the reminders bear the same link."""
    code_hash: Mapped[str] = mapped_column(String(64))
    """Keyed hash of the six digits that the association tells the person by voice."""
    asked_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    """Wrong codes that were typed."""
    reminded: Mapped[int] = mapped_column(Integer, default=0)
    """Reminders that left."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    answer: Mapped[str] = mapped_column(String(12), default="")
    """``oui``, ``non`` or ``corriger``; empty while nothing is answered."""
    content: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The words that were read and what goes with them, sealed under the key of the draft."""
