"""A person who has one finger on a screen: what is not there under the finger fails."""

import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator

from tests.browser.hand import Hand

PATIENCE = 60
"""Seconds after which what is touched will not answer."""


class Finger(Hand):
    """Fills a page by touch. The page must be one of a touch screen."""

    def answer(self, fields: Mapping[str, Any]) -> None:
        """Answer each field as soon as it is seen, then touch the main button."""
        left = [
            (name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])
        ]
        while left:
            met = self.ask("first", left)
            if met["turn"] < 0:
                self._touch("unfold", left)
                continue
            name, value = left.pop(met["turn"])
            if met["list"]:
                self.page.locator(f'main [name="{name}"]').select_option(value)  # drawn by the phone, not by the page
                continue
            self._touch("field", [name, value])
            if not met["choice"]:
                self.write(value)
        self._leave(self.page.locator("main .govuk-button:not(.govuk-button--secondary)").locator("visible=true").first)

    def press(self, words: str) -> None:
        """Touch the button or the link that says these words, to another page."""
        wanted = self.page.get_by_role("link", name=words, exact=True)
        self._leave(wanted.or_(self.page.get_by_role("button", name=words, exact=True)))

    def _touch(self, what: str, said: Any) -> None:
        """Touch what is meant, again where it went if the page moved under the finger, until it has answered."""
        end, touched = time.monotonic() + PATIENCE, None
        while not (met := self.ask(what, said))["done"]:
            if met["at"] not in (None, touched):
                touched = met["at"]
                self.page.touchscreen.tap(*touched)
            assert met["here"], f"{self.page.url}: not seen: {said}"
            assert time.monotonic() < end, f"{self.page.url}: no answer to a touch: {said}"

    def _leave(self, wanted: Locator) -> None:
        """Touch what leads to another page; what one has just written may be saved now, and move it by a line."""
        with self.page.expect_navigation():
            wanted.tap()
