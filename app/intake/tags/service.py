"""What an authority does with its tags: the manager keeps the list, clerks put them on complaints."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring, new_key
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError
from app.filing.models import FilingDesk
from app.filing.rules import authority_holder
from app.intake.tags.models import AuthorityTag, FilingTag
from app.intake.tags.queries import TagName, sealed_name, tags_of
from app.intake.tags.rules import MOST, folded

TAKEN = N_("Une étiquette porte déjà ce nom. Choisissez un autre nom.")
FULL = N_("Votre service a déjà {most} étiquettes. Retirez-en une d'abord.")
GONE = N_("Une étiquette cochée vient d'être retirée. Vérifiez votre choix.")


def create(session: Session, keyring: Keyring, authority: str, name: str) -> str:
    """Keep a new tag; return its id. Raises :class:`FieldError`."""
    known = tags_of(session, keyring, authority)
    _expect_free(known, name)
    _expect_room(known)
    row = AuthorityTag(id=uuid.uuid4().hex, holder=authority_holder(authority))
    _write(row, keyring, name)
    session.add(row)
    session.flush()
    return row.id


def rename(session: Session, keyring: Keyring, authority: str, tag: str, name: str) -> None:
    """Give a tag another name, on all that bears it. Raises :class:`FieldError`, :class:`NotFound`."""
    row = _held(session, authority, tag)
    _expect_free([one for one in tags_of(session, keyring, authority) if one.id != tag], name)
    _write(row, keyring, name)


def retire(session: Session, authority: str, tag: str, at: datetime) -> None:
    """Offer it no more; what bears it keeps it. One that nothing bears goes away. Raises :class:`NotFound`."""
    row = _held(session, authority, tag)
    if session.scalar(select(FilingTag.tag).where(FilingTag.authority == authority, FilingTag.tag == tag).limit(1)):
        row.retired_at = row.retired_at or at
    else:
        session.delete(row)


def serve_again(session: Session, keyring: Keyring, authority: str, tag: str) -> None:
    """Offer it again. Raises :class:`FieldError`, :class:`NotFound`."""
    row = _held(session, authority, tag)
    if row.retired_at:
        _expect_room(tags_of(session, keyring, authority))
    row.retired_at = None


def change(session: Session, authority: str, filing_id: str, put: Collection[str], taken: Collection[str] = ()) -> bool:
    """Put tags on a complaint and take others off it; return whether something changed.

    ``put``: only tags of this authority that are offered; one that is retired stays where it is. Raises
    :class:`FieldError`; :class:`NotFound` when the complaint left the desk.
    """
    here_still = (FilingDesk.authority == authority, FilingDesk.filing_id == filing_id)
    if session.scalar(select(FilingDesk.filing_id).where(*here_still).with_for_update()) is None:
        raise NotFound
    own = (FilingTag.authority == authority, FilingTag.filing_id == filing_id)
    here = {*session.scalars(select(FilingTag.tag).where(*own))}
    new, off = {*put} - here, {*taken} & here
    if new:
        wanted = select(AuthorityTag.id).where(
            AuthorityTag.holder == authority_holder(authority),
            AuthorityTag.id.in_(new),
            AuthorityTag.retired_at.is_(None),
        )
        if new != {*session.scalars(wanted.with_for_update(read=True))}:  # nobody retires one meanwhile
            raise FieldError(GONE)
    session.add_all(FilingTag(authority=authority, tag=tag, filing_id=filing_id) for tag in sorted(new))
    session.execute(delete(FilingTag).where(*own, FilingTag.tag.in_(off)))
    session.flush()
    return bool(new or off)


def _held(session: Session, authority: str, tag: str) -> AuthorityTag:
    """Take a tag of an authority, so that nobody else changes it meanwhile. Raises :class:`NotFound`."""
    own = (AuthorityTag.id == tag, AuthorityTag.holder == authority_holder(authority))
    row = session.scalars(select(AuthorityTag).where(*own).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    return row


def _write(row: AuthorityTag, keyring: Keyring, name: str) -> None:
    key = new_key()
    row.wrapped, row.name = keyring.wrap(key, row.holder), sealed_name(key, row.id, name)


def _expect_free(known: Sequence[TagName], name: str) -> None:
    if folded(name) in {folded(one.name) for one in known}:
        raise FieldError(TAKEN)


def _expect_room(known: Sequence[TagName]) -> None:
    if sum(not one.is_retired for one in known) >= MOST:
        raise FieldError(FULL, most=MOST)
