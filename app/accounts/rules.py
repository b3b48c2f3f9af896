"""Passwords, codes and the life of a session: pure rules on values."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from app.base.errors import N_
from app.base.forms.fields import Choices

AGENT, ASSOCIATION, FOLLOWUP, DRAFT = "agent", "association", "suivi", "brouillon"
MANDATE = "mandat"
LEAVING, ARRIVING = "ancien-id", "nouvel-id"
"""Kinds of sessions; the last two are those of a draft that was sent, until the new id of the browser is used."""
OF_DRAFTS = (DRAFT, LEAVING, ARRIVING)
FRESH, GRACE = timedelta(minutes=10), timedelta(minutes=20)
"""What matters most asks for a proof of the last ten minutes; a page opened in time may be sent a little later."""
INVITATION_LASTS, INVITATION_KEPT = timedelta(days=7), timedelta(days=30)
LINK_LASTS = timedelta(minutes=15)
"""How long a link received by e-mail lets a member of an association sign in."""
SLIDE_AFTER = timedelta(minutes=1)
"""A session counts as seen at most once a minute."""

SHORTEST, LONGEST = 12, 128
STEP = 30
"""Seconds that a code lasts (RFC 6238)."""
TRIES = 5
WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=1)
MOST_PERIOD = 6
RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "01234567890123456789",
)

TOO_SHORT = N_("Choisissez un mot de passe d'au moins 12 caractères.")
TOO_LONG = N_("Choisissez un mot de passe de 128 caractères au plus.")
TOO_COMMON = N_("Ce mot de passe est trop connu. Choisissez-en un autre, par exemple quatre mots sans lien entre eux.")


class Role(Choices):
    """What an account may do."""

    AGENT = "agent", N_("Agent"), N_("Traite les plaintes : accusé, transmission, conciliation, export.")
    RESPONSABLE = "responsable", N_("Responsable"), N_("Tout ce que fait un agent, et gère les comptes.")
    SECRETARIAT = "secretariat", N_("Secrétariat de conciliation"), N_("Réunions, convocations et courriers.")
    LECTEUR = "lecteur", N_("Lecture seule"), N_("Lit les plaintes. N'agit pas et n'exporte rien.")
    MEMBRE = "membre_association", N_("Membre de l'association")
    RESPONSABLE_ASSOCIATION = (
        "responsable_association",
        N_("Responsable de l'association"),
        N_("Gère aussi les comptes."),
    )
    ADMIN = "admin", N_("Administration du service"), N_("Gère le site et les comptes. Ne lit aucune plainte.")


OF_ASSOCIATIONS = frozenset({Role.MEMBRE, Role.RESPONSABLE_ASSOCIATION})
"""Those who belong to an association; an administrator belongs to nobody, all others to an authority."""


MANAGERS = (Role.RESPONSABLE, Role.RESPONSABLE_ASSOCIATION, Role.ADMIN)
"""Those who answer for an authority, an association, the service: the last one of a place always stays."""


@dataclass(frozen=True)
class AccountScope:
    """Which accounts: those of an authority, of an association, or all."""

    authority: str = ""
    association: str = ""
    everything: bool = False


@dataclass(frozen=True)
class Space:
    """Where some accounts work: the kind of their sessions, their pages, the life of a session."""

    kind: str
    home: str
    idle: timedelta
    whole: timedelta
    also: tuple[str, ...] = ()
    """Other pages that the same session opens."""

    @property
    def sign_in_paths(self) -> tuple[str, ...]:
        """The pages that one sees before signing in."""
        return tuple(f"{self.home}/{page}" for page in ("connexion", "confirmer", "deconnexion", "lien"))


CLERKS = Space(AGENT, "/agent", timedelta(minutes=30), timedelta(hours=8), ("/administration/",))
MEMBERS = Space(ASSOCIATION, "/association", timedelta(minutes=30), timedelta(hours=12))


def belongs(role: str, authority: str, association: str) -> bool:
    """Return whether an account of this role may belong to this authority or this association, never to both."""
    if role == Role.ADMIN:
        return not authority and not association
    if role in OF_ASSOCIATIONS:
        return bool(association) and not authority
    return bool(authority) and not association


def normal_email(email: str) -> str:
    """Write an address as it is stored: accounts differ by more than case."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def normal_password(password: str) -> str:
    """Write a password as it is hashed: the same letters from every keyboard."""
    return unicodedata.normalize("NFC", password)


def is_fresh(proved_at: datetime | None, now: datetime, *, is_sending: bool) -> bool:
    """Return whether the password and the code were given lately enough to open, or to send, what matters most."""
    return proved_at is not None and now - proved_at < FRESH + (GRACE if is_sending else timedelta(0))


def is_alive(seen_at: datetime, ends_at: datetime, idle_minutes: int, now: datetime) -> bool:
    """Return whether a session still opens something: neither forgotten nor at its end."""
    return now < ends_at and now - seen_at < timedelta(minutes=idle_minutes)


def weakness(password: str, email: str, known: frozenset[str]) -> str | None:
    """Return why a password is refused, or nothing; no rule of composition (NIST SP 800-63B, 3.1.1.2)."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    plain = _letters(normal_password(password))
    guesses = known | {_letters(email.partition("@")[0])}
    bare = plain.strip("0123456789")
    common = password.casefold() in known or plain in guesses or bare in guesses
    return TOO_COMMON if common or is_pattern(password.casefold()) else None


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def is_pattern(plain: str) -> bool:
    """Return whether characters are a repetition or a walk on the keyboard."""
    repeats = any(plain == (plain[:n] * len(plain))[: len(plain)] for n in range(1, MOST_PERIOD + 1))
    return repeats or any(plain in run * 2 or plain[::-1] in run * 2 for run in RUNS)


def step_of(now: datetime) -> int:
    """Count the steps of thirty seconds since 1970."""
    return int(now.timestamp()) // STEP


def code_at(seed: str, now: datetime) -> str:
    """Return the six digits of this instant."""
    return pyotp.TOTP(seed, interval=STEP).at(now)


def accepted_step(seed: str, typed: str, now: datetime, last_step: int) -> int | None:
    """Return the step whose code was typed: this one or a neighbour, never used before (RFC 6238, 5.2)."""
    code = "".join(c for c in typed if c.isascii() and c.isdecimal())
    here = step_of(now)
    for step in (here - 1, here, here + 1):
        expected = pyotp.TOTP(seed, interval=STEP).at(step * STEP)
        if hmac.compare_digest(expected, code) and step > last_step:
            return step
    return None


def wait_after(failures: int, now: datetime) -> datetime | None:
    """Return until when codes are refused: 15 minutes after five failures, then twice as long, one hour at most.

    Only someone who knows the password can cause this wait, so that nobody else can lock an account.
    """
    if failures < TRIES:
        return None
    return now + min(LONGEST_WAIT, WAIT * (1 << min(failures - TRIES, 4)))


def way_back(asked: str, space: Space = CLERKS) -> str | None:
    """Return the page to show after sign-in, when it is one of this space's own pages."""
    path = asked.partition("?")[0]
    plain = all(c.isascii() and (c.isalnum() or c in "/-_.~?&=%+,") for c in asked)
    ours = path.startswith((f"{space.home}/", *space.also)) and not path.startswith(space.sign_in_paths)
    return asked if plain and ours and "//" not in path and ".." not in path else None
