"""What is asked of drafts."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.models import AuthSession
from app.accounts.queries import SignedInMember
from app.accounts.rules import ARRIVING, ASSOCIATION, OF_DRAFTS, Role, is_alive
from app.accounts.service import sessions
from app.base.crypto.row_binding import is_as_written
from app.base.crypto.vault import PORTAL, Keyring, unseal
from app.base.dates import local_day
from app.base.forms.fields import Typed
from app.base.secrets import fingerprint, is_drawn
from app.base.storage.lists import rows_of
from app.base.storage.prepared import PreparedQuery
from app.evidence.models import Evidence
from app.saisine.models import Draft, MandateRequest

DRAFT = "brouillon"
"""Kind of session that opens a draft on the device where it was begun."""
PUBLIC_LENGTH = 8

_DRAFT, _HELD = Draft.__table__, AuthSession.__table__
_BY_ADDRESS = PreparedQuery(
    select(*_DRAFT.c, *_HELD.c)
    .join_from(_DRAFT, _HELD, sessions.held_by(OF_DRAFTS, _DRAFT.c.id))
    .where(_DRAFT.c.public == bindparam("address"), _DRAFT.c.association == "")
)
"""Asked at each page. A device opens no draft of an association."""


@dataclass(frozen=True)
class OpenDraft:
    """A draft opened by someone who may read it."""

    id: str
    public: str
    key: bytes
    typed: Typed
    shared_device: bool
    expires_on: date
    is_sent: bool
    association: str = ""
    """Id of the association that files for the person; empty when the person writes."""
    member: str = ""
    """Account of the member who takes care of it; empty when the person writes."""
    is_arriving: bool = False
    """Whether the id that sending gave to the browser is used for the first time."""
    seen_at: datetime | None = None
    """When the device that opened it was last seen; ``None`` for a member."""
    reader: str = ""
    """Name of the member who opened it; empty when the person writes."""
    software: str = ""
    """What the association calls its software, when that opened it to send."""


def answers_place(draft_id: str) -> str:
    """Return what the seal of a draft's answers is bound to."""
    return f"draft|{draft_id}|answers|1"


def open_draft(session: Session, keyring: Keyring, public: str, visitor: str, now: datetime) -> OpenDraft | None:
    """Open a draft: a person's with the cookie of its device, an association's for a member who is signed in.

    ``None`` for anybody else, whether it exists or not.
    """
    if not is_drawn(public, PUBLIC_LENGTH):
        return None
    found = _BY_ADDRESS.first(session, address=public, holder=fingerprint(visitor))
    if found is None:
        return _open_for_member(session, keyring, public, visitor, now)
    wide = len(_DRAFT.c)
    draft = SimpleNamespace(**dict(zip(_DRAFT.c.keys(), found[:wide], strict=True)))
    held = SimpleNamespace(**dict(zip(_HELD.c.keys(), found[wide:], strict=True)))
    if not is_alive(held.seen_at, held.ends_at, held.idle_minutes, now) or not is_as_written(
        session, AuthSession, held
    ):
        return None
    opened = open_row(session, keyring, draft)
    return replace(opened, is_arriving=held.kind == ARRIVING, seen_at=held.seen_at) if opened else None


@dataclass(frozen=True)
class LeftDraft:
    """A draft that this device may take up again; nothing of what it says is opened."""

    public: str
    changed_at: datetime


def left_draft(session: Session, visitor: str, now: datetime) -> LeftDraft | None:
    """Return the draft that this device wrote last and did not send; ``None`` on a shared device, whoever asks."""
    held = sessions.subjects_of(session, visitor, DRAFT, now)
    unsent = (Draft.sent_code.is_(None), Draft.association == "", Draft.expires_on >= local_day(now))
    rows = session.scalars(select(Draft).where(Draft.id.in_(held), *unsent).order_by(Draft.changed_at.desc()))
    row = next((one for one in rows if is_as_written(session, Draft, one)), None)
    return LeftDraft(row.public, row.changed_at) if row and not row.shared_device else None


