"""Tables of what was received."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.crypto.row_binding import Bound
from app.base.storage.database import Base, Instant


class Filing(Bound, Base):
    """A complaint received: clear columns for routing and dates (class C1), all the rest sealed."""

    __tablename__ = "filing"
    BINDS = ("id", "code_hash", "email_key")

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    zone: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(24))
    channel: Mapped[str] = mapped_column(String(16))
    profession: Mapped[str] = mapped_column(String(8))
    """RPPS code, or empty when it is not known."""
    commune: Mapped[str] = mapped_column(String(8))
    """INSEE code, or empty when it is not known."""
    town: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str] = mapped_column(String(24))
    to_confirm: Mapped[str] = mapped_column(String(80), default="")
    candidates: Mapped[str] = mapped_column(String(200), default="")
    """Codes of the authorities proposed when one must still be decided, separated by spaces."""
    email_key: Mapped[str | None] = mapped_column(String(64), nullable=True, index=True)
    """Keyed hash of the person's e-mail address, for whoever lost the code."""
    receiver: Mapped[str] = mapped_column(String(24))
    informed: Mapped[str] = mapped_column(String(24), default="")
    commitment: Mapped[str] = mapped_column(String(64))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Argon2id of the personal code, by which the person comes back."""
    kept_until: Mapped[date | None] = mapped_column(Date, nullable=True)
    """Day until which an authority keeps it for a pending case, beyond its time."""
    erased_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When its contents were erased; the entry ``effacement`` of the ledger says the same."""


class FilingKey(Base):
    """The content key of a filing, wrapped once for each holder who may read it."""

    __tablename__ = "filing_key"

    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(48), primary_key=True)
    wrapped: Mapped[str] = mapped_column(String(120))


class FilingDesk(Base):
    """A filing on the desk of an authority, with what it must do next; or of the association that filed it."""

    __tablename__ = "filing_desk"
    FILTERED = ("state", "role", "assignee", "profession", "channel", "next_code")
    __table_args__ = (
        Index("ix_filing_desk_list", "authority", "next_due_on", "filing_id", *FILTERED, "received_at"),
        Index("ix_filing_desk_filing", "authority", "filing_id", "next_due_on", "number", *FILTERED, "received_at"),
        Index("ix_filing_desk_number", "authority", "number", "filing_id"),
        Index("ix_filing_desk_received", "authority", "received_at", "filing_id", "next_due_on", "number", *FILTERED),
        Index("ix_filing_desk_assignee", "authority", "assignee", "next_due_on", "filing_id"),
        Index("ix_filing_desk_standing", "authority", "role", "state", "next_code", "assignee"),
    )

    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    authority: Mapped[str] = mapped_column(String(48), primary_key=True)
    """Code of the authority, or the association as it holds keys (``association:…``)."""
    role: Mapped[str] = mapped_column(String(12))
    next_code: Mapped[str] = mapped_column(String(8))
    next_due_on: Mapped[date] = mapped_column(Date)
    assignee: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Account of the clerk who takes care of it; empty when nobody does."""
    state: Mapped[str] = mapped_column(String(24))
    """This and what follows are those of the filing, copied: a list of ten thousand reads its desk and nothing else."""
    profession: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(Instant)
    number: Mapped[str] = mapped_column(String(20), server_default="")
    laid_by: Mapped[int] = mapped_column(default=0, server_default="0")
    """Edition of the rules under which it was received, or laid again since; 0 before editions were noted."""


class FilingDuty(Base):
    """A day of the law that an authority must still keep; told to it by mail as the day comes near."""

    __tablename__ = "filing_duty"
    __table_args__ = (Index("ix_filing_duty_due", "authority", "due_on", "code", "until", "filing_id"),)

    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    """One authority alone owes a day."""
    authority: Mapped[str] = mapped_column(String(24))
    due_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    """Last day on which it makes sense: a meeting that took place is neither summoned nor held any more."""
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    """Last threshold of the alerts that this authority was told of this day."""


class FilingWord(Base):
    """A word under which an authority, or an association, finds a filing that it may read; keyed: it tells nothing."""

    __tablename__ = "filing_word"
    __table_args__ = (Index("ix_filing_word_filing", "filing_id"), {"sqlite_with_rowid": False})
    BYTES = 16

    authority: Mapped[str] = mapped_column(String(48), primary_key=True)
    """Code of the authority, or the association as it holds keys (``association:…``)."""
    word: Mapped[bytes] = mapped_column(LargeBinary(BYTES), primary_key=True)
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), primary_key=True)


class FilingEvent(Bound, Base):
    """A line of the history: who did what, when. Never changed."""

    __tablename__ = "filing_event"
    BINDS = ("filing_id", "at", "kind", "by", "authority", "why")
    __table_args__ = (Index("ix_filing_event_filing", "filing_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(String(120), default="")
    authority: Mapped[str] = mapped_column(String(24), default="")
    why: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The reason given, sealed under the key of the filing."""


