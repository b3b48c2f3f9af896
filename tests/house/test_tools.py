"""What the tests need is asked of the machine each time: an installation in between is seen."""

from pathlib import Path

import pytest

from scripts import test_tools
from tests.support import browser, postgres


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """A machine on which nothing is installed; the test puts packages into the set."""
    installed: set[str] = set()
    browsers = {name: f"/usr/bin/{name}" for name in (browser.PACKAGE, "chromium")}
    here = {"postgresql": Path("/usr/lib/postgresql/15/bin"), "curl": "/usr/bin/curl", **browsers}
    monkeypatch.setattr(postgres, "programs", lambda: here["postgresql"] if "postgresql" in installed else None)
    monkeypatch.setattr("shutil.which", lambda name: here[name] if name in installed else None)
    monkeypatch.setattr(browser, "_is_boxed", lambda _path: False)
    monkeypatch.setattr(browser, "_works", lambda path: path in browsers.values())
    monkeypatch.setattr(browser, "driver_works", lambda: "libatomic1" in installed)
    return installed


def test_everything_is_asked_for_at_once_on_a_bare_debian(bare_machine: set[str]) -> None:
    assert test_tools.missing_packages("debian") == ["postgresql", "curl", "libatomic1", "chromium-headless-shell"]
    bare_machine |= {"postgresql", "curl", "libatomic1", "chromium"}
    assert test_tools.missing_packages("debian") == [], "a whole Chromium does as well"
    assert browser.find() == "/usr/bin/chromium"
    bare_machine |= {"chromium-headless-shell"}
    assert browser.find() == "/usr/bin/chromium-headless-shell", "the one without windows is quicker"


def test_a_browser_is_no_package_of_ubuntu(bare_machine: set[str]) -> None:
    bare_machine |= {"postgresql", "curl"}
    assert test_tools.missing_packages("ubuntu") == ["libatomic1"]


def test_an_account_that_may_not_install_reads_one_line(
    bare_machine: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(test_tools, "distribution", lambda: "debian")
    monkeypatch.setattr(test_tools, "install", asked.append)
    assert test_tools.main() == 1
    assert asked == [["postgresql", "curl", "libatomic1", "chromium-headless-shell"]]
    assert capsys.readouterr().err == "", "the line is the one of scripts/apt.sh, said once"
