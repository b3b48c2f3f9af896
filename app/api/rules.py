"""What a piece of software may ask, and for how long: pure rules on values."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.base.errors import N_
from app.base.forms.fields import Choices

TOKEN_LASTS = timedelta(hours=1)
"""Life of a bearer token."""
CLIENT_LASTS = timedelta(days=365)
"""Life of an access: a manager opens another one each year."""
ANSWER_KEPT = timedelta(hours=24)
"""How long the same ``Idempotency-Key`` gives the same answer."""
SANDBOX = "essai-"
"""Begins the name under which the drafts of a trial access lie: no association bears it, no member sees them."""
ETAG = r'(?:W/)?"[!#-~\x80-\xff]*"'
"""One entity tag (RFC 9110, 8.8.3)."""
ASKED_MOST, ASKED_WINDOW = 300, 60
"""Requests of one access, and the seconds in which they count."""


class ApiScope(Choices):
    """What an access may do (RFC 6749, 3.3); the codes are those of tokens."""

    READ_DRAFTS = "brouillons:lire", N_("Lire les brouillons qu'il a créés")
    WRITE_DRAFTS = "brouillons:ecrire", N_("Créer, compléter et effacer des brouillons")
    WRITE_MANDATES = "mandats:ecrire", N_("Demander un mandat ou l'ajouter")
    SEND = "plaintes:envoyer", N_("Envoyer une plainte")
    READ_COMPLAINTS = "plaintes:lire", N_("Suivre les plaintes qu'il a envoyées")
    WEBHOOKS = "webhooks:gerer", N_("Choisir où il est prévenu")


class SecretOverlap(Choices):
    """How long the former secret still opens, once there is a new one."""

    NONE = "0", N_("Aucun temps : l'ancien secret ne marche plus")
    DAY = "24", N_("24 heures")
    THREE_DAYS = "72", N_("3 jours")
    WEEK = "168", N_("7 jours")

    @property
    def lasts(self) -> timedelta:
        """Return the time."""
        return timedelta(hours=int(self.value))


def granted(held: Iterable[str], asked: str) -> str:
    """Return the scopes of a token: those asked for among those held, all of them when none is asked for."""
    wanted = asked.split()
    return " ".join(scope for scope in held if not wanted or scope in wanted)


def is_open(ends_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Return whether an access still opens: neither cut nor at its end."""
    return revoked_at is None and now < ends_at


def is_version(asked: str, etag: str) -> bool:
    """Return whether ``If-Match`` lets this version change: ``*``, or a list in which it stands (RFC 9110, 13.1.1).

    Versions are compared strongly: a weak one is no version at all.
    """
    listed = re.fullmatch(rf"[ \t,]*{ETAG}(?:[ \t]*,[ \t,]*{ETAG})*[ \t,]*", asked)
    return asked.strip() == "*" or (listed is not None and etag in re.findall(ETAG, asked))
