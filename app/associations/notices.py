"""What tells that an agreement ends, 90, 30 and 7 days before and on the last day; and that it was withdrawn."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.associations import registry
from app.associations.models import Agrement, Association
from app.associations.rules import NOTICE_DAYS, Agreement, notice_due
from app.base import dates
from app.base.portal import Portal
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message


def addresses_of(session: Session, row: Association) -> list[str]:
    """List where an association is told of its agreement: its own address, then those who answer for it, each once."""
    return list(dict.fromkeys(filter(None, [row.email, *accounts.answering_for(session, "", row.id)])))


def tell_withdrawal(session: Session, portal: Portal, row: Association, ended: Agreement) -> None:
    """Tell an association that its agreement was withdrawn. The caller commits."""
    if ended.withdrawn_on is None:
        raise ValueError(ended.number)
    words = {
        "number": ended.number,
        "day": dates.date_text(ended.withdrawn_on, weekday=False),
        "contact": portal.settings.operator_contact.strip(),
    }
    matter = f"{row.id}-{ended.number}"
    kind, day = Mail.AGREEMENT_WITHDRAWN, ended.withdrawn_on.isoformat()
    told = [Message(to, kind, day, words, matter) for to in addresses_of(session, row)]
    notifications.queue(session, portal.keyring, told, portal.clock)


class Expiries:
    """Tells each association and the administrators once of each notice.

    The outbox knows what it holds, so a restart tells nobody twice.
    """

    def __init__(self, portal: Portal) -> None:
        """Nothing was looked at yet."""
        self._portal = portal
        self._address = {"address": f"{portal.settings.address}/administration/associations"}
        self._looked: date | None = None

    def step(self) -> int:
        """Look once a day; return how many mails were queued."""
        today = dates.local_day(self._portal.clock())
        if self._looked == today:
            return 0
        with self._portal.database.read() as session:
            due = self._due(session, today)
        if due:
            with self._portal.database.write() as session:
                notifications.queue(session, self._portal.keyring, due, self._portal.clock)
        self._looked = today
        return len(due)

    def _due(self, session: Session, today: date) -> list[Message]:
        last = dates.add_days(today, max(NOTICE_DAYS))
        ending = select(Agrement.association).where(Agrement.ends_on >= today, Agrement.ends_on <= last)
        rows = session.scalars(select(Association).where(Association.id.in_(ending)))
        administrators = accounts.administrators(session)
        found = []
        for row in rows:
            if due := notice_due(registry.agreements_of(session, row.id), today):
                days, agreement = due
                words = {
                    "number": agreement.number,
                    "day": dates.date_text(agreement.ends_on, weekday=False),
                    "contact": self._portal.settings.operator_contact.strip(),
                }
                notice = f"{agreement.ends_on.isoformat()}-{days}"
                found += [
                    Message(to, Mail.AGREEMENT_ENDING, notice, words, row.id) for to in addresses_of(session, row)
                ]
                words = words | {"association": row.name, "asked": _asked(agreement), **self._address}
                found += [Message(to, Mail.AGREEMENT_ENDING_HERE, notice, words, row.id) for to in administrators]
        return found


def _asked(agreement: Agreement) -> str:
    """Write the day on which the renewal was asked; empty when nobody said so."""
    day = agreement.renewal_asked_on
    return dates.date_text(day, weekday=False) if day else ""
