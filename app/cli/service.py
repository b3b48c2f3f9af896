"""Commands that run the service."""

from app.base.settings import Settings


def serve() -> None:
    """Serve the pages, and send the mails from the same process (SAISINE_WORKER=false: not)."""
    from app.runtime import server  # noqa: PLC0415 - the whole web, for this command alone

    server.serve(Settings())


def work() -> None:
    """Send the mails of the outbox, until stopped."""
    from app.runtime import server  # noqa: PLC0415 - the whole web, for this command alone

    server.work(Settings())
