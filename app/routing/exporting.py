"""Comparing the reference with files, and writing it down."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.base.storage.database import Base
from app.routing import bundled, closures, openings
from app.routing.models import Authority, Commune, CpamException, Departement, Motive, ProfessionRow, RefusalForm
from app.routing.rules import Caisse
from app.routing.rules.succession import inherit

Changes = dict[str, list[str]]
EXPORTED: tuple[tuple[str, type[Base]], ...] = (("authorities", Authority), ("cpam_exceptions", CpamException))


def difference(session: Session, folder: Path) -> dict[str, Changes]:
    """Return what a folder adds, changes and takes away, by table and code."""
    own = openings.created(session)
    files: tuple[tuple[type[Base], Iterable[Mapping[str, Any]]], ...] = (
        (Departement, bundled.departements(folder)),
        (Commune, bundled.towns(folder).communes),
        (Authority, [row for row in bundled.authorities(folder) if row["code"] not in own]),
        (ProfessionRow, bundled.professions(folder)),
        (Motive, bundled.motives(folder)),
        (RefusalForm, bundled.forms(folder)),
    )
    found = {table.__tablename__: _compare(session, table, rows, lambda row: row["code"]) for table, rows in files}
    found["authority"]["gone"] = [code for code in found["authority"]["gone"] if code not in own]
    rules = [row for row in bundled.exceptions(folder) if row["origin"] == "reference"]
    found["cpam_exception"] = _compare(
        session, CpamException, rules, lambda row: f"{row['scope']} {row['scope_code']}", origin="reference"
    )
    return found


def created_here(session: Session, folder: Path) -> list[str]:
    """List the codes that a folder brings for authorities created here, which it would not change."""
    return sorted(openings.created(session) & {row["code"] for row in bundled.authorities(folder)})


def _compare(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]], name: Any, **only: str) -> Changes:
    columns = table.__table__.c
    asked = select(table.__table__).where(*(columns[column] == value for column, value in only.items()))
    there = {name(row): row for row in session.execute(asked).mappings() if not row.get("is_retired")}
    fresh = {name(row): row for row in rows}
    changed = [
        code
        for code in there.keys() & fresh.keys()
        if any(there[code][column] != value for column, value in fresh[code].items())
    ]
    return {
        "added": sorted(fresh.keys() - there.keys()),
        "changed": sorted(changed),
        "gone": sorted(there.keys() - fresh.keys()),
    }


def export(session: Session, folder: Path) -> dict[str, int]:
    """Write one CSV for each table that operators and clerks change; return how many rows.

    A successor has the territory that those that closed left to it.
    """
    written, territories = {}, _territories(session)
    for name, table in EXPORTED:
        columns = [column.name for column in table.__table__.columns]
        rows = session.execute(select(table.__table__).order_by(*inspect(table).primary_key)).mappings().all()
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, columns)
            out.writeheader()
            for row in rows:
                held = territories if table is Authority else {}
                enlarged = {"departements": held[row["code"]]} if row.get("code") in held else {}
                out.writerow({k: "" if v is None else v for k, v in (dict(row) | enlarged).items()})
        written[name] = len(rows)
    return written


def _territories(session: Session) -> dict[str, str]:
    """Return the départements of each successor, with those that it inherited."""
    heirs = closures.heirs(session)
    wanted = select(Authority.code, Authority.departements).order_by(Authority.code)
    held = inherit((Caisse(row.code, _several(row.departements)) for row in session.execute(wanted)), heirs)
    return {one.code: ";".join(one.departements) for one in held if one.code in set(heirs.values())}


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
