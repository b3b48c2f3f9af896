"""What is done with the files; the bytes are already sealed on disk, here come and go the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.crypto.vault import seal, unseal
from app.base.forms.fields import FieldError
from app.base.forms.shown_version import is_past
from app.base.forms.typed_text import one_line
from app.evidence import rules
from app.evidence.antivirus import Scan
from app.evidence.models import Evidence
from app.evidence.purposes import EVIDENCE
from app.evidence.queries import FileRow, digest_place, fingerprint, version_of
from app.evidence.reader.found import FINE, FileReading
from app.evidence.store import Received


def attach(
    session: Session,
    owner: str,
    key: bytes,
    received: Sequence[Received],
    clock: Clock,
    *,
    beside: str = "",
    purpose: str = EVIDENCE.value,
) -> tuple[list[Received], list[FieldError]]:
    """Attach files to a draft; the same content is kept once, also when it is among the files of ``beside``.

    Gives back those that were already there, whose bytes the caller removes, and what to tell the person.
    """
    if not received:
        return [], []
    known = set(session.scalars(select(Evidence.fingerprint).where(Evidence.owner.in_((owner, beside)))))
    twice: list[Received] = []
    for file in received:
        word = fingerprint(key, file.sha256)
        if word in known:
            twice.append(file)
            continue
        known.add(word)
        name = seal(key, file.name.encode(), f"evidence|{file.id}|name")
        session.add(
            Evidence(
                id=file.id,
                owner=owner,
                name=name,
                media_type=file.media_type,
                size=file.size,
                fingerprint=word,
                digest=seal(key, file.sha256.encode(), digest_place(file.id)),
                purpose=purpose,
                added_at=clock(),
            )
        )
    session.flush()
    return twice, [FieldError(rules.ALREADY, nom=file.name) for file in twice]


def take_from_proofs(session: Session, owner: str, key: bytes, received: Sequence[Received], purpose: str) -> set[str]:
    """Give another purpose to the proofs of a draft that come again as a paper; return their SHA-256.

    The last purpose wins, one way only: a paper that comes again as a proof stays what it is, so that no signature
    goes to the professional by a second press.
    """
    if purpose == EVIDENCE:
        return set()
    own = (Evidence.owner == owner, Evidence.purpose.in_((EVIDENCE.value, "")))
    words = {fingerprint(key, file.sha256): file.sha256 for file in received}
    again = set(session.scalars(select(Evidence.fingerprint).where(*own, Evidence.fingerprint.in_(words))))
    session.execute(update(Evidence).where(*own, Evidence.fingerprint.in_(again)).values(purpose=purpose))
    return {words[word] for word in again}


def seal_digest(session: Session, file_id: str, key: bytes) -> None:
    """Seal the hash of a file that came before hashes were sealed; ``key``: that of its owner."""
    row = session.get(Evidence, file_id, with_for_update=True)
    if row is not None and row.digest is None:
        row.digest = seal(key, row.fingerprint.encode(), digest_place(row.id))
        row.fingerprint = fingerprint(key, row.fingerprint)


def set_purposes(session: Session, rows: Iterable[FileRow]) -> None:
    """Write down what each file is for, as it is about to be sealed."""
    for row in rows:
        session.execute(update(Evidence).where(Evidence.id == row.id).values(purpose=row.purpose))


@dataclass(frozen=True)
class Titled:
    """What became of the titles of a page."""

    told: Sequence[FieldError]
    past: Mapping[str, str]
    """Those that were not kept, by the id of the file: the page had not been shown the one that is kept."""


def set_titles(
    session: Session, owner: str, key: bytes, titles: Mapping[str, tuple[str, str]], *, is_again: bool = False
) -> Titled:
    """Keep what the person says each file shows, with the version that the page was shown.

    One that is too long is kept too, and told; one that would replace, unseen, another title is not kept. ``is_again``:
    the same showing of the page wrote last, so that none is another's.
    """
    told: list[FieldError] = []
    past: dict[str, str] = {}
    if not titles:
        return Titled(told, past)
    rows = select(Evidence).where(Evidence.owner == owner, Evidence.id.in_(titles)).with_for_update()
    for row in session.scalars(rows):
        said, seen = titles[row.id]
        title, place = one_line(said), f"evidence|{row.id}|title"
        kept = unseal(key, row.title, place).decode() if row.title else ""
        if not is_again and is_past(seen, version_of(kept), version_of(title)):
            past[row.id] = title
            continue
        row.title = seal(key, title.encode(), place) if title else None
        if len(title) > rules.TITLE_MOST:
            told.append(FieldError(rules.TITLE_TOO_LONG, n=len(title) - rules.TITLE_MOST))
    return Titled(told, past)


def detach(session: Session, owner: str, file_id: str) -> bool:
    """Take a file out of a draft; the caller removes its bytes once this is committed."""
    if not rules.is_id(file_id):
        return False  # what no id looks like may not even be a text for the database (PostgreSQL refuses NUL)
    gone = session.execute(delete(Evidence).where(Evidence.owner == owner, Evidence.id == file_id))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def hand_over(session: Session, owner: str, to: str) -> list[str]:
    """Give the files of ``owner`` to ``to``; return the ids of those it had already, whose bytes the caller removes."""
    known = set(session.scalars(select(Evidence.fingerprint).where(Evidence.owner == to)))
    rows = list(session.scalars(select(Evidence).where(Evidence.owner == owner)))
    twice = [row.id for row in rows if row.fingerprint in known]
    session.execute(delete(Evidence).where(Evidence.id.in_(twice)))
    session.execute(update(Evidence).where(Evidence.owner == owner).values(owner=to))
    return twice


def detach_all(session: Session, owner: str) -> list[str]:
    """Take every file out of a draft that is erased; the caller removes the bytes once this is committed."""
    ids = list(session.scalars(select(Evidence.id).where(Evidence.owner == owner)))
    session.execute(delete(Evidence).where(Evidence.owner == owner))
    return ids


def detach_older(session: Session, owners: Select[str], before: datetime) -> list[str]:
    """Take away the files of these owners that were added before an instant; the caller removes the bytes."""
    old = list(session.scalars(select(Evidence.id).where(Evidence.owner.in_(owners), Evidence.added_at < before)))
    for start in range(0, len(old), 500):
        session.execute(delete(Evidence).where(Evidence.id.in_(old[start : start + 500])))
    return old


def note_reading(session: Session, file_id: str, found: FileReading | None) -> None:
    """Note what a file turned out to be; ``None`` when its bytes are missing or altered."""
    if found is None:
        values: dict[str, object] = {"reading": rules.Reading.MISSING}
    elif found.verdict != FINE:
        values = {"reading": rules.Reading.UNREADABLE}
    else:
        seen = {"copy_type": found.copy_type, "pages": len(found.pages), "seconds": found.seconds}
        values = {"reading": rules.REMARKS.get(found.remark, rules.Reading.READ), **seen}
    session.execute(update(Evidence).where(Evidence.id == file_id).values(values))


def note_scan(session: Session, file_id: str, scan: Scan) -> None:
    """Note what the antivirus said of a file."""
    session.execute(update(Evidence).where(Evidence.id == file_id).values(scan=scan))
