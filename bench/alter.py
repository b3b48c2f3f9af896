"""Ten thousand changes of what is stored, of every kind: each one is found, and the right complaint is named."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import Engine, Table, create_engine, delete, insert, select, text, update

from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage.engines import sqlite_module
from app.base.storage.migrate import every_table
from app.runtime.instance import make_portal
from app.stamping.trust import trust_of
from app.verification.chain import read_checkpoints
from app.verification.columns import COLUMNS, LIVES
from app.verification.findings import Findings
from app.verification.service import checkpoint, verify
from bench.support import Person, Server, verdict

CHANGES, CLEAN, COMPLAINTS = 10_000, 50, 4
UNSEEN = {("ledger", "read_at")}
NAMED = 0.99
Undo = Callable[[], None]


@dataclass
class Vault:
    """Stored data that somebody with a tool may change: no rule of ours holds."""

    portal: Portal
    engine: Engine
    line: str
    tables: dict[str, Table]
    rows: dict[str, list[dict[str, Any]]]
    files: list[Path]
    numbers: dict[str, str]
    """Number of the complaint, by its id and by the id of its draft."""
    by_entry: dict[int, str] = field(default_factory=dict)
    """Number of the complaint, by entry of the ledger."""

    def verified(self) -> Findings:
        """Verify, with the line that was kept."""
        return verify(self.portal, trust_of(self.portal.settings, self.portal.keyring), read_checkpoints(self.line))

    def run(self, statement: Any) -> None:
        """Change."""
        with self.engine.begin() as connection:
            connection.execute(statement)


def main(changes: int = CHANGES) -> bool:
    """Run; tell whether every change is found."""
    with tempfile.TemporaryDirectory() as folder, _filled(Path(folder) / "data") as vault:
        alarms = sum(not vault.verified().is_whole for _ in range(CLEAN))
        kept = verdict(f"false alarms of {CLEAN} clean runs", alarms, "", 0)
        chance, missed, unnamed = random.Random(1), Counter[str](), Counter[str]()
        for _ in range(changes):
            what, number, undo = chance.choice((_column, _column, _column, _file, _row, _tail))(vault, chance)
            found = vault.verified()
            missed[what] += found.is_whole
            unnamed[what] += bool(number) and number not in {problem.number for problem in found.problems}
            undo()
        if not vault.verified().is_whole:
            raise RuntimeError("the bench did not put everything back")
    print(f"     not named: {dict(+unnamed)}\n     not found: {dict(+missed)}")
    kept &= verdict(f"changes not found, of {changes}", missed.total(), "", 0)
    return verdict("complaints not named", 100 * unnamed.total() / changes, "%", 100 * (1 - NAMED)) and kept


@contextmanager
def _filled(data: Path) -> Iterator[Vault]:
    """File a few complaints with a photo, wait for their tokens, and open what is stored."""
    server = Server(data, worker=True).start()
    for place in range(COMPLAINTS):
        person, photo = Person(server.url), data / f"photo-{place}.jpg"
        person.begin()
        Image.new("RGB", (64, 64), (place * 60, 0, 90)).save(photo)
        person.add(photo.name, photo.read_bytes())
        person.send()
        photo.unlink()
    time.sleep(8)
    server.stop()
    portal = make_portal(Settings(data=data))
    engine = create_engine(f"sqlite:///{data / 'saisine.sqlite'}", module=sqlite_module())
    with engine.begin() as connection:
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        tables = {name: every_table().tables[name] for name in COLUMNS}
        rows = {name: [dict(r) for r in connection.execute(select(t)).mappings()] for name, t in tables.items()}
    numbers = {row[name]: row["number"] for row in rows["filing"] for name in ("id", "draft_id")}
    drafts = {row["draft_id"] for row in rows["filing"]}
    files = [one for one in (data / "evidence").rglob("*.sealed") if "-" not in one.stem]
    vault = Vault(portal, engine, checkpoint(portal), tables, rows, files, numbers)
    vault.rows["evidence"] = [row for row in rows["evidence"] if row["owner"] in drafts]
    vault.by_entry = {row["n"]: row["number"] for row in rows["ledger"]}
    yield vault
    engine.dispose()
    portal.database.close()


def _number(vault: Vault, row: dict[str, Any]) -> str:
    """Say which complaint a row is of; empty when none (a point of the register)."""
    own = (
        row.get("number") or row.get("filing_number") or vault.numbers.get(row.get("filing_id") or row.get("owner", ""))
    )
    found = str(own or vault.by_entry.get(row.get("n", 0), ""))
    return found if found.startswith("SA-") else ""


def _key(table: Table, row: dict[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key.columns]


def _pick(vault: Vault, chance: random.Random) -> tuple[Table, dict[str, Any]]:
    name = chance.choice(sorted(vault.tables))
    rows = [row for row in vault.rows[name] if name != "filing_event" or row["kind"] == "recue"]
    rows = [row for row in rows if name != "stamp" or row["state"] == "obtenu"]
    return vault.tables[name], chance.choice(rows)


def _column(vault: Vault, chance: random.Random) -> tuple[str, str, Undo]:
    """Change one value of one row."""
    table, row = _pick(vault, chance)
    seen = [c for c, how in COLUMNS[table.name].items() if how != LIVES and (table.name, c) not in UNSEEN]
    column = chance.choice(seen)
    new = _other(row[column], chance)
    vault.run(update(table).where(*_key(table, row)).values({column: new}))
    changed = {**row, column: new}
    undo = update(table).where(*_key(table, changed)).values({column: row[column]})
    return f"{table.name}.{column}", _number(vault, row), lambda: vault.run(undo)


def _row(vault: Vault, chance: random.Random) -> tuple[str, str, Undo]:
    """Take a row away."""
    table, row = _pick(vault, chance)
    vault.run(delete(table).where(*_key(table, row)))
    return f"{table.name}, a row gone", _number(vault, row), lambda: vault.run(insert(table).values(row))


def _file(vault: Vault, chance: random.Random) -> tuple[str, str, Undo]:
    """Change one bit of a file, cut it, or take it away."""
    path = chance.choice(vault.files)
    content = path.read_bytes()
    place = chance.randrange(len(content))
    flipped = bytes([*content[:place], content[place] ^ 1 << chance.randrange(8), *content[place + 1 :]])
    new = chance.choice((flipped, content[:place], None))
    if new is None:
        path.unlink()
    else:
        path.write_bytes(new)
    owner = next((row["owner"] for row in vault.rows["evidence"] if row["id"] == path.stem), "")

    def undo() -> None:
        path.write_bytes(content)

    return "a file", vault.numbers.get(owner, ""), undo


def _tail(vault: Vault, chance: random.Random) -> tuple[str, str, Undo]:
    """Cut the last entries; the kept line alone tells."""
    table = vault.tables["ledger"]
    gone = vault.rows["ledger"][-chance.randint(1, 3) :]
    vault.run(delete(table).where(table.c.n >= gone[0]["n"]))
    return "tail", "", lambda: vault.run(insert(table).values(gone))


def _other(value: Any, chance: random.Random) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, bytes):
        changed = bytearray(value)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.randint(1, 10**9))
    if isinstance(value, date):
        return value + timedelta(days=chance.randint(1, 9))
    if isinstance(value, int):
        return value + chance.randint(1, 9) * 1000
    if not value:
        return b"x" if value is None else "x"
    place = chance.randrange(len(value))
    return value[:place] + ("a" if value[place] != "a" else "b") + value[place + 1 :]


if __name__ == "__main__":
    raise SystemExit(not main())
