"""Loading an extraction of the directory: whole or not at all, beside the one that serves."""

import json
import zipfile
from datetime import date

import pytest
from sqlalchemy import func, select

from app.directory import queries
from app.directory.models import Edition, Key, Listing, Site, Word
from app.directory.service import Extraction, UnreadableDirectory, activate, forget_unfinished, go_back, load, reading
from app.directory.service.loading import Loader
from tests.support import directory
from tests.support.clock import StoppedClock
from tests.support.listed import CAMILLE, LILLE, LINES, TILLEULS, listed

LATER = "PS_LibreAcces_Personne_activite_202611120800.txt"


def prepared(database, path):
    file = Extraction(path)
    return load(database, file, file.taken_on or date(2026, 10, 8), StoppedClock(), lambda _done, _total: None)


def rows(database):
    with database.read() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Edition, Site, Listing, Key, Word)
        }


def serving(database):
    with database.read() as session:
        return queries.taken_on(session)


def test_lines_become_people_and_places(reference, tmp_path):
    loaded = listed(reference, tmp_path)
    assert (loaded.lines, loaded.people, loaded.listings) == (7, 5, 6)
    assert loaded.rejected == {"en double": 1}
    with reference.read() as session:
        sites = {site.id: site for site in session.scalars(select(Site))}
        found = session.scalars(select(Listing).order_by(Listing.id)).all()
        placed = [(one.given, sites[one.site].commune, sites[one.site].zone, one.section) for one in found]
        (edition,) = session.scalars(select(Edition))
    assert placed == [
        ("Camille", "59350", "595", ""),
        ("Camille", "59512", "595", ""),
        ("Zoé", "59512", "595", ""),
        ("Noé", "59350", "595", "A"),
        ("Hélène", "59350", "595", ""),
        ("Inès", "75101", "751", ""),
    ]
    assert (edition.taken_on, edition.file_name, edition.state) == (date(2026, 10, 8), directory.NAME, "active")
    assert json.loads(edition.rejected) == {"en double": 1}


WHERE = [
    ({"commune": "59350"}, "59350"),
    ({"commune": "59355", "postal": "59160", "ville": "Lomme"}, "59350"),  # joined Lille in 2000
    ({"postal": "59800", "ville": "LILLE"}, "59350"),
    ({"postal": "59033", "cedex": "LILLE CEDEX"}, "59350"),
    ({"postal": "97400", "ville": "SAINT DENIS"}, "97411"),
    ({"postal": "20000", "ville": "Ajaccio"}, "2A004"),
    ({"postal": "20200", "ville": "BASTIA"}, "2B033"),
    ({"postal": "98713", "ville": "Papeete"}, "98735"),
    ({"postal": "97500", "ville": "Saint-Pierre"}, "97502"),
    ({"commune": "75056", "postal": "75013", "ville": "Paris 13"}, "75056"),
    ({"postal": "59999", "ville": "Nulle-Part-sur-Papier"}, ""),
]
"""What a line says of its place, and the commune of today that it is put in."""


def test_where_a_line_is_placed(reference, tmp_path):
    lines = [
        directory.line(**CAMILLE, structure=f"R{n}", rue=f"d’Essai {n}", **where) for n, (where, _) in enumerate(WHERE)
    ]
    listed(reference, tmp_path, lines)
    with reference.read() as session:
        assert session.scalars(select(Site.commune).order_by(Site.id)).all() == [commune for _, commune in WHERE]


LEFT_OUT = {
    "hors de France": directory.line(rpps="810000000008", nom="ESSAI", prenom="Maël", pays="99109", ville="Berlin"),
    "sans nom": directory.line(rpps="810000000008", nom="", prenom="Maël", **LILLE),
    "sans lieu": directory.line(rpps="810000000008", nom="ESSAI", prenom="Maël"),
    "colonnes": "810000000008|ESSAI",
}


def test_a_line_that_is_left_out_is_counted_with_its_reason(reference, tmp_path):
    loaded = listed(reference, tmp_path, [*LINES, *LEFT_OUT.values(), *LINES[2:]])
    assert {reason: loaded.rejected[reason] for reason in LEFT_OUT} == dict.fromkeys(LEFT_OUT, 1)
    assert loaded.people == 5


def test_an_archive_is_read_as_it_is_published(reference, tmp_path):
    text = directory.write(tmp_path, LINES)
    path = tmp_path / "ExtractionMonoTable_CAT18_ToutePopulation_202610080912.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(text, directory.NAME)
        archive.writestr("LisezMoi.txt", "inventé")
    assert Extraction(path).taken_on == date(2026, 10, 8)
    assert prepared(reference, path).people == 5


def changed(name):
    return [name if one == "Nom d'exercice" else one for one in directory.HEADER]


def bad_zip(folder, name, members, how=zipfile.ZIP_DEFLATED):
    path = folder / name
    with zipfile.ZipFile(path, "w", how) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def damaged(folder, how):
    text = "\n".join(["|".join(directory.HEADER), *LINES * 50])
    path = bad_zip(folder, "a.zip", {directory.NAME: text}, how)
    content = bytearray(path.read_bytes())
    place = 30 + len(directory.NAME)  # what is packed begins after its own header
    content[place : place + 20] = content[place + 20 : place + 40] if how == zipfile.ZIP_STORED else b"\xff" * 20
    path.write_bytes(content)
    return path


def raw(folder, content):
    path = folder / directory.NAME
    path.write_bytes(content)
    return path


