"""What becomes of an electronic registered letter, and when to ask again. Pure rules on values.

CPCE L. 100 and R. 53 to R. 53-4: the provider proves the deposit, then the reception, the refusal, or that nobody
claimed it within fifteen days; eIDAS, article 44.
"""

from datetime import datetime, timedelta

from app.base.errors import N_
from app.base.forms.fields import Choices

LEASE = timedelta(minutes=5)
"""Longer than one letter may take; a worker that dies frees its letter after it."""
DELAYS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 30, 60))
"""Growing delays before trying again what failed; the last one serves until the end."""
GIVES_UP = timedelta(days=2)
"""How long a letter that was never deposited is tried: the days of a summons are counted."""
ASKED_OFTEN, OFTEN, SELDOM = timedelta(days=1), timedelta(minutes=10), timedelta(hours=2)
"""A letter that left is asked about often the first day, seldom afterwards."""
FORGOTTEN = timedelta(days=30)
"""Twice the fifteen days of R. 53-3: the provider then says nothing more."""


class RegisteredState(Choices):
    """Where an electronic registered letter is."""

    QUEUED = "en_attente", N_("Recommandé électronique en attente d'envoi")
    HANDED = "remis", N_("Remis au prestataire, dépôt pas encore prouvé")
    DEPOSITED = "depose", N_("Recommandé électronique déposé")
    ACCEPTED = "accepte", N_("Recommandé électronique reçu")
    REFUSED = "refuse", N_("Recommandé électronique refusé par le destinataire : choisissez un autre envoi.")
    UNCLAIMED = "non_reclame", N_("Recommandé électronique non réclamé en 15 jours : choisissez un autre envoi.")
    FAILED = "echec", N_("Le recommandé électronique n'a pas pu partir : choisissez un autre envoi.")
    UNNOTED = "a_noter", N_("Le dossier a changé depuis : notez vous-même cet envoi ou sa réception.")

    @property
    def is_on_its_way(self) -> bool:
        """Return whether something of it is still to come."""
        return self in {RegisteredState.QUEUED, RegisteredState.HANDED, RegisteredState.DEPOSITED}


def next_try(attempts: int, first: datetime, now: datetime) -> datetime | None:
    """Return when to try again to hand a letter over, after ``attempts`` failures since ``first``; ``None``: never."""
    return None if now - first >= GIVES_UP else now + DELAYS[min(attempts, len(DELAYS)) - 1]


def next_question(first: datetime, now: datetime) -> datetime | None:
    """Return when to ask again about a letter that was handed over; ``None``: no answer is awaited any more."""
    since = now - first
    return None if since >= FORGOTTEN else now + (OFTEN if since < ASKED_OFTEN else SELDOM)
