"""Tables of the programming interface."""

from datetime import datetime

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class ApiClient(Bound, Base):
    """A piece of software that works for an association, with at most two secrets that open at one time."""

    __tablename__ = "api_client"
    BINDS = (
        *("id", "association", "scopes", "sandbox", "secret_hash", "former_hash", "former_ends_at"),
        *("made_by", "ends_at", "revoked_at"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    """``client_id`` (RFC 6749, 2.2): not a secret."""
    association: Mapped[str] = mapped_column(String(32), index=True)
    label: Mapped[str] = mapped_column(String(80))
    """« Antenne de Lille / logiciel »: what a manager calls it."""
    scopes: Mapped[str] = mapped_column(String(200))
    """Codes of :class:`app.api.rules.ApiScope`, with a space between them."""
    sandbox: Mapped[bool] = mapped_column(Boolean)
    """Whether its drafts are for trial: no member sees them, nothing of them is ever sent."""
    secret_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256: a secret is 256 random bits, which no list of words guesses."""
    former_hash: Mapped[str | None] = mapped_column(String(64), nullable=True)
    former_ends_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    made_by: Mapped[str] = mapped_column(String(32))
    """Account of the manager, who takes care of its drafts."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When it last asked for a token."""


class ApiAnswer(Base):
    """What was answered to a key that makes a request safe to send again; never what the answer said."""

    __tablename__ = "api_answer"

    client: Mapped[str] = mapped_column(String(16), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    """Keyed hash of the address and the body: nobody finds the body by trying."""
    status: Mapped[int] = mapped_column(Integer)
    resource: Mapped[str] = mapped_column(String(32))
    """Id of what was made."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
