"""The same request sent twice does one thing (draft-ietf-httpapi-idempotency-key-header).

A key is kept in the transaction of what it made: who comes second waits for it, then finds its answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.api.models import ApiAnswer
from app.api.problems import KEY_BUSY, KEY_TAKEN, NO_KEY, ApiProblem
from app.api.rules import ANSWER_KEPT
from app.base.crypto.vault import Keyring
from app.base.secrets import fingerprint

LONGEST = 255


@dataclass(frozen=True)
class KeyedRequest:
    """A request that may be sent again: who sends it, under which key, what it says."""

    client: str
    key_hash: str
    request_hash: str


def keyed(keyring: Keyring, client: str, key: str, path: str, body: bytes) -> KeyedRequest:
    """Read the key of a request. Raises :class:`ApiProblem` (400) when there is none."""
    if not 0 < len(key.strip()) <= LONGEST:
        raise ApiProblem(400, NO_KEY)
    said = keyring.word(f"{path}\n{fingerprint(body.decode('utf-8', 'replace'))}", "api|request")
    return KeyedRequest(client, fingerprint(key.strip()), said)


def once(session: Session, asked: KeyedRequest, status: int, now: datetime, make: Callable[[], str]) -> tuple[int, str]:
    """Make something unless this key made it; return the status and the id of what was made. The caller commits.

    Raises :class:`ApiProblem`: 422 when the key served for another request, 409 when it serves right now.
    """
    _forget(session, now, ApiAnswer.client == asked.client, ApiAnswer.key_hash == asked.key_hash)
    known = session.get(ApiAnswer, (asked.client, asked.key_hash))
    if known is not None:
        if known.request_hash != asked.request_hash:
            raise ApiProblem(422, KEY_TAKEN)
        return known.status, known.resource
    row = ApiAnswer(
        client=asked.client,
        key_hash=asked.key_hash,
        request_hash=asked.request_hash,
        status=status,
        resource="",
        at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise ApiProblem(409, KEY_BUSY) from None
    row.resource = make()
    session.flush()
    return status, row.resource


def forget(session: Session, now: datetime) -> None:
    """Erase the answers whose keys may serve again."""
    _forget(session, now)


def _forget(session: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    session.execute(delete(ApiAnswer).where(ApiAnswer.at < now - ANSWER_KEPT, *which))
