"""A portal for one test: nothing of it outlives the test, nothing of it reaches the network.

What depends on the settings alone is built once in a process: the settings themselves, the pages, the application.
"""

import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import FileSystemBytecodeCache

from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.storage.database import Database
from app.base.web.templates import make_pages
from app.base.web.wording import Templates
from app.evidence.examiner import Examiner
from tests.support.run import VARIABLE

EXAMINER = Examiner()
"""One reader of files for each process of tests, started by the first file."""
SETTINGS: dict[str, Settings] = {}
PAGES: dict[str, Templates] = {}
APPLICATIONS: dict[str, FastAPI] = {}


def make_portal(database: Database, clock: Clock, folder: Path, **settings: Any) -> Portal:
    """Build an instance over this database; ``settings`` change those of the tests."""
    own = {"data": folder / "data", "database_url": database.url.render_as_string(hide_password=False)}
    chosen = _settings(**({"worker": False} | settings)).model_copy(update=own)
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


def application(portal: Portal) -> FastAPI:
    """Give the application, over this portal from now on."""
    from app.runtime.app import create_app  # noqa: PLC0415 - tests of rules do not pay for the web

    likeness = _likeness(portal.settings)
    if likeness not in APPLICATIONS:
        APPLICATIONS[likeness] = create_app(portal.settings, portal=portal)
    APPLICATIONS[likeness].state.portal = portal
    return APPLICATIONS[likeness]


def _settings(**said: Any) -> Settings:
    """Read the settings; the environment has a word in them, and a test may change it."""
    likeness = repr((sorted(said.items()), sorted(one for one in os.environ.items() if one[0].startswith("SAISINE_"))))
    if likeness not in SETTINGS:
        SETTINGS[likeness] = Settings(**said)
    return SETTINGS[likeness]


def _likeness(settings: Settings) -> str:
    return settings.model_dump_json(exclude={"data", "database_url"})


def _pages(settings: Settings) -> Templates:
    """Build the templates; each is compiled once for the whole run."""
    likeness = _likeness(settings)
    pages = PAGES.get(likeness)
    if pages is None:
        pages = PAGES[likeness] = make_pages(settings)
        if folder := os.environ.get(VARIABLE):
            for name, templates in (("french", pages.french), ("others", pages.others)):
                compiled = Path(folder, "templates", name)
                compiled.mkdir(parents=True, exist_ok=True)
                templates.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return pages
