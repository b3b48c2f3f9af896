"""Bytes of the bodies on the wire and requests of the first pages on a phone, empty cache, told by Chromium itself."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.support import Server, verdict
from tests.support import browser as programs

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

FIRST, SHORT = 17, 8


class Wire:
    """Counts what one page brings."""

    def __init__(self, line: CDPSession) -> None:
        """Listen to the network of the page."""
        self.bytes = self.requests = self.documents = 0
        self.heads: dict[str, int] = {}
        self.pages: set[str] = set()
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._brought)

    def _asked(self, event: dict[str, Any]) -> None:
        self.requests += 1
        if event.get("type") == "Document":
            self.pages.add(event["requestId"])

    def _answered(self, event: dict[str, Any]) -> None:
        self.heads[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def _brought(self, event: dict[str, Any]) -> None:
        head = self.heads.pop(event["requestId"], 0)
        brought = max(0, int(event["encodedDataLength"]) - head)  # what is kept already brings nothing
        self.bytes += brought
        self.documents += brought if event["requestId"] in self.pages else 0

    def take(self) -> tuple[int, int, int]:
        """Give the bytes, those of the pages themselves among them, and the requests; start again."""
        taken = self.bytes, self.documents, self.requests
        self.bytes = self.documents = self.requests = 0
        return taken


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        server = Server(Path(folder) / "data").start()
        try:
            browser = play.chromium.launch(executable_path=programs.find(play), args=ARGUMENTS)
            return _measure(browser, server.url)
        finally:
            server.stop()


def _measure(browser: Browser, url: str) -> bool:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    wire = Wire(page.context.new_cdp_session(page))
    page.goto(url + "/avant-de-commencer", wait_until="networkidle")
    first, _, requests = wire.take()
    kept = [verdict("first page", first / 1000, "kB", FIRST), verdict("its requests", requests, "", 4)]
    for path in ("/", "/reprendre"):
        page.goto(url + path, wait_until="networkidle")
        kept.append(verdict(f"then {path}", wire.take()[0] / 1000, "kB", 4))
    page.goto(url + "/avant-de-commencer", wait_until="networkidle")
    wire.take()
    page.get_by_role("button", name="Formulaire court, sur une seule page").click()
    page.wait_for_load_state("networkidle")
    more, itself, _ = wire.take()
    kept.append(verdict("then the short form itself", itself / 1000, "kB", SHORT))
    # its scripts (files, lists that follow what is typed) left the first page: together they weigh no more than before
    kept.append(verdict("first page and short form, with all they bring", (first + more) / 1000, "kB", FIRST + SHORT))
    return all(kept)


if __name__ == "__main__":
    raise SystemExit(not main())
