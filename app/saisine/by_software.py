"""Drafts that the software of an association begins and changes; its members finish them on their desk."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.associations import own_records
from app.base.clock import Clock
from app.base.crypto.vault import Keyring, seal
from app.base.forms.fields import Typed
from app.base.forms.shown_version import digest
from app.base.secrets import is_drawn
from app.saisine import service
from app.saisine.models import Draft
from app.saisine.press import digest_of_all
from app.saisine.queries import PUBLIC_LENGTH, OpenDraft, answers_place, open_row

AT_ONCE = 100
"""Drafts of one page of the list."""


@dataclass(frozen=True)
class Software:
    """A piece of software, where its drafts lie, and the member who takes care of them."""

    client: str
    association: str
    holder: str
    """Holder of keys that the association is: what it keeps for itself of a draft is sealed for it."""
    member: str


@dataclass(frozen=True)
class SoftwareDraft:
    """A draft that a piece of software began, opened for it."""

    open: OpenDraft
    reference: str
    """The number that the association gives it: the one that its members read and change on their desk."""
    changed_at: datetime

    @property
    def version(self) -> str:
        """What changes with its answers and its reference, and with nothing else."""
        told = {"answers": [digest_of_all(self.open.typed)], "reference": [self.reference]}
        return digest(told, list(told))


def begin(session: Session, keyring: Keyring, software: Software, typed: Typed, reference: str, clock: Clock) -> str:
    """Begin a draft for a person whom the association represents; return the id of its row."""
    row = service.start_for(session, keyring, software.association, software.member, typed, clock)
    row.client = software.client
    session.flush()
    if reference:
        own_records.describe(session, keyring, software.holder, row.id, reference)
    return row.id


def own(
    session: Session, keyring: Keyring, software: Software, public: str, *, to_change: bool = False
) -> SoftwareDraft | None:
    """Find a draft that this software began; ``to_change``: alone until the end of the transaction."""
    wanted = select(Draft).where(Draft.public == public, *_own(software))
    if not is_drawn(public, PUBLIC_LENGTH):
        return None
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    return next(_opened(session, keyring, software, [row] if row else []), None)


def by_id(session: Session, keyring: Keyring, software: Software, draft_id: str) -> SoftwareDraft | None:
    """Find a draft that this software began, by the id of its row."""
    row = session.scalar(select(Draft).where(Draft.id == draft_id, *_own(software)))
    return next(_opened(session, keyring, software, [row] if row else []), None)


def every(session: Session, keyring: Keyring, software: Software, after: str = "") -> list[SoftwareDraft]:
    """List the drafts of this software, the oldest first, those after one of them when it is named."""
    wanted = select(Draft).where(*_own(software)).order_by(Draft.created_at, Draft.id).limit(AT_ONCE)
    last = (
        session.scalar(select(Draft).where(Draft.public == after, *_own(software)))
        if is_drawn(after, PUBLIC_LENGTH)
        else None
    )
    if last is not None:
        later = and_(Draft.created_at == last.created_at, Draft.id > last.id)
        wanted = wanted.where(or_(Draft.created_at > last.created_at, later))
    return list(_opened(session, keyring, software, session.scalars(wanted).all()))


def change(session: Session, draft: SoftwareDraft, changes: Mapping[str, Sequence[str]], clock: Clock) -> None:
    """Keep other answers beside those that are there; the caller holds the row since it read it."""
    now, row = clock(), session.get_one(Draft, draft.open.id)
    kept = {**draft.open.typed, **changes}
    typed = {name: list(values) for name, values in kept.items() if values}
    row.answers = seal(draft.open.key, json.dumps(typed, ensure_ascii=False).encode(), answers_place(row.id))
    row.changed_at, row.expires_on = now, service.kept_until(session, row.association, now)
    session.flush()


def refer(session: Session, keyring: Keyring, software: Software, draft: SoftwareDraft, reference: str) -> None:
    """Give the draft another number of the association; the caller holds the row since it read it."""
    if reference != draft.reference:
        own_records.describe(session, keyring, software.holder, draft.open.id, reference)


def _own(software: Software) -> tuple[ColumnElement[bool], ...]:
    return Draft.association == software.association, Draft.client == software.client


def _opened(session: Session, keyring: Keyring, software: Software, rows: Sequence[Draft]) -> Iterator[SoftwareDraft]:
    kept = own_records.records(session, keyring, software.holder, [row.id for row in rows])
    for row in rows:
        if opened := open_row(session, keyring, row):
            yield SoftwareDraft(opened, kept.get(row.id, own_records.NOTHING).reference, row.changed_at)
