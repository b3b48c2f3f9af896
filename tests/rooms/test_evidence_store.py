"""Files are received whole or not at all, sealed before they touch the disk, whatever their names and bytes."""

import errno
import hashlib
import os
import stat
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from app.base.crypto.vault import DecryptionError, new_key
from app.evidence import queries, rules, service, store
from app.evidence.store import Intake

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 50
MB = 1024 * 1024
KEY = new_key()
CANARY = b"CANARI-DU-SMS qui raconte tout"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "evidence"
    made.mkdir(mode=0o700)
    return made


def intake(folder, most=rules.FILES_MOST, room=rules.TOTAL_MOST, free=None):
    return Intake(folder, KEY, most, room, free=free or (lambda _: 2**40))


def give(got, name, content, piece=64 * 1024):
    got.begin("fichiers", name)
    for start in range(0, len(content), piece):
        got.add(content[start : start + piece])
    got.end()


def png(n=0, size=100):
    return PNG + n.to_bytes(8, "big") + b"\0" * (size - len(PNG) - 8)


def told(got):
    return [mistake.text(str) for mistake in got.mistakes]


def left(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def refusing(function, fault, *, after=0):
    """Make a function of the system fail once it has worked ``after`` times."""
    seen = [0]

    def refuses(*given, **named):
        seen[0] += 1
        if seen[0] > after:
            raise OSError(fault, os.strerror(fault))
        return function(*given, **named)

    return refuses


@pytest.mark.parametrize("piece", [1, 7, 4096, 10**6])
def test_a_file_is_given_back_as_it_came(folder, piece):
    content = PNG + os.urandom(9000)
    got = intake(folder)
    give(got, "photo.png", content, piece)
    (received,) = got.done
    assert (received.name, received.media_type, received.size) == ("photo.png", "image/png", len(content))
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert store.read(folder, KEY, received.id) == content
    with pytest.raises(DecryptionError):
        store.read(folder, new_key(), received.id)


def test_nothing_lies_in_clear_while_it_comes_nor_after(folder):
    content = CANARY * 1000
    got = intake(folder)
    got.begin("fichiers", "CANARI-sms.txt")
    for start in range(0, len(content), 1000):
        got.add(content[start : start + 1000])
        assert all(b"CANARI" not in path.read_bytes() for path in left(folder))
    assert [path.suffix for path in left(folder)] == [".part"]
    got.end()
    assert [path.suffix for path in left(folder)] == [".sealed"]
    assert all(b"CANARI" not in path.read_bytes() and "CANARI" not in path.name for path in left(folder))


def test_files_are_for_their_owner_alone(folder):
    old = os.umask(0)
    try:
        give(intake(folder), "photo.png", PNG)
    finally:
        os.umask(old)
    assert {stat.S_IMODE(path.stat().st_mode) for path in left(folder)} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o700}


def test_a_sealed_file_moved_in_the_place_of_another_does_not_open(folder):
    got = intake(folder)
    give(got, "a.png", png(1))
    give(got, "b.png", png(2))
    first, second = got.done
    store.path_of(folder, second.id).write_bytes(store.path_of(folder, first.id).read_bytes())
    with pytest.raises(DecryptionError):
        store.read(folder, KEY, second.id)


@pytest.mark.parametrize(("size", "kept"), [(rules.FILE_MOST, True), (rules.FILE_MOST + 1, False)])
def test_the_limit_of_one_file_is_to_the_byte(folder, size, kept):
    got = intake(folder)
    give(got, "photo.png", png(size=size), MB)
    assert len(got.done) == len(left(folder)) == int(kept)
    assert bool(told(got)) is not kept


def test_a_heavy_file_is_told_its_true_size_and_loses_no_other(folder):
    got = intake(folder)
    give(got, "avant.png", png(1))
    give(got, "film.png", png(size=40 * MB), MB)
    give(got, "apres.png", png(2))
    assert told(got) == ["“film.png” est trop lourd (40,0 Mo). La limite est de 15 Mo."]
    assert [file.name for file in got.done] == ["avant.png", "apres.png"]
    assert len(left(folder)) == 2


def test_no_more_files_than_allowed_and_it_is_said_once(folder):
    got = intake(folder, most=2)
    for n in range(5):
        give(got, f"{n}.png", png(n))
    assert [file.name for file in got.done] == ["0.png", "1.png"]
    assert told(got) == ["Vous avez déjà 20 fichiers. Retirez-en un pour en ajouter un autre."]
    assert len(left(folder)) == 2


def test_the_room_left_is_counted_from_file_to_file(folder):
    got = intake(folder, room=250)
    for n in range(3):
        give(got, f"{n}.png", png(n, 100))
    give(got, "petit.png", png(9, 60)[:50])
    assert [file.name for file in got.done] == ["0.png", "1.png", "petit.png"]
    assert "dépassent 100 Mo" in told(got)[0]
    assert got.room == 0
    assert len(left(folder)) == 3


