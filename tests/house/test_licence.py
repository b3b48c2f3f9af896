"""The licence is said once, in its file, and what is taken from others allows it."""

import hashlib
import re
import tomllib

from scripts.sbom import licences
from tests.house.test_files import LOCKS, locked
from tests.support.source import HOME

SPDX = "EUPL-1.2"
OFFICIAL = "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4"
"""The text of SPDX for this identifier, which is the one of the Official Journal (decision (EU) 2017/863)."""


def project():
    return tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_text_is_the_official_one():
    assert hashlib.sha256((HOME / "LICENSE").read_bytes()).hexdigest() == OFFICIAL


def test_the_project_says_its_licence_and_carries_those_of_others():
    assert project()["license"] == SPDX
    for pattern in project()["license-files"]:
        assert list(HOME.glob(pattern)), pattern
    carried = {path.parent.name for path in (HOME / "static" / "vendor").glob("*/LICENSE")}
    assert carried == {path.name for path in (HOME / "static" / "vendor").iterdir() if path.is_dir()}


def test_the_image_is_built_with_the_licence():
    """The build of the package reads the file: an image without it is not built."""
    assert "!LICENSE" in (HOME / ".dockerignore").read_text(encoding="utf-8").splitlines()
    image = (HOME / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^COPY .*\bLICENSE\b", image, re.MULTILINE)
    assert f'org.opencontainers.image.licenses="{SPDX}"' in image


def test_the_licence_of_every_library_was_read():
    assert set(licences()) == {re.split(r"==", library)[0] for library in locked(LOCKS[0])}
