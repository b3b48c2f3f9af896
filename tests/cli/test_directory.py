"""``saisine import-directory``: what it prepares, what it lets serve, what it refuses."""

import pytest

from tests.support import directory
from tests.support.listed import LINES

pytestmark = pytest.mark.engines("sqlite")
LATER = "PS_LibreAcces_Personne_activite_202611120800.txt"


def test_an_extraction_serves_at_once(on, reference, tmp_path):
    done = on(reference)("import-directory", str(directory.write(tmp_path, LINES)))
    assert done.status == 0
    counts = {"lines": 7, "people": 5, "listings": 6, "rejected": {"en double": 1}, "added": 5, "gone": 0}
    assert done.json == {"taken_on": "2026-10-08", "state": "active", **counts}


def test_one_looks_before_it_serves_then_goes_back(on, reference, tmp_path):
    saisine = on(reference)
    saisine("import-directory", str(directory.write(tmp_path, LINES)))
    told = saisine("import-directory", str(directory.write(tmp_path, LINES[3:], LATER)), "--check").json
    assert (told["state"], told["added"], told["gone"]) == ("ready", 0, 1)
    assert saisine("import-directory", "--back").status == 2
    applied = saisine("import-directory", "--apply").json
    assert (applied["taken_on"], applied["people"]) == ("2026-11-12", 4)
    assert saisine("import-directory", "--apply").status == 2
    assert saisine("import-directory", "--back").json["taken_on"] == "2026-10-08"
    assert saisine("import-directory", "--back").json["taken_on"] == "2026-11-12"


def test_the_date_may_be_given(on, reference, tmp_path):
    path = str(directory.write(tmp_path, LINES, "annuaire.txt"))
    on(reference)("import-directory", path).refuses("annuaire.txt", "--date YYYY-MM-DD")
    assert on(reference)("import-directory", path, "--date", "2026-09-01").json["taken_on"] == "2026-09-01"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "give a file"),
        (("--apply", "--back"), "give a file"),
        (("--apply",), "no extraction was prepared"),
        (("--back",), "there is no earlier extraction"),
        (("/nowhere/PS_20261008.txt",), "/nowhere/PS_20261008.txt"),
        (("a.txt", "--date", "8 octobre"), "--date"),
    ],
)
def test_what_it_refuses(on, reference, words, told):
    on(reference)("import-directory", *words).refuses(told)


def test_a_file_that_is_not_the_directory_is_named_with_its_line(on, reference, tmp_path):
    path = directory.write(tmp_path, LINES)
    path.write_bytes(path.read_bytes()[:-100])
    on(reference)("import-directory", str(path)).refuses(str(path), "line 8 is cut")