def test_an_empty_or_strange_file_leaves_nothing(folder):
    got = intake(folder)
    give(got, "vide.png", b"")
    give(got, "programme.png", b"MZ\x90\0" * 500)
    assert [words.split("”")[1][:12] for words in told(got)] == [" est vide.", " : ce type d"]
    assert got.done == left(folder) == []


@pytest.mark.parametrize("free", [0, store.ROOM_LEFT - 1])
def test_when_the_disk_is_nearly_full_files_are_refused_with_a_way_out(folder, free):
    got = intake(folder, free=lambda _: free)
    give(got, "photo.png", PNG)
    no_room = "“photo.png” n'a pas pu être enregistré : le service manque de place. "
    assert told(got) == [no_room + "Vous pourrez le donner à l'autorité après l'envoi."]
    assert got.done == left(folder) == []


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize(
    ("name", "after"),
    [("open", 0), ("write", 0), ("write", 1), ("write", 3), ("fsync", 0), ("fsync", 1), ("fsync", 2)],
)
def test_a_disk_that_refuses_loses_that_file_alone(folder, monkeypatch, fault, name, after):
    got = intake(folder)
    give(got, "avant.png", png(1))
    with monkeypatch.context() as broken:
        broken.setattr(os, name, refusing(getattr(os, name), fault, after=after))
        give(got, "photo.png", png(2, 5000), 1000)
    give(got, "apres.png", png(3))
    assert [file.name for file in got.done] == ["avant.png", "apres.png"]
    assert [words.partition("”")[0] for words in told(got)] == ["“photo.png"]
    assert left(folder) == sorted(store.path_of(folder, file.id) for file in got.done)


def test_a_disk_that_refuses_even_to_take_away_is_no_surprise(folder, monkeypatch):
    got = intake(folder)
    for name in ("mkdir", "open", "unlink"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name), errno.EROFS))
    give(got, "photo.png", PNG)
    monkeypatch.undo()
    assert len(told(got)) == 1
    assert got.done == []


def test_short_writes_are_completed(folder, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, content: write(file, bytes(content[:13])))
    got = intake(folder)
    give(got, "photo.png", png(size=2000))
    assert store.read(folder, KEY, got.done[0].id) == png(size=2000)


def test_a_form_cut_in_the_middle_leaves_nothing(folder):
    got = intake(folder)
    give(got, "whole.png", png(1))
    got.begin("fichiers", "cut.png")
    got.add(png(2))
    assert len(left(folder)) == 2
    got.abandon()
    assert left(folder) == []


def test_what_comes_out_of_turn_is_ignored(folder):
    got = intake(folder)
    got.add(b"before anything")
    got.end()
    assert (got.done, got.mistakes, left(folder)) == ([], [], [])


def test_the_memory_does_not_follow_the_size(folder):
    piece, got = png(size=MB), intake(folder)
    give(got, "first.png", png(size=MB), MB)  # what is loaded once is not counted
    tracemalloc.start()
    for n in range(4):
        got.begin("fichiers", f"{n}.png")
        for _ in range(15):
            got.add(piece)
        got.end()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(got.done) == 5
    assert peak < 4 * MB


def test_syncs_come_before_the_name_and_both_folders_are_synced(folder, monkeypatch):
    done, fsync, rename = [], os.fsync, Path.rename

    def syncing(file):
        done.append(str(Path(f"/proc/self/fd/{file}").readlink()))
        fsync(file)

    def renaming(path, target):
        done.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(Path, "rename", renaming)
    got = intake(folder)
    give(got, "photo.png", PNG)
    final = store.path_of(folder, got.done[0].id)
    assert done == [str(final.with_suffix(".part")), "rename", str(final.parent), str(folder)]


NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "C:\\Users\\Amina\\photo.png": "photo.png",
    "/absolu/photo.png": "photo.png",
    "dossier/": "fichier",
    "..": "..",
    ".": ".",
    "": "fichier",
    "   ": "fichier",
    "\0": "fichier",
    "a\0b.png": "a b.png",
    "a\r\nSet-Cookie: x=1.png": "a Set-Cookie: x=1.png",
    "a\x1b[31m.png": "a [31m.png",
    "a\u2028b\u2029c.png": "a b c.png",
    "a\x85b.png": "a b.png",
    "photo\u202egnp.exe": "photognp.exe",
    "\u2066a\u2069\u200f\u061c.png": "a.png",
    "x" * 5000 + ".png": "x" * 120,
    "é" * 5000: "é" * 120,
    "e\u0301te\u0301.png": "été.png",
    "photo  de   la\tporte.png": "photo de la porte.png",
    "<script>alert(1)</script>.png": "script>.png",
    '"><img src=x>.png': '"><img src=x>.png',
    "{{7*7}}.png": "{{7*7}}.png",
    "${jndi:ldap}.png": "${jndi:ldap}.png",
    "%2e%2e%2fpasswd": "%2e%2e%2fpasswd",
    "'; DROP TABLE evidence;--.png": "'; DROP TABLE evidence;--.png",
    "=cmd|' A0'.csv": "=cmd|' A0'.csv",
    "CON": "CON",
    "photo.png.exe": "photo.png.exe",
    "\ud800.png": ".png",
    "👩‍👩‍👧.png": "👩‍👩‍👧.png",
    "صورة.png": "صورة.png",
}


