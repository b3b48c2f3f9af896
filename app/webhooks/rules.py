"""How long to wait before trying again, when to stop, and why something was not taken, in words. Pure rules."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.base.errors import N_
from app.base.forms.fields import Translate

QUEUED, SENT, ABANDONED = "queued", "sent", "failed"
LEASE = timedelta(minutes=5)
"""Longer than a batch may take; a worker that dies frees its rows after it."""
LAST_START = timedelta(minutes=3)
"""Nothing of a batch is begun later: another worker may take it when the lease ends."""
DELAYS = (
    *(timedelta(minutes=n) for n in (1, 5, 30)),
    *(timedelta(hours=n) for n in (2, 6, 12, 24, 24)),
)
"""Growing delays: sixty-eight hours and a half in all, and three days at most with the jitter."""
JITTER = 0.05
"""Greatest part that chance adds to a delay, so that what failed together does not come back together."""
GIVES_UP = timedelta(days=3)
"""Since when an address must have failed to be paused."""
OVERLAP = timedelta(hours=24)
"""How long the secret of before still signs beside the new one."""
MOST = 5
"""Addresses of one association."""

REFUSED_STATUS = N_("L'adresse a répondu {code}.")
REASONS: Mapping[str, str] = {
    "redirect": N_("L'adresse renvoie vers une autre adresse : donnez l'adresse finale."),
    "private": N_("Le nom de l'adresse mène à un réseau privé : rien n'est envoyé."),
    "name": N_("Le nom de l'adresse n'est pas connu."),
    "tls": N_("Le certificat de l'adresse n'est pas valable."),
    "timeout": N_("L'adresse n'a pas répondu à temps."),
    "unreachable": N_("L'adresse ne répond pas."),
    "address": N_("L'adresse n'est plus acceptée : corrigez-la."),
    "locked": N_("L'adresse ou son secret ne peut plus être lu : supprimez cette adresse, puis ajoutez-la."),
    "error": N_("L'envoi n'a pas pu être fait."),
}
"""By the code that is kept."""


def next_try(attempts: int, now: datetime, chance: float) -> datetime | None:
    """Return when to try again after ``attempts`` failures; ``None``: never. ``chance``: between 0 and 1."""
    if attempts > len(DELAYS):
        return None
    return now + DELAYS[attempts - 1] * (1 + JITTER * chance)


def must_pause(failing_since: datetime, now: datetime) -> bool:
    """Return whether an address has failed for so long that nothing more is sent to it."""
    return now - failing_since >= GIVES_UP


def why(error: str, t: Translate) -> str:
    """Return why something was not taken, as a sentence; empty for no error."""
    if error.startswith("http-"):
        return t(REFUSED_STATUS).format(code=error.removeprefix("http-"))
    return t(REASONS.get(error, REASONS["error"])) if error else ""
