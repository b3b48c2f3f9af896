"""What tells an authority of its dates: each morning what is near or late, and apart what presses. No person in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.base.clock import PARIS
from app.base.dates import date_text
from app.base.errors import N_
from app.base.fields import Translate
from app.base.i18n import ntranslate, translate
from app.base.portal import Portal
from app.filing.models import RECEIVER, FilingDesk
from app.notifications import service as notifications
from app.notifications.service import Message
from app.procedure.law import rule_of
from app.routing import queries as routing

HOUR = 8
"""Hour of the digest, where the authority sits."""
AHEAD = timedelta(days=8)
PRESSING = (3, 1, -1)
"""Days left at which the managers are told too; the last one is the first day of lateness."""
DIGEST, ALERT = "digest", "pressing"
BEFORE = N_("{what}, avant la fin du {day}")
SINCE = N_("{what}, en retard depuis le {day}")


@dataclass(frozen=True)
class Waiting:
    """How many complaints wait for the same act, by the same day."""

    code: str
    due_on: date
    n: int


def waiting(session: Session, authority: str, until: date) -> list[Waiting]:
    """Count what an authority that received complaints must do by a day, the nearest first."""
    desk = FilingDesk
    counted = (
        select(desk.next_due_on, desk.next_code, func.count())
        .where(desk.authority == authority, desk.next_due_on <= until, desk.role == RECEIVER)
        .group_by(desk.next_due_on, desk.next_code)
        .order_by(desk.next_due_on, desk.next_code)
    )
    return [Waiting(code, due_on, n) for due_on, code, n in session.execute(counted)]


def is_pressing(row: Waiting, today: date) -> bool:
    """Tell whether the managers must be told today."""
    return (row.due_on - today).days in PRESSING


def lines(rows: Sequence[Waiting], today: date, t: Translate) -> list[str]:
    """Write the counts, one sentence each."""
    return [
        ntranslate("{n} plainte : {what}", "{n} plaintes : {what}", row.n).format(
            n=row.n,
            what=t(SINCE if row.due_on < today else BEFORE).format(
                what=t(rule_of(row.code).label), day=date_text(row.due_on)
            ),
        )
        for row in rows
    ]


class Notices:
    """Tells every authority once a day; a restart tells nobody twice, since the outbox knows what it holds."""

    def __init__(self, portal: Portal) -> None:
        """Nothing was told yet, as far as this process knows."""
        self._portal = portal
        self._told: dict[str, date] = {}

    def step(self) -> int:
        """Tell those for whom it is past eight and who were not told today; give how many mails were queued."""
        now, queued = self._portal.clock(), 0
        with self._portal.database.read() as session:
            codes = _with_desks(session)
            zones = {row.code: row.zone for row in routing.authorities(session, tuple(codes))}
        for code in codes:
            here = now.astimezone(ZoneInfo(zones.get(code, PARIS.key)))
            if here.hour >= HOUR and self._told.get(code) != here.date():
                queued += self._tell(code, here)
                self._told[code] = here.date()
        return queued

    def _tell(self, code: str, here: datetime) -> int:
        portal, today = self._portal, here.date()
        with portal.database.read() as session:
            rows = waiting(session, code, today + AHEAD)
            to = accounts.addresses(session, code)
            managers = accounts.managers(session, code)
        pressing = [row for row in rows if is_pressing(row, today)]
        messages = [_message(portal, address, DIGEST, rows, today) for address in to if rows]
        both = dict.fromkeys([*to, *managers]) if pressing else ()
        messages += [_message(portal, address, ALERT, pressing, today) for address in both]
        if messages:
            with portal.database.write() as session:
                notifications.queue(session, portal.keyring, messages, portal.clock)
        return len(messages)


def _with_desks(session: Session) -> list[str]:
    """List the authorities that hold complaints, one look in the index for each: the desk may have a million rows."""
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        code = session.scalar(select(func.min(FilingDesk.authority)).where(FilingDesk.authority > after))
        if code is None:
            return found
        found.append(code)


def _message(portal: Portal, to: str, kind: str, rows: Sequence[Waiting], today: date) -> Message:
    words = {"lines": "\n".join(lines(rows, today, translate)), "address": portal.settings.address}
    return Message(to, kind, today.isoformat(), words)
