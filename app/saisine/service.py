"""What is done with drafts."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session

from app.accounts.service import sessions
from app.associations import own_records, registry
from app.associations.rules import active_until
from app.base.clock import PARIS, Clock
from app.base.crypto.vault import PORTAL, Keyring, new_key, seal, unseal
from app.base.dates import local_day
from app.base.forms.fields import Typed
from app.base.secrets import draw
from app.saisine.models import Draft, MandateRequest
from app.saisine.press import PagePress
from app.saisine.queries import DRAFT, PUBLIC_LENGTH, answers_place
from app.saisine.rules import KEPT, REMIND_BEFORE, last_day

FORGOTTEN, CODE_KEPT = b"", timedelta(hours=24)
"""What stands in place of a code that is not shown any more, and when it does."""
OWN_DEVICE, SHARED_DEVICE = timedelta(days=30), timedelta(minutes=30)

_DRAFT = Draft.metadata.tables[Draft.__tablename__]
_OWN = _DRAFT.c.id == bindparam("draft")
_ANSWERS = select(_DRAFT.c.answers, _DRAFT.c.sent_code, _DRAFT.c.association).where(_OWN).with_for_update()
_KEEP = (
    update(_DRAFT)
    .where(_OWN)
    .values(answers=bindparam("sealed"), changed_at=bindparam("now"), expires_on=bindparam("until"))
)
"""Written once, of plain columns: they are asked at each press."""


def kept_until(session: Session, association: str, now: datetime) -> date:
    """Return the last day of a draft that is changed now; ``association``: its id, empty when a person writes."""
    return last_day(now, _active(session, association, now) if association else None)


def start_for(session: Session, keyring: Keyring, association: str, member: str, typed: Typed, clock: Clock) -> Draft:
    """Begin a draft for a person whom an association represents; no cookie of a device opens it."""
    now, key, draft_id = clock(), new_key(), uuid.uuid4().hex
    draft = Draft(
        id=draft_id,
        public=draw(PUBLIC_LENGTH),
        wrapped=keyring.wrap(key, PORTAL),
        answers=seal(key, json.dumps(typed, ensure_ascii=False).encode(), answers_place(draft_id)),
        association=association,
        member=member,
        created_at=now,
        changed_at=now,
        expires_on=kept_until(session, association, now),
    )
    session.add(draft)
    session.flush()
    return draft


def start(session: Session, keyring: Keyring, visitor: str, clock: Clock, *, shared_device: bool) -> Draft:
    """Begin a draft on this device."""
    now, key, draft_id = clock(), new_key(), uuid.uuid4().hex
    draft = Draft(
        id=draft_id,
        public=draw(PUBLIC_LENGTH),
        wrapped=keyring.wrap(key, PORTAL),
        answers=seal(key, b"{}", answers_place(draft_id)),
        shared_device=shared_device,
        created_at=now,
        changed_at=now,
        expires_on=kept_until(session, "", now),
    )
    session.add(draft)
    idle = SHARED_DEVICE if shared_device else OWN_DEVICE
    sessions.begin_session(session, DRAFT, draft_id, token=visitor, idle=idle, absolute=timedelta(days=60), now=now)
    session.flush()
    return draft


def start_for_paper(session: Session, keyring: Keyring, draft_id: str, key: bytes, clock: Clock) -> Draft:
    """Begin what a complaint on paper is recorded from, at once; neither a cookie nor a code ever opens it."""
    now = clock()
    draft = Draft(
        id=draft_id,
        public=draw(PUBLIC_LENGTH),
        wrapped=keyring.wrap(key, PORTAL),
        answers=seal(key, b"{}", answers_place(draft_id)),
        created_at=now,
        changed_at=now,
        expires_on=kept_until(session, "", now),
    )
    session.add(draft)
    session.flush()
    return draft


@dataclass(frozen=True)
class Saved:
    """All that a draft keeps after a press, and what became of it."""

    typed: Typed
    is_past: bool = False
    """Whether it was refused as past."""
    is_again: bool = False
    """Whether it took the place of what the same showing of its page had written."""


def save(session: Session, draft_id: str, key: bytes, typed: Typed, press: PagePress, clock: Clock) -> Saved:
    """Keep what was typed on a page, as it was typed, beside what was typed on the others.

    Two tabs that save two pages at once both keep theirs; on one page, the second one replaces nothing that it was not
    shown. A draft that is sent does not change any more.
    """
    answers, sent_code, association = session.execute(_ANSWERS, {"draft": draft_id}).one()
    if sent_code is not None:
        return Saved({})
    now = clock()
    kept: dict[str, list[str]] = json.loads(unseal(key, answers, answers_place(draft_id)))
    if press.is_late(kept):
        return Saved(kept)
    if press.is_past(kept, typed):
        return Saved(kept, is_past=True)
    is_again = press.is_again(kept)
    kept |= {name: list(values) for name, values in {**typed, **press.mark(typed, now)}.items()}
    sealed = seal(key, json.dumps(kept, ensure_ascii=False).encode(), answers_place(draft_id))
    until = kept_until(session, association, now)
    session.execute(_KEEP, {"draft": draft_id, "sealed": sealed, "now": now, "until": until})
    return Saved(kept, is_again=is_again)


def keep_beside(session: Session, draft_id: str, key: bytes, name: str, values: list[str]) -> None:
    """Keep, beside the answers of a draft, what nobody types: the ids of its files, or under a mark of its own."""
    answers, sent_code, _ = session.execute(_ANSWERS, {"draft": draft_id}).one()
    if sent_code is None:
        kept = {**json.loads(unseal(key, answers, answers_place(draft_id))), name: values}
        sealed = seal(key, json.dumps(kept, ensure_ascii=False).encode(), answers_place(draft_id))
        session.execute(update(Draft).where(Draft.id == draft_id).values(answers=sealed))


def close(session: Session, keyring: Keyring, draft_id: str, key: bytes, code: str) -> None:
    """Erase the answers of a draft that became a filing; keep the code, to be shown again on this device.

    An empty code is one that this device may never show: the person's own, when an association filed.
    """
    draft = session.scalars(select(Draft).where(Draft.id == draft_id)).one()
    draft.answers = seal(key, b"{}", answers_place(draft_id))
    draft.sent_code = keyring.seal(code.encode(), f"draft|{draft_id}|code") if code else FORGOTTEN
    draft.code = draft.email = draft.email_key = None  # the old code opens nothing any more; its hash only says so


def erase(session: Session, draft_id: str) -> None:
    """Erase a draft that its author does not want any more."""
    _erase(session, Draft.id == draft_id, Draft.sent_code.is_(None))


def erase_sent(session: Session, draft_id: str) -> None:
    """Erase what is left of a draft whose complaint is erased: its key was the same."""
    _erase(session, Draft.id == draft_id)


def prolong(session: Session, now: datetime) -> None:
    """Keep longer what an agreement given since allows, and remind again of what was changed after its reminder."""
    near = (Draft.association != "", Draft.sent_code.is_(None), Draft.expires_on <= local_day(now, PARIS) + KEPT)
    rows = session.scalars(select(Draft).where(*near).with_for_update()).all()
    active = {one: _active(session, one, now) for one in {row.association for row in rows}}
    for row in rows:
        row.expires_on = max(row.expires_on, last_day(row.changed_at, active[row.association]))
    later = Draft.expires_on > local_day(now, PARIS) + REMIND_BEFORE
    session.execute(update(Draft).where(Draft.association != "", Draft.reminded, later).values(reminded=False))


def _active(session: Session, association: str, now: datetime) -> date | None:
    return active_until(registry.agreements_of(session, association), local_day(now, PARIS))


def erase_stale(session: Session, today: date) -> list[str]:
    """Erase the drafts whose time is over and that were never sent; return their ids."""
    stale = list(session.scalars(select(Draft.id).where(Draft.expires_on < today, Draft.sent_code.is_(None))))
    for start_at in range(0, len(stale), 500):
        _erase(session, Draft.id.in_(stale[start_at : start_at + 500]))
    return stale


def _erase(session: Session, *which: ColumnElement[bool]) -> None:
    """Erase drafts, with the mandates that were asked for them and what their associations keep of them."""
    ids = select(Draft.id).where(*which)
    session.execute(delete(MandateRequest).where(MandateRequest.draft.in_(ids)))
    own_records.forget(session, ids)
    session.execute(delete(Draft).where(*which))


def forget_code(session: Session, draft_id: str) -> None:
    """Show the code of a confirmation page no more: another one took its place."""
    shown = (Draft.id == draft_id, Draft.sent_code.is_not(None))
    session.execute(update(Draft).where(*shown).values(sent_code=FORGOTTEN))


def forget_codes(session: Session, now: datetime) -> None:
    """Erase the codes kept for confirmation pages that may not show them any more."""
    old = (Draft.sent_code.is_not(None), Draft.sent_code != FORGOTTEN, Draft.changed_at < now - CODE_KEPT)
    session.execute(update(Draft).where(*old).values(sent_code=FORGOTTEN))
