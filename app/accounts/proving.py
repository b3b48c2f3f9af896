"""Proving who one is at a door: tries are counted, then the password, then the code."""

import math
from dataclasses import dataclass

from app.accounts import service
from app.accounts.fields import SignIn
from app.accounts.rules import CLERKS, Space, normal_email
from app.accounts.service import SignedIn
from app.base.errors import N_, TooMany
from app.base.fields import Mistake
from app.base.portal import Portal

WRONG = N_("L'adresse ou le mot de passe ne correspondent pas.")
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
    who = f"{normal_email(given.email)}|{address}"
    try:
        portal.limits.check("connexion", who, PASSWORD_TRIES)
        portal.limits.check("connexion-adresse", address, ADDRESS_TRIES)
    except TooMany as many:
        return wait("email", many.minutes)
    with portal.database.read() as session:
        account_id = service.account_by_password(session, given.email, given.mot_de_passe, space)
    if account_id is None:
        portal.limits.failed("connexion", who, PASSWORD_TRIES)
        portal.limits.failed("connexion-adresse", address, ADDRESS_TRIES)
        return Refused("email", Mistake(WRONG))
    with portal.database.write() as session:
        signed = service.sign_in(session, portal.keyring, account_id, given.code_otp, portal.clock, space)
    return told(portal, signed, "email")


def told(portal: Portal, signed: SignedIn, field: str) -> str | Refused:
    """Give the token, or say next to ``field`` how long to wait, or that the code serves no more."""
    if signed.wait_until:
        return wait(field, math.ceil((signed.wait_until - portal.clock()).total_seconds() / 60))
    return signed.token or Refused("code_otp", Mistake(USED))


def wait(field: str, minutes: int) -> Refused:
    """Say how long to wait."""
    return Refused(field, Mistake(TooMany.says, minutes=max(1, minutes)), 429)
