"""The files of a draft, each with what it is for: its row says it, or, for one that came before, the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.forms.fields import FieldError
from app.evidence import queries as evidence
from app.evidence import service
from app.evidence.purposes import EVIDENCE, MANDAT, MANDATE_PAGE, TITLE, may_go, purpose_of
from app.evidence.queries import FileRow
from app.evidence.rules import Room
from app.evidence.store import Received
from app.saisine.journey import Page
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MANDATE_FILE

BY_FIELD = {"fichiers": EVIDENCE, "titre": TITLE, MANDATE_FILE: MANDAT}
"""What the files of each field are for."""


def purpose_on(page: Page) -> str:
    """Return what the files received on a page are for."""
    return next((purpose.value for name, purpose in BY_FIELD.items() if name in page.names), EVIDENCE.value)


@dataclass(frozen=True)
class Attached:
    """What became of files that came."""

    twice: Sequence[Received]
    """Those that were there: the caller removes their bytes once this is committed."""
    told: Sequence[FieldError]
    """What to tell of them, but of those that only changed their purpose."""


def add(session: Session, draft: OpenDraft, came: Sequence[Received], clock: Clock, purpose: str) -> Attached:
    """Attach files of one purpose to a draft."""
    moved = service.take_from_proofs(session, draft.id, draft.key, came, purpose)
    twice, told = service.attach(session, draft.id, draft.key, came, clock, purpose=purpose)
    return Attached(twice, [said for file, said in zip(twice, told, strict=True) if file.sha256 not in moved])


def files_of(session: Session, draft: OpenDraft, destination: str = "") -> list[FileRow]:
    """List the files of a draft, the oldest first; those that may go to a destination, when one is named."""
    mandates = draft.typed.get(MANDATE_FILE, ())
    rows = [
        replace(row, purpose=purpose_of({"id": row.id, "purpose": row.purpose}, mandates))
        for row in evidence.files_of(session, draft.id, draft.key)
    ]
    return going(rows, destination) if destination else rows


def going(rows: Iterable[FileRow], destination: str) -> list[FileRow]:
    """Keep the files that may go to a destination."""
    return [row for row in rows if may_go(row.purpose, destination)]


def room_beside(rows: Sequence[FileRow]) -> Room:
    """Tell what may still be added to all the files of a draft."""
    return Room.beside(len(rows), sum(row.size for row in rows))


def mandates_of(session: Session, draft: OpenDraft) -> list[str]:
    """List the ids of the signed mandates that are there."""
    return [file.id for file in files_of(session, draft, MANDATE_PAGE)]
