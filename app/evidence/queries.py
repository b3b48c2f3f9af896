"""What is asked of the files."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import unseal
from app.base.forms.shown_version import digest
from app.evidence.antivirus import Scan
from app.evidence.models import Evidence
from app.evidence.rules import (
    CUT,
    EXTENSIONS,
    UNREADABLE,
    UNSAFE,
    Reading,
    Room,
    kind_words,
    size_text,
)

_OF_OWNERS = (
    select(Evidence)
    .where(Evidence.owner.in_(bindparam("owners", expanding=True)))
    .order_by(Evidence.added_at, Evidence.id)
)
"""Written once: it is asked at each page that lists files."""

TITLE = "titre"


@dataclass(frozen=True)
class FileRow:
    """A file as a page lists it."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    added_at: datetime
    title: str = ""
    reading: str = Reading.WAITING
    scan: str = Scan.NOT_YET
    copy_type: str = ""
    pages: int = 0
    seconds: int = 0
    purpose: str = ""
    typed: str | None = None
    """The title that a page sent, and that was not kept: another one was since the page was shown."""

    @property
    def version(self) -> str:
        """What a page says that it was shown of the title."""
        return version_of(self.title)

    @property
    def trouble(self) -> str:
        """What is wrong with it, found after it was received, as a sentence to translate; empty when nothing is."""
        if self.scan == Scan.SUSPECT:
            return UNSAFE
        return UNREADABLE if self.reading == Reading.UNREADABLE else ""

    @property
    def doubt(self) -> str:
        """What the person should look at, though the file was read, as a sentence to translate; or nothing."""
        return CUT if self.reading == Reading.CUT else ""

    @property
    def may_open(self) -> bool:
        """Whether its person may be shown its copy, now or in a moment."""
        is_waiting = self.reading == Reading.WAITING
        return not self.trouble and self.reading != Reading.MISSING and (is_waiting or bool(self.copy_type))

    @property
    def has_thumbnail(self) -> bool:
        """Whether a very small picture of it can be shown."""
        return not kind_words(self.media_type) and not self.trouble and self.reading != Reading.MISSING

    @property
    def kind_words(self) -> str:
        """What kind of file it is, to translate; empty for a photo, which is seen."""
        return kind_words(self.media_type)

    @property
    def size_text(self) -> str:
        """The size as people read it."""
        return size_text(self.size)


def version_of(title: str) -> str:
    """Sum up a title."""
    return digest({TITLE: [title]}, [TITLE])


def retitled(files: Iterable[FileRow], past: Mapping[str, str]) -> list[FileRow]:
    """Return the files with the titles that a page sent and that were not kept, by id."""
    return [replace(file, typed=past.get(file.id)) for file in files]


def fingerprint(key: bytes, sha256: str) -> str:
    """Return the word under which a file is found again among those of its owner, whose key this is (HMAC-SHA-256)."""
    return hmac.new(key, f"evidence|{sha256}".encode(), hashlib.sha256).hexdigest()


def digest_place(file_id: str) -> str:
    """Return what the seal of the SHA-256 of a file is bound to."""
    return f"evidence|{file_id}|sha256"


def files_of(session: Session, owner: str, key: bytes) -> list[FileRow]:
    """List the files of a draft or filing, oldest first; their names are opened with its key."""
    return opened(sealed_of(session, [owner]).get(owner, ()), key)


def sealed_of(session: Session, owners: Iterable[str]) -> dict[str, list[Evidence]]:
    """List the files of several owners, oldest first, their names still sealed."""
    found: dict[str, list[Evidence]] = {}
    for row in session.scalars(_OF_OWNERS, {"owners": list(owners)}):
        found.setdefault(row.owner, []).append(row)
    return found


def opened(rows: Iterable[Evidence | Row[Any]], key: bytes) -> list[FileRow]:
    """Open the names and hashes of files with the key of their owner.

    Raises :class:`~app.base.crypto.vault.DecryptionError`.
    """
    return [
        FileRow(
            row.id,
            unseal(key, row.name, f"evidence|{row.id}|name").decode(),
            row.size,
            row.media_type,
            unseal(key, row.digest, digest_place(row.id)).decode() if row.digest else row.fingerprint,
            row.added_at,
            unseal(key, row.title, f"evidence|{row.id}|title").decode() if row.title else "",
            row.reading,
            row.scan,
            row.copy_type,
            row.pages,
            row.seconds,
            row.purpose,
        )
        for row in rows
    ]


def count_and_size(session: Session, owner: str) -> tuple[int, int]:
    """Count the files of a draft and their bytes."""
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.owner == owner)
    ).one()
    return int(count), int(total)


def room_left(session: Session, owner: str) -> Room:
    """Tell what may still be added to the files of a draft."""
    return Room.beside(*count_and_size(session, owner))


def download_name(position: int, media_type: str) -> str:
    """Return the name of a file for download: ours, never the sender's."""
    return f"piece-{position:02d}.{EXTENSIONS.get(media_type, 'bin')}"


def known_ids(session: Session, ids: Iterable[str]) -> set[str]:
    """Keep the ids that a row names."""
    wanted, known = list(ids), set[str]()
    for start in range(0, len(wanted), 500):
        known |= set(session.scalars(select(Evidence.id).where(Evidence.id.in_(wanted[start : start + 500]))))
    return known


def unsealed(session: Session, after: str, most: int) -> list[tuple[str, str]]:
    """List files whose hash is not sealed yet, those of earlier versions, by their ids: id and owner."""
    wanted = select(Evidence.id, Evidence.owner).where(Evidence.digest.is_(None), Evidence.id > after)
    rows = session.execute(wanted.order_by(Evidence.id).limit(most))
    return [(row.id, row.owner) for row in rows]


@dataclass(frozen=True)
class PendingFile:
    """A file that must still be decoded or scanned."""

    id: str
    owner: str
    media_type: str


def to_read(session: Session, most: int) -> list[PendingFile]:
    """List files not decoded yet."""
    return _waiting(session, Evidence.reading == Reading.WAITING, most)


def to_scan(session: Session, most: int) -> list[PendingFile]:
    """List files that the antivirus has not seen."""
    return _waiting(session, and_(Evidence.scan == Scan.NOT_YET, Evidence.reading != Reading.MISSING), most)


def _waiting(session: Session, which: ColumnElement[bool], most: int) -> list[PendingFile]:
    rows = session.execute(select(Evidence.id, Evidence.owner, Evidence.media_type).where(which).limit(most))
    return [PendingFile(*row) for row in rows]
