"""Accounts are added and disabled."""

import uuid
from dataclasses import dataclass

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import rules
from app.accounts.known_passwords import KNOWN
from app.accounts.models import Account
from app.accounts.queries import seed_place
from app.accounts.service.signing_in import HASHER
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.errors import N_, Refusal

ISSUER = "Saisine"


class PasswordRefused(Refusal):
    """Too short, too long or too well known; says which."""

    code = "mot_de_passe_refuse"

    def __init__(self, says: str) -> None:
        """Keep the sentence."""
        super().__init__(says)
        self.says = says


class EmailTaken(Refusal):
    """Two accounts never share an address."""

    code, says = "adresse_deja_prise", N_("Un compte existe déjà avec cette adresse e-mail.")


@dataclass(frozen=True)
class NewAccount:
    """What is shown once to the person whose account is made."""

    id: str
    otpauth: str
    """Address to give to an application of codes, often as a QR code."""
    seed: str


def add_clerk(  # noqa: PLR0913 - each is named at the call
    session: Session,
    keyring: Keyring,
    email: str,
    name: str,
    authority: str,
    role: str,
    password: str,
    clock: Clock,
    *,
    quality: str = "",
    is_demo: bool = False,
) -> NewAccount:
    """Make the account of someone who works for an authority, or of an administrator, who belongs to nobody.

    Raises :class:`PasswordRefused`, :class:`EmailTaken`, ``ValueError`` for a role that does not fit.
    """
    place = "" if role == rules.Role.ADMIN else authority
    new = Account(email=email, name=name, authority=place, association="", role=role, is_demo=is_demo)
    new.quality = quality
    return add_account(session, keyring, new, password, clock)


def add_member(  # noqa: PLR0913 - each is named at the call
    session: Session,
    keyring: Keyring,
    email: str,
    name: str,
    association: str,
    role: str,
    password: str,
    clock: Clock,
    *,
    is_demo: bool = False,
) -> NewAccount:
    """Make the account of a member of an association. Raises what :func:`add_account` raises."""
    new = Account(email=email, name=name, authority="", association=association, role=role, is_demo=is_demo)
    return add_account(session, keyring, new, password, clock)


def add_account(session: Session, keyring: Keyring, new: Account, password: str, clock: Clock) -> NewAccount:
    """Make an account with its password and its codes.

    Raises :class:`PasswordRefused`, :class:`EmailTaken`, ``ValueError`` for a role that does not fit.
    """
    email = rules.normal_email(new.email)
    if new.role not in set(rules.Role) or not rules.belongs(new.role, new.authority, new.association):
        raise ValueError(f"unknown role here: {new.role}")
    if weak := rules.weakness(password, email, KNOWN):
        raise PasswordRefused(weak)
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise EmailTaken
    seed = pyotp.random_base32()
    new.id, new.email, new.created_at = uuid.uuid4().hex, email, clock()
    new.password_hash = HASHER.hash(rules.normal_password(password))
    new.totp_seed = keyring.seal(seed.encode(), seed_place(new.id))
    session.add(new)
    session.flush()
    return NewAccount(new.id, pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=ISSUER), seed)
