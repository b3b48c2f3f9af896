"""What a page shows for a short time after its redirect: a code, a secret, a link that is kept nowhere in clear.

It is sealed in the session that asked for it: a reload shows it again and does nothing twice, nobody else reads it,
and it goes with the session.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import AuthSession
from app.accounts.service.sessions import last_seen
from app.base.portal import Portal

SHOWN_FOR = timedelta(minutes=30)


def shown_place(kind: str, subject: str) -> str:
    """Return the place that what a session shows is sealed for."""
    return f"session|{kind}|{subject}|shown"


def keep(session: Session, portal: Portal, token: str, kind: str, page: str, content: dict[str, str]) -> None:
    """Keep what ``page`` shows, in place of what was kept before, in the session of this kind of this browser."""
    now = portal.clock()
    row = last_seen(session, token, kind, now)
    if row is not None:
        told = {"page": page, "until": (now + SHOWN_FOR).isoformat(), "content": content}
        row.shown = portal.keyring.seal(json.dumps(told).encode(), shown_place(kind, row.subject))
        session.flush()


def kept(session: Session, portal: Portal, token: str, kind: str, page: str) -> dict[str, Any] | None:
    """Return what ``page`` shows in this browser; ``None`` when nothing is kept for it, or no longer."""
    now = portal.clock()
    row: AuthSession | None = last_seen(session, token, kind, now)
    if row is None or row.shown is None:
        return None
    told = json.loads(portal.keyring.unseal(row.shown, shown_place(kind, row.subject)))
    if told["page"] != page or now >= datetime.fromisoformat(told["until"]):
        return None
    content: dict[str, Any] = told["content"]
    return content
