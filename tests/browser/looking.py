"""Judging a page as it is shown now: on each screen, in light and dark, larger, narrower, by focus and by thumb.

The ids are those of ``docs/accessibilite-controle.md``; ``tests/support/manners.py`` judges what needs no browser.
A page is judged once in a run; it is known by its address, screen, words and tags, by what is checked and focused, and
without what is drawn at random. Only a page that passed is kept, in the folder of the run, which ends with it: a test
that runs alone judges all its pages, and a fault is found by each test that meets it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.base.i18n import LANGUAGES
from tests.support.html import DRAWN
from tests.support.run import Run

Judge = Callable[[Page], None]
VIEWPORTS = {"phone": (360, 740), "desktop": (1280, 800)}
NARROW = {"width": 320, "height": 640}
"""The width at which nothing may scroll sideways (WCAG 2.2, 1.4.10)."""
THUMB, DENSE = 44, 24
"""Pixels of the smallest target: in the pages of a person, and on a desk (WCAG 2.2, 2.5.8)."""
DESKS = re.compile(r"https?://[^/]+/(agent|administration|association/(mandats|nouvelle|plaintes|utilisateurs))")
PRELOADED = {"assets": ["media"]}
"""No rule of these tags reads the style sheets, which axe would otherwise load anew each time."""
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
BY_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules whose verdict may change with the colours alone."""
BY_STYLE = {"type": "rule", "values": [*BY_COLOUR["values"], "target-size", "scrollable-region-focusable"]}
"""The rules whose verdict may change with the width alone, where the same things are shown."""
PARSED_ONCE = """(() => {
  const { Color } = axe.commons.color;
  const { parseString } = Color.prototype;
  const known = new Map();
  Color.prototype.parseString = function (words) {
    if (!known.has(words)) known.set(words, parseString.call(new Color(0, 0, 0), words));
    const { r, g, b, alpha } = known.get(words);
    return Object.assign(this, { r, g, b, alpha });
  };
})()"""
"""Axe reads each colour anew for each word it lies under: some ten colours of a page, a thousand times."""
AXE = f"{Axe().axe_script};{PARSED_ONCE}"
AXE_AT = "/axe.js"
"""Where a page of the site finds axe; the browser compiles it once for a profile, not once for a page."""
RUN = f"""async (options) => {{
  if (!("axe" in window)) await import("{AXE_AT}").catch(() => null);
  return "axe" in window ? (await axe.run(options)).violations : null;
}}"""
FRAME = "() => [document.documentElement.lang, document.title, document.querySelectorAll('h1').length]"

LOOKING = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").partition("*/")[2].strip()
LAYOUT = f"() => {LOOKING}.layout()"
LOOKS = f"looks => {{ const looking = {LOOKING}; return looks.flatMap(([what, given]) => looking[what](given)); }}"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
SPACED += " p { margin-bottom: 2em !important; }"
TWICE = "html { font-size: 200% !important; }"


def once(judge: Judge) -> Judge:
    """Judge a page, unless this run has found no fault with the same page."""

    def judged(page: Page) -> None:
        page.wait_for_load_state()  # said by the browser: a page without script would never poll itself
        seen = f"{judge.__name__} {page.viewport_size} {page.url} {page.evaluate(f'{LOOKING}.written()')}"
        with Run.join().first(f"looked/{sha256(DRAWN.sub('', seen).encode()).hexdigest()}") as is_new:
            if is_new:
                judge(page)

    return judged


@once
def look(page: Page) -> None:
    """Judge the frame of the page, run axe on each screen in both colours, then enlarge, space and shrink it.

    The page is left as it was found, so that what follows does not depend on whether it was judged here or elsewhere.
    """
    tag, title, headings = page.evaluate(FRAME)
    assert tag in {language.tag for language in LANGUAGES.values()}, f"{page.url}: {tag!r}"
    assert title.endswith("– Saisine"), title
    assert headings == 1, f"{page.url}: not one h1"
    was = page.viewport_size
    assert was is not None
    phone, desktop = VIEWPORTS.values()
    show(page, *phone)
    layout = page.evaluate(LAYOUT)
    run_axe(page, RULES)
    page.emulate_media(color_scheme="dark")
    run_axe(page, BY_COLOUR)
    show(page, *desktop)
    run_axe(page, BY_COLOUR)
    page.emulate_media(color_scheme="light")
    run_axe(page, BY_STYLE if page.evaluate(LAYOUT) == layout else RULES)
    is_whole(page, ("size", [TWICE, "P3"]))
    show(page, *phone)
    is_whole(page, ("words", [TWICE, "P3"]))
    show(page, NARROW["width"], NARROW["height"])
    is_whole(page, ("size", ["html { }", "P4"]))
    show(page, was["width"], was["height"])
    thumb = DENSE if DESKS.match(page.url) else THUMB
    is_whole(page, ("size", [SPACED, "P5"]), ("place", thumb), ("focus", None))


def show(page: Page, width: int, height: int) -> None:
    """Show the page on a screen of this size."""
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})


def with_axe(app: Any) -> Any:
    """Answer with axe at its address; all else is the application's."""
    kept = Response(AXE, media_type="text/javascript", headers={"Cache-Control": "max-age=3600, immutable"})

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await (kept if scope.get("path") == AXE_AT else app)(scope, receive, send)

    return answer


def is_whole(page: Page, *looks: tuple[str, Any]) -> None:
    """Assert that these looks of ``looking.js``, each with what it is given, find nothing."""
    faults = page.evaluate(LOOKS, looks)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


@once
def assert_accessible(page: Page) -> None:
    """Run axe on the page as it is shown, with all rules."""
    run_axe(page, RULES)


@once
def assert_accessible_without_scripts(page: Page) -> None:
    """Run axe on a page whose own scripts never ran, and still cannot afterwards."""
    with scripts_allowed(page):
        run_axe(page, RULES)


@contextmanager
def scripts_allowed(page: Page) -> Iterator[None]:
    """Let what a test brings run for a while in a page that was opened without JavaScript."""
    tools = page.context.new_cdp_session(page)
    for disabled in (True, False):  # the browser hears a change alone, and this session knows of none yet
        tools.send("Emulation.setScriptExecutionDisabled", {"value": disabled})
    try:
        yield
    finally:
        tools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        tools.detach()


def run_axe(page: Page, rules: dict[str, Any]) -> None:
    """Run these rules of axe on the page as it is shown. It needs a page where scripts run."""
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": PRELOADED, "selectors": False}
    found = page.evaluate(RUN, options)
    if found is None:  # a page that has no address
        page.evaluate(AXE)
        found = page.evaluate(RUN, options)
    said = [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
    assert not said, f"{page.url}: {len(said)} faults\n" + "\n".join(said)
