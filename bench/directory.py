"""The directory at the size of the country: the time and memory of a load, how fast and how well it answers."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.base.settings import Settings
from app.base.storage.database import Database
from app.directory.queries import search
from app.routing.queries import places_near
from app.runtime.preparation import prepare_demo
from bench.support import percentile, verdict
from tests.support import directory

LINES = int(os.environ.get("LINES_OF_DIRECTORY", "1800000"))
MINUTES, MEMORY, P95, RECALL, EXACT, ASKED, NEAR = 4.0, 400.0, 15.0, 98.0, 99.9, 1000, 5
Query = tuple[str, str, str]
"""Name, place, and the number of the person who is meant."""


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        prepare_demo(settings)
        database = Database(settings.database)
        file = _write(database, Path(folder))
        kept = _load(file, settings.data)
        with database.read() as session:
            session.execute(text("SELECT count(*) FROM directory_key")).scalar()
            kept &= _exact(session)
            kept &= _fuzzy(session)
        database.close()
    return kept


def _write(database: Database, folder: Path) -> Path:
    """Invent a file: as many professionals in a town as people live there."""
    with database.read() as session:
        rows = session.execute(
            text("SELECT code, postal_codes, name, population FROM commune WHERE population > 0 AND postal_codes <> ''")
        ).all()
    chance = random.Random(2)
    towns = [(code, postal.split(";")[0], name) for code, postal, name, _ in rows]
    often = chance.choices(towns, weights=[people for *_, people in rows], k=200_000)
    path = folder / directory.NAME
    with path.open("w", encoding="utf-8") as out:
        out.write("|".join(directory.HEADER) + "\n")
        for place, line in enumerate(directory.invented(LINES, often)):
            out.write(line + "\n")
            if place >= LINES:
                break
    print(f"     {LINES} lines, {path.stat().st_size / 1e6:.0f} MB")
    return path


def _load(file: Path, data: Path) -> bool:
    began = time.monotonic()
    command = [sys.executable, "-m", "app.cli", "import-directory", str(file)]
    done = subprocess.run(command, env={**os.environ, "SAISINE_DATA": str(data)}, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    minutes = (time.monotonic() - began) / 60
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    kept = verdict(f"load of {LINES} lines", minutes, "min", MINUTES)
    return verdict("memory of the load", held, "MB", MEMORY) and kept


def _people(session: Session) -> list[Query]:
    rows = session.execute(
        text(
            "SELECT l.family, s.postal_code, l.rpps FROM directory_listing l JOIN directory_site s ON s.id = l.site"
            " WHERE s.commune <> ''"
        )
    ).all()
    return [tuple(row) for row in random.Random(3).sample(list(rows), ASKED)]


def _ask(session: Session, queries: Sequence[Query], given: Sequence[str]) -> tuple[float, float]:
    """Give the part of queries whose person is among the first five, and the 95th percentile of the time."""
    found, times = 0, []
    for (name, place, rpps), first in zip(queries, given, strict=True):
        began = time.perf_counter()
        answer = search(session, f"{name} {first}".strip(), places_near(session, place, NEAR))
        times.append((time.perf_counter() - began) * 1000)
        found += rpps in {one.rpps for one in answer[:5]}
    return 100 * found / len(queries), percentile(times, 95)


def _given(session: Session, queries: Sequence[Query]) -> list[str]:
    wanted = text("SELECT given FROM directory_listing WHERE rpps = :rpps LIMIT 1")
    return [str(session.scalar(wanted, {"rpps": rpps})) for *_, rpps in queries]


def _exact(session: Session) -> bool:
    queries = _people(session)
    recall, p95 = _ask(session, queries, _given(session, queries))
    kept = verdict("exact names not in the first five", 100 - recall, "%", 100 - EXACT)
    return verdict("exact names, p95", p95, "ms", P95) and kept


def _fuzzy(session: Session) -> bool:
    chance, queries = random.Random(4), _people(session)
    wrong = [(_typo(name, chance), place, rpps) for name, place, rpps in queries]
    recall, p95 = _ask(session, wrong, _given(session, queries))
    kept = verdict("names with a typo or no accent, not in the first five", 100 - recall, "%", 100 - RECALL)
    return verdict("names with a typo, p95", p95, "ms", P95) and kept


def _typo(name: str, chance: random.Random) -> str:
    """Lose, double, change or swap one letter, or take the accents away."""
    place = chance.randrange(1, len(name) - 1)
    kinds = (
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + chance.choice("AEIOURST") + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower(),
    )
    return chance.choice(kinds)


if __name__ == "__main__":
    raise SystemExit(not main())
