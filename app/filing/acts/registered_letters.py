"""What is done with electronic registered letters; the caller commits."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring, seal, unseal
from app.filing.acts.registered_rules import LEASE, RegisteredState, next_question, next_try
from app.filing.models import Filing, RegisteredLetter
from app.filing.queries import OpenFiling, key_of


@dataclass(frozen=True)
class SummonsLetter:
    """A summons to send: to whom, by whom, what the act will keep of it."""

    party: str
    label: str
    """How the history names the party."""
    name: str
    address: str
    by: str
    """Name of the clerk who sends it."""
    authority: str
    paragraphs: Sequence[str]
    pdf: bytes


@dataclass(frozen=True)
class LeasedLetter:
    """What this worker alone may look after now."""

    id: str
    number: str
    key: bytes
    state: RegisteredState
    identifier: str
    content: SummonsLetter


def queue(session: Session, opened: OpenFiling, letter: SummonsLetter, now: datetime) -> bool:
    """Queue a summons; ``False`` when one is on its way to this party already."""
    if (last := last_of(session, opened.filing.id).get(letter.party)) and last.state.is_on_its_way:
        return False
    row = RegisteredLetter(
        id=uuid.uuid4().hex, filing_id=opened.filing.id, party=letter.party, state=RegisteredState.QUEUED.value
    )
    row.made_at = row.changed_at = row.not_before = now
    row.identifier, row.attempts, row.error = "", 0, ""
    row.content = seal(opened.key, _written(letter), _place(row.id))
    session.add(row)
    return True


@dataclass(frozen=True)
class LetterOnItsWay:
    """Where the last letter to a party is, and since when."""

    state: RegisteredState
    since: datetime


def last_of(session: Session, filing_id: str) -> dict[str, LetterOnItsWay]:
    """Return where the last letter to each party of a complaint is."""
    row = RegisteredLetter
    wanted = select(row.party, row.state, row.changed_at).where(row.filing_id == filing_id).order_by(row.made_at)
    return {party: LetterOnItsWay(_state(state), since) for party, state, since in session.execute(wanted)}


def is_anything_due(session: Session, now: datetime) -> bool:
    """Return whether something waits: looking costs no write."""
    row = RegisteredLetter
    return session.scalar(select(row.id).where(row.not_before <= now).limit(1)) is not None


def lease(session: Session, keyring: Keyring, now: datetime) -> LeasedLetter | None:
    """Take the letter that has been due longest; no other worker takes it until the lease ends."""
    row = RegisteredLetter
    found = session.execute(
        select(row, Filing.number)
        .join(Filing, Filing.id == row.filing_id)
        .where(row.not_before <= now)
        .order_by(row.not_before, row.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=row)
    ).one_or_none()
    if found is None:
        return None
    one, number = found
    one.not_before = now + LEASE
    key = key_of(session, keyring, one.filing_id)
    assert key is not None  # noqa: S101 - a complaint that is erased has no letter
    content = _read(unseal(key, one.content, _place(one.id)))
    return LeasedLetter(one.id, number, key, _state(one.state), one.identifier, content)


def handed(session: Session, id_: str, identifier: str, now: datetime) -> None:
    """Note that the provider has the letter; it is asked about at once."""
    one = session.get_one(RegisteredLetter, id_)
    one.identifier, one.attempts, one.error = identifier, 0, ""
    _move(one, RegisteredState.HANDED, now)
    one.not_before = now


def moved(session: Session, id_: str, state: RegisteredState, now: datetime) -> None:
    """Note where a letter came to; nothing more is asked once it has ended."""
    one = session.get_one(RegisteredLetter, id_)
    one.attempts, one.error = 0, ""
    if one.state != state:
        _move(one, state, now)
    one.not_before = next_question(one.made_at, now) if state.is_on_its_way else None
    if state.is_on_its_way and one.not_before is None:
        _move(one, RegisteredState.UNNOTED, now)


def not_done(session: Session, id_: str, code: str, now: datetime, *, is_final: bool) -> bool:
    """Note a failure; return whether it is the last one. A letter that was handed over is asked about again."""
    one = session.get_one(RegisteredLetter, id_)
    one.attempts += 1
    one.error = code[:16]
    if one.identifier:
        one.not_before = next_question(one.made_at, now)
        over = RegisteredState.UNNOTED
    else:
        one.not_before = None if is_final else next_try(one.attempts, one.made_at, now)
        over = RegisteredState.FAILED
    if one.not_before is None:
        _move(one, over, now)
    return one.not_before is None


def _move(one: RegisteredLetter, state: RegisteredState, now: datetime) -> None:
    one.state, one.changed_at = state, now
    if not state.is_on_its_way:
        one.not_before = None


def _state(code: str) -> RegisteredState:
    return RegisteredState(code)  # type: ignore[call-arg]


def _place(id_: str) -> str:
    return f"registered|{id_}"


def _written(letter: SummonsLetter) -> bytes:
    said: dict[str, Any] = {
        "party": letter.party,
        "label": letter.label,
        "name": letter.name,
        "address": letter.address,
        "by": letter.by,
        "authority": letter.authority,
        "paragraphs": list(letter.paragraphs),
    }
    head = json.dumps(said, ensure_ascii=False).encode()
    return len(head).to_bytes(4, "big") + head + letter.pdf


def _read(content: bytes) -> SummonsLetter:
    size = int.from_bytes(content[:4], "big")
    said: Mapping[str, Any] = json.loads(content[4 : 4 + size])
    return SummonsLetter(**said, pdf=content[4 + size :])
