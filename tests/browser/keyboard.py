"""A person who has no mouse: Tab, arrows, Space, Enter, and letters; or who has one finger on a screen."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from app.base.i18n import in_language, translate
from app.base.web.language_prefix import apart
from tests.journeys import Journey, name_of

READ = """() => {
  // A page that is only beginning has no focus yet, or no element at all.
  const e = document.activeElement || document.documentElement || document.createElement("html");
  return {tag: e.tagName, type: e.type || "", name: e.name || "", value: e.value || "", checked: !!e.checked,
          text: (e.innerText || "").trim(), main: !!e.closest("main"),
          primary: e.matches(".govuk-button:not(.govuk-button--secondary)")};
}"""
MEET = """(fields) => fields.map(([name, value]) => {
  const all = [...document.querySelectorAll("main [name]:not([type=hidden])")].filter((e) => e.name === name);
  const chosen = all.find((e) => ["radio", "checkbox"].includes(e.type) && e.value === value);
  const e = chosen || all[0];
  if (!e) return {seen: false, folded: false};
  const {width, height} = e.getBoundingClientRect();
  return {tag: e.tagName, choice: !!chosen, checked: !!e.checked, folded: !!e.closest("details:not([open])"),
          seen: e.checkVisibility({visibilityProperty: true}) && width > 0 && height > 0};
})"""
"""How each field stands under the finger, asked at once."""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
"""The key on its way down, which moves the focus; letting it go does nothing, and costs a frame of the screen."""
MOST = 260
"""Presses after which a page is lost for someone without a mouse."""


class Keyboard:
    """Fills a page by its keyboard alone; what cannot be reached fails."""

    def __init__(self, page: Page) -> None:
        """Sit before a tab."""
        self.page = page
        self.keys = page.context.new_cdp_session(page)

    def here(self) -> dict[str, Any]:
        """Describe what has the focus; asked on the line of the keys, at a third of the cost of ``evaluate``."""
        asked = {"expression": f"({READ})()", "returnByValue": True}
        try:
            found: dict[str, Any] = self.keys.send("Runtime.evaluate", asked)["result"]["value"]
        except Error:  # the page is giving way to another, for which this waits
            found = self.page.evaluate(READ)
        return found

    def tab(self) -> None:
        """Go to what follows."""
        self.keys.send("Input.dispatchKeyEvent", TAB)

    def answer(self, fields: Mapping[str, Any]) -> None:
        """Go through the page in the order of Tab, answer each field met, then press its main button."""
        left = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        for _ in range(MOST):
            self.tab()
            now = self.here()
            if not now["main"]:
                continue
            if now["name"] in left:
                self._fill(now, left)
            elif now["tag"] == "SUMMARY" and left:
                self.page.keyboard.press("Space")
            elif now["primary"] and not left:
                self._enter()
                return
            elif now["primary"]:
                break
        raise AssertionError(f"{self.page.url}: not reached by Tab: {left or 'the main button'}")

    def press(self, words: str) -> None:
        """Press the button or follow the link that says these words, to another page."""
        self._reach(words)
        self._enter()

    def start(self, words: str) -> None:
        """Press what says these words, and stay on the page."""
        self._reach(words)
        self.page.keyboard.press("Enter")

    def _reach(self, words: str) -> None:
        for _ in range(MOST):
            self.tab()
            if self.here()["text"].split() == words.split():
                return
        raise AssertionError(f"{self.page.url}: « {words} » is not reached by Tab")

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _fill(self, now: dict[str, Any], left: dict[str, list[str]]) -> None:
        name = now["name"]
        if now["type"] == "radio":
            self._choose(now, left.pop(name)[0])
        elif now["type"] == "checkbox":
            if now["value"] in left[name]:
                if not now["checked"]:
                    self.page.keyboard.press("Space")
                left[name] = [value for value in left[name] if value != now["value"]]
                if not left[name]:
                    del left[name]
        elif now["tag"] == "SELECT":
            self._pick(left.pop(name)[0])
        else:
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.insert_text(left.pop(name)[0])

    def _choose(self, now: dict[str, Any], wanted: str) -> None:
        if now["value"] == wanted:
            self.page.keyboard.press("Space")
        for _ in range(MOST):
            if (found := self.here())["value"] == wanted and found["checked"]:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: « {wanted} » is not among the choices of {now['name']}")

    def _pick(self, wanted: str) -> None:
        for _ in range(MOST):
            if self.here()["value"] == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: « {wanted} » is not in the list")


class CountedKeyboard(Keyboard):
    """A keyboard that counts."""

    pressed = 0

    def tab(self) -> None:
        """Go to what follows."""
        self.pressed += 1
        super().tab()

    def key(self, name: str) -> None:
        """Press any other key."""
        self.pressed += 1
        self.page.keyboard.press(name)

    def goes(self, name: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.key(name)

    def to_content(self) -> None:
        """Pass over the menu."""
        self.tab()
        assert self.here()["text"] == "Aller au contenu"
        self.key("Enter")


class Finger:
    """Fills a page by touch: what is not there under the finger fails. The page must be one of a touch screen."""

    def __init__(self, page: Page) -> None:
        """Hold a phone."""
        self.page = page

    def answer(self, fields: Mapping[str, Any]) -> None:
        """Answer each field as soon as it is seen, then touch the main button."""
        left = [
            (name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])
        ]
        while left:
            met: list[dict[str, Any]] = self.page.evaluate(MEET, left)
            seen = next((n for n, control in enumerate(met) if control["seen"]), None)
            if seen is None:
                self._unfold(left, met)
                continue
            self._fill(met[seen], *left.pop(seen))
        self._leave(self.page.locator("main .govuk-button:not(.govuk-button--secondary)").locator("visible=true").first)

    def press(self, words: str) -> None:
        """Touch the button or the link that says these words, to another page."""
        wanted = self.page.get_by_role("link", name=words, exact=True)
        self._leave(wanted.or_(self.page.get_by_role("button", name=words, exact=True)))

    def _control(self, name: str, value: str, *, choice: bool) -> Locator:
        chosen = f':is([type=radio], [type=checkbox])[value="{value}"]' if choice else ":not([type=hidden])"
        return self.page.locator(f'main {chosen}[name="{name}"]')

    def _unfold(self, left: list[tuple[str, str]], met: list[dict[str, Any]]) -> None:
        """Open what folds the next field away."""
        for (name, value), control in zip(left, met, strict=True):
            if control["folded"]:
                folds = self._control(name, value, choice=control["choice"])
                folds.locator("xpath=ancestor::details[not(@open)][last()]/summary").tap()
                return
        raise AssertionError(f"{self.page.url}: not seen: {left}")

    def _fill(self, met: dict[str, Any], name: str, value: str) -> None:
        control = self._control(name, value, choice=met["choice"])
        if met["tag"] == "SELECT":
            control.select_option(value)  # the list is drawn by the phone, not by the page
        elif met["choice"]:
            if not met["checked"]:
                control.tap()
            expect(control).to_be_checked()
        else:
            control.tap()
            expect(control).to_be_focused()
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.insert_text(value)

    def _leave(self, wanted: Locator) -> None:
        with self.page.expect_navigation():
            wanted.tap()


def go_on(hand: Keyboard | Finger, journey: Journey, until: str) -> None:
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
