"""The files of a draft that an association's software began: limits and sentences are those of the form."""

import pytest

from app.api.rules import ApiScope
from app.evidence.rules import FILE_MOST, FILES_MOST
from tests.journeys import PNG
from tests.support.api import DRAFTS, manager_of, software
from tests.support.files import picture

pytestmark = pytest.mark.engines("sqlite", "postgresql")
PHOTO, JPEG = ("photo.png", PNG, "image/png"), ("autre.jpg", picture("JPEG"), "image/jpeg")
NOTE = ("note.txt", b"Appel du 2 mars, sans suite.", "text/plain")


@pytest.fixture
def program(client, portal):
    return software(client, portal, manager_of(portal))


@pytest.fixture
def here(program):
    return program.ask("POST", DRAFTS, {}, idempotency_key="k").headers["location"]


def on_disk(portal):
    return sorted(path.stem for path in portal.files.rglob("*.sealed"))


def listed(program, here):
    return program.ask("GET", f"{here}/pieces").json()["pieces"]


def test_files_are_added_listed_and_erased(program, portal, here):
    given = program.give(f"{here}/pieces", PHOTO, NOTE, description="Le refus par SMS")
    assert given.status_code == 201, given.text
    pieces = given.json()["pieces"]
    assert [(one["nom"], one["type"], one["usage"], one["description"]) for one in pieces] == [
        ("photo.png", "image/png", "preuve", "Le refus par SMS"),
        ("note.txt", "text/plain", "preuve", "Le refus par SMS"),
    ]
    assert sorted(listed(program, here), key=pieces.index) == pieces
    assert on_disk(portal) == sorted(one["id"] for one in pieces)
    gone = f"{here}/pieces/{pieces[0]['id']}"
    assert program.ask("GET", gone).json() == pieces[0]
    assert program.ask("DELETE", gone).status_code == 204
    assert listed(program, here) == pieces[1:]
    assert on_disk(portal) == [pieces[1]["id"]]
    for strange in (gone, f"{here}/pieces/%00", f"{here}/pieces/é"):
        assert program.ask("DELETE", strange).status_code == 404
        assert program.ask("GET", strange).status_code == 404


def test_the_same_file_is_there_once_and_a_proof_becomes_a_mandate(program, portal, here):
    first = program.give(f"{here}/pieces", PHOTO).json()["pieces"]
    again = program.give(f"{here}/pieces", PHOTO)
    assert (again.status_code, again.json()["pieces"]) == (201, first)
    assert "mandat_fichier" in program.ask("GET", here).json()["erreurs"]
    (moved,) = program.give(f"{here}/pieces", PHOTO, usage="mandat").json()["pieces"]
    assert moved == {**first[0], "usage": "mandat"}
    assert on_disk(portal) == [moved["id"]]
    assert "mandat_fichier" not in program.ask("GET", here).json()["erreurs"]
    program.ask("DELETE", f"{here}/pieces/{moved['id']}")
    assert "mandat_fichier" in program.ask("GET", here).json()["erreurs"]


@pytest.mark.parametrize(
    ("files", "said", "status", "field", "says"),
    [
        ([PHOTO, ("x.exe", b"MZ\0\0", "image/png")], {}, 422, "fichiers", "ce type de fichier n’est pas accepté"),
        ([("vide.png", b"", "image/png")], {}, 422, "fichiers", "est vide"),
        ([PHOTO, NOTE], {"usage": "mandat"}, 422, "fichiers", "n’est ni une photo ni un PDF"),
        ([PHOTO], {"usage": "acte"}, 422, "usage", "n’est pas de la bonne forme"),
        ([PHOTO], {"description": "x" * 121}, 422, "description", "1 caractères en trop"),
        ([PHOTO], {"autre": "x"}, 422, "autre", "n’est pas attendu ici"),
        ([], {"usage": "preuve"}, 400, None, "Joignez un fichier"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_is_refused_leaves_nothing(program, portal, here, files, said, status, field, says):
    refused = program.give(f"{here}/pieces", *files, **said)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    told = refused.json()
    assert says in (told["erreurs"][field] if field else told["title"])
    assert list(told.get("erreurs", {})) == ([field] if field else [])
    assert on_disk(portal) == listed(program, here) == []


@pytest.mark.engines("sqlite")
def test_the_limits_of_the_form_hold(program, portal, here):
    heavy = program.give(f"{here}/pieces", ("lourd.txt", b"a" * (FILE_MOST + 1), "text/plain"))
    assert "La limite est de 15 Mo" in heavy.json()["erreurs"]["fichiers"]
    many = [(f"{n}.txt", f"Note inventée {n}".encode(), "text/plain") for n in range(FILES_MOST)]
    assert program.give(f"{here}/pieces", *many).status_code == 201
    assert "Vous avez déjà 20 fichiers" in program.give(f"{here}/pieces", PHOTO).json()["erreurs"]["fichiers"]
    assert len(on_disk(portal)) == FILES_MOST


def test_nobody_else_adds_or_reads(program, portal, client, here):
    manager = manager_of(portal, "autre-association", "Gaël Fictif")
    other = software(client, portal, manager)
    assert other.give(f"{here}/pieces", PHOTO).status_code == 404
    assert other.ask("GET", f"{here}/pieces").status_code == 404
    assert on_disk(portal) == []


@pytest.mark.engines("sqlite")
def test_a_mandate_asks_for_its_scope(client, portal):
    program = software(client, portal, manager_of(portal), [ApiScope.READ_DRAFTS, ApiScope.WRITE_DRAFTS])
    here = program.ask("POST", DRAFTS, {}, idempotency_key="k").headers["location"]
    refused = program.give(f"{here}/pieces", JPEG, usage="mandat")
    assert refused.status_code == 403
    assert 'scope="mandats:ecrire"' in refused.headers["www-authenticate"]
    assert on_disk(portal) == []


@pytest.mark.engines("sqlite")
def test_a_body_that_is_no_form_is_told(program, here):
    assert program.ask("POST", f"{here}/pieces", {"fichiers": "x"}).json()["title"].startswith("Joignez un fichier")
