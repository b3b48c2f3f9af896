"""The work beside the pages: the mails, the look at files, the time-stamps, the register, the tidying."""

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from app.acts.succession import Successions
from app.base.portal import Portal
from app.base.storage.leader import BEAT_SECONDS, Leader, Stop
from app.base.working import Work, keep
from app.conciliation.registered_mail.client import HttpProvider
from app.conciliation.registered_mail.worker import RegisteredMailWorker
from app.notifications.mail import FolderMailer, Mailer, SmtpMailer
from app.notifications.worker import Worker
from app.runtime.file_examination import FileExaminationWorker
from app.runtime.housekeeping import Housekeeping
from app.runtime.monitor import Monitor
from app.runtime.timestamping import TimestampWorker
from app.webhooks.client import HttpsSender
from app.webhooks.worker import WebhookWorker

LAST_MAIL_SECONDS = 5
MINUTE, HOUR, SIX_HOURS = 60.0, 3600.0, 6 * 3600.0
"""Seconds; the first tidying after a new version makes anew what the one before made of every complaint."""


def mailer_of(portal: Portal) -> Mailer:
    """Choose the mailer: a server when one is set, else the folder of the demonstration."""
    settings = portal.settings
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return FolderMailer(settings.data / "courriels", settings.mail_from)


class BackgroundWorkers:
    """The work beside the pages; what must be done once is done by the instance that leads."""

    def __init__(self, portal: Portal, mailer: Mailer | None = None) -> None:
        """Prepare; nothing is sent yet."""
        host = urlsplit(portal.settings.address).hostname or "saisine"
        self.worker = Worker(portal.database, portal.keyring, mailer or mailer_of(portal), portal.clock, host)
        sender = HttpsSender(portal.settings.webhook_hosts)
        address = portal.settings.address
        self.telling = WebhookWorker(portal.database, portal.keyring, sender, portal.clock, address)
        provider = HttpProvider(portal.settings.lre_url, portal.settings.lre_token.get_secret_value())
        self.registered, self._has_provider = RegisteredMailWorker(portal, provider), bool(portal.settings.lre_url)
        self.leader = Leader(portal.database)
        self._heartbeats, self._stop = portal.heartbeats, threading.Event()
        self._threads: list[threading.Thread] = []
        self._examination, self._timekeeping = FileExaminationWorker(portal), TimestampWorker(portal)
        self._watch, self._housekeeping = Monitor(portal), Housekeeping(portal)
        self._successions = Successions(portal)
        for work in self._every:
            self._heartbeats.expect(work.name, work.patience)

    @property
    def works(self) -> tuple[Work, ...]:
        """List everything that the service does by itself.

        The outboxes lease each row, so every instance sends; each machine has a clock of its own to look at.
        """
        watch = self._watch
        return (
            Work("mails", 1.0, self.worker.run_once, by_each=True),
            Work("webhooks", 2.0, self.telling.run_once, by_each=True),
            *([Work("registered", 30.0, self.registered.run_once, by_each=True)] if self._has_provider else []),
            Work("clock", MINUTE, _whole(watch.look_at_clock), by_each=True),
            Work("tokens", 0.5, self._timekeeping.step),
            Work("files", 2.0, self._examination.step),
            Work("register", MINUTE, _whole(watch.publish)),
            Work("alarms", MINUTE, _whole(watch.tell)),
            Work("withdrawals", MINUTE, _whole(watch.withdraw)),
            Work("successions", MINUTE, self._successions.step, lasts=SIX_HOURS),
            Work("notices", MINUTE, _whole(watch.notify)),
            Work("days", MINUTE, _whole(watch.tell_software)),
            Work("tidying", HOUR, _whole(self._housekeeping.step), lasts=SIX_HOURS),
        )

    @property
    def _every(self) -> tuple[Work, ...]:
        """List the works, and first the place of this instance, which says which of them are its own."""
        return Work("leader", BEAT_SECONDS, _whole(self.leader.beat), by_each=True, lasts=MINUTE), *self.works

    def start(self) -> None:
        """Begin, beside the pages."""
        self._threads = [self._thread(work) for work in self._every]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, once what is in hand is noted."""
        self._stop.set()
        for thread in self._threads:
            thread.join(LAST_MAIL_SECONDS)
        self._examination.close()
        if self._threads:
            self.leader.leave()

    def _thread(self, work: Work) -> threading.Thread:
        given = (work, self.leader, self._stop, self._heartbeats)
        return threading.Thread(target=keep, args=given, name=f"work-{work.name}", daemon=True)

    def work(self, stop: threading.Event) -> None:
        """Work until told to stop, and wait for it in this thread."""
        self.start()
        stop.wait()
        self.stop()


def _whole(step: Callable[[], object]) -> Callable[[Stop], int]:
    """Make a round of what is done at one go: the next one can wait."""

    def done(stop: Stop) -> int:
        del stop
        step()
        return 0

    return done
