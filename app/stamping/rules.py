"""When a token is asked for again, and when silence is worth an alarm: pure rules on values."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.base.errors import N_

RETRIES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
EVERY = timedelta(hours=1)
"""Once the first tries failed."""
LONGEST = timedelta(days=7)
ALARM_AFTER = timedelta(hours=1)
GAP_SHOWN, GAP_DOUBTED = 2.0, 60.0
"""Seconds between two clocks: above the first an administrator is told, above the second the hour is « à vérifier »."""
SHOWN_FOR = timedelta(days=7)
"""How long an alarm about the clock is shown."""


class TokenState(StrEnum):
    """Where a token stands."""

    WAITING = "attend"
    OBTAINED = "obtenu"
    GIVEN_UP = "abandonne"


class Alarm(StrEnum):
    """What an administrator must look at; the first two are about tokens, the others about the clock."""

    LATE = "jeton_en_retard"
    GIVEN_UP = "jeton_abandonne"
    GAP = "ecart_horloge"
    JUMP = "saut_horloge"
    BACK = "recul_horloge"


LABELS = {
    Alarm.LATE: N_("Un horodatage n'est pas venu depuis plus d'une heure."),
    Alarm.GIVEN_UP: N_("Un horodatage n'est pas venu en sept jours, et n'est plus demandé."),
    Alarm.GAP: N_("Notre horloge et celle de l'horodatage diffèrent de plus de 2 secondes."),
    Alarm.JUMP: N_("L'horloge de la machine a sauté de plus de 2 secondes."),
    Alarm.BACK: N_("L'horloge de la machine a reculé au moment d'un enregistrement."),
}


def is_doubtful(gap: float | None) -> bool:
    """Return whether the hour of an entry must be checked by hand."""
    return gap is not None and abs(gap) > GAP_DOUBTED


def worst(known: float | None, seen: float) -> float:
    """Keep the larger of two gaps, with its sign."""
    return seen if known is None or abs(seen) > abs(known) else known


def next_try(attempts: int, first_at: datetime, now: datetime) -> datetime | None:
    """Return the instant of the next try after ``attempts`` failures; ``None`` when a week has passed."""
    after = now + (RETRIES[attempts - 1] if attempts <= len(RETRIES) else EVERY)
    return after if after - first_at <= LONGEST else None
