"""The bill of materials names all that the service is made of, and nothing else."""

import hashlib
import re
import subprocess

import pytest

from scripts import sbom
from tests.house.test_files import LOCKS, locked
from tests.support.source import HOME, STATIC


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def test_every_locked_library_is_there_with_its_hashes(bill):
    lock = locked(LOCKS[0])
    found = {f"{one['name']}=={one['version']}": one for one in bill["components"] if "externalReferences" in one}
    assert set(found) == {re.split(r"[ ;]", library)[0] for library in lock}
    for library, block in lock.items():
        hashes = found[re.split(r"[ ;]", library)[0]]["externalReferences"][0]["hashes"]
        assert [one["content"] for one in hashes] == re.findall(r"sha256:([0-9a-f]{64})", block)


def test_every_file_of_others_is_there_as_it_is(bill):
    sums = {one["content"] for part in bill["components"] for one in part.get("hashes", ())}
    files = [*(HOME / sbom.FONTS).glob("*.ttf"), *(STATIC / "vendor").rglob("*.js")]
    assert {hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == sums
    assert {"htmx", "govuk-frontend"} <= {part["name"] for part in bill["components"]}


def test_everything_is_asked_for_by_something_that_is_there(bill):
    needs = {one["ref"]: set(one["dependsOn"]) for one in bill["dependencies"]}
    reached, new = set(), {sbom.ROOT}
    while new:
        reached |= new
        new = set().union(*(needs.get(ref, set()) for ref in new)) - reached
    assert reached == {sbom.ROOT} | {part["bom-ref"] for part in bill["components"]}


def test_each_part_has_its_licence_and_its_own_name(bill):
    assert not [part["name"] for part in bill["components"] if not part["licenses"][0]["expression"]]
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(refs) == len(set(refs))


def test_the_same_files_give_the_same_bill(bill):
    assert sbom.bill() == bill


@pytest.fixture
def audit(tmp_path):
    """The script in a folder of its own, where no library is installed; gives how it ended."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "audit.sh"
    script.write_bytes((HOME / "scripts" / "audit.sh").read_bytes())

    def run():
        path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
        return subprocess.run(["/bin/sh", script], capture_output=True, text=True, check=False, env=path)

    return run


def test_an_audit_that_could_not_be_made_is_not_one_that_found_nothing(audit, tmp_path):
    done = audit()
    assert done.returncode == 2
    assert "pip-audit is missing" in done.stderr
    stand_in = tmp_path / "pip-audit"
    stand_in.write_text('#!/bin/sh\necho "$@"\nexit 1\n')
    stand_in.chmod(0o755)
    done = audit()
    assert done.returncode == 1, "what it says is passed on"
    assert done.stdout.split() == [*("--strict", "--disable-pip", "--require-hashes", "--requirement"), LOCKS[1]]
