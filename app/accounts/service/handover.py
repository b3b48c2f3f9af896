"""Sending gives the browser a new id; the one before it closes once the new one has been used.

The answer to « Envoyer » may be lost: the browser then knows the old id alone, and must find its receipt with it. So
both open the complaint that was sent, until the new id comes back. That proves that the browser has it: all that the
old id opened follows it, and the old id opens the receipt alone, for :data:`LEFT_OPEN`, for what was still on its way.
Kept as two kinds of sessions: :data:`~app.accounts.rules.LEAVING` and :data:`~app.accounts.rules.ARRIVING`.
The caller's transaction carries the changes.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import AuthSession
from app.accounts.rules import ARRIVING, DRAFT, LEAVING, OF_DRAFTS
from app.accounts.service.sessions import begin_session
from app.base.crypto.row_binding import is_bound
from app.base.secrets import fingerprint, new_token

LEFT_OPEN = timedelta(minutes=10)
"""How long the id before opens the receipt, once the new one has been used."""


def hand_over(session: Session, token: str, draft_id: str, now: datetime) -> str | None:
    """Draw the new id of the browser that sends this draft; both open it until :func:`arrive`.

    ``None`` when the browser does not hold it: an account opened it, or another window moved or closed what it held.
    """
    held = session.get(AuthSession, (fingerprint(token), DRAFT, draft_id))
    if held is None or not is_bound(session, held):
        return None
    given, idle = new_token(), timedelta(minutes=held.idle_minutes)
    begin_session(session, ARRIVING, draft_id, token=given, idle=idle, absolute=held.ends_at - now, now=now)
    held.kind, held.seen_at = LEAVING, now
    session.flush()
    return given


def arrive(session: Session, token: str, draft_id: str, now: datetime) -> None:
    """Note that the new id came back; of two requests at once, one does it."""
    new = AuthSession.holder_hash == fingerprint(token), AuthSession.kind == ARRIVING
    given = session.scalar(select(AuthSession).where(*new, AuthSession.subject == draft_id).with_for_update())
    if given is None or not is_bound(session, given):
        return
    old = AuthSession.kind == LEAVING, AuthSession.subject == draft_id
    left = session.scalar(select(AuthSession).where(*old).with_for_update())
    if left is not None and is_bound(session, left):
        _follow(session, left, given)
        left.ends_at = min(left.ends_at, now + LEFT_OPEN)
    given.kind = DRAFT
    session.flush()


def _follow(session: Session, left: AuthSession, given: AuthSession) -> None:
    """Move what the old id opened at sending; what somebody opened with it since is not the person's."""
    before = AuthSession.holder_hash == left.holder_hash, AuthSession.created_at <= given.created_at
    for row in session.scalars(select(AuthSession).where(*before)).all():
        if row is left or not is_bound(session, row):
            continue
        if session.get(AuthSession, (given.holder_hash, row.kind, row.subject)):
            session.delete(row)
        else:
            row.holder_hash = given.holder_hash


def close_draft(session: Session, token: str, draft_id: str) -> None:
    """Close a draft on this browser, under the id that it had before its sending too."""
    own = (AuthSession.holder_hash == fingerprint(token)) | (AuthSession.kind == LEAVING)
    draft = AuthSession.kind.in_(OF_DRAFTS), AuthSession.subject == draft_id
    session.execute(delete(AuthSession).where(*draft, own))


def close_before(session: Session, token: str) -> None:
    """End every session of the ids that this browser had before its sendings, for as long as they last."""
    sent = select(AuthSession.subject).where(AuthSession.holder_hash == fingerprint(token))
    left = select(AuthSession.holder_hash).where(AuthSession.kind == LEAVING, AuthSession.subject.in_(sent))
    session.execute(delete(AuthSession).where(AuthSession.holder_hash.in_(left)))
