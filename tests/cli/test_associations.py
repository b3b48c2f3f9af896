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


def write(folder, *lines, encoding="utf-8", mark=","):
    path = folder / "associations.csv"
    path.write_bytes("\r\n".join((HEAD, *lines)).replace(",", mark).encode(encoding))
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
    errors = [error.split("\u00a0:")[0] for error in told.json["errors"]]
    assert errors == ["ligne 3, colonne date_agrement", "ligne 3, colonne niveau", "ligne 4, colonne date_agrement"]
    assert (told.json["added"], told.json["changed"], told.json["unchanged"]) == ([], {}, 0)
    assert names(reference) == []


@pytest.mark.parametrize(
    ("known", "typed", "says"),
    [
        ("a@exemple.fr", "pas une adresse", "colonne courriel : Écrivez une adresse e-mail complète"),
        ("a@exemple.fr,", "a@exemple.fr,javascript:alert(1)", "colonne site : Écrivez l'adresse du site"),
        ("a@exemple.fr,", "a@exemple.fr,ftp://exemple.fr", "colonne site : Écrivez l'adresse du site"),
        ("Association Inventée", "A" * 201, "colonne nom : Votre texte est trop long : 1 caractère en trop"),
        ("W000000001", "12", "colonne rna : Écrivez le numéro RNA"),
        ("W000000001", "", "colonne rna : Écrivez le numéro RNA, ou le numéro SIREN"),
        ("2029-03-01", "2029-03-02", "colonne date_fin : Un agrément dure cinq ans au plus"),
        ("2029-03-01", "2024-02-30", "colonne date_fin : Écrivez la date comme ceci"),
        ("national", "regional", "colonne region : Écrivez le code de la région"),
        ("N2024RN0001", "R2025-1", "colonne numero_agrement : Ce numéro est déjà à la ligne 2"),
        ("a@exemple.fr,,,", "a@exemple.fr,,,,de trop", "ligne 3 : Cette ligne a plus de cases que la première"),
    ],
)
def test_what_a_cell_may_not_hold_is_said_with_its_line_and_column(on, reference, tmp_path, known, typed, says):
    told = on(reference)("import-associations", write(tmp_path, TWO, ONE.replace(known, typed, 1)), "--check")
    (said,) = told.json["errors"]
    assert (told.status, told.json["added"]) == (1, [])
    assert says in said.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    assert said.startswith("ligne 3")


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", ";", "UTF-8"),
        ("utf-8-sig", ",", "UTF-8"),
        ("utf-16", "\t", "UTF-16"),
        ("cp1252", ";", "Windows-1252"),
    ],
)
def test_a_file_is_read_as_a_spreadsheet_writes_it(on, reference, tmp_path, encoding, mark, said):
    blank = "," * 13
    told = on(reference)("import-associations", write(tmp_path, blank, ONE, "", encoding=encoding, mark=mark))
    assert (told.status, told.json["encoding"]) == (0, said)
    assert names(reference) == ["Association Inventée"]


def test_a_site_without_its_scheme_is_kept_as_a_link(on, reference, tmp_path):
    saisine, file = on(reference), write(tmp_path, ONE.replace("a@exemple.fr,", "a@exemple.fr,www.exemple.fr"))
    assert saisine("import-associations", file).status == 0
    with reference.read() as session:
        assert registry.every(session)[0].row.site == "https://www.exemple.fr"
    assert saisine("import-associations", file).json["unchanged"] == 1


def test_a_file_of_another_kind_is_impossible(on, reference, tmp_path):
    path = tmp_path / "other.csv"
    for content, says in ((b"a,b\n1,2\n", "il manque la colonne numero_agrement"), (b"", "CSV"), (b"\x81", "UTF-16")):
        path.write_bytes(content)
        told = on(reference)("import-associations", str(path))
        assert (told.status, says in told.err) == (2, True), told.err
