"""The mails of one instance: which mailer, and the worker that sends what the outbox holds."""

import threading

from app.base.portal import Portal


class Mailroom:
    pass
