"""``saisine help-places``: looked at whole before anything is written; an edition replaces the one before."""

import pytest
from sqlalchemy import select

from app.demo.help_places import LIST
from app.pages.models import HelpPlace

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HEAD = "nom,commune,telephone,adresse,horaires,source"
LILLE = "FS Exemple,59350,01 99 00 20 01,1 rue Fictive,De 9 h à 12 h,Liste inventée"
PARIS = "FS Paris,75112,01 99 00 20 02,,,Liste inventée"
LOAD = ("help-places", "load")


def write(folder, *lines):
    path = folder / "lieux.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return str(path)


def held(database):
    with database.read() as session:
        rows = session.scalars(select(HelpPlace).order_by(HelpPlace.name))
        return [(row.name, row.departement, row.updated_on.isoformat()) for row in rows]


def test_a_list_is_looked_at_then_loaded_then_replaced(on, reference, tmp_path):
    saisine, file = on(reference), write(tmp_path, LILLE, PARIS)
    looked = saisine(*LOAD, file, "--check", "--date", "2026-02-01")
    assert (looked.status, looked.json["state"]) == (0, "checked")
    assert held(reference) == []
    for before in (0, 2):
        done = saisine(*LOAD, file, "--date", "2026-02-01").json
        assert (done["state"], done["date"]) == ("applied", "2026-02-01")
        assert done["sources"] == {"Liste inventée": {"before": before, "now": 2}}
        assert held(reference) == [("FS Exemple", "59", "2026-02-01"), ("FS Paris", "75", "2026-02-01")]
    assert saisine(*LOAD, write(tmp_path, PARIS), "--date", "2026-03-01").status == 0
    assert held(reference) == [("FS Paris", "75", "2026-03-01")]


def test_one_mistake_changes_nothing_and_is_told_by_its_line(on, reference, tmp_path):
    assert on(reference)(*LOAD, write(tmp_path, PARIS), "--date", "2026-02-01").status == 0
    wrong = ("FS Loin,99999,01 99 00 20 03,,,Liste inventée", ",59350,12,,,Liste inventée", LILLE)
    told = on(reference)(*LOAD, write(tmp_path, LILLE, *wrong))
    assert (told.status, told.json["state"], told.json["sources"]) == (1, "refused", {})
    errors = [error.split("\u00a0:")[0] for error in told.json["errors"]]
    assert errors == [
        "ligne 3, colonne commune",
        "ligne 4, colonne nom",
        "ligne 4, colonne telephone",
        "ligne 5, colonne nom",
    ]
    assert held(reference) == [("FS Paris", "75", "2026-02-01")]


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        ("nom,commune\n", (), "il manque la colonne telephone"),
        ("", (), "n'est pas un fichier CSV"),
        (HEAD, ("--date", "hier"), "write it as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_read_is_impossible(on, reference, tmp_path, content, more, says):
    path = tmp_path / "lieux.csv"
    path.write_text(content, encoding="utf-8")
    done = on(reference)(*LOAD, str(path), *more)
    assert done.status == 2
    assert says in done.err.replace("’", "'")


def test_a_list_is_forgotten_by_its_name(on, reference, tmp_path):
    saisine = on(reference)
    saisine(*LOAD, write(tmp_path, LILLE, PARIS.replace("Liste", "Autre liste")))
    assert saisine("help-places", "forget", "Liste inventée").json["removed"] == 1
    assert [name for name, *_ in held(reference)] == ["FS Paris"]
    assert saisine("help-places", "forget", "Liste inventée").status == 1


def test_the_example_of_the_product_is_read_whole_and_says_that_it_is_one(on, reference):
    done = on(reference)(*LOAD, str(LIST))
    assert (done.status, done.json["errors"]) == (0, [])
    with reference.read() as session:
        rows = list(session.scalars(select(HelpPlace)))
    assert rows
    assert all("Exemple" in row.name and row.phone.startswith("01 99 00") for row in rows)
