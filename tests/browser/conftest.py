"""A browser and a server of one's own: with and without JavaScript, on a phone and on a desk."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, expect, sync_playwright

from app.base.db import Database
from app.base.portal import Portal
from tests.browser.looking import VIEWPORTS, Judge, assert_accessible, assert_accessible_without_scripts, look
from tests.support import browser as chromium
from tests.support.clock import StoppedClock
from tests.support.portal import make_portal
from tests.support.pressed import Watched

SCRIPTS = ("js", "nojs")
START_SECONDS = 60
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Keeps the browser at home: no other host has an address, whatever a page asks."""
expect.set_options(timeout=60_000)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "viewports(*names): phone, desktop; both without it")
    config.addinivalue_line("markers", "scripts(*names): js, nojs; both without it")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that asks for a page is run on each screen, with and without JavaScript, unless it chooses."""
    for fixture, mark, every in (("viewport", "viewports", tuple(VIEWPORTS)), ("scripts", "scripts", SCRIPTS)):
        if fixture in metafunc.fixturenames:
            chosen = metafunc.definition.get_closest_marker(mark)
            metafunc.parametrize(fixture, chosen.args if chosen else every, indirect=True)


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> str:
    """The screen of this test: ``phone`` (360 × 740) or ``desktop`` (1280 × 800)."""
    name: str = request.param
    return name


@pytest.fixture
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether JavaScript is on."""
    return bool(request.param == "js")


@dataclass(frozen=True)
class Site:
    """A server that listens on this machine."""

    url: str
    portal: Portal


@pytest.fixture
def site(reference: Database, clock: StoppedClock, tmp_path: Path) -> Iterator[Site]:
    """The service, listening on a free port over a portal of its own."""
    from app.runtime.app import create_app  # noqa: PLC0415 - only here is the whole application needed

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        portal = make_portal(reference, clock, tmp_path, port=port)
        app = Watched(create_app(portal.settings, portal=portal))
        with serving(app, listening):
            yield Site(f"http://127.0.0.1:{port}", portal)


class serving:  # noqa: N801 - read as a sentence: with serving(app, listening)
    """Serve an application from a thread, for the time of a block."""

    def __init__(self, app: Any, listening: socket.socket) -> None:
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2)
        self.server, self.listening = uvicorn.Server(config), listening
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()
        end = time.monotonic() + START_SECONDS
        while not self.server.started:
            assert time.monotonic() < end, "the server did not start"
            assert self.thread.is_alive(), "the server stopped at once"
            time.sleep(0.01)

    def __exit__(self, *_trouble: object) -> None:
        self.server.should_exit = True
        self.thread.join(START_SECONDS)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser. Its event loop owns the thread: it must end before the tests of another module."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for each module; each test has its own profile in it."""
    path = chromium.find(playwright)
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    opened = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS, ALONE], timeout=120_000)
    yield opened
    opened.close()


@pytest.fixture
def context(browser: Browser, site: Site, viewport: str, scripts: bool) -> Iterator[BrowserContext]:  # noqa: FBT001
    """A fresh profile; the test fails if a page calls another host, is refused something by its policy, or breaks."""
    width, height = VIEWPORTS[viewport]
    opened = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    opened.set_default_timeout(60_000)
    troubles: list[str] = []

    def leaves_home(request: Request) -> None:
        """Another host is never found, unless the test answers in its place; no route here: it would end the cache."""
        if not request.url.startswith((site.url, "data:", "blob:")):
            troubles.append(f"another host: {request.url}")

    opened.on("requestfailed", leaves_home)
    opened.on("weberror", lambda error: troubles.append(f"script error: {error.error}"))
    opened.on("console", lambda said: troubles.append(f"console: {said.text}") if said.type == "error" else None)
    opened.on("response", lambda got: troubles.append(f"{got.status} {got.url}") if is_broken(got) else None)
    yield opened
    opened.close()
    assert not [trouble for trouble in troubles if not is_expected(trouble)]


def is_broken(response: Any) -> bool:
    """Tell an answer that no page of ours should cause."""
    missing = response.status == 404 and "/static/" in response.url
    return missing or (response.status >= 500 and response.status != 503)


def is_expected(trouble: str) -> bool:
    """A refused answer (403, 404, 422…) is also written in the console by Chromium; the test judges it itself."""
    refused = "console: Failed to load resource: the server responded with a status of 4"
    cut = "console: Failed to load resource: net::ERR_INTERNET_DISCONNECTED"  # a line that the test cut itself
    return trouble.startswith((refused, cut))


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab; ``page.goto("/saisine")`` opens a page of the site."""
    return context.new_page()


@pytest.fixture
def axe(scripts: bool) -> Judge:  # noqa: FBT001
    """Assert that axe finds nothing: ``axe(page)``."""
    return assert_accessible if scripts else assert_accessible_without_scripts


@pytest.fixture
def judge(axe: Judge, scripts: bool) -> Judge:  # noqa: FBT001
    """Every look with the script; axe on the same page without it."""
    return look if scripts else axe
