"""Letters that wait to be posted: prepared one by one, printed together, dated once they are at the post."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, delete, func, select
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.crypto.vault import Keyring, seal, unseal
from app.base.cutting import Cut, asked_for
from app.filing.models import Filing, FilingKey, PostLetter
from app.filing.queries import OpenFiling
from app.filing.rules import authority_holder


@dataclass(frozen=True)
class Content:
    """What a letter says; ``more`` is kept for the act that its posting is."""

    to: Sequence[str]
    paragraphs: Sequence[str]
    more: Mapping[str, Any] = field(default_factory=dict)
    frame: Mapping[str, Any] = field(default_factory=dict)
    """Its whole sheet, sender and signature with it; empty for a letter prepared before sheets had a frame."""


MOST = 200
"""Letters printed, and dated, together."""


@dataclass(frozen=True)
class LetterToPost:
    """A letter to post."""

    id: str
    number: str
    kind: str
    made_at: datetime
    made_by: str
    state: str
    """State of the complaint: a letter may have lost its object."""
    content: Content


def prepare(
    session: Session, opened: OpenFiling, kind: str, content: Content, who: tuple[str, str], clock: Clock
) -> None:
    """Put a letter with those to post; ``who``: the clerk's name and the authority.

    One of the same kind that waits for the same complaint is replaced: it was prepared again.
    """
    by, authority = who
    own = (PostLetter.filing_id == opened.filing.id, PostLetter.authority == authority, PostLetter.kind == kind)
    if kind in ONCE:
        session.execute(delete(PostLetter).where(*own, PostLetter.posted_on.is_(None)))
    letter_id = uuid.uuid4().hex
    words = {"to": list(content.to), "paragraphs": list(content.paragraphs), "more": dict(content.more)}
    words["frame"] = dict(content.frame)
    sealed = seal(opened.key, json.dumps(words, ensure_ascii=False).encode(), _place(letter_id))
    session.add(
        PostLetter(
            id=letter_id,
            filing_id=opened.filing.id,
            authority=authority,
            kind=kind,
            made_at=clock(),
            made_by=by,
            content=sealed,
        )
    )


ONCE = frozenset({"accuse_reception"})
"""Kinds of which one letter alone can wait: the act is done once."""


def count(session: Session, authority: str) -> int:
    """Count the letters that an authority must post."""
    wanted = select(func.count()).select_from(PostLetter)
    return session.scalar(wanted.where(PostLetter.authority == authority, PostLetter.posted_on.is_(None))) or 0


def waiting(session: Session, keyring: Keyring, authority: str) -> Cut[LetterToPost]:
    """List the oldest letters to post; those of a complaint that left this authority are out of reach."""
    holder = authority_holder(authority)
    rows = session.execute(
        select(PostLetter, Filing.number, Filing.state, FilingKey.wrapped)
        .join(Filing, Filing.id == PostLetter.filing_id)
        .join(FilingKey, FilingKey.filing_id == Filing.id)
        .where(PostLetter.authority == authority, PostLetter.posted_on.is_(None), FilingKey.holder == holder)
        .order_by(PostLetter.made_at, PostLetter.id)
        .limit(asked_for(MOST))
    )
    found = (
        LetterToPost(
            row.id, number, row.kind, row.made_at, row.made_by, state, _read(keyring.unwrap(wrapped, holder), row)
        )
        for row, number, state, wrapped in rows
    )
    return Cut(found, MOST)


def counted(authority: str) -> ScalarSelect[int]:
    """Count the letters of an authority that wait, in the statement that asks for it."""
    wanted = select(func.count()).where(PostLetter.authority == authority, PostLetter.posted_on.is_(None))
    return wanted.scalar_subquery()


def _read(key: bytes, row: PostLetter) -> Content:
    words = json.loads(unseal(key, row.content, _place(row.id)))
    return Content(words["to"], words["paragraphs"], words["more"], words.get("frame", {}))


def mark_posted(session: Session, authority: str, letter_id: str, on: date) -> bool:
    """Note that a letter left; ``False`` when it left already, or was taken back."""
    row = session.scalar(_one(authority, letter_id).with_for_update())
    if row is None:
        return False
    row.posted_on = on
    session.flush()
    return True


def take_back(session: Session, authority: str, letter_id: str) -> bool:
    """Take a letter out of those to post."""
    row = session.scalar(_one(authority, letter_id))
    if row is not None:
        session.delete(row)
    return row is not None


def forget_left(session: Session, filing_id: str, readers: Sequence[str]) -> None:
    """Take away the letters of authorities that do not read this complaint any more: they have nothing to post."""
    gone = (PostLetter.filing_id == filing_id, PostLetter.posted_on.is_(None), PostLetter.authority.not_in(readers))
    session.execute(delete(PostLetter).where(*gone))


def _one(authority: str, letter_id: str) -> Any:
    waits = (PostLetter.authority == authority, PostLetter.posted_on.is_(None))
    return select(PostLetter).where(PostLetter.id == letter_id, *waits)


def _place(letter_id: str) -> str:
    return f"post_letter|{letter_id}"
