"""What the service watches by itself each minute: the register, the clock, the alarms, the dates of the law."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from app.acts import withdrawal
from app.association_desk.reminders import software
from app.associations.notices import Expiries
from app.base import heartbeat
from app.base.clock import steady_clock
from app.base.i18n import translate
from app.base.portal import Portal
from app.filing.ledger import register
from app.filing.ledger.register import day_of
from app.filing.upkeep import flood
from app.intake.reminders import Notices
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message
from app.pages.service import mailbox
from app.routing import queries as routing
from app.stamping import service as stamping
from app.stamping.rules import GAP_SHOWN, LABELS
from app.webhooks import service as webhooks
from app.webhooks.service import Happening

log = logging.getLogger("saisine.watch")


class Monitor:
    """The watch of one instance."""

    def __init__(self, portal: Portal, monotonic: Callable[[], float] = steady_clock) -> None:
        """Look at both clocks."""
        self._portal, self._monotonic = portal, monotonic
        self._read = (portal.clock(), monotonic())
        self._notices, self._expiries = Notices(portal), Expiries(portal)

    def step(self) -> None:
        """Look at the clock, then publish what is due, then tell what is wrong, and what each authority must do."""
        self.look_at_clock()
        self.publish()
        self.tell()
        self.withdraw()
        self.notify()
        self.tell_software()

    def tell_software(self) -> None:
        """Tell the software of associations which days are over: of the law, and to answer for a mandate."""
        with self._portal.database.read() as session:
            if not self._over(session):
                return
        with self._portal.database.write() as session:
            over = self._over(session)
            for association, what in over:
                webhooks.tell(session, association, what)
        log.info("days over", extra={"told": len(over)})

    def _over(self, session: Session) -> list[tuple[str, Happening]]:
        """List what is over and was not told, as far back as what was told is kept."""
        now = self._portal.clock()
        return software.untold(session, now, now - timedelta(days=self._portal.settings.keep_mails_days))

    def notify(self) -> None:
        """Tell each authority what it must do, and each association that its agreement ends."""
        if queued := self._notices.step() + self._expiries.step():
            log.info("notices", extra={"mails": queued})

    def withdraw(self) -> None:
        """Withdraw the complaints whose day to change one's mind is over."""
        with self._portal.database.read() as session:
            if not withdrawal.is_any_due(session, self._portal.clock()):
                return
        with self._portal.database.write() as session:
            log.info("withdrawn", extra={"filings": withdrawal.settle_due(session, self._portal)})

    def look_at_clock(self) -> None:
        """Note that the clock of this machine moved by itself."""
        wall, steady = self._read
        self._read = now, _ = (self._portal.clock(), self._monotonic())
        moved = (now - wall).total_seconds() - (self._read[1] - steady)
        if abs(moved) > GAP_SHOWN:
            log.error("the clock moved by itself", extra={"seconds": round(moved, 3)})
            with self._portal.database.write() as session:
                stamping.note_jump(session, moved, now)

    def publish(self) -> None:
        """Add the point of the day, and send it to those before whom complaints were brought."""
        portal = self._portal
        with portal.database.read() as session:
            if register.point_of(session, day_of(portal.clock())):
                return
        with portal.database.write() as session:
            point = register.publish(session, portal.clock)
            if point is None:
                return
            received = register.received_since_last(session, point)
            known = routing.authorities(session, tuple(register.holders(session)))
            told = {one.email: received.get(one.code, []) for one in known if one.email}
            if own := mailbox(portal.settings):
                told[own] = sorted({number for numbers in received.values() for number in numbers})
            letters = [register.letter(point, to, numbers, portal.settings.address) for to, numbers in told.items()]
            notifications.queue(session, portal.keyring, letters, portal.clock)
        log.info("checkpoint", extra={"entry": point.n, "mails": len(letters)})

    def tell(self) -> None:
        """Tell whoever runs the service, once a day while the troubles stay the same."""
        portal, now = self._portal, self._portal.clock()
        with portal.database.read() as session:
            alarms = [*register.alarms(session, now), *flood.alarms(session, portal.limits, now)]
        alarms += portal.heartbeats.alarms()
        own = mailbox(portal.settings)
        if not alarms or not own:
            return
        said = {
            str(alarm): sentence for of in (LABELS, flood.LABELS, heartbeat.LABELS) for alarm, sentence in of.items()
        }
        words = {
            "lines": "\n".join(translate(said[str(alarm)]) for alarm in alarms),
            "address": portal.settings.address,
        }
        mail = Message(own, Mail.ALARM, day_of(now), words, " ".join(alarms))
        with portal.database.write() as session:
            notifications.queue(session, portal.keyring, [mail], portal.clock)
