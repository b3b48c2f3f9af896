"""How many questions of competence one process answers in a second, all the facts in memory."""

import random
import tempfile
import time
from pathlib import Path

from app.base.settings import Settings
from app.base.storage.database import Database
from app.routing.queries import Atlas, competence
from app.runtime.preparation import prepare_demo
from bench.support import verdict

ASKED, LEAST = 200_000, 50_000


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        prepare_demo(settings)
        database = Database(settings.database)
        with database.read() as session:
            atlas = Atlas(session)
        database.close()
    chance = random.Random(5)
    communes, professions = list(atlas.places), list(atlas.professions)
    asked = [(chance.choice(communes), chance.choice(professions)) for _ in range(ASKED)]
    began = time.perf_counter()
    for commune, profession in asked:
        competence(atlas, profession=profession, commune=commune)
    pace = ASKED / (time.perf_counter() - began)
    return verdict("microseconds a decision", 1e6 / pace, "µs", 1e6 / LEAST)


if __name__ == "__main__":
    raise SystemExit(not main())
