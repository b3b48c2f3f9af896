"""What every hand does before a page: ask it a thing at once, write in a field, go from page to page of a journey."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, expect

from app.base.i18n import in_language, translate
from app.base.web.language_prefix import apart
from tests.journeys import Journey, name_of

ASKED = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").partition("*/")[2].strip()
ALL = {"type": "rawKeyDown", "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2}
"""Ctrl and A on their way down, which select what a field holds."""


class Hand:
    """What fills the page of a tab."""

    def __init__(self, page: Page) -> None:
        """Sit before a tab."""
        self.page = page
        self.keys = page.context.new_cdp_session(page)

    def answer(self, fields: Mapping[str, Any]) -> None:
        """Answer the fields of a page, then press its main button."""
        raise NotImplementedError

    def press(self, words: str) -> None:
        """Press the button or follow the link that says these words, to another page."""
        raise NotImplementedError

    def ask(self, what: str, *said: Any) -> Any:
        """Ask a thing of ``hand.js``; on the line of the keys, at a third of the cost of ``evaluate``."""
        asked = f"{ASKED}.{what}({', '.join(map(json.dumps, said))})"
        try:
            return self.keys.send("Runtime.evaluate", {"expression": asked, "returnByValue": True})["result"]["value"]
        except (Error, KeyError):  # the page is giving way to another, for which this waits
            return self.page.evaluate(asked)

    def write(self, text: str) -> None:
        """Write in the field that has the focus, in place of what it holds."""
        self.keys.send("Input.dispatchKeyEvent", ALL)
        self.page.keyboard.insert_text(text)


def go_on(hand: Hand, journey: Journey, until: str) -> None:
    """Answer each page that comes, up to ``until``; on the last page, change who receives when that is wanted."""
    page, chosen = hand.page, journey.pages.get("destinataire", {})
    for _ in range(60):
        name = name_of(page.url)
        if name == until:
            break
        hand.answer(journey.pages.get(name, {}))
        assert name_of(page.url) != name, page.locator("main").inner_text()
    assert name_of(page.url) == until
    with in_language(apart(urlsplit(page.url).path)[0]):
        choose = f"{translate('Changer')} {translate('qui reçoit la plainte')}"
        last = translate("Vérifiez vos réponses, puis envoyez")
    if until == "verifier" and chosen and page.get_by_role("link", name=choose).count():
        hand.press(choose)
        hand.answer(chosen)
        expect(page.get_by_role("heading", level=1)).to_contain_text(last)
