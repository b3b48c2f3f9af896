"""Table of the files; the bytes lie sealed in the evidence folder."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant
from app.evidence.antivirus import Scan
from app.evidence.purposes import EVIDENCE
from app.evidence.rules import Reading


class Evidence(Base):
    """One file of one draft or filing."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("owner", "fingerprint"), Index("ix_evidence_owner", "owner", "added_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(32))
    """Id of the draft; the filing keeps it."""
    name: Mapped[bytes] = mapped_column(LargeBinary)
    """The name it came with, sealed: it may tell the story."""
    title: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """What the person says it shows, sealed."""
    purpose: Mapped[str] = mapped_column(String(12), default=EVIDENCE.value, server_default="")
    """What it is for; empty for one that came before purposes were kept, see :mod:`app.evidence.purposes`."""
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Keyed word of the SHA-256 of the original, under the key of its owner: a copy of the database tells neither what
    a file is nor that two complaints hold the same one. Of a file that came before: the SHA-256, until it is sealed."""
    digest: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The SHA-256 of the original, sealed under the key of its owner."""
    added_at: Mapped[datetime] = mapped_column(Instant)
    reading: Mapped[str] = mapped_column(
        String(12), default=Reading.WAITING, server_default=Reading.WAITING, index=True
    )
    """Whether it was decoded yet; see :class:`~app.evidence.rules.Reading`."""
    scan: Mapped[str] = mapped_column(String(12), default=Scan.NOT_YET, server_default=Scan.NOT_YET, index=True)
    """What the antivirus said of it."""
    copy_type: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """The type of its copy without metadata; empty when there is none."""
    pages: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """How many pages of it are kept as pictures."""
    seconds: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """How long the sound lasts."""
