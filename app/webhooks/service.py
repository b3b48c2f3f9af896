"""What is done with what is told to the software of associations; the caller commits."""

import base64
import random
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import DecryptionError, Keyring
from app.webhooks.events import WebhookEvent
from app.webhooks.models import Webhook, WebhookDelivery
from app.webhooks.queries import address_of, address_place
from app.webhooks.rules import ABANDONED, LEASE, MOST, OVERLAP, QUEUED, SENT, must_pause, next_try

SECRET_BYTES = 24
"""Standard Webhooks asks for 24 to 64."""


@dataclass(frozen=True)
class Happening:
    """Something that happened to a complaint: nothing of it names a person."""

    event: WebhookEvent
    at: datetime
    number: str
    path: str
    id: str = ""
    """What it is known by; drawn when empty. One that may be found twice has its own."""


@dataclass(frozen=True)
class LeasedDelivery:
    """What this worker alone may send now."""

    id: int
    webhook: str
    event_id: str
    kind: str
    at: datetime
    number: str
    path: str
    url: str
    secrets: tuple[str, ...]


def secret_place(webhook_id: str) -> str:
    """Name the place of a sealed secret, the one of today or the one before."""
    return f"webhook|{webhook_id}|secret"


def path_of(number: str) -> str:
    """Return where an association reads a complaint that it sent."""
    return f"/association/plaintes/{number}"