@pytest.mark.parametrize(("given", "shown"), NAMES.items(), ids=[repr(name)[:30] for name in NAMES])
def test_a_hostile_name_is_only_words(folder, given, shown):
    got = intake(folder)
    give(got, given, PNG)
    (received,) = got.done
    assert received.name == shown
    assert not [c for c in received.name if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    received.name.encode()
    assert left(folder) == [store.path_of(folder, received.id)]
    assert len(received.id) == 32
    assert set(received.id) <= set("0123456789abcdef")


HEADS = [
    b"\0",
    b"\xff",
    b"\xff\xd8",
    b"\x89PNG",
    b"%PDF",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07\x01\0",
    b"RIFF",
    b"RIFF\xff\xff\xff\xffWEBP",
    b"RIFF\0\0\0\0AVI ",
    b"OggS",
    b"ID3",
    b"\xff\xfb\x90\0",
    b"\xff\xff\xff\xff",
    b"\0\0\0\x18ftyp",
    b"\0\0\0\x18ftypheic",
    b"\xff\xff\xff\xffftypheic\0\0",
    b"\0\0\0\0ftypqt  ",
    b"MZ",
    b"\x7fELF",
    b"#!/bin/sh\n",
    b"<svg onload=alert(1)>",
    b"\xef\xbb\xbf<html>",
    b"\xff\xfe<\0h\0t\0m\0l\0",
    b"<?php echo 1;",
    b"{\\rtf1",
    b"%!PS-Adobe",
    b"From: a\r\nSubject: <script>\r\n\r\n",
    b"\xca\xfe\xba\xbe",
    b"SQLite format 3\0",
    b"II*\0",
    b"MM\0*",
    b"GIF87a",
    b"BM\0\0",
    b"\0\0\x01\0",
    b"8BPS",
    b"\x00asm",
]


@pytest.mark.parametrize("head", HEADS, ids=repr)
def test_a_hostile_head_is_kept_as_a_known_type_or_refused_whole(folder, head):
    got = intake(folder)
    for n, name in enumerate(("photo.png", "x.eml", "x")):
        give(got, name, head + n.to_bytes(1, "big") * n)
    assert len(got.done) + len(got.mistakes) == 3
    assert len(left(folder)) == len(got.done)
    assert {file.media_type for file in got.done} <= set(rules.EXTENSIONS)
    assert all(queries.download_name(1, file.media_type).startswith("piece-01.") for file in got.done)


@pytest.mark.parametrize(
    "head", [b"<svg onload=alert(1)>", b"\xef\xbb\xbf<html>", b"MZ", b"PK\x03\x04", b"#!/bin/sh\n"]
)
def test_what_could_run_is_refused_under_any_name(folder, head):
    got = intake(folder)
    give(got, "photo.jpg", head)
    assert got.done == []


def test_the_rows_follow_and_the_same_content_is_kept_once(database, clock, folder):
    got = intake(folder)
    for name, content in (("a.png", png(1)), ("b.png", png(2)), ("a-encore.png", png(1))):
        give(got, name, content)
    with database.write() as session:
        twice, mistakes = service.attach(session, "draft", KEY, got.done, clock)
    assert [file.name for file in twice] == ["a-encore.png"]
    assert [mistake.text(str) for mistake in mistakes] == ["“a-encore.png” est déjà ajouté."]
    with database.read() as session:
        assert {file.name for file in queries.files_of(session, "draft", KEY)} == {"a.png", "b.png"}
        assert queries.count_and_size(session, "draft") == (2, 200)
        assert queries.count_and_size(session, "another") == (0, 0)
        with pytest.raises(DecryptionError):
            queries.files_of(session, "draft", new_key())


def test_a_file_is_taken_out_by_its_owner_alone(database, clock, folder):
    got = intake(folder)
    give(got, "a.png", PNG)
    file_id = got.done[0].id
    with database.write() as session:
        service.attach(session, "draft", KEY, got.done, clock)
        for owner, wanted in (
            ("another", file_id),
            ("draft", "0" * 32),
            ("draft", ""),
            ("draft", "\0"),
            ("draft", "%"),
        ):
            assert not service.detach(session, owner, wanted)
        assert queries.count_and_size(session, "draft")[0] == 1
        assert service.detach(session, "draft", file_id)
        assert queries.count_and_size(session, "draft") == (0, 0)


def test_taking_away_twice_is_no_trouble(folder):
    got = intake(folder)
    give(got, "a.png", PNG)
    for _ in range(2):
        store.remove(folder, got.done[0].id)
    assert left(folder) == []
