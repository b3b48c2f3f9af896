"""A browser and a server of one's own: with and without JavaScript, on a phone and on a desk."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import choice
from typing import Any, Self

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from app.base.i18n import FRENCH
from app.base.portal import Portal
from app.base.storage.database import Database
from tests.browser import looking
from tests.browser.looking import VIEWPORTS, Judge
from tests.journeys import Journey, follow
from tests.support import browser as programs
from tests.support.client import SuspiciousClient
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
    config.addinivalue_line("markers", "touch: the screen feels fingers")


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    """The service of this process, listening on a free port; each test puts a portal of its own behind it."""
    from app.runtime.app import create_app  # noqa: PLC0415 - only here is the whole application needed

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        nothing = make_portal(Database("sqlite://"), StoppedClock(), tmp_path_factory.mktemp("server"), port=port)
        with Server(create_app(nothing.settings, portal=nothing), listening, port) as started:
            yield started


@pytest.fixture
def site(server: "Server", reference: Database, clock: StoppedClock, tmp_path: Path) -> Iterator[Site]:
    """The service over a portal of its own: nothing of another test is left in it, no request outlives the test."""
    nothing = server.app.state.portal
    portal = server.app.state.portal = make_portal(reference, clock, tmp_path, port=server.port)
    yield Site(f"http://127.0.0.1:{server.port}", portal)
    server.until("a request does not end", server.is_quiet)
    server.app.state.portal = nothing


class Server:
    """An application served from a thread, for the time of a block."""

    def __init__(self, app: Any, listening: socket.socket, port: int) -> None:
        """Prepare to answer at a socket that is bound."""
        seen = looking.with_axe(Watched(app))
        config = uvicorn.Config(seen, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2)
        self.app, self.port, self.server = app, port, uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> Self:
        """Start, and wait until it answers."""
        self.thread.start()
        self.until("the server did not start", lambda: self.server.started)
        return self

    def __exit__(self, *_trouble: object) -> None:
        """End what is being answered, and stop."""
        self.server.should_exit = True
        self.thread.join(START_SECONDS)

    def is_quiet(self) -> bool:
        """Tell whether nobody is connected and nothing is being answered."""
        return not (self.server.server_state.connections or self.server.server_state.tasks)

    def until(self, trouble: str, is_so: Callable[[], bool]) -> None:
        """Wait for something of the server. Raises :class:`AssertionError` with the trouble when it never comes."""
        end = time.monotonic() + START_SECONDS
        while not is_so():
            assert time.monotonic() < end, trouble
            assert self.thread.is_alive(), "the server stopped"
            time.sleep(0.005)


@pytest.fixture(autouse=True)
def wide_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the widest numbers: whether a page fits its screen must not depend on the letters of a complaint."""
    monkeypatch.setattr("app.filing.rules.draw", lambda symbols: "".join(choice("MW") for _ in range(symbols)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """One Chromium for each process of tests, and the loop of its driver, which owns the thread while it is set."""
    with sync_playwright() as driver:
        loop = asyncio.get_running_loop()
        path = programs.find(driver)
        if path is None:
            pytest.fail(programs.MISSING, pytrace=False)
        arguments = [*programs.ARGUMENTS, ALONE]
        opened = driver.chromium.launch(executable_path=path, args=arguments, timeout=120_000)
        yield opened, loop
        asyncio._set_running_loop(loop)
        opened.close()


@pytest.fixture
def browser(chromium: tuple[Browser, asyncio.AbstractEventLoop], site: Site) -> Iterator[Browser]:
    """Lend the Chromium to one test, for profiles of its own; between tests, others may run a loop in the thread."""
    del site  # which ends after the last profile
    opened, loop = chromium
    asyncio._set_running_loop(loop)
    yield opened
    for left in opened.contexts:
        left.close()
    asyncio._set_running_loop(None)


@pytest.fixture
def context(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Site,
    viewport: str,
    scripts: bool,  # noqa: FBT001
) -> Iterator[BrowserContext]:
    """A fresh profile; the test fails if a page calls another host, is refused something by its policy, or breaks."""
    width, height = VIEWPORTS[viewport]
    opened = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        has_touch=request.node.get_closest_marker("touch") is not None,
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
def quick(server: "Server", site: Site) -> SuspiciousClient:
    """A client that draws nothing, for the way to the page that a test is about; then :func:`lend` its cookies."""
    client = SuspiciousClient(Watched(server.app), site.portal.database)
    client.base_url = site.url
    return client


def lend(client: SuspiciousClient, page: Page) -> None:
    """Let a browser go on where a client stands."""
    jar = [(one.name, one.value or "") for one in client.cookies.jar]
    page.context.add_cookies(
        [{"name": name, "value": value, "url": str(client.base_url), "httpOnly": True} for name, value in jar]
    )


def opened(page: Page, client: SuspiciousClient, journey: Journey, until: str, code: str = FRENCH) -> Page:
    """Open a page of the detailed form in a language, with the answers that lead to it."""
    address = str(follow(client, journey, until=until, code=code).url)
    lend(client, page)
    page.goto(address)
    return page


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab; ``page.goto("/saisine")`` opens a page of the site."""
    return context.new_page()


@pytest.fixture
def axe(scripts: bool) -> Judge:  # noqa: FBT001
    """Assert that axe finds nothing: ``axe(page)``."""
    return looking.assert_accessible if scripts else looking.assert_accessible_without_scripts


@pytest.fixture
def judge(axe: Judge, scripts: bool) -> Judge:  # noqa: FBT001
    """Every look with the script; axe on the same page without it."""
    return looking.look if scripts else axe
