"""``saisine backup`` and ``saisine restore``: what comes back is whole, and what came after the copy is named."""

import json
import shutil

import pytest
import sqlalchemy as sa

from app.backup.manifest import digest_of
from tests.cli.conftest import held

pytestmark = pytest.mark.engines("sqlite", "postgresql")


@pytest.fixture
def elsewhere(on, empty_database, monkeypatch, tmp_path):
    """The command, on another machine: an empty place, and the keyring, which is kept apart."""

    def prepare():
        monkeypatch.setenv("SAISINE_DATA", str(tmp_path / "elsewhere"))
        monkeypatch.setenv("SAISINE_KEYRING", str(tmp_path / "data-keyring.json"))
        return on(empty_database)

    return prepare


def numbers(database):
    with database.read() as session:
        return sorted(session.scalars(sa.text("SELECT number FROM filing")))


def files_of(folder):
    return {str(path.relative_to(folder)): digest_of(path) for path in folder.rglob("*.sealed")}


def test_a_copy_comes_back_whole_on_another_machine(filled, elsewhere, reference, empty_database, tmp_path):
    entries, complaints, files = held(reference)
    sealed = len(files_of(tmp_path / "data"))
    done = filled("backup", str(tmp_path / "copy"))
    told = f"copy: {entries} entries, {complaints} complaints, {sealed} sealed files, {sealed} new\n"
    assert done.out.endswith(told)
    line = filled("checkpoint").out
    (tmp_path / "kept.txt").write_text(line, encoding="utf-8")
    mine = numbers(reference)
    saisine = elsewhere()
    done = saisine("restore", str(tmp_path / "copy"), "--checkpoint", str(tmp_path / "kept.txt"))
    assert done.status == 0, done.err
    assert done.out.splitlines()[1:] == [f"whole: {entries} entries, {complaints} complaints, {files} files, 0 tokens"]
    assert numbers(empty_database) == mine
    assert files_of(tmp_path / "elsewhere" / "evidence") == files_of(tmp_path / "data" / "evidence")
    assert saisine("verify").status == 0
    with pytest.raises(sa.exc.DBAPIError), empty_database.write() as session:
        session.execute(sa.text("UPDATE ledger SET hash = 'x'"))  # what refuses changes came back too


def test_a_copy_holds_no_key(filled, tmp_path):
    filled("backup", str(tmp_path / "copy"))
    keys = json.loads((tmp_path / "data-keyring.json").read_text(encoding="utf-8"))["families"]
    secrets = [version["key"].encode() for versions in keys.values() for version in versions]
    for path in (tmp_path / "copy").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(secret in content for secret in secrets)


def test_an_older_copy_is_told_by_a_kept_line_and_names_what_is_missing(filled, elsewhere, reference, tmp_path):
    filled("backup", str(tmp_path / "copy"))
    after = held(reference).entries + 6
    kept = f"2026-03-04 {after} {'a' * 64}\n"
    (tmp_path / "kept.txt").write_text(kept, encoding="utf-8")
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "1.eml").write_text(f"Subject: Votre dossier {numbers(reference)[0]}\n", encoding="utf-8")
    (sent / "2.eml").write_text("Subject: Votre dossier SA-2026-ZZZZ-9999\n", encoding="utf-8")
    words = ("restore", str(tmp_path / "copy"), "--checkpoint", str(tmp_path / "kept.txt"), "--sent", str(sent))
    done = elsewhere()(*words)
    assert done.status == 1
    assert f"entry {after}, published on 2026-03-04, is missing: the ledger was cut" in done.out
    assert done.out.splitlines()[-1] == (
        "SA-2026-ZZZZ-9999  received after this copy: tell the person and the authority"
    )
    assert done.out.count("tell the person") == 1


def test_a_second_copy_only_adds_and_forgets_what_was_erased(filled, tmp_path):
    copy = tmp_path / "copy"
    filled("backup", str(copy))
    first = sorted((tmp_path / "data" / "evidence").rglob("*.sealed"))
    new = first[0].with_name("0" * 32 + ".sealed")
    shutil.copyfile(first[1], new)
    first[0].unlink()
    before = {path: path.stat().st_mtime_ns for path in (copy / "evidence").rglob("*.sealed")}
    done = filled("backup", str(copy))
    assert done.out.endswith(f"{len(before)} sealed files, 1 new\n")
    after = {path: path.stat().st_mtime_ns for path in (copy / "evidence").rglob("*.sealed")}
    assert {path.name for path in before.keys() - after.keys()} == {first[0].name}
    assert {path.name for path in after.keys() - before.keys()} == {new.name}
    assert all(before[path] == after[path] for path in before.keys() & after.keys())


@pytest.mark.parametrize("harm", ["manifest", "file", "gone", "database", "no manifest"])
def test_a_damaged_copy_is_refused_and_named_before_anything_is_written(filled, elsewhere, tmp_path, harm):
    copy = tmp_path / "copy"
    filled("backup", str(copy))
    file = min((copy / "evidence").rglob("*.sealed"))
    database = next(copy.glob("saisine.*"))
    harmed = {"manifest": copy / "manifest.json", "file": file, "gone": file, "database": database}.get(
        harm, copy / "manifest.sha256"
    )
    if harm in {"gone", "no manifest"}:
        harmed.unlink()
    else:
        harmed.write_bytes(harmed.read_bytes()[:-1] + b"?")
    done = elsewhere()("restore", str(copy))
    assert done.status == 2
    assert done.out == ""
    assert harmed.name in done.err
    assert not list((tmp_path / "elsewhere").rglob("*.sealed"))


def test_a_copy_never_comes_back_over_something(filled, elsewhere, tmp_path, engine):
    copy = tmp_path / "copy"
    filled("backup", str(copy))
    filled("restore", str(copy)).refuses("holds files: a copy comes back into an empty place only")
    saisine = elsewhere()
    assert saisine("restore", str(copy)).status == 0
    shutil.rmtree(tmp_path / "elsewhere" / "evidence")
    saisine("restore", str(copy)).refuses("exists" if engine == "sqlite" else "has tables")


def test_a_folder_of_something_else_is_left_alone(filled, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "chat.jpg").write_bytes(b"x")
    filled("backup", str(tmp_path / "photos")).refuses("holds something else than a copy")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["chat.jpg"]
