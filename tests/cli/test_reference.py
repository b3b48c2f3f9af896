"""``saisine import-territories`` and ``saisine reference``: what they change, what they leave, what they refuse."""

import csv
import shutil
from datetime import date

import pytest
from sqlalchemy import select

from app.routing.bundled import DATA
from app.routing.card import AuthorityContact
from app.routing.models import Authority, Commune, CpamException
from app.routing.openings import Created, create
from app.routing.queries import authorities_for
from app.routing.service import load_reference, remember_caisse
from tests.support import dila

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LILLE, ROUBAIX, LAMBERSART, DIJON = "59350", "59512", "59328", "21231"


def caisses(database, commune):
    with database.read() as session:
        found = authorities_for(session, profession="10", commune=commune)
    return found.outcome.value, found.cpam


def body(database, code):
    with database.read() as session:
        return session.get(Authority, code)


@pytest.mark.parametrize(
    ("write", "name"),
    [(dila.as_json, "all.json"), (dila.as_archive, "all_latest.tar.bz2"), (dila.as_csv, "services.csv")],
)
def test_each_form_of_the_directory_gives_the_same(on, reference, tmp_path, write, name):
    done = on(reference)("import-territories", str(write(tmp_path / name)), "--date", "2026-11-20")
    assert done.status == 0, done.err
    told = done.json
    assert told["state"] == "applied"
    assert set(told["contacts"]) == {"595", "597", "211"}
    assert told["unmatched"] == ["Caisse inconnue"]
    assert told["communes"] == 4
    assert told["communes_with_several"] == {LAMBERSART: ["595", "597"]}
    lille = body(reference, "595")
    assert (lille.address, lille.postal_code, lille.address_date) == ("CS 0000, 1 rue Inventée", "59895", "2026-11")
    assert (lille.email, lille.phone) == ("contact@exemple.fr", "36 46")
    assert caisses(reference, LILLE) == ("resolu", ("595",))
    assert caisses(reference, LAMBERSART) == ("cpam_a_confirmer", ("595", "597"))
    with reference.read() as session:
        rows = session.scalars(select(CpamException).where(CpamException.origin == "directory")).all()
    assert {row.scope_code for row in rows} == {LILLE, ROUBAIX, "59599", LAMBERSART}
    assert all(row.source.startswith("DILA, base de données locales, ") for row in rows)


def test_one_looks_before_anything_changes(on, reference, tmp_path):
    before = caisses(reference, LAMBERSART), body(reference, "595").address
    told = on(reference)("import-territories", str(dila.as_json(tmp_path / "a.json")), "--check").json
    assert told["state"] == "checked"
    assert told["contacts"]["595"]["address"][1] == "CS 0000, 1 rue Inventée"
    assert (caisses(reference, LAMBERSART), body(reference, "595").address) == before


def test_the_competence_of_communes_is_read_once_the_services_are_known(on, reference, tmp_path):
    saisine = on(reference)
    saisine("import-territories", str(dila.as_json(tmp_path / "a.json")))
    ids = {code: body(reference, code).directory_id for code in ("595", "597")}
    rows = [(LAMBERSART, "cpam", ids["595"]), (ROUBAIX, "mairie", "m"), (ROUBAIX, "cpam", ids["597"])]
    told = saisine("import-territories", str(dila.competence(tmp_path / "c.csv", rows))).json
    assert told["communes"] == 2
    assert caisses(reference, LAMBERSART) == ("resolu", ("595",))
    assert caisses(reference, ROUBAIX) == ("resolu", ("597",))


def test_what_a_person_decided_or_checked_stays(on, reference, tmp_path, clock):
    with reference.write() as session:
        remember_caisse(session, LAMBERSART, "597", "Lou Fictive", clock)
        session.get_one(Authority, "595").contact_checked_on = date(2026, 11, 1)
    address = body(reference, "595").address
    told = on(reference)("import-territories", str(dila.as_json(tmp_path / "a.json"))).json
    assert told["kept"] == ["595"]
    assert body(reference, "595").address == address
    assert caisses(reference, LAMBERSART) == ("resolu", ("597",))


