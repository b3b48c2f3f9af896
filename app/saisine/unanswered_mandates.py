"""The mandates that nobody answered in time, for the software of the associations that asked for them."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.saisine.models import Draft, MandateRequest
from app.saisine.rules import last_page
from app.webhooks import service as webhooks
from app.webhooks.events import WebhookEvent
from app.webhooks.service import Happening

ID_LENGTH = 32
"""Characters of the hash of a link under which its end is told: enough to be the only one."""


def untold(session: Session, now: datetime, since: datetime) -> list[tuple[str, Happening]]:
    """List the requests whose time ended after ``since``, by association, and that its software is still to be told.

    What was told longer ago may be forgotten, and would be told again.
    """
    over = (MandateRequest.answered_at.is_(None), MandateRequest.ends_at <= now, MandateRequest.ends_at > since)
    asked = select(Draft.association, Draft.public, MandateRequest.token_hash)
    asked = asked.join(MandateRequest, MandateRequest.draft == Draft.id).where(*over, Draft.sent_code.is_(None))
    found = defaultdict(list)
    for association, public, known_by in session.execute(asked):
        what = Happening(WebhookEvent.MANDATE_UNANSWERED, now, "", last_page(public), known_by[:ID_LENGTH])
        found[association].append(what)
    return [(one, what) for one, over_ in found.items() for what in webhooks.untold(session, one, over_)]
