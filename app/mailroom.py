"""The work beside the pages: the mails, the look at files, the time-stamps, the register, the tidying."""

import threading
from urllib.parse import urlsplit

from app.base.portal import Portal
from app.examining import Examination
from app.housekeeping import keep_tidy
from app.notifications.mail import FolderMailer, Mailer, SmtpMailer
from app.notifications.worker import Worker
from app.timekeeping import Timekeeping
from app.watching import Watch

LAST_MAIL_SECONDS = 5


def mailer_of(portal: Portal) -> Mailer:
    """Choose the mailer: a server when one is set, else the folder of the demonstration."""
    settings = portal.settings
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return FolderMailer(settings.data / "courriels", settings.mail_from)


class Mailroom:
    """The work beside the pages: sending mails, looking at files, tidying now and then."""

    def __init__(self, portal: Portal, mailer: Mailer | None = None) -> None:
        """Prepare; nothing is sent yet."""
        host = urlsplit(portal.settings.address).hostname or "saisine"
        self.worker = Worker(portal.database, portal.keyring, mailer or mailer_of(portal), portal.clock, host)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._portal, self._examination, self._timekeeping = portal, Examination(portal), Timekeeping(portal)
        self._watch = Watch(portal)

    def start(self) -> None:
        """Begin to send, beside the pages."""
        self._threads = [
            threading.Thread(target=self.worker.run, args=(self._stop,), name="mailroom", daemon=True),
            *self._beside(self._stop),
        ]
        for thread in self._threads:
            thread.start()

    def _beside(self, stop: threading.Event) -> tuple[threading.Thread, ...]:
        return (
            threading.Thread(target=keep_tidy, args=(self._portal, stop), name="housekeeping", daemon=True),
            threading.Thread(target=self._examination.run, args=(stop,), name="examination", daemon=True),
            threading.Thread(target=self._timekeeping.run, args=(stop,), name="timekeeping", daemon=True),
            threading.Thread(target=self._watch.run, args=(stop,), name="watch", daemon=True),
        )

    def stop(self) -> None:
        """End, once the mail in hand is noted."""
        self._stop.set()
        for thread in self._threads:
            thread.join(LAST_MAIL_SECONDS)

    def work(self, stop: threading.Event) -> None:
        """Send until told to stop, in this thread."""
        for thread in self._beside(stop):
            thread.start()
        self.worker.run(stop)
