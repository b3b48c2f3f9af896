"""A person who has no mouse: Tab, arrows, Space, Enter, and letters."""

from collections.abc import Mapping
from typing import Any

from tests.browser.hand import Hand

TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
"""The key on its way down, which moves the focus; letting it go does nothing, and costs a frame of the screen."""
MOST = 260
"""Looks after which a page is lost for someone without a mouse."""


class Keyboard(Hand):
    """Fills a page by its keyboard alone; what cannot be reached fails."""

    def here(self) -> dict[str, Any]:
        """Describe what has the focus."""
        found: dict[str, Any] = self.ask("here")
        return found

    def tab(self) -> None:
        """Go to what follows."""
        self.keys.send("Input.dispatchKeyEvent", TAB)

    def answer(self, fields: Mapping[str, Any]) -> None:
        """Go through the page in the order of Tab, answer each field met, then press its main button."""
        left = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
        for _ in range(MOST):
            now = self._next(fields=left)
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
            if self._next(words=" ".join(words.split()))["text"].split() == words.split():
                return
        raise AssertionError(f"{self.page.url}: « {words} » is not reached by Tab")

    def _next(self, **wanted: Any) -> dict[str, Any]:
        """Go past what is surely not wanted, and to what follows it."""
        for _ in range(self.ask("ahead", wanted) + 1):
            self.tab()
        return self.here()

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
            self.write(left.pop(name)[0])

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
