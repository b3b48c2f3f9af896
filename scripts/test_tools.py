"""Make sure that the tests have a PostgreSQL server and a browser; install what is missing, or say how."""

import platform
import subprocess
import sys
from pathlib import Path

from tests.support import browser, postgres

HOME = Path(__file__).parent.parent


def install(package: str) -> bool:
    """Install a package of the system; it says what it does, or the line to run."""
    return subprocess.run([HOME / "scripts" / "apt.sh", package], check=False).returncode == 0


def distribution() -> str:
    """Name the system, as ``debian`` or ``ubuntu``."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def need_server() -> bool:
    """Find a PostgreSQL server, or install it."""
    return postgres.programs() is not None or (install("postgresql") and postgres.programs() is not None)


def need_browser() -> bool:
    """Find Chromium, or install it; Ubuntu has it in a closed box only, so Playwright's is taken there."""
    if browser.find():
        return True
    if distribution() == "debian" and install("chromium") and browser.find():
        return True
    print("Installing Chromium (playwright install --with-deps chromium)", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)
    return browser.find() is not None


def main() -> int:
    """Say what is missing; 0 when nothing is."""
    missing = []
    if not need_server():
        missing.append(postgres.MISSING)
    if not need_browser():
        missing.append(browser.MISSING)
    for line in missing:
        print(line, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
