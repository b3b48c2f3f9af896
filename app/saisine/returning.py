"""Coming back to a draft: its code, the address it was sent to, the reminder, the link for whoever lost the code."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.service import sessions
from app.base.clock import Clock
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import PORTAL, Keyring, seal, unseal
from app.base.errors import NotFound, TooMany
from app.base.secrets import by_fours, fingerprint, new_token
from app.notifications import service as notifications
from app.notifications.rules import FROM_ANYBODY_SPAN
from app.saisine import messages
from app.saisine.models import Draft, ReturnLink
from app.saisine.press import read_in
from app.saisine.queries import DRAFT, OpenDraft, answers_place, association_of
from app.saisine.rules import REMIND_BEFORE
from app.saisine.service import OWN_DEVICE, SHARED_DEVICE

LINK_LASTS = timedelta(minutes=30)
FIRST, FIRST_LASTS = "premier", timedelta(days=7)
"""A link to the first personal code of a complaint, for a person who did not fill the form; whoever misses it asks for
another at « code perdu »."""


@dataclass(frozen=True)
class FoundDraft:
    """A draft found by its code."""

    id: str
    public: str
    is_sent: bool
    shared_device: bool
    association: str = ""
    """Id of the association that files; no code and no link opens its draft."""


def code_of(session: Session, keyring: Keyring, draft: OpenDraft) -> str:
    """Return the personal code of a draft; it is made the first time it is asked.

    Raises :class:`~app.base.errors.NotFound`: the draft of an association has none, an account opens it.
    """
    if association_of(session, draft.id):
        raise NotFound
    row = session.scalars(select(Draft).where(Draft.id == draft.id).with_for_update()).one()
    if row.code is None:
        code, row.code_hash = keyring.fresh_code()
        row.code = seal(draft.key, code.encode(), _place(draft.id, "code"))
        return by_fours(code)
    return by_fours(unseal(draft.key, row.code, _place(draft.id, "code")).decode())


def send_code(
    session: Session, keyring: Keyring, draft: OpenDraft, to: str, address: str, clock: Clock, read_in: str
) -> None:
    """Send the code of a draft, in the language in which it is read, and keep the address for the reminder.

    Raises :class:`~app.base.errors.TooMany`: this address had too many mails that anybody may cause.
    """
    code = code_of(session, keyring, draft)
    row = session.scalars(select(Draft).where(Draft.id == draft.id)).one()
    remember(row, keyring, draft.key, to)
    message = messages.with_code(to, draft.public, code, draft.expires_on, address, read_in)
    if notifications.queue(session, keyring, [message], clock):
        raise TooMany(int(FROM_ANYBODY_SPAN.total_seconds() // 60))


def remember(row: Draft, keyring: Keyring, key: bytes, to: str) -> None:
    """Keep the address of a draft: the reminder goes there, and so does the link of whoever lost the code."""
    row.email, row.email_key = seal(key, to.encode(), _place(row.id, "email")), keyring.address_key(to)


def draft_by_code(session: Session, code_hash: str) -> FoundDraft | None:
    """Find a draft by its personal code."""
    row = session.scalar(select(Draft).where(Draft.code_hash == code_hash))
    return _found(session, row) if row else None


def opens(found: FoundDraft) -> bool:
    """Return whether a code or a link may open a draft: not once it is sent, never an association's."""
    return not found.is_sent and not found.association


def reopen(session: Session, token: str, found: FoundDraft, now: datetime, *, shared_device: bool) -> None:
    """Open a draft on this device."""
    idle = SHARED_DEVICE if shared_device else OWN_DEVICE
    sessions.open_session(session, DRAFT, found.id, token=token, idle=idle, absolute=timedelta(days=60), now=now)


def _ending(today: date) -> tuple[ColumnElement[bool], ...]:
    """Choose the drafts that will be erased in a week, and of which nobody was reminded."""
    soon = (Draft.expires_on <= today + REMIND_BEFORE, Draft.expires_on >= today)
    return Draft.reminded.is_(False), Draft.sent_code.is_(None), *soon


def remind_members(session: Session, keyring: Keyring, today: date, address: str, clock: Clock) -> int:
    """Remind the member who takes care of a draft; those who answer for the association, once that account is closed.

    Nothing of the person is told: the mail bears the day, and an address that opens for who signs in.
    """
    due = session.scalars(select(Draft).where(Draft.association != "", *_ending(today))).all()
    for draft in due:
        member = accounts.member(session, draft.member)
        told = [member.email] if member else accounts.answering_for(session, "", draft.association)
        mails = [messages.member_reminder(to, draft.public, draft.expires_on, address) for to in told]
        notifications.queue(session, keyring, mails, clock)
        draft.reminded = True
    return len(due)


def remind(session: Session, keyring: Keyring, today: date, address: str, clock: Clock) -> int:
    """Remind, once, those who left an address and whose answers will be erased in a week."""
    due = session.scalars(select(Draft).where(Draft.email.is_not(None), Draft.association == "", *_ending(today))).all()
    for draft in due:
        key = keyring.unwrap(draft.wrapped, PORTAL)
        to = unseal(key, draft.email or b"", _place(draft.id, "email")).decode()
        language = read_in(json.loads(unseal(key, draft.answers, answers_place(draft.id))))
        mail = messages.reminder(to, draft.public, draft.expires_on, address, language)
        notifications.queue(session, keyring, [mail], clock)
        draft.reminded = True
    return len(due)


def drafts_of(session: Session, email_key: str) -> list[str]:
    """List the drafts whose code was sent to an address."""
    wanted = (Draft.email_key == email_key, Draft.sent_code.is_(None), Draft.association == "")
    rows = session.scalars(select(Draft).where(*wanted).order_by(Draft.changed_at.desc()).limit(3))
    return [row.id for row in rows if is_bound(session, row)]


def make_link(session: Session, kind: str, subject: str, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """Draw a link that opens a draft or a filing once."""
    token = new_token()
    session.add(ReturnLink(token_hash=fingerprint(token), kind=kind, subject=subject, ends_at=now + lasts))
    return token


def is_alive(session: Session, token: str, now: datetime) -> bool:
    """Return whether a link may still serve."""
    link = session.get(ReturnLink, fingerprint(token))
    return link is not None and link.ends_at > now and is_bound(session, link)


def use_link(session: Session, token: str, now: datetime) -> tuple[str, str] | None:
    """Use a link: give its kind and what it opens; ``None`` when it served already, or is too old."""
    link = session.get(ReturnLink, fingerprint(token), with_for_update=True)
    if link is None:
        return None
    session.delete(link)
    return (link.kind, link.subject) if link.ends_at > now and is_bound(session, link) else None


def draft_by_id(session: Session, draft_id: str) -> FoundDraft | None:
    """Find a draft by its id."""
    row = session.get(Draft, draft_id)
    return _found(session, row) if row else None


def _found(session: Session, row: Draft) -> FoundDraft | None:
    if not is_bound(session, row):
        return None
    return FoundDraft(row.id, row.public, row.sent_code is not None, row.shared_device, row.association)


def forget_links(session: Session, subjects: Collection[str]) -> None:
    """Erase the links that open what is erased."""
    session.execute(delete(ReturnLink).where(ReturnLink.subject.in_(subjects)))


def sweep_links(session: Session, now: datetime) -> None:
    """Erase the links that ended."""
    session.execute(delete(ReturnLink).where(ReturnLink.ends_at <= now))


def _place(draft_id: str, what: str) -> str:
    return f"draft|{draft_id}|{what}|1"
