"""``saisine import-associations``: looked at whole before anything is written."""

import pytest

from app.associations import registry

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HEAD = (
    "numero_agrement,niveau,nom,sigle,rna,siren,region,date_agrement,date_fin,"
    "reference_arrete,courriel,site,source,confidence"
)
ONE = "N2024RN0001,national,Association Inventée,AI,W000000001,,,2024-03-01,2029-03-01,arrêté inventé,a@exemple.fr,,,"
TWO = "R2025-1,regional,Entraide Fictive,,W000000002,,32,2025-01-15,,,b@exemple.fr,,,"


def write(folder, *lines):
    path = folder / "associations.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return str(path)


def names(database):
    with database.read() as session:
        return [one.row.name for one in registry.every(session)]


def test_a_file_is_compared_then_applied_and_a_second_time_changes_nothing(on, reference, tmp_path):
    saisine = on(reference)
    file = write(tmp_path, ONE, TWO)
    looked = saisine("import-associations", file, "--check")
    assert (looked.status, looked.json["state"], looked.json["added"]) == (0, "checked", ["N2024RN0001", "R2025-1"])
    assert names(reference) == []
    done = saisine("import-associations", file)
    assert (done.status, done.json["state"]) == (0, "applied")
    assert names(reference) == ["Association Inventée", "Entraide Fictive"]
    again = saisine("import-associations", file).json
    assert (again["added"], again["changed"], again["unchanged"]) == ([], {}, 2)
    moved = saisine("import-associations", write(tmp_path, ONE.replace("a@exemple.fr", "c@exemple.fr"))).json
    assert moved["changed"] == {"N2024RN0001": {"email": ["a@exemple.fr", "c@exemple.fr"]}}


def test_one_mistake_changes_nothing_and_is_told_by_its_line(on, reference, tmp_path):
    bad = TWO.replace("regional", "local").replace("2025-01-15", "15/01/2025")
    over = ONE.replace("N2024RN0001", "N2025X").replace("2024-03-01,2029-03-01", "2025-03-01,")
    told = on(reference)("import-associations", write(tmp_path, ONE, bad, over))
    assert told.status == 1
    assert told.json["state"] == "refused"
    assert [error[:7] for error in told.json["errors"]] == ["line 3:", "line 3:", "line 4:"]
    assert names(reference) == []


def test_a_file_of_another_kind_is_impossible(on, reference, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    told = on(reference)("import-associations", str(path))
    assert (told.status, "numero_agrement" in told.err) == (2, True)
