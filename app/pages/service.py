"""What the small forms do; the caller commits."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.accounts.service import handover, sessions
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.secrets import draw
from app.base.settings import Settings
from app.notifications.kinds import Mail
from app.notifications.service import Message, queue
from app.pages.fields import AccessibilityProblem
from app.pages.rules import address_in

REFERENCE_SYMBOLS = 12


def mailbox(settings: Settings) -> str | None:
    """Return where a problem is told; the demonstration keeps it with its other mails."""
    return address_in(settings.operator_contact) or (settings.mail_from if settings.is_demo else None)


def tell_problem(session: Session, keyring: Keyring, to: str, problem: AccessibilityProblem, clock: Clock) -> None:
    """Send what was told to whoever runs the service; each one is a mail of its own."""
    words = {"page": problem.page, "problem": problem.probleme, "contact": problem.contact}
    queue(session, keyring, [Message(to, Mail.ACCESSIBILITY_PROBLEM, f"PB-{draw(REFERENCE_SYMBOLS)}", words)], clock)


def close_device(session: Session, tokens: Iterable[str]) -> None:
    """End whatever the cookies of a browser open: drafts, follow-up, desk."""
    for token in tokens:
        handover.close_before(session, token)
        sessions.close_browser(session, token)
