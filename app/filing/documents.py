"""Files that acts brought after the receipt: kept with the evidence, named in the act that the ledger commits to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.evidence import queries, service
from app.evidence.store import Received
from app.filing.queries import OpenFiling

FILES = "files"
"""Where an act names the files that it brought."""


def all_files(document: Mapping[str, Any], acts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """List the files of a complaint, those of its receipt first; each once."""
    named = [*document[FILES], *(file for act in acts for file in act.get(FILES, ()))]
    return list({file["id"]: file for file in named}.values())


def join(
    session: Session, opened: OpenFiling, received: Sequence[Received], clock: Clock
) -> tuple[list[dict[str, Any]], list[Received]]:
    """Attach files to a complaint; give what an act names of them, and the copies whose bytes the caller removes.

    A file that the complaint has already is named again, and kept once.
    """
    owner = opened.filing.draft_id
    twice, _ = service.attach(session, owner, opened.key, received, clock)
    known = {row.sha256: row for row in queries.files_of(session, owner, opened.key)}
    rows = [known[file.sha256] for file in received]
    return [
        {"id": r.id, "name": r.name, "title": r.title, "size": r.size, "sha256": r.sha256, "media_type": r.media_type}
        for r in rows
    ], twice
