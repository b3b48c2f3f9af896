"""The browser of the tests: the system's Chromium, or the one that Playwright installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

PACKAGE = "chromium-headless-shell"
"""What Debian calls the browser that draws pages and no window around them: half the work for the same pages."""
MISSING = (
    f"A browser is missing, and the pages need it: sudo apt-get install -y {PACKAGE} (Debian), "
    "or .venv/bin/python -m playwright install --with-deps chromium (Ubuntu)"
)
NAMES = (PACKAGE, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-site-isolation-trials",  # every profile would start one process more, for a second site that never comes
    "--in-process-gpu",
    "--renderer-process-limit=1",  # of one profile: the empty page it opens with, then ours, which its policy parts
]


def driver_works() -> bool:
    """Tell whether Playwright's driver starts: it is a program of its own, which wants ``libatomic.so.1``."""
    asked = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, timeout=60, check=False
    )
    return asked.returncode == 0


def is_there() -> bool:
    """Tell whether a browser that works is there, whatever else is missing."""
    return _of_the_system() is not None or (driver_works() and find() is not None)


def find(driver: Playwright | None = None) -> str | None:
    """Return the path of a Chromium that works, or nothing; asked anew each time, since it may just be installed.

    ``driver``: the one that runs already, if any: a second one beside it would not start. Raises
    :class:`playwright.sync_api.Error` when none runs and Playwright's does not start.
    """
    if path := _of_the_system():
        return path
    if driver is None:
        with sync_playwright() as started:
            return find(started)
    path = driver.chromium.executable_path
    return path if os.access(path, os.X_OK) and _works(path) else None


def _of_the_system() -> str | None:
    for name in NAMES:
        path = shutil.which(name)
        if path and not _is_boxed(path) and _works(path):
            return path
    return None


def _is_boxed(path: str) -> bool:
    """Tell whether it is a snap, which sees neither our folders nor our pipes."""
    real = Path(path).resolve()
    if "snap" in real.parts:
        return True
    with real.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"/snap/" in head


def _works(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "Chrom" in said.stdout
