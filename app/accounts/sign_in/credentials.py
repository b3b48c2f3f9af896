"""Proving who one is at sign-in: tries are counted, then the password, then the code."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.accounts import service
from app.accounts.fields import Reauthentication, SignIn
from app.accounts.rules import CLERKS, Space, normal_email
from app.accounts.service import SignedIn
from app.base.errors import N_, TooMany
from app.base.forms.fields import FieldError
from app.base.limits import Limit
from app.base.portal import Portal

WRONG = N_("L'adresse ou le mot de passe ne correspondent pas.")
WRONG_PASSWORD = N_("Ce n'est pas votre mot de passe. Vérifiez les majuscules, puis réessayez.")
USED = N_("Ce code n'est plus valable. Essayez le code suivant.")
PASSWORD_TRIES, ADDRESS_TRIES = 5, 60
"""Failures in 15 minutes: for one account from one address; from one address, which a whole caisse may share."""
ACCOUNT_TRIES = 20
"""Failures in 15 minutes for one account, from all the addresses where nobody signed in to it lately.

A stranger who uses them up keeps nobody out who comes from where they worked before, or who is signed in.
"""
FAMILIAR_LASTS = 30 * 24 * 3600
"""Seconds during which an address where one signed in is known, as long as this process lives."""
ACCOUNT_TRIES = 20
"""Failures in 15 minutes for one account, from all the addresses where nobody signed in to it lately.

A stranger who uses them up keeps nobody out who comes from where they worked before, or who is signed in.
"""
FAMILIAR_LASTS = 30 * 24 * 3600
"""Seconds during which an address where one signed in is known, as long as this process lives."""


@dataclass(frozen=True)
class SignInRefused:
    """What does not fit, and next to which field it is said."""

    field: str
    mistake: FieldError
    status: int = 422


def prove(portal: Portal, given: SignIn, address: str, space: Space = CLERKS) -> str | SignInRefused:
    """Check the password, then the code; return the token of a new session."""
    account = normal_email(given.email)
    limits = _limits(account, address)
    familiar = Limit("connexion-connue", f"{account}|{address}", 1, FAMILIAR_LASTS)
    if not portal.limits.is_reached(familiar):
        limits += (Limit("connexion-compte", account, ACCOUNT_TRIES),)

    def enter(session: Session, account_id: str) -> SignedIn:
        return service.sign_in(session, portal.keyring, account_id, given.code_otp, portal.clock, space)

    outcome = _check(portal, _Typed("email", given.email, given.mot_de_passe), space, limits, enter)
    if isinstance(outcome, str) and not portal.limits.is_reached(familiar):
        portal.limits.take(familiar)
    return outcome


def prove_again(
    portal: Portal, email: str, given: Reauthentication, address: str, token: str, space: Space
) -> str | SignInRefused:
    """Check again whoever is signed in; note when it was."""
    account = normal_email(email)
    limits = (*_limits(account, address), Limit("confirmation-compte", account, ACCOUNT_TRIES))

    def note(session: Session, account_id: str) -> SignedIn:
        used = service.use_code(session, portal.keyring, account_id, given.code_otp, portal.clock)
        if used.fits:
            service.mark_proved(session, token, space.kind, portal.clock())
        return replace(used, token=token if used.fits else None)

    return _check(portal, _Typed("mot_de_passe", email, given.mot_de_passe), space, limits, note)


@dataclass(frozen=True)
class _Typed:
    """An address and a password, and the field next to which one reads that they do not fit."""

    field: str
    email: str
    password: str


def _limits(account: str, address: str) -> tuple[Limit, ...]:
    return (
        Limit("connexion", f"{account}|{address}", PASSWORD_TRIES),
        Limit("connexion-adresse", address, ADDRESS_TRIES),
    )


def _check(
    portal: Portal, typed: _Typed, space: Space, limits: Sequence[Limit], then: Callable[[Session, str], SignedIn]
) -> str | SignInRefused:
    """Count the try, then check the password, which is slow, then do what uses the code."""
    try:
        portal.limits.take(*limits)
    except TooMany as many:
        return wait(typed.field, many.minutes)
    with portal.database.read() as session:
        account_id = service.account_by_password(session, typed.email, typed.password, space)
    if account_id is None:
        return SignInRefused(typed.field, FieldError(WRONG if typed.field == "email" else WRONG_PASSWORD))
    portal.limits.give_back(*limits)
    with portal.database.write() as session:
        signed = then(session, account_id)
    return told(portal, signed, typed.field)


def told(portal: Portal, signed: SignedIn, field: str) -> str | SignInRefused:
    """Return the token, or say next to ``field`` how long to wait, or that the code serves no more."""
    if signed.wait_until:
        return wait(field, math.ceil((signed.wait_until - portal.clock()).total_seconds() / 60))
    return signed.token or SignInRefused("code_otp", FieldError(USED))


def wait(field: str, minutes: int) -> SignInRefused:
    """Return how long to wait."""
    return SignInRefused(field, FieldError(TooMany.says, minutes=max(1, minutes)), 429)
