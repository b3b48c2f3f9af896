"""Write the next revision: what separates the tables of the last one from those that the code declares."""

import sys
import tempfile
from pathlib import Path

from app.base.storage.database import Database
from app.base.storage.migrate import upgrade, write_revision

if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():  # noqa: PLR2004
        sys.exit('usage: make migration m="what it does"')
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder)}/empty.sqlite")
        upgrade(database)
        write_revision(database, sys.argv[1].strip())
        database.close()
