"""The mails of one instance: which mailer, and the worker that empties the outbox."""

import threading
from urllib.parse import urlsplit

from app.base.portal import Portal
from app.notifications.mail import FolderMailer, Mailer, SmtpMailer
from app.notifications.worker import Worker

LAST_MAIL_SECONDS = 5


def mailer_of(portal: Portal) -> Mailer:
    """Choose the mailer: a server when one is set, else the folder of the demonstration."""
    settings = portal.settings
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return FolderMailer(settings.data / "courriels", settings.mail_from)


class Mailroom:
    """One worker, in its own thread when the service sends its mails itself."""

    def __init__(self, portal: Portal, mailer: Mailer | None = None) -> None:
        """Prepare; nothing is sent yet."""
        host = urlsplit(portal.settings.address).hostname or "saisine"
        self.worker = Worker(portal.database, portal.keyring, mailer or mailer_of(portal), portal.clock, host)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send, beside the pages."""
        self._thread = threading.Thread(target=self.worker.run, args=(self._stop,), name="mailroom", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, once the mail in hand is noted."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(LAST_MAIL_SECONDS)

    def work(self, stop: threading.Event) -> None:
        """Send until told to stop, in this thread."""
        self.worker.run(stop)
