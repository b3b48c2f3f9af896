"""What is asked of the addresses of an association, and of what was told to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import DecryptionError, Keyring
from app.base.errors import NotFound
from app.webhooks.models import Webhook, WebhookDelivery

SHOWN = 50
"""Last things told that the page of an address shows."""


@dataclass(frozen=True)
class DeclaredAddress:
    """An address as the page shows it."""

    id: str
    url: str
    """Empty when it cannot be read any more."""
    events: Sequence[str]
    paused_at: datetime | None
    is_paused_by_failures: bool
    before_until: datetime | None


def declared(session: Session, keyring: Keyring, association: str) -> list[DeclaredAddress]:
    """List the addresses of an association, the oldest first."""
    wanted = select(Webhook).where(Webhook.association == association).order_by(Webhook.created_at, Webhook.id)
    return [shown(session, keyring, row) for row in session.scalars(wanted)]


def row_of(session: Session, association: str, id_: str, *, to_change: bool = False) -> Webhook:
    """Find an address of an association. Raises :class:`NotFound` for any other."""
    wanted = select(Webhook).where(Webhook.id == id_, Webhook.association == association)
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None:
        raise NotFound
    return row


def shown(session: Session, keyring: Keyring, row: Webhook) -> DeclaredAddress:
    """Open an address for those who answer for the association."""
    try:
        url = address_of(row, keyring) if is_bound(session, row) else ""
    except DecryptionError:
        url = ""
    return DeclaredAddress(row.id, url, row.events.split(), row.paused_at, row.is_paused_by_failures, row.before_until)


def wanting(session: Session, event: str) -> list[str]:
    """List the associations of which an address wants to be told an event."""
    rows = session.scalars(select(Webhook).order_by(Webhook.association))
    return list(dict.fromkeys(row.association for row in rows if event in row.events.split()))


def last_told(session: Session, id_: str) -> list[WebhookDelivery]:
    """List the last things told to an address, the newest first."""
    wanted = select(WebhookDelivery).where(WebhookDelivery.webhook == id_)
    return list(session.scalars(wanted.order_by(WebhookDelivery.id.desc()).limit(SHOWN)))


def address_place(webhook_id: str) -> str:
    """Name the place of a sealed address."""
    return f"webhook|{webhook_id}|address"


def address_of(row: Webhook, keyring: Keyring) -> str:
    """Open an address. Raises :class:`~app.base.crypto.vault.DecryptionError`."""
    return keyring.unseal(row.address, address_place(row.id)).decode()
