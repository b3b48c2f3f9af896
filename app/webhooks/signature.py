"""What the software of an association receives: a small JSON body, and its signature (Standard Webhooks, 1.0.0)."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook as Signer

SIGNED, ID, AT = "webhook-signature", "webhook-id", "webhook-timestamp"


def body_of(event_id: str, kind: str, at: datetime, number: str, link: str) -> bytes:
    """Write the body: the same at each try. ``at``: when it happened, told in UTC."""
    instant = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    told = {"id": event_id, "type": kind, "instant": instant, "numero": number, "lien": link}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(event_id: str, body: bytes, secrets: Iterable[str], now: datetime) -> dict[str, str]:
    """Sign a body with each secret, the newest first; ``now``: when it leaves."""
    signed = " ".join(Signer(secret).sign(event_id, now, body.decode()) for secret in secrets)
    return {ID: event_id, AT: str(int(now.timestamp())), SIGNED: signed}