def _open_for_member(session: Session, keyring: Keyring, public: str, visitor: str, now: datetime) -> OpenDraft | None:
    """Open a draft of an association for the member who is signed in; ``None`` for any other association's."""
    opened_by = sessions.opened_by(session, visitor, ASSOCIATION, now)
    member = accounts.member(session, opened_by.subject) if opened_by else None
    if member is None:
        return None
    draft = session.scalar(select(Draft).where(Draft.public == public, own_drafts(member)))
    opened = open_row(session, keyring, draft) if draft else None
    return replace(opened, reader=member.name) if opened else None


def open_for_mandate(session: Session, keyring: Keyring, draft_id: str) -> OpenDraft | None:
    """Open a draft for the person who is asked for the mandate: the caller knows that it is her.

    ``None`` once it is sent or erased.
    """
    row = session.get(Draft, draft_id)
    return open_row(session, keyring, row) if row and row.sent_code is None else None


def open_row(session: Session, keyring: Keyring, row: Any) -> OpenDraft | None:
    """Open the row, an object or its columns: all its rights come from it, never from the page one came in by."""
    if not is_as_written(session, Draft, row):
        return None
    key = keyring.unwrap(row.wrapped, PORTAL)
    return OpenDraft(
        row.id,
        row.public,
        key,
        json.loads(unseal(key, row.answers, answers_place(row.id))),
        row.shared_device,
        row.expires_on,
        row.sent_code is not None,
        row.association,
        row.member,
    )


def association_of(session: Session, draft_id: str) -> str:
    """Return the id of the association that files, as the row says it; empty when the person writes."""
    return session.scalars(select(Draft.association).where(Draft.id == draft_id)).one()


def own_drafts(member: SignedInMember) -> ColumnElement[bool]:
    """Keep the drafts that a member may see: those given to them; all those of the association for who answers for it.

    A former member opens nothing: the account does.
    """
    of_association = Draft.association == member.association
    if member.role == Role.RESPONSABLE_ASSOCIATION:
        return of_association
    return and_(of_association, Draft.member == member.id)


def key_of(session: Session, keyring: Keyring, draft_id: str) -> bytes | None:
    """Return the content key of a draft, sent or not, for the work that nobody waits for.

    ``None`` when it is erased.
    """
    wrapped = session.scalar(select(Draft.wrapped).where(Draft.id == draft_id))
    return keyring.unwrap(wrapped, PORTAL) if wrapped else None


def unsent_bytes(session: Session, draft_ids: Collection[str]) -> dict[str, int]:
    """Weigh the files (bytes) of each of these drafts that is there and not sent."""
    weight = select(func.coalesce(func.sum(Evidence.size), 0)).where(Evidence.owner == Draft.id).scalar_subquery()
    waiting = select(Draft.id, weight).where(Draft.id.in_(rows_of(session, draft_ids)), Draft.sent_code.is_(None))
    return {draft_id: int(total) for draft_id, total in session.execute(waiting)}


def unanswered_mandates(session: Session, now: datetime, since: datetime) -> list[tuple[str, str, str]]:
    """List the mandates that nobody answered, their time ended after ``since``: association, address, hash of link."""
    over = (MandateRequest.answered_at.is_(None), MandateRequest.ends_at <= now, MandateRequest.ends_at > since)
    asked = select(Draft.association, Draft.public, MandateRequest.token_hash)
    asked = asked.join(MandateRequest, MandateRequest.draft == Draft.id).where(*over, Draft.sent_code.is_(None))
    return [(row.association, row.public, row.token_hash) for row in session.execute(asked)]


def sent_code(session: Session, keyring: Keyring, draft_id: str) -> str | None:
    """Return the personal code made at sending, for the confirmation page; ``None`` when it is not shown any more."""
    sealed = session.scalar(select(Draft.sent_code).where(Draft.id == draft_id))
    return keyring.unseal(sealed, f"draft|{draft_id}|code").decode() if sealed else None