WHOLE = ("\n".join(["|".join(directory.HEADER), *LINES]) + "\n").encode()
BAD = {
    "empty": (lambda folder: raw(folder, b""), "the file is empty"),
    "another file": (lambda folder: raw(folder, b"nom;prenom\nA;B\n"), "line 1: no column"),
    "renamed column": (
        lambda folder: directory.write(folder, LINES, header=changed("Nom")), "line 1: no column « Nom d'exercice »",
    ),
    "another encoding": (lambda folder: raw(folder, WHOLE.decode().encode("cp1252")), "line 1 is not UTF-8"),
    "another encoding below": (
        lambda folder: raw(folder, WHOLE.replace("Hélène".encode(), "Hélène".encode("latin-1"))), "line 7 is not UTF-8",
    ),
    "cut": (lambda folder: raw(folder, WHOLE[:-200]), "line 7 is cut: the file is not whole"),
    "only a header": (lambda folder: directory.write(folder, []), "0 lines, 0 kept"),
    "all broken": (lambda folder: directory.write(folder, ["a|b"] * 9), "9 lines, 0 kept"),
    "binary": (lambda folder: raw(folder, bytes(range(128, 256)) * 40), "is not UTF-8"),
    "no such member": (lambda folder: bad_zip(folder, "a.zip", {"autre.txt": "a"}), "does not hold one file"),
    "two members": (
        lambda folder: bad_zip(folder, "a.zip", {directory.NAME: WHOLE, LATER: WHOLE}), "does not hold one file",
    ),
    "changed": (lambda folder: damaged(folder, zipfile.ZIP_STORED), "the archive is damaged"),
    "damaged": (lambda folder: damaged(folder, zipfile.ZIP_DEFLATED), "the archive is damaged"),
    "not a zip": (lambda folder: raw(folder, b"PK\x03\x04" + b"\0" * 40).rename(folder / "a.zip"), "is damaged"),
}  # fmt: skip


def test_a_file_that_is_not_the_directory_changes_nothing(reference, tmp_path, subtests):
    listed(reference, tmp_path)
    before = rows(reference)
    for name, (make, words) in BAD.items():
        folder = tmp_path / name
        folder.mkdir()
        with subtests.test(name=name):
            with pytest.raises(UnreadableDirectory, match=r".") as refused:
                prepared(reference, make(folder))
            assert words in str(refused.value)
            assert "\n" not in str(refused.value)
            assert rows(reference) == before
            assert serving(reference) == date(2026, 10, 8)


def test_a_bomb_is_not_opened(reference, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 100_000)
    path = bad_zip(tmp_path, "a.zip", {directory.NAME: WHOLE + b" " * 200_000})
    with pytest.raises(UnreadableDirectory, match="more than the whole country"):
        prepared(reference, path)
    assert sum(rows(reference).values()) == 0


def test_a_line_without_end_is_not_kept_in_memory(reference, tmp_path):
    path = raw(tmp_path, WHOLE + b"x" * 5_000_000)
    with pytest.raises(UnreadableDirectory):
        prepared(reference, path)


def test_a_load_that_is_cut_leaves_the_one_that_serves(reference, tmp_path, monkeypatch):
    listed(reference, tmp_path)
    before, add = rows(reference), Loader.add

    def stops(self, line):
        add(self, line)
        self.write()
        if self.lines == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Loader, "add", stops)
    with pytest.raises(KeyboardInterrupt):
        prepared(reference, directory.write(tmp_path, LINES, LATER))
    assert rows(reference) == before
    assert serving(reference) == date(2026, 10, 8)


def test_what_a_cut_power_left_is_removed_by_the_next_load(reference, tmp_path):
    listed(reference, tmp_path)
    before = rows(reference)
    prepared(reference, directory.write(tmp_path, LINES, LATER))
    with reference.write() as session:
        session.scalars(select(Edition).where(Edition.state == "prete")).one().state = "chargement"
    assert forget_unfinished(reference) == 1
    assert rows(reference) == before


def test_a_new_edition_waits_then_serves_and_the_one_before_can_come_back(reference, tmp_path):
    listed(reference, tmp_path)
    gone = [line for line in LINES if "Zoé" not in line]
    newcomer = directory.line(rpps="810000000009", nom="NOUVEAU", prenom="Maël", structure="R9", **TILLEULS, **LILLE)
    later = prepared(reference, directory.write(tmp_path, [*gone, newcomer], LATER))
    assert serving(reference) == date(2026, 10, 8)
    with reference.write() as session:
        assert queries.ready(session).id == later.edition
        assert queries.difference(session, later.edition) == {"added": 1, "gone": 1}
        activate(session, later.edition)
    assert serving(reference) == date(2026, 11, 12)
    with reference.write() as session:
        assert go_back(session).taken_on == date(2026, 10, 8)
    assert serving(reference) == date(2026, 10, 8)
    with reference.write() as session:
        assert go_back(session).taken_on == date(2026, 11, 12)


def test_only_the_last_two_are_kept(reference, tmp_path):
    for name in (directory.NAME, LATER, LATER.replace("1112", "1113")):
        listed(reference, tmp_path, name=name)
    assert forget_unfinished(reference) == 1
    with reference.read() as session:
        kept = session.scalars(select(Edition.taken_on).order_by(Edition.id)).all()
        assert kept == [date(2026, 11, 12), date(2026, 11, 13)]
        assert {one for (one,) in session.execute(select(Key.edition).distinct())} == {2, 3}


def test_there_is_nothing_to_go_back_to(reference, tmp_path):
    listed(reference, tmp_path)
    with reference.write() as session:
        assert go_back(session) is None
    assert serving(reference) == date(2026, 10, 8)
