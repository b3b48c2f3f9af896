"""The commands of the keyring."""

import pytest

pytestmark = pytest.mark.usefixtures("keyring")


def test_keys_are_changed_watched_and_tried(on, reference):
    run = on(reference)
    first = run("keys", "status", "--json")
    assert first.status == 1
    assert [what for what in first.json["due"] if "outside" not in what] == []
    assert run("keys", "escrow-tried").status == 0
    assert run("keys", "status").status == 0
    done = run("keys", "rotate")
    assert (done.status, done.out.partition(" ")[0]) == (0, "0")
    told = run("keys", "status", "--json").json
    names = [one["version"] for one in told["versions"] if one["family"] == "autorite"]
    assert (names, told["rotating"], told["due"]) == (["v1", "v2"], False, [])
    assert run("keys", "destroy").out == "nothing to destroy yet\n"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("day", ["hier", "2999-01-01", "2026-02-30"])
def test_a_bad_day_is_refused(on, reference, day):
    on(reference)("keys", "escrow-tried", day).refuses()