def test_a_newer_reference_leaves_what_the_directory_said(on, reference, tmp_path, clock):
    on(reference)("import-territories", str(dila.as_json(tmp_path / "a.json")))
    folder = tmp_path / "newer"
    shutil.copytree(DATA, folder)
    (folder / "forms.csv").write_bytes((DATA / "forms.csv").read_bytes() + b"\n")
    with reference.write() as session:
        assert load_reference(session, folder, clock).changed
    assert body(reference, "595").postal_code == "59895"
    assert caisses(reference, LAMBERSART) == ("cpam_a_confirmer", ("595", "597"))


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", b"", "no list"),
        ("a.json", b'{"commune": []}', "no list"),
        ("a.json", b'{"service": []}', "no caisse is in it"),
        ("a.json", b'{"service": [{"id": "a"', "it is cut"),
        ("a.json", '{"service": "é"}'.encode("latin-1"), "not UTF-8"),
        ("a.csv", b"nom;prenom\na;b\n", "these columns are not known: nom, prenom"),
        ("a.csv", b"", "these columns are not known"),
        ("a.tar.bz2", b"BZh9" + b"\0" * 50, "a.tar.bz2"),
    ],
)
def test_a_file_that_is_not_the_directory_changes_nothing(on, reference, tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    before = body(reference, "595").address
    on(reference)("import-territories", str(path)).refuses(str(path), told)
    assert body(reference, "595").address == before


def test_a_folder_is_compared_then_loaded(on, reference, tmp_path):
    saisine, folder = on(reference), tmp_path / "newer"
    shutil.copytree(DATA, folder)
    assert saisine("reference", "diff", str(folder)).status == 0
    motives = (folder / "motives.csv").read_text(encoding="utf-8").splitlines()
    (folder / "motives.csv").write_text("\n".join(motives[:-1]) + "\n", encoding="utf-8")
    done = saisine("reference", "diff", str(folder))
    assert done.status == 1
    assert len(done.json["motive"]["gone"]) == 1
    assert not any(any(changes.values()) for name, changes in done.json.items() if name != "motive")
    assert saisine("reference", "apply", str(folder)).json["changed"] is True


def test_a_file_that_brings_the_code_of_an_authority_created_here_is_told(on, reference, tmp_path, clock):
    saisine, folder = on(reference), tmp_path / "newer"
    shutil.copytree(DATA, folder)
    with (folder / "cpam.csv").open("a", encoding="utf-8") as file:
        file.write("590,CPAM,CPAM du fichier,,59,Lille,,,,,,fichier inventé,confirmed,\n")
    contact = dict.fromkeys(AuthorityContact.columns.values(), "")
    said = Created("590", "cpam", "CPAM d'ici", "", "", (), clock().date(), "décision inventée", contact)
    with reference.write() as session:
        create(session, said, "Ada Imaginaire", clock())
    done = saisine("reference", "diff", str(folder))
    assert (done.status, done.json["created_here"]) == (0, {"authority": ["590"]})
    assert saisine("reference", "apply", str(folder)).json["created_here"] == ["590"]
    assert saisine("reference", "diff", str(folder)).json["authority"] == {"added": [], "changed": [], "gone": []}
    assert body(reference, "590").name == "CPAM d'ici"


def test_what_stands_is_written_down(on, reference, tmp_path, clock):
    with reference.write() as session:
        remember_caisse(session, LAMBERSART, "595", "Lou Fictive", clock)
    told = on(reference)("reference", "export", str(tmp_path / "out")).json
    with reference.read() as session:
        assert told["authorities"] == len(session.scalars(select(Authority.code)).all())
        assert session.get(Commune, LAMBERSART)
    with (tmp_path / "out" / "cpam_exceptions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["origin"] == "decision"]
    assert [(row["scope_code"], row["caisses"], row["decided_by"]) for row in rows] == [
        (LAMBERSART, "595", "Lou Fictive")
    ]
    on(reference)("reference", "export", str(tmp_path / "out")).refuses("is not empty")
    on(reference)("reference", "apply", str(tmp_path / "out")).refuses("no file communes.csv.gz")
