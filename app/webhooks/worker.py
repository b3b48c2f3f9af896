"""The worker: takes what must be told, sends it outside any transaction, notes what was answered."""

import logging

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.dates import date_text, local_day
from app.base.storage.database import Database
from app.base.storage.leader import Stop
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message
from app.webhooks import rules, service
from app.webhooks.client import NotTaken, WebhookSender
from app.webhooks.models import Webhook
from app.webhooks.service import LeasedDelivery
from app.webhooks.signature import body_of, headers_of

log = logging.getLogger("saisine.webhooks")
AT_ONCE = 20
HEADERS = {"Content-Type": "application/json", "User-Agent": "Saisine"}


class WebhookWorker:
    """Tells the software of associations what happened."""

    def __init__(self, database: Database, keyring: Keyring, sender: WebhookSender, clock: Clock, address: str) -> None:
        """Keep what it works with; ``address``: public address of the service, with which links begin."""
        self._database, self._keyring, self._sender, self._clock = database, keyring, sender, clock
        self._address = address

    def run_once(self, stop: Stop | None = None) -> int:
        """Send what is due; return how many were tried. What the lease leaves no time for waits for its end."""
        with self._database.read() as session:
            if not service.is_anything_due(session, self._clock()):
                return 0
        with self._database.write() as session:
            began = self._clock()
            taken = service.lease(session, self._keyring, began, AT_ONCE)
        tried, silent = 0, set[str]()
        for one in taken:
            if (stop is not None and stop.is_set()) or self._clock() - began > rules.LAST_START:
                break
            if one.webhook in silent:
                self._put_off(one)
                continue
            if not self._is_taken(one):
                silent.add(one.webhook)
            tried += 1
        return tried

    def _is_taken(self, one: LeasedDelivery) -> bool:
        try:
            status = self._send(one)
        except NotTaken as refused:
            with self._database.write() as session:
                paused = service.mark_not_taken(session, one.id, refused.code, refused.status, self._clock())
                if paused:
                    self._tell_managers(session, paused)
            log.warning("webhook", extra={"delivery": one.id, "code": refused.code, "paused": paused is not None})
            return False
        with self._database.write() as session:
            service.mark_taken(session, one.id, status, self._clock())
        log.info("webhook", extra={"delivery": one.id, "code": "sent"})
        return True

    def _tell_managers(self, session: Session, paused: Webhook) -> None:
        """Tell those who answer for the association that its software is told nothing more, once for each pause."""
        now = self._clock()
        words = {"day": date_text(local_day(now), weekday=False), "address": self._address}
        told = accounts.answering_for(session, "", paused.association)
        mails = [Message(to, Mail.WEBHOOK_PAUSED, now.date().isoformat(), words, paused.id) for to in told]
        notifications.queue(session, self._keyring, mails, self._clock)

    def _put_off(self, one: LeasedDelivery) -> None:
        """Wait before the others of an address that just failed: it must not keep the worker from all the rest."""
        with self._database.write() as session:
            service.put_off(session, one.id, self._clock() + rules.DELAYS[0])

    def _send(self, one: LeasedDelivery) -> int:
        try:
            body = body_of(one.event_id, one.kind, one.at, one.number, f"{self._address}{one.path}")
            signed = headers_of(one.event_id, body, one.secrets, self._clock())
            return self._sender.post(one.url, {**HEADERS, **signed}, body)
        except NotTaken:
            raise
        except Exception as surprise:  # one that cannot be made or sent never stops the others
            log.exception("a webhook could not be sent", extra={"delivery": one.id})
            raise NotTaken("error") from surprise
