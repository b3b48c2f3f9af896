"""Tables of the directory; each row belongs to one edition, so that a new one is prepared while the old one serves."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.storage.database import Base, Instant

WORD = String(60).with_variant(String(60, collation="C"), "postgresql")
"""Bare letters and digits, in the order of their codes on both databases."""


class Edition(Base):
    """One extraction that was loaded."""

    __tablename__ = "directory_edition"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    state: Mapped[str] = mapped_column(String(12))
    """``chargement``, ``prete``, ``active`` or ``ancienne``."""
    taken_on: Mapped[date] = mapped_column(Date)
    """Date of extraction, as its file says."""
    file_name: Mapped[str] = mapped_column(String(200))
    loaded_at: Mapped[datetime] = mapped_column(Instant)
    lines: Mapped[int] = mapped_column(Integer, default=0)
    people: Mapped[int] = mapped_column(Integer, default=0)
    listings: Mapped[int] = mapped_column(Integer, default=0)
    rejected: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: how many lines were left out, by reason."""


class Site(Base):
    """A place of work."""

    __tablename__ = "directory_site"
    __table_args__ = (Index("ix_directory_site_mark", "edition", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(Integer)
    mark: Mapped[int] = mapped_column(BigInteger)
    """Digest of what tells this place from another: many people work there."""
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    postal_code: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(Text)
    commune: Mapped[str] = mapped_column(String(8))
    """INSEE code of a commune of today, or empty when the file gives none that is known."""
    zone: Mapped[str] = mapped_column(String(8))
    """Arrondissement, else département: where a search looks at once."""
    phone: Mapped[str] = mapped_column(String(30))


class Listing(Base):
    """A professional at a place of work."""

    __tablename__ = "directory_listing"
    __table_args__ = (
        Index("ix_directory_listing_person", "edition", "rpps"),
        Index("ix_directory_listing_site", "site"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(Integer)
    rpps: Mapped[str] = mapped_column(String(16))
    family: Mapped[str] = mapped_column(Text)
    given: Mapped[str] = mapped_column(Text)
    profession: Mapped[str] = mapped_column(String(8))
    skill: Mapped[str] = mapped_column(Text)
    """Speciality, or else the name of the profession."""
    section: Mapped[str] = mapped_column(String(2))
    """Of a pharmacist, A to H, where the file says it."""
    site: Mapped[int] = mapped_column(Integer)


class Key(Base):
    """A word under which a listing or a site is found in a zone; rows lie in the order in which they are looked up."""

    __tablename__ = "directory_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    edition: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    zone: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(1), primary_key=True)
    """``p``: a person's name, ``ref`` is a listing; ``s``: a site's name, ``ref`` is a site."""
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    ref: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    commune: Mapped[str] = mapped_column(String(8))
    profession: Mapped[str] = mapped_column(String(8))
    """Of a person; empty for a site."""


class Word(Base):
    """A word of the names of a zone; read from its end too, for a typo leaves one half of a word as it is."""

    __tablename__ = "directory_word"
    __table_args__ = (
        Index("ix_directory_word_reversed", "edition", "zone", "reversed", "word"),
        {"sqlite_with_rowid": False},
    )

    edition: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    zone: Mapped[str] = mapped_column(String(8), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    reversed: Mapped[str] = mapped_column(WORD)
