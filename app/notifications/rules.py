"""How long to wait before trying again, and when to stop."""

from datetime import datetime, timedelta

from app.notifications.kinds import Mail

QUEUED, SENT, FAILED = "queued", "sent", "failed"
LEASE = timedelta(minutes=5)
"""Longer than a mail may take; a worker that dies frees its mails after it."""
LAST_START = timedelta(minutes=3)
"""No mail of a batch is begun later: another worker may take it when the lease ends."""
FROM_ANYBODY = frozenset(
    {
        *(Mail.DRAFT_CODE, Mail.NEW_CODE_LINK, Mail.RECEIPT, Mail.DRAFT_REMINDER),
        *(Mail.MANDATE_ASKED, Mail.DRAFT_HANDED),
    }
)
"""Mails that anybody may cause to leave, by typing the address of somebody else."""
FROM_ANYBODY_MOST, FROM_ANYBODY_SPAN = 10, timedelta(hours=1)
"""How many of them one address is sent in that time, all kinds together; the others are dropped."""
LOOKED_AT = 5000
"""The last mails among which they are counted."""
DELAYS = tuple(
    timedelta(**{unit: count})
    for unit, count in (
        ("minutes", 1),
        ("minutes", 5),
        ("minutes", 30),
        ("hours", 2),
        ("hours", 6),
        ("hours", 12),
        ("days", 1),
    )
)
"""Growing delays: about two days in all, then a person must act."""


def next_try(attempts: int, now: datetime, *, is_final: bool) -> datetime | None:
    """Return when to try again after ``attempts`` failures; ``None``: never, a person must call or write."""
    if is_final or attempts > len(DELAYS):
        return None
    return now + DELAYS[attempts - 1]


def message_id(number: str, kind: str, recipient_key: str, host: str) -> str:
    """Name a mail once for all, so that a mail sent twice is seen as one (RFC 5322, 3.6.4)."""
    return f"<{number}.{kind}.{recipient_key[:16]}@{host}>".lower()
