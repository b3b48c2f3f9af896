"""Each row that opens or proves something: the keyed code that binds its facts to it (see :mod:`app.base.binding`)."""

from collections.abc import Mapping

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.base.binding import Bound, every_bound, fits
from app.base.db import Base
from app.base.vault import Keyring
from app.verification.findings import Findings
from app.verification.reading import readable, unreadable

BATCH = 1000


def check_bound(session: Session, keyring: Keyring, found: Findings, entries: Mapping[int, str]) -> None:
    """Check every row of every bound table; what it holds is not told, only its table and the number it is about.

    ``entries``: the number that each entry of the ledger is about.
    """
    for model in every_bound(Base):
        _check(session, keyring, found, model, entries)


def _check(session: Session, keyring: Keyring, found: Findings, model: type[Bound], entries: Mapping[int, str]) -> None:
    table = inspect(model).local_table
    names = [*dict.fromkeys((*model.BINDS, "bound", *(["number"] if "number" in table.columns else [])))]
    rows = select(*readable([table.c[name] for name in names]))
    for row in session.execute(rows.execution_options(yield_per=BATCH)):
        facts = row._mapping  # noqa: SLF001 - the public name for it
        told = facts["number"] if "number" in facts else entries.get(facts.get("n", 0), "")
        if bad := unreadable(row):
            for column in bad:
                found.add(told, table.name, column, "cannot be read")
        elif not fits(keyring, model, dict(facts), facts["bound"]):
            found.add(told, table.name, "bound", "a row is not as the service wrote it")