def new_secret() -> str:
    """Draw a secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def declare(
    session: Session, keyring: Keyring, association: str, url: str, events: list[str], now: datetime
) -> tuple[str, str] | None:
    """Keep an address; return its id and its secret, or ``None`` when the association has as many as it may."""
    if len(session.scalars(select(Webhook.id).where(Webhook.association == association)).all()) >= MOST:
        return None
    row = Webhook(id=uuid.uuid4().hex, association=association, events=" ".join(events), created_at=now)
    secret = new_secret()
    row.address = keyring.seal(url.encode(), address_place(row.id))
    row.secret = keyring.seal(secret.encode(), secret_place(row.id))
    session.add(row)
    session.flush()
    return row.id, secret


def change_secret(row: Webhook, keyring: Keyring, now: datetime) -> str:
    """Draw another secret and return it; the one of before signs too for a day."""
    row.secret_before, row.before_until = row.secret, now + OVERLAP
    secret = new_secret()
    row.secret = keyring.seal(secret.encode(), secret_place(row.id))
    return secret


def choose(row: Webhook, events: list[str]) -> None:
    """Change what an address is told."""
    row.events = " ".join(events)


def pause(row: Webhook, now: datetime) -> None:
    """Send nothing more to an address; what happens meanwhile waits."""
    row.paused_at = row.paused_at or now


def resume(row: Webhook) -> None:
    """Send again, what waited first."""
    row.paused_at, row.is_paused_by_failures, row.failing_since = None, False, None


def remove(session: Session, row: Webhook) -> None:
    """Forget an address and what was told to it."""
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook == row.id))
    session.delete(row)


def tell(session: Session, association: str, what: Happening) -> None:
    """Queue something for each address of an association that wants to be told it."""
    event_id = what.id or uuid.uuid4().hex
    for row in session.scalars(select(Webhook).where(Webhook.association == association)).all():
        if what.event not in row.events.split():
            continue
        same = (WebhookDelivery.webhook == row.id, WebhookDelivery.event_id == event_id)
        if what.id and session.scalar(select(WebhookDelivery.id).where(*same)) is not None:
            continue
        queued = WebhookDelivery(webhook=row.id, event_id=event_id, kind=what.event, state=QUEUED, attempts=0)
        queued.number, queued.path, queued.at, queued.not_before = what.number, what.path, what.at, what.at
        session.add(queued)
    session.flush()


def untold(session: Session, association: str, found: Sequence[Happening]) -> list[Happening]:
    """Keep what some address of an association that wants it was not told; each has an id of its own."""
    addresses = session.scalars(select(Webhook).where(Webhook.association == association)).all()
    ids = [what.id for what in found]
    said = select(WebhookDelivery.webhook, WebhookDelivery.event_id).where(WebhookDelivery.event_id.in_(ids))
    told = {tuple(row) for row in session.execute(said)}
    wanted = [(row.id, row.events.split()) for row in addresses]
    return [
        what for what in found if any(what.event in events and (id_, what.id) not in told for id_, events in wanted)
    ]


def forget(session: Session, number: str) -> None:
    """Forget what was told of a complaint, and what waits: its mandate ended, or it is erased."""
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.number == number))


def forget_past(session: Session, before: datetime) -> None:
    """Forget what was taken, or given up, before an instant."""
    past = (WebhookDelivery.state != QUEUED, WebhookDelivery.tried_at < before)
    session.execute(delete(WebhookDelivery).where(*past))


def send_again(session: Session, row: Webhook, now: datetime, *, id_: int = 0, since: datetime | None = None) -> int:
    """Queue again one thing that was told to an address, or all those since an instant; return how many. Ids stay."""
    own = [WebhookDelivery.webhook == row.id, WebhookDelivery.state != QUEUED]
    own += [WebhookDelivery.at >= since] if since else [WebhookDelivery.id == id_]
    again = {"state": QUEUED, "attempts": 0, "not_before": now, "error": "", "status": 0}
    done = session.execute(update(WebhookDelivery).where(*own).values(**again))
    return int(done.rowcount)  # type: ignore[attr-defined]


def is_anything_due(session: Session, now: datetime) -> bool:
    """Return whether something waits: looking costs no write."""
    wanted = select(WebhookDelivery.id).join(Webhook, Webhook.id == WebhookDelivery.webhook).limit(1)
    return session.scalar(wanted.where(*_due(now))) is not None


def lease(session: Session, keyring: Keyring, now: datetime, most: int) -> list[LeasedDelivery]:
    """Take what is due; no other worker takes it until the lease ends."""
    found = session.execute(
        select(WebhookDelivery, Webhook)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook)
        .where(*_due(now))
        .order_by(WebhookDelivery.not_before, WebhookDelivery.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    ).all()
    taken = []
    for one, row in found:
        one.not_before = now + LEASE
        opened = _opened(session, keyring, row, now)
        if opened is None:  # it must be seen, and not stop the others
            one.state, one.error, one.tried_at = ABANDONED, "locked", now
            continue
        facts = (one.id, row.id, one.event_id, one.kind, one.at, one.number, one.path)
        taken.append(LeasedDelivery(*facts, *opened))
    return taken


def _opened(session: Session, keyring: Keyring, row: Webhook, now: datetime) -> tuple[str, tuple[str, ...]] | None:
    """Open an address and the secrets that sign now; ``None`` when the row was altered, or a key is gone."""
    if not is_bound(session, row):
        return None
    before = row.secret_before if row.before_until and row.before_until > now else None
    place = secret_place(row.id)
    try:
        keys = tuple(keyring.unseal(sealed, place).decode() for sealed in (row.secret, before) if sealed)
        return address_of(row, keyring), keys
    except DecryptionError:
        return None


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (WebhookDelivery.state == QUEUED, WebhookDelivery.not_before <= now, Webhook.paused_at.is_(None))


def mark_taken(session: Session, id_: int, status: int, now: datetime) -> None:
    """Note that something was taken; it may have been forgotten meanwhile."""
    if (one := session.get(WebhookDelivery, id_)) and (row := session.get(Webhook, one.webhook)):
        one.state, one.status, one.error, one.tried_at = SENT, status, "", now
        one.attempts += 1
        row.failing_since = None


def mark_not_taken(session: Session, id_: int, error: str, status: int, now: datetime) -> Webhook | None:
    """Note a failure; return the address when it is paused by it."""
    one = session.get(WebhookDelivery, id_)
    row = session.get(Webhook, one.webhook) if one else None
    if one is None or row is None:
        return None
    one.attempts += 1
    one.error, one.status, one.tried_at = error[:16], status, now
    again = next_try(one.attempts, now, random.random())  # noqa: S311 - spreads the tries, and guards nothing
    one.state, one.not_before = (QUEUED, again) if again else (ABANDONED, now)
    row.failing_since = row.failing_since or now
    if not row.paused_at and must_pause(row.failing_since, now):
        row.paused_at, row.is_paused_by_failures = now, True
        return row
    return None


def put_off(session: Session, id_: int, until: datetime) -> None:
    """Leave something for later without a try: its address just failed for another."""
    own = (WebhookDelivery.id == id_, WebhookDelivery.state == QUEUED)
    session.execute(update(WebhookDelivery).where(*own).values(not_before=until))
