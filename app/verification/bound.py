"""Each row that opens or proves something: the keyed code that binds its facts to it (``base.crypto.row_binding``)."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Select, inspect, literal, select
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import Bound, codes, every_bound
from app.base.crypto.vault import Keyring
from app.base.storage.database import Base
from app.filing.models import Filing
from app.verification.findings import Findings
from app.verification.reading import Record, readable, records, unreadable
from app.verification.side_by_side import Part
from app.verification.spans import Span, spans

BATCH = 500
NUMBER = "about"
"""The number that a row is about, beside its own columns."""
READ_ELSEWHERE = "access_line"
"""The table of which each value that cannot be read is named by another check, with its line."""


def bound_parts(session: Session, keyring: Keyring, entries: Mapping[int, str]) -> Iterator[Part]:
    """Give every row of every bound table, some at a time.

    ``entries``: the number that each entry of the ledger is about.
    """
    for model in every_bound(Base):
        for span in spans(session, model, BATCH):
            yield Part(partial(_check, keyring=keyring, entries=entries, model=model, span=span))


def _check(
    session: Session, found: Findings, *, keyring: Keyring, entries: Mapping[int, str], model: type[Bound], span: Span
) -> None:
    """Check rows; what they hold is not told, only their table and the number they are about."""
    table, code = inspect(model).local_table.name, codes(keyring, model)
    rows = list(records(session, span.within(_rows(model), model)))
    is_readable, facts = not unreadable(*rows), len(model.BINDS)
    for row in rows:
        if not is_readable and (bad := unreadable(row)):
            for column in () if table == READ_ELSEWHERE else bad:
                found.add_once(_about(row, entries), table, column, "cannot be read")
        elif row.bound != code(row[:facts]):
            found.add(_about(row, entries), table, "bound", "a row is not as the service wrote it")


def _about(row: Record, entries: Mapping[int, str]) -> str:
    number: str = getattr(row, NUMBER) or entries.get(getattr(row, "n", 0), "")
    return number


def _rows(model: type[Bound]) -> Select[Any]:
    table = inspect(model).local_table
    columns = readable(table.c[name] for name in (*model.BINDS, "bound"))
    if model is Filing:
        return select(*columns, table.c.number.label(NUMBER))
    if "filing_number" in table.columns:
        return select(*columns, table.c.filing_number.label(NUMBER))
    if "filing_id" in table.columns:
        return select(*columns, Filing.number.label(NUMBER)).outerjoin(Filing, Filing.id == table.c.filing_id)
    return select(*columns, literal("").label(NUMBER))
