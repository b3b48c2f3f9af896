"""What nobody did is told to the software of an association, once: a day of the law, an answer about a mandate.

The days are those of the list « En retard ». What was told longer ago than rows are kept would be told again, hence how
far back is looked.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.association_desk.queries import missed_days
from app.base.dates import local_day
from app.procedure.rules import is_late
from app.saisine.queries import unanswered_mandates
from app.saisine.rules import last_page
from app.webhooks import queries, service
from app.webhooks.events import WebhookEvent
from app.webhooks.service import Happening

ID_LENGTH = 32
"""Characters of the hash of a link under which its end is told: enough to be the only one."""


def untold(session: Session, now: datetime, since: datetime) -> list[tuple[str, Happening]]:
    """List what each association is still to be told of what was over after ``since``."""
    found = defaultdict(list)
    for association, what in (*_missed(session, now, since), *_unanswered(session, now, since)):
        found[association].append(what)
    return [(one, what) for one, over in found.items() for what in service.untold(session, one, over)]


def _missed(session: Session, now: datetime, since: datetime) -> Iterator[tuple[str, Happening]]:
    for association in queries.wanting(session, WebhookEvent.DAY_MISSED):
        for number, zone, code, last in missed_days(session, association, local_day(since), local_day(now)):
            if is_late(last, None, local_day(now, ZoneInfo(zone))):
                path, known_by = service.path_of(number), f"{number}-{code}"
                yield association, Happening(WebhookEvent.DAY_MISSED, now, number, path, known_by)


def _unanswered(session: Session, now: datetime, since: datetime) -> Iterator[tuple[str, Happening]]:
    for association, public, link in unanswered_mandates(session, now, since):
        known_by = link[:ID_LENGTH]
        yield association, Happening(WebhookEvent.MANDATE_UNANSWERED, now, "", last_page(public), known_by)
