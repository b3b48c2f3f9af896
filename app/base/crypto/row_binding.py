"""Facts of authorisation bound to their row: who may write in the database cannot move a right to another row.

What opens something (the hash of a code, a session, an account, a link) is a column that anybody with rights on the
database may copy. Each such row carries a keyed code (HMAC-SHA-256, RFC 2104) over its facts, made with the keyring,
which lives outside the database: it is written with the row, asked for whenever the row is used, and by ``verify``.
An older state of the same row, put back whole, is not seen here.
"""

import hmac
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import String, event, inspect, literal, text, tuple_, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.base.crypto.vault import Keyring
from app.base.errors import StorageTrouble

log = logging.getLogger("saisine.binding")
KEYRING = "keyring"
"""Where a session keeps the keyring of its instance (see :meth:`app.base.storage.database.Database.write`)."""
AT_ONCE = 500


class Unbound(StorageTrouble):
    """A row whose facts are not those that this service wrote; names its table."""


class KeyringNeeded(Exception):
    """The rows of a database must be bound with the keyring of the service, and it was not given."""


class Bound:
    """A table whose rows are bound: ``BINDS`` names the columns that the code covers."""

    BINDS: ClassVar[tuple[str, ...]]
    bound: Mapped[str | None] = mapped_column(String(64), nullable=True)
    """Keyed code over the columns of ``BINDS``."""


def every_bound(metadata_of: type[DeclarativeBase]) -> list[type[Bound]]:
    """List the tables whose rows are bound, by their names."""
    found = [mapper.class_ for mapper in metadata_of.registry.mappers if issubclass(mapper.class_, Bound)]
    return sorted(found, key=lambda model: str(inspect(model).local_table.name))


def code_of(keyring: Keyring, model: type[Bound], facts: dict[str, Any]) -> str:
    """Compute the code of a row; ``facts`` holds each column of ``BINDS``."""
    return codes(keyring, model)([facts[name] for name in model.BINDS])


def codes(keyring: Keyring, model: type[Bound]) -> Callable[[Sequence[Any]], str]:
    """Return what computes the codes of a table, for many rows: of the values of the columns of ``BINDS``, in order."""
    word = keyring.words(f"row|{inspect(model).local_table.name}")
    return lambda values: word(_written(values))


def is_bound(session: Session, row: Bound) -> bool:
    """Return whether a row is as this service wrote it; one that is not opens nothing, and the operator is told."""
    if row in session.dirty and _is_changed(row):
        session.flush()  # by this very session: it is bound again
    return is_as_written(session, type(row), row)


def is_as_written(session: Session, model: type[Bound], row: Any) -> bool:
    """Tell it of a row of ``model`` that was read and not changed: an object, or columns that have their names."""
    facts = {name: getattr(row, name) for name in model.BINDS}
    is_whole = fits(session.info[KEYRING], model, facts, row.bound)
    if not is_whole:
        log.error("a row is not as it was written", extra={"table": inspect(model).local_table.name})
    return is_whole


def bind_all(connection: Connection, keyring: Keyring | None, models: Iterable[type[Bound]]) -> None:
    """Bind the rows that were written before rows were bound: once, in the transaction that adds the column.

    Raises :class:`KeyringNeeded` when there is a row and no keyring.
    """
    for model in models:
        table = inspect(model).local_table
        with _unguarded(connection, table.name):
            _bind_table(connection, keyring, model, table)


def _bind_table(connection: Connection, keyring: Keyring | None, model: type[Bound], table: Any) -> None:
    keys = list(table.primary_key.columns)
    wanted = table.select().order_by(*keys).limit(AT_ONCE)
    rows = connection.execute(wanted).mappings().all()
    while rows:
        if keyring is None:
            raise KeyringNeeded
        for row in rows:
            own = [key == row[key.name] for key in keys]
            connection.execute(update(table).where(*own).values(bound=code_of(keyring, model, dict(row))))
        after = tuple_(*keys) > tuple_(*(literal(rows[-1][key.name], key.type) for key in keys))
        rows = connection.execute(wanted.where(after)).mappings().all()


@contextmanager
def _unguarded(connection: Connection, table: str) -> Iterator[None]:
    """Lift the triggers that refuse every change of a table, in this transaction alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'))
        yield
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'))
        return
    held = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    guards = connection.execute(held, {"table": table}).all()
    for guard in guards:
        connection.execute(text(f'DROP TRIGGER "{guard.name}"'))
    yield
    for guard in guards:
        connection.execute(text(guard.sql))


@event.listens_for(Session, "before_flush")
def _bind(session: Session, _context: Any, _instances: Any) -> None:
    for row in (*session.new, *session.dirty):
        if isinstance(row, Bound) and _is_changed(row):
            keyring = session.info[KEYRING]
            if row not in session.new and not fits(keyring, type(row), _as_loaded(row), row.bound):
                raise Unbound(inspect(type(row)).local_table.name)
            _fill_defaults(row)
            row.bound = code_of(keyring, type(row), {name: getattr(row, name) for name in row.BINDS})


def _is_changed(row: Bound) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in row.BINDS) or row.bound is None


def _as_loaded(row: Bound) -> dict[str, Any]:
    """Return the facts as the database held them, before this session changed them."""
    state = inspect(row)
    histories = {name: state.attrs[name].history for name in row.BINDS}
    new = {name for name, one in histories.items() if one.added and not one.deleted}  # nothing was there
    kept = {name: one.deleted[0] if one.deleted else getattr(row, name) for name, one in histories.items()}
    return kept | dict.fromkeys(new)


def _fill_defaults(row: Bound) -> None:
    """Set what the insertion would set: the code is over what will be there."""
    for name in row.BINDS:
        default = inspect(type(row)).columns[name].default
        if getattr(row, name) is None and default is not None and default.is_scalar:
            setattr(row, name, default.arg)


def fits(keyring: Keyring, model: type[Bound], facts: dict[str, Any], kept: str | None) -> bool:
    """Return whether the code kept with a row is that of its facts."""
    return kept is not None and hmac.compare_digest(kept, code_of(keyring, model, facts))


def _plain(value: datetime | date | bytes) -> str:
    """Write what JSON has no form for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value.hex()


_written = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
