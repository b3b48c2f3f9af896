"""The accesses of an association's software: opened, given another secret, cut. The caller commits."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.accounts.service import access
from app.api.models import ApiClient
from app.api.rules import CLIENT_LASTS, SANDBOX, ApiScope, SecretOverlap, granted, is_open
from app.associations import registry
from app.base.crypto.row_binding import is_bound
from app.base.secrets import draw, fingerprint, is_drawn, new_token
from app.filing.rules import association_holder
from app.saisine.by_software import Software

ID_LENGTH = 16


@dataclass(frozen=True)
class ApiCaller:
    """The software behind a request, as its row says it now."""

    software: Software
    """Its drafts lie with the association; those of a trial, under a name that no association bears."""
    association: str
    """The one that it belongs to, of a trial too."""
    scopes: frozenset[str]
    sandbox: bool
    label: str
    """What a manager calls it."""


def open_client(
    session: Session, member: SignedInMember, label: str, scopes: Sequence[ApiScope], now: datetime, *, sandbox: bool
) -> tuple[ApiClient, str]:
    """Give an access; return it with its secret, which is kept nowhere."""
    secret = new_token()
    row = ApiClient(
        id=draw(ID_LENGTH),
        association=member.association,
        label=label,
        scopes=" ".join(scopes),
        sandbox=sandbox,
        secret_hash=fingerprint(secret),
        made_by=member.id,
        created_at=now,
        ends_at=now + CLIENT_LASTS,
    )
    session.add(row)
    session.flush()
    _note(session, member, "logiciel_ouvert", row, now)
    return row, secret


def change_secret(
    session: Session, member: SignedInMember, row: ApiClient, overlap: SecretOverlap, now: datetime
) -> str:
    """Draw another secret; the former one opens for a chosen time more, the one before it no more."""
    secret = new_token()
    row.former_hash, row.former_ends_at = row.secret_hash, now + overlap.lasts
    row.secret_hash = fingerprint(secret)
    session.flush()
    _note(session, member, "logiciel_secret", row, now)
    return secret


def cut(session: Session, member: SignedInMember, row: ApiClient, now: datetime) -> None:
    """Cut an access: its tokens open nothing from the next request on. Cut twice, it is cut once."""
    if row.revoked_at is None:
        row.revoked_at = now
        session.flush()
        _note(session, member, "logiciel_coupe", row, now)


def of_association(session: Session, association: str) -> list[ApiClient]:
    """List the accesses of an association, those that open first, then by their names."""
    wanted = select(ApiClient).where(ApiClient.association == association)
    return list(session.scalars(wanted.order_by(ApiClient.revoked_at.is_not(None), ApiClient.label, ApiClient.id)))


def own(session: Session, association: str, client_id: str, *, to_change: bool = False) -> ApiClient | None:
    """Find an access of this association; ``to_change``: alone until the end of the transaction."""
    wanted = select(ApiClient).where(ApiClient.association == association, ApiClient.id == client_id)
    if not is_drawn(client_id, ID_LENGTH):
        return None
    return session.scalar(wanted.with_for_update() if to_change else wanted)


def opened(session: Session, client_id: str, now: datetime) -> ApiClient | None:
    """Return an access that opens now, of an association that is known; ``None`` for any other."""
    row = session.get(ApiClient, client_id) if is_drawn(client_id, ID_LENGTH) else None
    if row is None or not is_bound(session, row) or not is_open(row.ends_at, row.revoked_at, now):
        return None
    return row if registry.known(session, row.association) else None


def caller(session: Session, client_id: str, scopes: str, now: datetime) -> ApiCaller | None:
    """Return who asks with a token of these scopes; rights are read at each request."""
    row = opened(session, client_id, now)
    if row is None:
        return None
    place = f"{SANDBOX}{row.id}" if row.sandbox else row.association
    held = granted(row.scopes.split(), scopes) if scopes else ""
    software = Software(row.id, place, association_holder(place), row.made_by)
    return ApiCaller(software, row.association, frozenset(held.split()), row.sandbox, row.label)


def holds_secret(row: ApiClient, secret: str, now: datetime) -> bool:
    """Return whether this is the secret of an access, or the former one in its time."""
    given = fingerprint(secret)
    is_former = row.former_hash is not None and row.former_ends_at is not None and now < row.former_ends_at
    fits_former = is_former and hmac.compare_digest(given, str(row.former_hash))
    return hmac.compare_digest(given, row.secret_hash) or fits_former


def note_use(session: Session, client_id: str, now: datetime) -> None:
    """Note when a token was last given."""
    session.execute(update(ApiClient).where(ApiClient.id == client_id).values(used_at=now))


def _note(session: Session, member: SignedInMember, kind: str, row: ApiClient, now: datetime) -> None:
    access.note(session, access.Access(member.name, member.association, kind, row.id), now)
