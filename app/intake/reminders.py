"""What tells an authority of its dates: each morning what is near or late, and apart what presses. No person in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts import queries as accounts
from app.base.clock import PARIS
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.i18n import ntranslate, translate
from app.base.portal import Portal
from app.filing.acts import mentions
from app.filing.models import Filing, FilingDesk, FilingDuty
from app.filing.status.duties import THRESHOLDS, threshold
from app.intake.absences.queries import stand_ins
from app.intake.alerts import queries as calling
from app.intake.alerts.rules import sentences
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message
from app.procedure.law import rule_of
from app.routing import queries as routing

HOUR = 8
"""Hour of the digest, where the authority sits."""
AHEAD = timedelta(days=8)
SOON = timedelta(days=max(THRESHOLDS))
BEFORE = N_("{what}, avant la fin du {day}")
SINCE = N_("{what}, en retard depuis le {day}")


@dataclass(frozen=True)
class DutyCount:
    """How many complaints wait for the same act, by the same day."""

    code: str
    due_on: date
    n: int


def silent(session: Session) -> list[str]:
    """List the authorities that owe something and do not work here: nobody signs in for them, and no mail reaches them.

    Whoever holds the complaint notes their acts for them, so it is told of their dates in their place.
    """
    return [code for code in _each(session, FilingDuty.authority) if not accounts.uses_service(session, code)]


def _owed_by(authority: str, absent: Sequence[str]) -> ColumnElement[bool]:
    """Keep what an authority owes, and what those that are absent owe of the complaints that it holds."""
    duty = FilingDuty
    is_held = select(Filing.id).where(Filing.id == duty.filing_id, Filing.receiver == authority).correlate(duty)
    return or_(duty.authority == authority, and_(duty.authority.in_(absent), is_held.exists()))


def waiting(session: Session, authority: str, today: date, until: date, absent: Sequence[str] = ()) -> list[DutyCount]:
    """Count all that an authority owes by a day, whatever its role, the nearest first; ``absent``: :func:`silent`."""
    duty = FilingDuty
    counted = (
        select(duty.due_on, duty.code, func.count())
        .where(_owed_by(authority, absent), duty.due_on <= until, duty.until >= today)
        .group_by(duty.due_on, duty.code)
        .order_by(duty.due_on, duty.code)
    )
    return [DutyCount(code, due_on, n) for due_on, code, n in session.execute(counted)]


def pressing(session: Session, authority: str, today: date, absent: Sequence[str] = ()) -> list[FilingDuty]:
    """Take the days of which an authority must be alerted: each threshold is told once, on the first morning it can.

    A morning without service skips nothing. The caller notes what it tells (:func:`note`) in the same transaction.
    """
    duty = FilingDuty
    near = (_owed_by(authority, absent), duty.due_on <= today + SOON, duty.until >= today, duty.told < len(THRESHOLDS))
    found = session.scalars(select(duty).where(*near).order_by(duty.due_on, duty.code).with_for_update())
    return [one for one in found if threshold(one.due_on, today) > one.told]


def note(duties: Iterable[FilingDuty], today: date) -> list[DutyCount]:
    """Note that alerts are told, and count them."""
    counts: Counter[tuple[date, str]] = Counter()
    for duty in duties:
        duty.told = threshold(duty.due_on, today)
        counts[duty.due_on, duty.code] += 1
    return [DutyCount(code, due_on, n) for (due_on, code), n in counts.items()]


def lines(rows: Sequence[DutyCount], today: date, t: Translate) -> list[str]:
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
        """Tell those for whom it is past eight and who were not told today; return how many mails were queued."""
        now, queued = self._portal.clock(), 0
        with self._portal.database.read() as session:
            codes, absent = _each(session, FilingDesk.authority), silent(session)
            zones = {row.code: row.zone for row in routing.authorities(session, tuple(codes))}
        for code in codes:
            here = now.astimezone(ZoneInfo(zones.get(code, PARIS.key)))
            if here.hour >= HOUR and self._told.get(code) != here.date():
                queued += self._tell(code, here, absent)
                self._told[code] = here.date()
        return queued

    def _tell(self, code: str, here: datetime, absent: Sequence[str]) -> int:
        portal, today = self._portal, here.date()
        with portal.database.read() as session:
            rows = waiting(session, code, today, today + AHEAD, absent)
            calls = sentences(calling.counted(session, portal.keyring, code, _owed_by(code, absent), today))
            to, mentioned = accounts.addresses(session, code), mentions.waiting(session, code)
            both = dict.fromkeys([*to, *accounts.managers(session, code)])
            away = stand_ins(session, code, today)
        reached, both = _with_stand_ins(to, away), _with_stand_ins(both, away)
        if not mentioned and not ((rows or calls) and both):
            return 0
        said = {address: [*lines(rows, today, translate), *calls] for address in reached if rows or calls}
        for address, n in mentioned.items():
            told = ntranslate(
                "{n} plainte où un collègue vous mentionne", "{n} plaintes où un collègue vous mentionne", n
            )
            said.setdefault(address, []).append(told.format(n=n))
        with portal.database.write() as session:
            messages = [_message(portal, address, Mail.DIGEST, words, today) for address, words in said.items()]
            if alerts := note(pressing(session, code, today, absent), today):
                matter = here.isoformat()  # what was noted is never told again: two alerts of a day are two
                messages += [
                    _message(portal, address, Mail.DUE_SOON, lines(alerts, today, translate), today, matter)
                    for address in both
                ]
            notifications.queue(session, portal.keyring, messages, portal.clock)
        return len(messages)


def _with_stand_ins(to: Iterable[str], away: Mapping[str, str]) -> dict[str, None]:
    """Add, to those who are told, who takes the place of those that are away."""
    told = list(to)
    return dict.fromkeys([*told, *(away[one] for one in told if one in away)])


def _each(session: Session, column: InstrumentedAttribute[str]) -> list[str]:
    """List the authorities of a table, one look in its index for each: the desk may have a million rows."""
    found: list[str] = []
    while True:
        after = found[-1] if found else ""
        code = session.scalar(select(func.min(column)).where(column > after))
        if code is None:
            return found
        found.append(code)


def _message(portal: Portal, to: str, kind: Mail, said: Sequence[str], today: date, matter: str = "") -> Message:
    words = {"lines": "\n".join(said), "address": portal.settings.address}
    return Message(to, kind, today.isoformat(), words, matter)
