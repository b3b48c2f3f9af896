"""Write the list of addresses that are kept; the test of the house compares it with the application."""

import tempfile
from pathlib import Path

from app.base.storage.database import Database
from app.runtime.app import create_app
from tests.support.clock import StoppedClock
from tests.support.portal import make_portal
from tests.support.routes import LIST, addresses

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        portal = make_portal(Database(f"sqlite:///{folder}/empty.sqlite"), StoppedClock(), Path(folder))
        LIST.write_text("\n".join(addresses(create_app(portal.settings, portal=portal))) + "\n", encoding="utf-8")
    print(f"{LIST.name}: {len(LIST.read_text(encoding='utf-8').splitlines())} addresses")
