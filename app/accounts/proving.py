"""Proving who one is at a door: tries are counted, then the password, then the code."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.accounts import service
from app.accounts.fields import Proof, SignIn
from app.accounts.rules import CLERKS, Space, normal_email
from app.accounts.service import SignedIn
from app.base.errors import N_, TooMany
from app.base.fields import Mistake
from app.base.portal import Portal

WRONG = N_("L'adresse ou le mot de passe ne correspondent pas.")
WRONG_PASSWORD = N_("Ce n'est pas votre mot de passe. Vérifiez les majuscules, puis réessayez.")
USED = N_("Ce code n'est plus valable. Essayez le code suivant.")
PASSWORD_TRIES, ADDRESS_TRIES = 5, 60
"""Failures in 15 minutes: for one account from one address; from one address, which a whole caisse may share."""


@dataclass(frozen=True)
class Refused:
    """What does not fit, and next to which field it is said."""

    field: str
    mistake: Mistake
    status: int = 422


def prove(portal: Portal, given: SignIn, address: str, space: Space = CLERKS) -> str | Refused:
    """Check the password, then the code; give the token of a new session."""

    def enter(session: Session, account_id: str) -> SignedIn:
        return service.sign_in(session, portal.keyring, account_id, given.code_otp, portal.clock, space)

    return _check(portal, given.email, given.mot_de_passe, address, space, enter, "email")


def prove_again(portal: Portal, email: str, given: Proof, address: str, token: str, space: Space) -> str | Refused:
    """Check again whoever is signed in; note when it was."""

    def note(session: Session, account_id: str) -> SignedIn:
        used = service.use_code(session, portal.keyring, account_id, given.code_otp, portal.clock)
        if used.fits:
            service.mark_proved(session, token, space.kind, portal.clock())
        return replace(used, token=token if used.fits else None)

    return _check(portal, email, given.mot_de_passe, address, space, note, "mot_de_passe")


def _check(
    portal: Portal,
    email: str,
    password: str,
    address: str,
    space: Space,
    then: Callable[[Session, str], SignedIn],
    field: str,
) -> str | Refused:
    """Check the password under the limits of tries, then do what uses the code."""
    who = f"{normal_email(email)}|{address}"
    try:
        portal.limits.check("connexion", who, PASSWORD_TRIES)
        portal.limits.check("connexion-adresse", address, ADDRESS_TRIES)
    except TooMany as many:
        return wait(field, many.minutes)
    with portal.database.read() as session:
        account_id = service.account_by_password(session, email, password, space)
    if account_id is None:
        portal.limits.failed("connexion", who, PASSWORD_TRIES)
        portal.limits.failed("connexion-adresse", address, ADDRESS_TRIES)
        return Refused(field, Mistake(WRONG if field == "email" else WRONG_PASSWORD))
    with portal.database.write() as session:
        signed = then(session, account_id)
    return told(portal, signed, field)


def told(portal: Portal, signed: SignedIn, field: str) -> str | Refused:
    """Give the token, or say next to ``field`` how long to wait, or that the code serves no more."""
    if signed.wait_until:
        return wait(field, math.ceil((signed.wait_until - portal.clock()).total_seconds() / 60))
    return signed.token or Refused("code_otp", Mistake(USED))


def wait(field: str, minutes: int) -> Refused:
    """Say how long to wait."""
    return Refused(field, Mistake(TooMany.says, minutes=max(1, minutes)), 429)
