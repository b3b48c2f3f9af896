"""``saisine verify`` and ``saisine checkpoint``: 0 whole, 1 altered, 2 could not check."""

import json
import re

import pytest
import sqlalchemy as sa

from tests.cli.conftest import held

pytestmark = pytest.mark.engines("sqlite", "postgresql")


def test_what_nobody_touched_is_whole(filled, reference, tmp_path):
    entries, complaints, files = held(reference)
    done = filled("verify")
    assert done.status == 0
    assert done.out == f"whole: {entries} entries, {complaints} complaints, {files} files, 0 tokens\n"
    assert entries > complaints > files > 1
    line = filled("checkpoint").out
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d {entries} [0-9a-f]{{64}}\n", line)
    (tmp_path / "kept.txt").write_text(f"# registre\n{line}", encoding="utf-8")
    assert filled("verify", "--checkpoint", str(tmp_path / "kept.txt")).status == 0


def test_an_alteration_is_named_in_every_form(filled, reference, tmp_path):
    with reference.write() as session:
        session.execute(
            sa.text("UPDATE filing SET town = 'Nulle part' WHERE number = (SELECT max(number) FROM filing)")
        )
        number = session.scalar(sa.text("SELECT max(number) FROM filing"))
    done = filled("verify", "--report", str(tmp_path / "report.json"))
    assert done.status == 1
    assert done.out.splitlines()[0] == f"{number}  filing.town  is not what was committed"
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (told["whole"], [one["column"] for one in told["problems"]]) == (False, ["town"])
    told = filled("verify", "--json")
    assert (told.status, told.json["problems"][0]["number"]) == (1, number)
    assert "Nulle part" not in told.out


def test_a_checkpoint_that_is_not_reached_is_an_alteration(filled, tmp_path):
    (tmp_path / "kept.txt").write_text(f"2026-03-03 99 {'a' * 64}\n", encoding="utf-8")
    done = filled("verify", "--checkpoint", str(tmp_path / "kept.txt"))
    assert done.status == 1
    assert "entry 99, published on 2026-03-03, is missing: the ledger was cut" in done.out


@pytest.mark.parametrize("content", ["", "bonjour\n"])
def test_what_is_no_checkpoint_cannot_be_checked(filled, tmp_path, content):
    (tmp_path / "kept.txt").write_text(content, encoding="utf-8")
    filled("verify", "--checkpoint", str(tmp_path / "kept.txt")).refuses("no line of this file is a checkpoint")
    assert filled("verify", "--checkpoint", str(tmp_path / "none.txt")).status == 2


def test_without_its_keyring_nothing_can_be_checked(filled, tmp_path):
    (tmp_path / "data-keyring.json").write_text("{}", encoding="utf-8")
    filled("verify").refuses("data-keyring.json")


def test_as_many_processes_as_there_are_say_the_same_in_the_same_order(filled, reference, monkeypatch):
    for kind in ("service", "stamps", "bound"):
        monkeypatch.setattr(f"app.verification.{kind}.BATCH", 3)
    with reference.write() as session:
        numbers = session.scalars(sa.text("SELECT number FROM filing ORDER BY id")).all()
        altered = numbers[1::7]
        for number in altered:
            session.execute(sa.text("UPDATE filing SET town = 'Nulle part' WHERE number = :number"), {"number": number})
    assert len(numbers) > 10
    told = []
    for processors in (1, 2, 3):
        monkeypatch.setattr("app.cli.integrity.processors", lambda count=processors: count)
        told.append(filled("verify", "--json"))
    assert [one.status for one in told] == [1, 1, 1]
    assert told[0].out == told[1].out == told[2].out
    assert [problem["number"] for problem in told[0].json["problems"] if problem["table"] == "filing"] == altered
