"""What is asked of the files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base.vault import unseal
from app.evidence.models import Evidence
from app.evidence.rules import EXTENSIONS, size_text


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

    @property
    def size_text(self) -> str:
        """The size as people read it."""
        return size_text(self.size)


def files_of(session: Session, owner: str, key: bytes) -> list[FileRow]:
    """List the files of a draft or filing, oldest first; their names are opened with its key."""
    rows = session.scalars(select(Evidence).where(Evidence.owner == owner).order_by(Evidence.added_at, Evidence.id))
    return [
        FileRow(
            row.id,
            unseal(key, row.name, f"evidence|{row.id}|name").decode(),
            row.size,
            row.media_type,
            row.sha256,
            row.added_at,
            unseal(key, row.title, f"evidence|{row.id}|title").decode() if row.title else "",
        )
        for row in rows
    ]


def count_and_size(session: Session, owner: str) -> tuple[int, int]:
    """Count the files of a draft and their bytes."""
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.owner == owner)
    ).one()
    return int(count), int(total)


def download_name(position: int, media_type: str) -> str:
    """Name a file for download: ours, never the sender's."""
    return f"piece-{position:02d}.{EXTENSIONS.get(media_type, 'bin')}"


def known_ids(session: Session, ids: Iterable[str]) -> set[str]:
    """Keep the ids that a row names."""
    wanted, known = list(ids), set[str]()
    for start in range(0, len(wanted), 500):
        known |= set(session.scalars(select(Evidence.id).where(Evidence.id.in_(wanted[start : start + 500]))))
    return known
