"""What is asked of the tags: every query names the authority, and none reads a tag of another one."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, Select, case, func, select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring, seal, unseal
from app.filing.models import Filing
from app.filing.rules import authority_holder
from app.intake.tags.models import AuthorityTag, FilingTag
from app.intake.tags.rules import folded

OFFERED, RETIRED = "1", "0"


@dataclass(frozen=True)
class TagName:
    """A tag as the clerks of its authority read it."""

    id: str
    name: str
    is_retired: bool


def sealed_name(key: bytes, tag: str, name: str) -> str:
    """Seal the name of a tag under its key."""
    return base64.b64encode(seal(key, name.encode(), _place(tag))).decode()


def sealed(authority: str) -> ScalarSelect[str]:
    """Ask for all the tags of an authority, to be read by :func:`opened`, in the statement that asks for them."""
    state = case((AuthorityTag.retired_at.is_(None), OFFERED), else_=RETIRED)
    row = AuthorityTag.id + " " + state + " " + AuthorityTag.wrapped + " " + AuthorityTag.name
    return (
        select(func.aggregate_strings(row, ","))
        .where(AuthorityTag.holder == authority_holder(authority))
        .scalar_subquery()
    )


def opened(keyring: Keyring, authority: str, rows: str | None) -> list[TagName]:
    """Open the tags of an authority, in the order of their names."""
    holder, found = authority_holder(authority), []
    for row in rows.split(",") if rows else ():
        tag, state, wrapped, name = row.split(" ")
        key = keyring.unwrap(wrapped, holder)
        found.append(TagName(tag, unseal(key, base64.b64decode(name), _place(tag)).decode(), state == RETIRED))
    return sorted(found, key=lambda tag: (folded(tag.name), tag.id))


def tags_of(session: Session, keyring: Keyring, authority: str) -> list[TagName]:
    """List the tags of an authority in the order of their names, those that are retired too."""
    return opened(keyring, authority, session.scalar(select(sealed(authority))))


def names_of(tags: Sequence[TagName]) -> dict[str, str]:
    """Return the names of tags by their ids, in their order."""
    return {tag.id: tag.name for tag in tags}


def tags_beside(
    session: Session, keyring: Keyring, authority: str, filing_id: str
) -> tuple[list[TagName], frozenset[str]]:
    """List the tags of an authority, with the ids of those that it put on a complaint, in one statement."""
    rows, here = session.execute(select(sealed(authority), borne(authority)).where(Filing.id == filing_id)).one()
    return opened(keyring, authority, rows), frozenset((here or "").split())


def borne(authority: str) -> ScalarSelect[str]:
    """Ask, beside a :class:`~app.filing.models.Filing`, for the ids of the tags that an authority put on it."""
    wanted = select(func.aggregate_strings(FilingTag.tag, " ")).where(
        FilingTag.authority == authority, FilingTag.filing_id == Filing.id
    )
    return wanted.correlate(Filing).scalar_subquery()


def bearing(authority: str, tag: str) -> Select[str]:
    """Ask for the ids of the complaints on which an authority put a tag."""
    return select(FilingTag.filing_id).where(FilingTag.authority == authority, FilingTag.tag == tag)


def _place(tag: str) -> str:
    return f"tag|{tag}"
