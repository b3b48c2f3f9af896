"""Judging a page as it is shown now: on each screen, in light and dark, and on the narrowest one."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import BY_STYLE, RULES, VIEWPORTS, assert_accessible

NARROW = {"width": 320, "height": 640}
"""The width at which nothing may scroll sideways (WCAG 2.2, 1.4.10)."""


def look(page: Page, *, wide: dict[str, Any] = RULES) -> None:
    """Judge the frame of the page, run axe on each screen in both colours, then shrink it.

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
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], f"{page.url} scrolls sideways"
    page.set_viewport_size(was)
