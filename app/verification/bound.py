"""Each row that opens or proves something: the keyed code that binds its facts to it (``base.crypto.row_binding``)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, inspect, literal, select
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import Bound, codes, every_bound
from app.base.crypto.vault import Keyring
from app.base.storage.database import Base
from app.filing.models import Filing
from app.verification.findings import Findings
from app.verification.reading import Record, readable, records, unreadable

NUMBER = "about"
"""The number that a row is about, beside its own columns."""
READ_ELSEWHERE = "access_line"
"""The table of which each value that cannot be read is named by another check, with its line."""


def check_bound(session: Session, keyring: Keyring, found: Findings, entries: Mapping[int, str]) -> None:
    """Check every row of every bound table; what it holds is not told, only its table and the number it is about.

    ``entries``: the number that each entry of the ledger is about.
    """
    for model in every_bound(Base):
        table = inspect(model).local_table.name
        code = codes(keyring, model)
        for row in records(session, _rows(model)):
            if bad := unreadable(row):
                for column in () if table == READ_ELSEWHERE else bad:
                    found.add_once(_about(row, entries), table, column, "cannot be read")
            elif row.bound != code(row[: len(model.BINDS)]):
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
