"""What an association keeps for itself of a complaint, sealed under a key that it alone holds.

Neither the person, nor an authority, nor the sealed complaint knows of it; it goes when the draft is erased, or when
the complaint is (RGPD, article 5, 1, e).
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from app.associations.models import AssociationRecord, AssociationWord
from app.base.crypto.vault import Keyring, new_key, seal, unseal
from app.directory.rules import asked_words, bare

MOST_NOTES, LONGEST_REFERENCE = 200, 60


class TooManyNotes(Exception):
    """A record holds :data:`MOST_NOTES` notes already."""


@dataclass(frozen=True)
class OwnNote:
    """A note: when (ISO 8601, UTC), by whom, and what."""

    at: str
    by: str
    text: str


@dataclass(frozen=True)
class OwnRecord:
    """What the association keeps for itself of one complaint."""

    reference: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[OwnNote, ...] = ()
    """The oldest first."""


NOTHING = OwnRecord()


def records(session: Session, keyring: Keyring, holder: str, drafts: Collection[str]) -> dict[str, OwnRecord]:
    """Open the records of an association, by the ids of drafts; what holds none is not there.

    Raises :class:`~app.base.crypto.vault.DecryptionError` on a record that was altered or moved.
    """
    wanted = select(AssociationRecord).where(AssociationRecord.draft.in_(drafts), AssociationRecord.holder == holder)
    return {row.draft: _opened(keyring, row) for row in session.scalars(wanted)}


def describe(
    session: Session, keyring: Keyring, holder: str, draft: str, reference: str, tags: Sequence[str] | None = None
) -> None:
    """Keep a reference and tags, the tags of before when none are said; the caller holds the row of the draft."""
    row = _row(session, keyring, holder, draft)
    before = _opened(keyring, row)
    record = replace(before, reference=reference, tags=before.tags if tags is None else tuple(tags))
    _keep(keyring, row, record)
    session.execute(delete(AssociationWord).where(AssociationWord.draft == draft))
    words = [{"holder": holder, "word": _key(keyring, holder, one), "draft": draft} for one in _words(record)]
    if words:
        session.execute(insert(AssociationWord), words)


def add_note(session: Session, keyring: Keyring, holder: str, draft: str, note: OwnNote) -> None:
    """Add a note; the caller holds the row of the draft. Raises :class:`TooManyNotes`."""
    row = _row(session, keyring, holder, draft)
    record = _opened(keyring, row)
    if len(record.notes) >= MOST_NOTES:
        raise TooManyNotes
    _keep(keyring, row, replace(record, notes=(*record.notes, note)))


def found_by(keyring: Keyring, holder: str, asked: str) -> Iterator[Select[str]]:
    """Give one question for each word asked: the drafts of which the reference or a tag holds it."""
    for word in asked_words(asked):
        held = (AssociationWord.holder == holder, AssociationWord.word == _key(keyring, holder, word))
        yield select(AssociationWord.draft).where(*held)


def forget(session: Session, which: Select[str]) -> None:
    """Erase the records of some drafts, given as the question that lists their ids."""
    for table in (AssociationRecord, AssociationWord):
        session.execute(delete(table).where(table.draft.in_(which)))


def _row(session: Session, keyring: Keyring, holder: str, draft: str) -> AssociationRecord:
    row = session.get(AssociationRecord, draft)
    if row is None or row.holder != holder:
        if row is not None:
            session.delete(row)
            session.flush()
        row = AssociationRecord(draft=draft, holder=holder, wrapped=keyring.wrap(new_key(), holder))
        _keep(keyring, row, NOTHING)
        session.add(row)
    return row


def _keep(keyring: Keyring, row: AssociationRecord, record: OwnRecord) -> None:
    written = json.dumps(asdict(record), ensure_ascii=False).encode()
    row.content = seal(keyring.unwrap(row.wrapped, row.holder), written, _place(row))


def _opened(keyring: Keyring, row: AssociationRecord) -> OwnRecord:
    kept = json.loads(unseal(keyring.unwrap(row.wrapped, row.holder), row.content, _place(row)))
    return OwnRecord(kept["reference"], tuple(kept["tags"]), tuple(OwnNote(**note) for note in kept["notes"]))


def _place(row: AssociationRecord) -> str:
    return f"association_record|{row.draft}|content|1"


def _words(record: OwnRecord) -> set[str]:
    return {word for text in (record.reference, *record.tags) for word in bare(text).split()}


def _key(keyring: Keyring, holder: str, word: str) -> bytes:
    return bytes.fromhex(keyring.word(word, f"dossiers:{holder}"))[: AssociationWord.BYTES]
