"""Tables of approved associations, and of what they ask."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant


class Association(Base):
    """An association known here; it files only while an agreement holds."""

    __tablename__ = "association"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The holder of its keys is ``association:`` and this."""
    name: Mapped[str] = mapped_column(String(200))
    acronym: Mapped[str] = mapped_column(String(40), default="")
    rna: Mapped[str | None] = mapped_column(String(10), nullable=True, unique=True)
    """Number in the national register of associations (CRPA R. 112-9-1)."""
    siren: Mapped[str] = mapped_column(String(9), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    address: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Postal address, line by line: where the letters of the persons that it receives for go."""
    site: Mapped[str] = mapped_column(String(200), default="")
    mandate_text: Mapped[str] = mapped_column(String(8), default="1")
    """Read no more: the words of the mandate are those of the code, for every association."""
    is_open: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Whether every member sees every complaint of the association."""
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class Agrement(Base):
    """An agreement of an association for a period (CSP L. 1114-1); never two on one day."""

    __tablename__ = "agrement"
    __table_args__ = (Index("ix_agrement_association", "association", "starts_on"),)

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    """As printed on the decision."""
    association: Mapped[str] = mapped_column(ForeignKey("association.id"))
    level: Mapped[str] = mapped_column(String(12))
    region: Mapped[str] = mapped_column(String(2), default="")
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date, nullable=True)
    """First day on which it holds no more, when it was withdrawn early; the rest of the row stays as it was."""
    withdrawal: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Reference of the decision that withdrew it."""
    renewal_asked_on: Mapped[date | None] = mapped_column(Date, nullable=True)
    """Day on which the association says that it asked for the next one; no right follows from it."""
    decision: Mapped[str] = mapped_column(Text, default="")
    """Reference of the decision."""
    source: Mapped[str] = mapped_column(Text, default="")
    checked_by: Mapped[str] = mapped_column(String(120), default="")
    """The administrator who checked it against the decision; empty when it came from a file."""


class AssociationRequest(Base):
    """An association that is not known here and asks to be."""

    __tablename__ = "association_request"
    __table_args__ = (Index("ix_association_request_answered_at", "answered_at", "asked_at"),)

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """What was typed, sealed by the portal."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    answer: Mapped[str] = mapped_column(String(12), default="")
    """``ajoutee`` or ``refusee``."""


class AssociationRecord(Base):
    """What an association keeps for itself of a complaint: its reference, its tags, its notes; nobody else reads it."""

    __tablename__ = "association_record"

    draft: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Id of the draft, sent or not; the record is erased with it."""
    holder: Mapped[str] = mapped_column(String(48))
    """Who may read it: ``association:`` and the id of the association."""
    wrapped: Mapped[str] = mapped_column(String(120))
    """Its own key, wrapped for the association alone: the key of the complaint opens nothing of it."""
    content: Mapped[bytes] = mapped_column(LargeBinary)


class AssociationWord(Base):
    """A word under which an association finds its own records; keyed, so that it tells nothing by itself."""

    __tablename__ = "association_word"
    __table_args__ = (Index("ix_association_word_draft", "draft"), {"sqlite_with_rowid": False})
    BYTES = 16

    holder: Mapped[str] = mapped_column(String(48), primary_key=True)
    word: Mapped[bytes] = mapped_column(LargeBinary(BYTES), primary_key=True)
    draft: Mapped[str] = mapped_column(String(32), primary_key=True)


class AssociationBranch(Base):
    """An « antenne » of an association: a name, under which its members are grouped."""

    __tablename__ = "association_branch"
    __table_args__ = (UniqueConstraint("association", "name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    association: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80))


class BranchMember(Base):
    """The one branch of a member. A complaint belongs to the branch of the member who takes care of it."""

    __tablename__ = "association_branch_member"
    __table_args__ = (Index("ix_association_branch_member_branch", "branch"),)

    account: Mapped[str] = mapped_column(String(32), primary_key=True)
    branch: Mapped[str] = mapped_column(ForeignKey("association_branch.id"))
