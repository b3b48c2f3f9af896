"""The browser of the tests: the system's Chromium, or the one that Playwright installed."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

MISSING = (
    "A browser is missing, and the pages need it: sudo apt-get install -y chromium (Debian), "
    "or .venv/bin/python -m playwright install --with-deps chromium (Ubuntu)"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def find() -> str | None:
    """Give the path of a Chromium that works, or nothing."""
    for name in NAMES:
        path = shutil.which(name)
        if path and not _is_boxed(path) and _works(path):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) and _works(path) else None


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
