"""Make sure that the tests have a PostgreSQL server and a browser: install what is missing, or say how."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import browser, postgres

HOME = Path(__file__).parent.parent
OF_UBUNTU = "Then, for the browser: sudo .venv/bin/python -m playwright install --with-deps chromium"


def distribution() -> str:
    """Name the system, as ``debian`` or ``ubuntu``."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def missing_packages(system: str) -> list[str]:
    """List the packages of the system that the tests still need.

    Ubuntu has Chromium as a snap only, which sees none of our folders: Playwright's own is taken there.
    """
    missing = [] if postgres.programs() else ["postgresql"]
    if not shutil.which("curl"):  # the guide of the interface is run as it is printed
        missing.append("curl")
    if not browser.driver_works():
        missing.append("libatomic1")
    if system != "ubuntu" and not browser.is_there():
        missing.append(browser.PACKAGE)
    return missing


def install(packages: list[str]) -> bool:
    """Install packages of the system; where that may not be done, the one line to run is said."""
    return subprocess.run([HOME / "scripts" / "apt.sh", *packages], check=False).returncode == 0


def main() -> int:
    """Install what is missing; 0 when nothing is missing any more."""
    system = distribution()
    packages = missing_packages(system)
    if packages and not install(packages):
        if system == "ubuntu" and not browser.is_there():
            print(OF_UBUNTU, file=sys.stderr)
        return 1
    if system == "ubuntu" and not browser.is_there():
        print("Installing Chromium (playwright install --with-deps chromium)", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False)
    found = {postgres.MISSING: postgres.programs(), browser.MISSING: browser.find()}
    for line in (line for line, path in found.items() if path is None):
        print(line, file=sys.stderr)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
