"""Judging a page as it is shown now: on each screen, in light and dark, larger, narrower, by focus and by thumb.

The ids are those of ``docs/accessibilite-controle.md``; ``tests/support/manners.py`` judges what needs no browser.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import BY_STYLE, RULES, VIEWPORTS, assert_accessible

NARROW = {"width": 320, "height": 640}
"""The width at which nothing may scroll sideways (WCAG 2.2, 1.4.10)."""
THUMB = 44
"""Pixels of the smallest target in the pages of a person."""

LOOKING = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").partition("*/")[2].strip()
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
SPACED += " p { margin-bottom: 2em !important; }"
TWICE = "html { font-size: 200% !important; }"


def look(page: Page, *, wide: dict[str, Any] = RULES, thumb: int = THUMB) -> None:
    """Judge the frame of the page, run axe on each screen in both colours, then enlarge, space and shrink it.

    ``wide`` chooses the rules of the second screen, for pages that all share one layout.
    """
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.title().endswith("– Saisine"), page.title()
    assert page.locator("h1").count() == 1, f"{page.url}: not one h1"
    was = page.viewport_size
    assert was is not None
    for name, rules in (("phone", RULES), ("desktop", wide)):
        width, height = VIEWPORTS[name]
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page, rules)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, BY_STYLE)
        page.emulate_media(color_scheme="light")
        if name == "desktop":
            is_whole(page, "size", [TWICE, "P3"])
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    is_whole(page, "size", ["html { }", "P4"])
    page.set_viewport_size(was)
    is_whole(page, "size", [SPACED, "P5"])
    is_whole(page, "place", thumb)
    is_whole(page, "focus")


def is_whole(page: Page, what: str, given: Any = None) -> None:
    """Assert that one of the looks of ``looking.js`` finds nothing."""
    faults = page.evaluate(f"(given) => {LOOKING}.{what}(given)", given)
    assert not faults, f"{page.url}\n" + "\n".join(faults)
