"""A portal for one test: nothing of it outlives the test, nothing of it reaches the network."""

import os
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache

from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage.database import Database
from app.base.web.pages import make_pages
from app.base.web.wording import Templates
from app.evidence.examiner import Examiner
from tests.support.run import VARIABLE

EXAMINER = Examiner()
"""One reader of files for each process of tests, started by the first file."""
PAGES: dict[str, Templates] = {}


def make_portal(database: Database, clock: Clock, folder: Path, **settings: Any) -> Portal:
    """Build an instance over this database; ``settings`` change those of the tests."""
    wanted: dict[str, Any] = {
        "data": folder / "data",
        "database_url": database.url.render_as_string(hide_password=False),
        "worker": False,
    }
    chosen = Settings(**(wanted | settings))
    files = chosen.data / "evidence"
    files.mkdir(parents=True)
    return Portal(
        settings=chosen,
        database=database,
        clock=clock,
        keyring=Keyring.throwaway(),
        files=files,
        pages=_pages(chosen),
        check_file=EXAMINER.check,
        check_paper=EXAMINER.check_whole,
        read_stack=EXAMINER.read_stack,
        read_logo=EXAMINER.read_logo,
        read_file=EXAMINER.read,
        read_thumbnail=EXAMINER.read_thumbnail,
        mask=EXAMINER.mask,
    )


def _pages(settings: Settings) -> Templates:
    """Build the templates once in a process for each choice of settings; each is compiled once for the whole run."""
    likeness = settings.model_dump_json(exclude={"data", "database_url"})
    pages = PAGES.get(likeness)
    if pages is None:
        pages = PAGES[likeness] = make_pages(settings)
        if folder := os.environ.get(VARIABLE):
            for name, templates in (("french", pages.french), ("others", pages.others)):
                compiled = Path(folder, "templates", name)
                compiled.mkdir(parents=True, exist_ok=True)
                templates.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return pages
