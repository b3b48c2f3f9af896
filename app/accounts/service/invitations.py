"""Invitations: a link by e-mail, one use, seven days; it opens an account, or gives one its factors again.

The link is a random token of which only the fingerprint is kept. The seed of the codes is drawn with the invitation and
sealed, so that the page can be shown again; a press alone shows it: a program that reads mails first learns nothing.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts import rules
from app.accounts.models import Account, Invitation
from app.accounts.queries import seed_place
from app.accounts.service import calendar_links
from app.accounts.service.clerks import ISSUER, EmailTaken
from app.accounts.service.sessions import close_all
from app.accounts.service.signing_in import NOBODY
from app.base.clock import Clock
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import Keyring
from app.base.errors import N_, Refusal
from app.base.secrets import fingerprint, new_token

TWICE = timedelta(minutes=1)
"""How soon after another the same press is the same."""


class InvitedElsewhere(EmailTaken):
    """An invitation of another place waits for this address."""

    code, says = "deja_invitee", N_("Une invitation attend déjà cette personne, pour un autre service.")


class InvitationGone(Refusal):
    """The invitation served, was cancelled, or is too old."""

    code, status = "invitation_finie", 410
    says = N_("Cette invitation ne sert plus. Demandez-en une autre à la personne qui vous a invité.")


@dataclass(frozen=True)
class Membership:
    """What an account is for: a role, and the authority or the association it belongs to."""

    role: str
    authority: str = ""
    association: str = ""


@dataclass(frozen=True)
class Exceptional:
    """An access that an administrator gives to a place that has somebody to invite: why, and until when."""

    reason: str
    ends_at: datetime


@dataclass(frozen=True)
class Invited:
    """An invitation that was opened: what its page shows."""

    id: str
    email: str
    name: str
    """The name of the account whose factors are given again; empty for a new one."""
    place: Membership
    seed: str

    @property
    def otpauth(self) -> str:
        """Address to give to an application of codes."""
        return pyotp.TOTP(self.seed).provisioning_uri(name=self.email, issuer_name=ISSUER)

    @property
    def space(self) -> rules.Space:
        """Where the account works."""
        return rules.MEMBERS if self.place.association else rules.CLERKS


def invite(
    session: Session,
    keyring: Keyring,
    email: str,
    place: Membership,
    by: str,
    clock: Clock,
    exceptional: Exceptional | None = None,
) -> str:
    """Draw an invitation; the former one of this address in this place serves no more.

    Pressed twice, the first one serves, and nothing is returned. Raises :class:`EmailTaken`, :class:`InvitedElsewhere`.
    """
    email = rules.normal_email(email)
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise EmailTaken
    earlier = session.scalar(select(Invitation).where(Invitation.email == email))
    if earlier is not None:
        alive = earlier.ends_at > clock()
        if alive and (earlier.authority, earlier.association) != (place.authority, place.association):
            raise InvitedElsewhere
        if earlier.role == place.role and _has_just_gone(earlier, clock()):
            return ""
        session.delete(earlier)
        session.flush()
    new = Invitation(email=email, account="", **vars(place))
    if exceptional is not None:
        new.exception, new.access_ends_at = exceptional.reason, exceptional.ends_at
    return _draw(session, keyring, new, by, clock)


def reset(session: Session, keyring: Keyring, account_id: str, by: str, clock: Clock) -> tuple[str, str]:
    """Take the factors of an account back, end its sessions, and draw a link to choose new ones: address and token.

    Pressed twice, the first link serves, and no token is returned.
    """
    account = session.get_one(Account, account_id, with_for_update=True)
    earlier = session.scalar(select(Invitation).where(Invitation.account == account_id))
    if earlier is not None and _has_just_gone(earlier, clock()):
        return account.email, ""
    account.password_hash = NOBODY
    close_all(session, account_id)
    calendar_links.cut(session, account_id)
    session.execute(delete(Invitation).where(Invitation.email == account.email))
    new = Invitation(
        email=account.email,
        account=account.id,
        role=account.role,
        authority=account.authority,
        association=account.association,
    )
    return account.email, _draw(session, keyring, new, by, clock)


def _draw(session: Session, keyring: Keyring, new: Invitation, by: str, clock: Clock) -> str:
    token = new_token()
    new.id, new.invited_by, new.created_at = uuid.uuid4().hex, by, clock()
    new.token_hash, new.ends_at = fingerprint(token), clock() + rules.INVITATION_LASTS
    new.seed = keyring.seal(pyotp.random_base32().encode(), invitation_place(new.id))
    session.add(new)
    session.flush()
    return token


def renew(session: Session, invitation_id: str, clock: Clock) -> str:
    """Draw the link of an invitation again: the one sent before serves no more; nothing when it has just gone."""
    token = new_token()
    row = session.get_one(Invitation, invitation_id)
    if _has_just_gone(row, clock()):
        return ""
    row.token_hash, row.ends_at = fingerprint(token), clock() + rules.INVITATION_LASTS
    session.flush()
    return token


def _has_just_gone(row: Invitation, now: datetime) -> bool:
    """Tell a second press: of two mails, the first to be opened would say that it serves no more."""
    return row.ends_at > now + rules.INVITATION_LASTS - TWICE


def revoke(session: Session, invitation_id: str) -> None:
    """Cancel an invitation."""
    session.execute(delete(Invitation).where(Invitation.id == invitation_id))


def opened(session: Session, keyring: Keyring, token: str, now: datetime) -> Invited:
    """Open an invitation. Raises :class:`InvitationGone`."""
    row = session.scalar(select(Invitation).where(Invitation.token_hash == fingerprint(token)))
    if row is None or row.ends_at <= now or not is_bound(session, row):
        raise InvitationGone
    account = session.get(Account, row.account) if row.account else None
    seed = keyring.unseal(row.seed, invitation_place(row.id)).decode()
    return Invited(
        row.id, row.email, account.name if account else "", Membership(row.role, row.authority, row.association), seed
    )


def accept(
    session: Session, keyring: Keyring, token: str, name: str, password_hash: str, step: int, clock: Clock
) -> str:
    """Use an invitation up: make the account, or give it its factors; give its id.

    ``step``: that of the code which was typed, so that it serves once. Raises :class:`InvitationGone`,
    :class:`EmailTaken`.
    """
    row = session.scalars(
        select(Invitation).where(Invitation.token_hash == fingerprint(token)).with_for_update()
    ).one_or_none()
    if row is None or row.ends_at <= clock() or not is_bound(session, row):
        raise InvitationGone
    account = session.get(Account, row.account, with_for_update=True) if row.account else None
    if account is None:
        if session.scalar(select(Account.id).where(Account.email == row.email)):
            raise EmailTaken
        account = Account(id=uuid.uuid4().hex, email=row.email, created_at=clock())
        account.role, account.authority, account.association = row.role, row.authority, row.association
        account.ends_at, account.exception = row.access_ends_at, row.exception
        session.add(account)
    account.name, account.password_hash = name, password_hash
    account.last_step, account.code_failures, account.wait_until = step, 0, None
    account.totp_seed = keyring.seal(keyring.unseal(row.seed, invitation_place(row.id)), seed_place(account.id))
    session.delete(row)
    session.flush()
    return account.id


def sweep_invitations(session: Session, now: datetime) -> None:
    """Erase the invitations that ended a month ago; until then the list says that they ended."""
    session.execute(delete(Invitation).where(Invitation.ends_at <= now - rules.INVITATION_KEPT))


def invitation_place(invitation_id: str) -> str:
    """Return what the seal of the seed of an invitation is bound to."""
    return f"invitation:{invitation_id}"