class FilingAct(Base):
    """A legal act on a filing after its receipt; its document is sealed, and the ledger commits to it."""

    __tablename__ = "filing_act"
    __table_args__ = (Index("ix_filing_act_filing", "filing_id", "n", "at"),)

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Number of its entry in the ledger."""
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"))
    kind: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """Canonical JSON with its salt, sealed under the key of the filing."""


class ActSeen(Bound, Base):
    """When an act was first looked at by those it is for: the person, or the clerks of an authority."""

    __tablename__ = "filing_act_seen"
    BINDS = ("n", "reader", "at")

    n: Mapped[int] = mapped_column(ForeignKey("filing_act.n"), primary_key=True, autoincrement=False)
    reader: Mapped[str] = mapped_column(String(24), primary_key=True)
    """Code of the authority; empty for the person."""
    at: Mapped[datetime] = mapped_column(Instant)


class FilingMention(Base):
    """A complaint of which a colleague told a clerk in a note, until the clerk opens it."""

    __tablename__ = "filing_mention"

    account: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Account of the clerk who is told."""
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class PostLetter(Base):
    """A letter of an authority that waits to be printed and posted, or was; its words are sealed."""

    __tablename__ = "post_letter"
    __table_args__ = (Index("ix_post_letter_waiting", "authority", "posted_on", "made_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"))
    authority: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(24))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(120))
    posted_on: Mapped[date | None] = mapped_column(Date, nullable=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON sealed under the key of the filing: to whom, the paragraphs, and what the act will need."""


class RegisteredLetter(Base):
    """An electronic registered letter of an authority, and where it is (CPCE L. 100); what it says is sealed."""

    __tablename__ = "registered_letter"
    __table_args__ = (Index("ix_registered_letter_due", "not_before"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    filing_id: Mapped[str] = mapped_column(ForeignKey("filing.id"), index=True)
    party: Mapped[str] = mapped_column(String(24))
    """To which party."""
    state: Mapped[str] = mapped_column(String(16))
    """A code of :class:`~app.filing.acts.registered_rules.RegisteredState`."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    identifier: Mapped[str] = mapped_column(String(100), default="")
    """That of the provider, once it has the letter."""
    changed_at: Mapped[datetime] = mapped_column(Instant)
    """When it came to this state."""
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(16), default="")
    """A short code of the last failure."""
    not_before: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """When it is next due, leased or delayed until then; nothing more is awaited without it."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON sealed under the key of the filing: to whom, by whom, the paragraphs and the PDF."""


class LedgerEntry(Base):
    """One link of the chain (salted commitments, never contents)."""

    __tablename__ = "ledger"
    __table_args__ = (Index("ix_ledger_number", "number", "kind"), Index("ix_ledger_kind", "kind", "n"))

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(24))
    number: Mapped[str] = mapped_column(String(20))
    commitment: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    """What the clock said, when it went back and the entry took the instant after the last one."""
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(Text)
