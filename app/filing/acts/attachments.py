"""Files that acts brought after the receipt: kept with the evidence, named in the act that the ledger commits to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.evidence import queries, service
from app.evidence.purposes import ACT_FILE, EVIDENCE, may_go, purpose_of
from app.evidence.store import Received
from app.filing.queries import OpenFiling
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.base import File
from app.filing.sealed.person import ProofsAdded

FILES = "files"
"""Where a complaint names its files."""


def all_files(document: Mapping[str, Any], acts: Iterable[Act]) -> list[File]:
    """List the files of a complaint, those of its receipt first; each once."""
    named = [*document[FILES], *(file for act in acts for file in act.sealed.brought)]
    return list({file["id"]: file for file in named}.values())


def of_person(document: Mapping[str, Any], acts: Iterable[Act]) -> list[tuple[File, datetime | None]]:
    """List the files that the person sent: with the complaint, then after it, each with when it came later."""
    found: dict[str, tuple[File, datetime | None]] = {file["id"]: (file, None) for file in document[FILES]}
    for act in of_kind(acts, ProofsAdded):
        for file in act.sealed.files:
            found.setdefault(file["id"], (file, act.at))
    return list(found.values())


def named(row: queries.FileRow) -> dict[str, Any]:
    """Write what an act says of a file."""
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title,
        "size": row.size,
        "sha256": row.sha256,
        "media_type": row.media_type,
        "purpose": row.purpose,
    }


def purposes(document: Mapping[str, Any], acts: Iterable[Act] = ()) -> dict[str, str]:
    """Return what each file of a complaint is for, by its id; of a file named twice, the first word counts."""
    mandates = [file["id"] for file in document.get("association", {}).get("mandate", {}).get("files", ())]
    found = {file["id"]: purpose_of(file, mandates) for file in document[FILES]}
    for act in acts:
        usual = EVIDENCE if isinstance(act.sealed, ProofsAdded) else ACT_FILE
        for file in act.sealed.brought:
            found.setdefault(file["id"], purpose_of({"purpose": usual.value, **file}))
    return found


def going_to(
    destination: str, document: Mapping[str, Any], acts: Iterable[Act], rows: Iterable[queries.FileRow]
) -> list[queries.FileRow]:
    """Keep the files of a complaint that may go to a destination, each with what it is for."""
    known = purposes(document, acts)
    told = [replace(row, purpose=known[row.id]) for row in rows if row.id in known]
    return [row for row in told if may_go(row.purpose, destination)]


def join(
    session: Session, opened: OpenFiling, received: Sequence[Received], clock: Clock, purpose: str = ACT_FILE.value
) -> tuple[list[dict[str, Any]], list[Received]]:
    """Attach files to a complaint; return what an act names of them, and the copies whose bytes the caller removes.

    A file that the complaint has already is named again, and kept once.
    """
    owner = opened.filing.draft_id
    twice, _ = service.attach(session, owner, opened.key, received, clock, purpose=purpose)
    known = {row.sha256: row for row in queries.files_of(session, owner, opened.key)}
    rows = [known[file.sha256] for file in received]
    return [named(row) for row in rows], twice
