"""Locking again, under the newest version of its family, what rows keep under a master key: some rows at a time.

Each room says which of its columns are locked, and how (:class:`Locks`). A row is changed only if it still is as it was
read: the service may run. Nothing else of a row changes: doing it twice, or stopping in the middle, is harmless.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, inspect, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.base.crypto.vault import PORTAL, DecryptionError, Keyring

log = logging.getLogger("saisine.keys")

SOME = 500
"""Rows of one transaction: about a tenth of a second, during which SQLite has no other writer."""


@dataclass(frozen=True)
class Locks:
    """A column that a master key locks; ``bound``: the holder of a wrapped key, or the place of a sealed secret."""

    column: InstrumentedAttribute[Any]
    bound: Callable[[Any], str]
    is_wrap: bool = False

    @property
    def name(self) -> str:
        """Return the column, for whoever operates the service."""
        return f"{self.column.class_.__tablename__}.{self.column.key}"

    @property
    def keys(self) -> list[Any]:
        """Return the columns of the primary key."""
        model = self.column.class_
        return [getattr(model, column.key) for column in inspect(model).primary_key]


def relock(session: Session, keyring: Keyring, locks: Locks, after: tuple[Any, ...] | None) -> tuple[int, Any]:
    """Lock some rows again; return how many had to, and where to go on (nothing: all were seen).

    A row that no version opens is left as it is, and told: the verification names it.
    """
    model, keys = locks.column.class_, locks.keys
    wanted = select(model.__table__).where(locks.column.is_not(None)).order_by(*keys).limit(SOME)
    if after is not None:
        wanted = wanted.where(tuple_(*keys) > after)
    rows, changes = session.execute(wanted).all(), []
    for row in rows:
        if is_newest(keyring, locks, row):
            continue
        try:
            fresh = _again(keyring, locks, row)
        except DecryptionError:
            log.error("a row opens under no version of the keys", extra={"column": locks.name})  # noqa: TRY400
            continue
        own = {f"own_{key.key}": getattr(row, key.key) for key in keys}
        changes.append({**own, "before": getattr(row, locks.column.key), "fresh": fresh})
    if changes:
        same = [key == bindparam(f"own_{key.key}") for key in keys]
        change = update(model.__table__).where(*same, locks.column == bindparam("before"))
        session.connection().execute(change.values({locks.column.key: bindparam("fresh")}), changes)
    return len(changes), tuple(getattr(rows[-1], key.key) for key in keys) if len(rows) == SOME else None


def is_newest(keyring: Keyring, locks: Locks, row: Row[Any]) -> bool:
    """Return whether a row is locked under the newest version."""
    value = getattr(row, locks.column.key)
    return bool(value.startswith(_prefix(keyring.newest(_family(locks, row)), value)))


def _again(keyring: Keyring, locks: Locks, row: Row[Any]) -> Any:
    value, bound = getattr(row, locks.column.key), locks.bound(row)
    if locks.is_wrap:
        return keyring.wrap(keyring.unwrap(value, bound), bound)
    return keyring.seal(keyring.unseal(value, bound), bound)


def _family(locks: Locks, row: Row[Any]) -> str:
    return locks.bound(row).partition(":")[0] if locks.is_wrap else PORTAL


def _prefix(version: str, value: str | bytes) -> Any:
    return f"{version}." if isinstance(value, str) else f"{version}.".encode()


def count(session: Session, locks: Locks, version: str, family: str) -> int:
    """Count the rows locked under one version of a family."""
    prefix = f"{version}." if locks.is_wrap else f"{version}.".encode()
    wanted = select(func.count()).where(func.substr(locks.column, 1, len(prefix)) == prefix)
    if locks.is_wrap and hasattr(locks.column.class_, "holder"):
        wanted = wanted.where(func.substr(locks.column.class_.holder, 1, len(family)) == family)
    elif family != PORTAL:
        return 0
    return session.scalar(wanted) or 0
