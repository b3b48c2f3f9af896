"""What is done with the outbox; the caller commits."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.crypto.vault import DecryptionError, Keyring
from app.base.i18n import FRENCH
from app.notifications.kinds import Mail
from app.notifications.models import OutboxMail
from app.notifications.rules import (
    FAILED,
    FROM_ANYBODY,
    FROM_ANYBODY_MOST,
    FROM_ANYBODY_SPAN,
    LEASE,
    LOOKED_AT,
    QUEUED,
    SENT,
    next_try,
)

log = logging.getLogger("saisine.mail")
PLACE = "outbox"


@dataclass(frozen=True)
class Message:
    """A mail to queue: whom, which one, about which filing, with which words."""

    to: str
    kind: Mail
    number: str
    words: Mapping[str, str]
    matter: str = ""
    """What tells it from an earlier mail of the same kind, about the same filing, to the same person."""
    read_in: str = FRENCH
    """Code of the language in which it is read first; the French follows."""


@dataclass(frozen=True)
class Leased:
    """A mail that this worker alone may send now."""

    id: int
    kind: str
    number: str
    recipient_key: str
    to: str
    words: Mapping[str, str]
    read_in: str = FRENCH


def queue(session: Session, keyring: Keyring, messages: Iterable[Message], clock: Clock) -> int:
    """Add mails to the outbox; one already there for the same person and matter is not added again.

    Gives how many were dropped because this address had too many that anybody may cause.
    """
    now, dropped = clock(), 0
    for message in messages:
        key = keyring.word("|".join(filter(None, (message.to.lower(), message.matter))), PLACE)
        same = (
            OutboxMail.filing_number == message.number,
            OutboxMail.kind == message.kind,
            OutboxMail.recipient_key == key,
        )
        if session.scalar(select(OutboxMail.id).where(*same)) is not None:
            continue
        if message.kind in FROM_ANYBODY and _had_enough(session, key, now):
            log.error("an address had too many mails in an hour: one is dropped", extra={"kind": message.kind})
            dropped += 1
            continue
        said = {"to": message.to, "words": dict(message.words), "read_in": message.read_in}
        content = json.dumps(said, ensure_ascii=False).encode()
        mail = OutboxMail(filing_number=message.number, kind=message.kind, recipient_key=key, state=QUEUED, attempts=0)
        mail.sealed = keyring.seal(content, f"{PLACE}|{message.number}|{message.kind}|{key}")
        mail.not_before = mail.created_at = now
        session.add(mail)
        session.flush()
    return dropped


_SENT_LATELY = select(func.count()).where(
    OutboxMail.id > func.coalesce(select(func.max(OutboxMail.id)).scalar_subquery(), 0) - LOOKED_AT,
    OutboxMail.kind.in_(FROM_ANYBODY),
    OutboxMail.recipient_key == bindparam("key"),
    OutboxMail.created_at > bindparam("since"),
)


def _had_enough(session: Session, recipient_key: str, now: datetime) -> bool:
    """Return whether an address was sent, in the last hour, all the mails that strangers may cause.

    Only the last mails are looked at, by their id, so that this costs the same whatever the outbox holds.
    """
    asked = {"key": recipient_key, "since": now - FROM_ANYBODY_SPAN}
    return (session.scalar(_SENT_LATELY, asked) or 0) >= FROM_ANYBODY_MOST


def is_anything_due(session: Session, now: datetime) -> bool:
    """Return whether a mail waits: looking costs no write."""
    due = select(OutboxMail.id).where(OutboxMail.state == QUEUED, OutboxMail.not_before <= now).limit(1)
    return session.scalar(due) is not None


def lease(session: Session, keyring: Keyring, now: datetime, most: int) -> list[Leased]:
    """Take mails that are due; no other worker takes them until the lease ends."""
    due = session.scalars(
        select(OutboxMail)
        .where(OutboxMail.state == QUEUED, OutboxMail.not_before <= now)
        .order_by(OutboxMail.not_before, OutboxMail.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    taken = []
    for mail in due:
        mail.not_before = now + LEASE
        place = f"{PLACE}|{mail.filing_number}|{mail.kind}|{mail.recipient_key}"
        try:
            content = json.loads(keyring.unseal(mail.sealed, place))
        except DecryptionError:  # altered, or a key is gone: it must be seen, and not stop the others
            mail.state, mail.error = FAILED, "locked"
            continue
        named = (mail.id, mail.kind, mail.filing_number, mail.recipient_key)
        taken.append(Leased(*named, content["to"], content["words"], content.get("read_in", FRENCH)))
    return taken


def mark_sent(session: Session, mail_id: int, now: datetime) -> None:
    """Note that a mail left."""
    mail = session.get_one(OutboxMail, mail_id)
    mail.state, mail.sent_at, mail.error = SENT, now, ""


def forget(session: Session, number: str) -> None:
    """Erase the mails about a complaint that is erased."""
    session.execute(delete(OutboxMail).where(OutboxMail.filing_number == number))


def forget_sent(session: Session, before: datetime) -> None:
    """Erase the mails that left before an instant: nobody reads them again, and they name a person."""
    session.execute(delete(OutboxMail).where(OutboxMail.state == SENT, OutboxMail.sent_at < before))


def mark_failure(session: Session, mail_id: int, error: str, now: datetime, *, is_final: bool) -> bool:
    """Note a failure; tell whether it was the last try."""
    mail = session.get_one(OutboxMail, mail_id)
    mail.attempts += 1
    mail.error = error[:40]
    again = next_try(mail.attempts, now, is_final=is_final)
    mail.not_before = again or now
    if again is None:
        mail.state = FAILED
    return again is None
