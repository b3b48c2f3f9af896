"""Tables of accounts and sessions."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class Account(Bound, Base):
    """Someone who works for an authority, for an association, or for the service itself."""

    __tablename__ = "account"
    BINDS = (
        *("id", "email", "authority", "association", "role", "password_hash", "disabled_at"),
        *("ends_at", "exception"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case: the name under which one signs in."""
    name: Mapped[str] = mapped_column(String(120))
    authority: Mapped[str] = mapped_column(String(24), index=True)
    """Code of the authority, or of the box of « aiguillage »; empty for whoever belongs to none."""
    association: Mapped[str] = mapped_column(String(32), default="", server_default="", index=True)
    """Id of the association, when the account belongs to one."""
    role: Mapped[str] = mapped_column(String(24))
    quality: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """What letters say under the name of who signs (CRPA L. 111-2): « chargée des réclamations ». Gives no right."""
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_seed: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed by the portal, bound to this account."""
    last_step: Mapped[int] = mapped_column(Integer, default=0)
    """The last thirty seconds whose code was used: each code serves once."""
    code_failures: Mapped[int] = mapped_column(Integer, default=0)
    """Wrong codes after the right password, since the last success."""
    wait_until: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    ends_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When an exceptional access ends; nothing for the others."""
    exception: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """Why an administrator gave an exceptional access to a place that has somebody to invite; empty for the others."""
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)


class AuthSession(Bound, Base):
    """What one browser may open, for a time; one visitor may hold several drafts."""

    __tablename__ = "auth_session"
    BINDS = ("holder_hash", "kind", "subject", "created_at", "ends_at", "idle_minutes", "proved_at")
    __table_args__ = (Index("ix_auth_session_subject", "kind", "subject"), Index("ix_auth_session_ends_at", "ends_at"))

    holder_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the token that the browser keeps."""
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[str] = mapped_column(String(48), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    idle_minutes: Mapped[int] = mapped_column(Integer)
    proved_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When the password and the code were last given in this session."""
    shown: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """What a page shows again for some minutes, sealed by the portal (:mod:`app.accounts.service.shown_once`)."""


class AccountLink(Bound, Base):
    """A link sent to the address of an account: it serves once, for a short time."""

    __tablename__ = "account_link"
    BINDS = ("token_hash", "account", "ends_at")

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what stands in the link: a random token, which says nothing of anybody."""
    account: Mapped[str] = mapped_column(String(32))
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)


class CalendarLink(Bound, Base):
    """A link under which the calendar of a clerk reads the dates of the desk, without a session, until it is cut."""

    __tablename__ = "calendar_link"
    BINDS = ("account", "token_hash", "made_at")

    account: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what stands in the link: 256 random bits."""
    made_at: Mapped[datetime] = mapped_column(Instant)


class Invitation(Bound, Base):
    """A link sent to someone who may open an account, or choose password and codes again."""

    __tablename__ = "invitation"
    BINDS = (
        *("id", "token_hash", "email", "role", "authority", "association", "account", "invited_by", "ends_at"),
        *("access_ends_at", "exception"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what stands in the link."""
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(24))
    authority: Mapped[str] = mapped_column(String(24), default="", server_default="", index=True)
    association: Mapped[str] = mapped_column(String(32), default="", server_default="", index=True)
    account: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Id of the account whose password and codes are chosen again; empty for a new one."""
    seed: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the codes to come; sealed by the portal, bound to this invitation."""
    access_ends_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When the access that it opens ends, if it is an exceptional one."""
    exception: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """Why it is given, if it is an exceptional one."""
    invited_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)


class AccessLine(Bound, Base):
    """A line of the journal of access: it is added, read, and erased with its whole day."""

    __tablename__ = "access_line"
    BINDS = ("day", "at", "by", "place", "kind", "subject", "why", "hash")
    __table_args__ = (
        Index("ix_access_line_day", "day", "n"),
        Index("ix_access_line_place", "place", "n"),
        Index("ix_access_line_subject", "subject"),
    )

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    day: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(32))
    """Code of the authority or id of the association; empty: the service."""
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(32))
    """Number of a complaint, or id of an account."""
    why: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The reason given, sealed under the key of the complaint."""
    hash: Mapped[str] = mapped_column(String(64))
    """Of this line and of the one before in its day."""
