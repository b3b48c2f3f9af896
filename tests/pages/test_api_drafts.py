"""The drafts of an association's software, from HTTP to the desk of a member."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.accounts.rules import MEMBERS
from app.api.idempotency import keyed, once
from app.runtime.housekeeping import tidy
from tests.cast import come_in
from tests.support.api import DRAFTS, manager_of, software
from tests.support.client import SuspiciousClient
from tests.support.listed import listed

pytestmark = pytest.mark.engines("sqlite", "postgresql")
TOLD = {"prenom": "Ana", "nom": "Inventée", "moyens": ["email"], "email": "ana@exemple.fr"}
CANARY = "CANARI-RECIT : la secrétaire a refusé le rendez-vous."


@pytest.fixture
def manager(portal):
    return manager_of(portal)


@pytest.fixture
def program(client, portal, manager):
    return software(client, portal, manager)


def begin(program, key="cle-1", **changes):
    return program.ask("POST", DRAFTS, {"reponses": TOLD | changes}, idempotency_key=key)


def test_a_draft_is_begun_read_and_found_on_the_desk(program, portal, app, manager):
    made = program.ask("POST", DRAFTS, {"reponses": TOLD, "reference_externe": "D-42"}, idempotency_key="cle-1")
    assert made.status_code == 201, made.text
    told = made.json()
    assert made.headers["location"] == f"{DRAFTS}/{told['id']}"
    assert (told["etat"], told["reference_externe"], told["reponses"]) == ("a_completer", "D-42", TOLD)
    assert told["erreurs"]["lieu_refus"] == "Dites-nous où cela s’est passé."
    read = program.ask("GET", made.headers["location"])
    assert (read.status_code, read.json()) == (200, told)
    assert read.headers["etag"] == made.headers["etag"]
    with SuspiciousClient(app, portal.database) as desk:
        come_in(desk, portal, manager.email, MEMBERS)
        assert "Ana Inventée" in desk.page("/association/plaintes").text


def test_a_professional_who_is_described_is_sought_in_no_directory(program, portal, tmp_path):
    listed(portal.database, tmp_path)
    told = begin(program, key="decrit", pro_nom="Exemple", pro_commune="Lille").json()
    assert not {"pro_id", "lieu_exercice"} & told["erreurs"].keys()
    unsaid = begin(program, key="rien", lieu_refus="cabinet", refus_par="professionnel", profession="medecin").json()
    assert "pro_id" in unsaid["erreurs"]


def test_an_address_that_is_likely_mistyped_is_kept_and_told(program):
    told = begin(program, moyens=["email"], email="ana@gmial.com").json()
    assert told["reponses"]["email"] == "ana@gmial.com"
    assert "email" not in told["erreurs"]
    assert told["doutes"]["email"].startswith("Vouliez-vous écrire ana@gmail.com")
    assert begin(program, key="juste", moyens=["email"], email="ana@exemple.fr").json()["doutes"] == {}


def test_the_reference_is_that_of_the_desk(program, portal, app, manager):
    made = program.ask("POST", DRAFTS, {"reference_externe": "D-42"}, idempotency_key="cle-1")
    own, here = f"/association/dossiers/{made.json()['id']}", made.headers["location"]
    with SuspiciousClient(app, portal.database) as desk:
        come_in(desk, portal, manager.email, MEMBERS)
        assert "D-42" in desk.page("/association/plaintes").text
        assert desk.page(own).by_id("reference").get("value") == "D-42"
        desk.submit(own, {"reference": "D-43", "etiquettes": "urgent"}, form=f"{own}#erreurs")
        read = program.ask("GET", here)
        assert read.json()["reference_externe"] == "D-43"
        assert read.headers["etag"] != made.headers["etag"]
        program.ask("PATCH", here, {"reference_externe": "D-44"}, if_match=read.headers["etag"])
        assert desk.page(own).by_id("reference").get("value") == "D-44"
        assert desk.page(own).by_id("etiquettes").get("value") == "urgent"
    with portal.database.engine.connect() as connection:
        assert "D-44" not in repr(connection.execute(text("SELECT * FROM association_record")).all())


def test_nobody_else_reads_or_changes_it(program, portal, client, manager):
    made = begin(program)
    here = made.headers["location"]
    others = [
        software(client, portal, manager),  # another software of the same association
        software(client, portal, manager, sandbox=True),
        software(client, portal, manager_of(portal, "autre-association", "Gaël Fictif")),
    ]
    for other in others:
        for method, body in (("GET", None), ("PATCH", {"reponses": {"nom": "Pris"}}), ("DELETE", None)):
            answer = other.ask(method, here, body, if_match=made.headers["etag"])
            assert answer.status_code == 404, method
            assert answer.json()["title"] == "Rien n’est ici pour cet accès."
        assert other.ask("GET", DRAFTS).json()["brouillons"] == []
    assert program.ask("GET", here).json() == made.json()
    for strange in ("AAAAAAAA", "%00", "x" * 300, "é"):
        assert program.ask("GET", f"{DRAFTS}/{strange}").status_code == 404


def test_a_trial_is_seen_on_no_desk(client, portal, app, manager):
    trial = software(client, portal, manager, sandbox=True)
    made = begin(trial)
    assert (made.json()["essai"], made.json()["page"]) == (True, None)
    with SuspiciousClient(app, portal.database) as desk:
        come_in(desk, portal, manager.email, MEMBERS)
        assert "Ana Inventée" not in desk.page("/association/plaintes").text
        assert desk.get(f"/saisine/{made.json()['id']}/identite").status_code == 404


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"email": "pas une adresse"}, "email", "Écrivez une adresse e-mail complète, par exemple nom@exemple.fr."),
        ({"lieu_refus": "lune"}, "lieu_refus", "Dites-nous où cela s’est passé."),
        ({"moyens": ["email", "pigeon"]}, "moyens", "Choisissez une réponse."),
        ({"recit": "Trop court"}, "recit", "Ajoutez quelques mots pour que l’on comprenne."),
        ({"pro_commune": "Zzyzx-sur-Rien"}, "pro_commune", "Nous ne trouvons pas ce lieu."),
        ({"pro_commune": "Evry"}, "pro_commune", ": 91228 Évry-Courcouronnes (91000, Essonne), "),
        ({"pro_commune": "5900"}, "pro_commune", "59350 Lille"),
        ({"inconnu": "x"}, "inconnu", "n’est pas attendu ici."),
        ({"fichiers": "x"}, "fichiers", "n’est pas attendu ici."),
        ({"pro_source": "x"}, "pro_source", "n’est pas attendu ici."),
        ({"nom": {"a": 1}}, "nom", "n’est pas de la bonne forme."),
        ({"nom": 12}, "nom", "n’est pas de la bonne forme."),
        ({"nom": "x" * 101}, "nom", "Votre texte est trop long\u00a0: 1 caractère en trop."),
    ],
)
@pytest.mark.engines("sqlite")
def test_a_wrong_value_is_refused_with_the_sentence_of_the_form(program, portal, answers, field, says):
    refused = begin(program, **answers)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert list(refused.json()["erreurs"]) == [field]
    assert says in refused.json()["erreurs"][field]
    assert program.ask("GET", DRAFTS).json()["brouillons"] == []


def test_the_town_that_is_meant_is_found(program):
    place = {"lieu_refus": "cabinet", "profession": "medecin", "pro_nom": "Exemple", "pro_commune": "Lille"}
    told = begin(program, **place).json()
    assert told["reponses"]["commune_insee"] == "59350"
    assert not {"pro_commune", "commune_insee", "lieu_refus"} & told["erreurs"].keys()


def test_a_town_that_several_bear_is_refused_with_the_code_of_each(program):
    place = {"lieu_refus": "cabinet", "profession": "medecin", "pro_nom": "Exemple", "pro_commune": "Saint-Denis"}
    refused = begin(program, **place)
    assert refused.status_code == 422
    assert list(refused.json()["erreurs"]) == ["pro_commune"]
    said = refused.json()["erreurs"]["pro_commune"]
    assert "dans commune_insee" in said
    assert "93066 Saint-Denis (93200, Seine-Saint-Denis)" in said
    for more in ({"commune_insee": "93066"}, {"pro_commune": "Saint-Denis (93200, Seine-Saint-Denis)"}):
        assert begin(program, key="-".join(more), **place | more).json()["reponses"]["commune_insee"] == "93066"


def test_a_change_asks_for_the_version_that_was_read(program):
    made = begin(program)
    here, before = made.headers["location"], made.headers["etag"]
    more = {"reponses": {"nom": "Fictive", "email": None, "moyens": None}, "reference_externe": "D-43"}
    assert program.ask("PATCH", here, more).status_code == 428
    assert program.ask("PATCH", here, more, if_match='"autre"').status_code == 412
    changed = program.ask("PATCH", here, more, if_match=before)
    assert changed.status_code == 200
    assert changed.json()["reponses"] == {"prenom": "Ana", "nom": "Fictive"}
    assert changed.json()["reference_externe"] == "D-43"
    assert changed.headers["etag"] != before
    assert program.ask("PATCH", here, more, if_match=before).status_code == 412
    wrong = program.ask("PATCH", here, {"reponses": {"email": "x"}}, if_match=changed.headers["etag"])
    assert wrong.status_code == 422
    assert program.ask("GET", here).headers["etag"] == changed.headers["etag"]


def test_the_version_that_was_read_may_stand_in_a_list(program):
    made = begin(program)
    here, version = made.headers["location"], made.headers["etag"]
    more = {"reponses": {"nom": "Fictive"}}
    for other in (f"W/{version}", f'"autre", W/{version}', f"{version}, autre", version.strip('"')):
        assert program.ask("PATCH", here, more, if_match=other).status_code == 412, other
        assert program.ask("DELETE", here, if_match=other).status_code == 412, other
    changed = program.ask("PATCH", here, more, if_match=f'"autre", {version}')
    assert changed.status_code == 200
    assert program.ask("DELETE", here, if_match=version).status_code == 412
    assert program.ask("DELETE", here, if_match=changed.headers["etag"]).status_code == 204


def test_an_erased_draft_is_gone(program):
    here = begin(program).headers["location"]
    assert program.ask("DELETE", here).status_code == 204
    assert program.ask("GET", here).status_code == 404
    assert program.ask("DELETE", here).status_code == 404


def test_the_same_key_makes_one_draft(program, portal, client, manager):
    first = begin(program)
    again = begin(program)
    assert (again.status_code, again.json(), again.headers["location"]) == (
        201,
        first.json(),
        first.headers["location"],
    )
    assert len(program.ask("GET", DRAFTS).json()["brouillons"]) == 1
    other = begin(program, nom="Autre")
    assert other.status_code == 422
    assert "a déjà servi" in other.json()["title"]
    assert begin(software(client, portal, manager)).status_code == 201
    portal.clock.advance(hours=24, seconds=1)
    assert begin(program).json()["id"] != first.json()["id"]
    with portal.database.engine.connect() as connection:
        kept = repr(connection.execute(text("SELECT * FROM api_answer")).all())
    assert "Inventée" not in kept
    assert "cle-1" not in kept


def test_what_was_answered_is_forgotten_after_a_day(program, portal):
    begin(program)
    for hours, left in ((24, 1), (1, 0)):
        portal.clock.advance(hours=hours)
        tidy(portal)
        with portal.database.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM api_answer")).scalar() == left


@pytest.mark.engines("postgresql")
def test_a_key_that_serves_right_now_is_told(program, portal):
    """The second of two equal requests waits for the first one, and is told once that one is done."""
    body = b'{"reponses": {}}'
    headers = {"authorization": f"Bearer {program.token().json()['access_token']}"}
    headers |= {"idempotency-key": "k", "content-type": "application/json"}
    plain = super(SuspiciousClient, program.client).request  # the first transaction is open, on purpose
    asked = keyed(portal.keyring, program.id, "k", DRAFTS, body)
    with ThreadPoolExecutor(1) as second:
        late = []

        def make():
            late.append(second.submit(plain, "POST", DRAFTS, content=body, headers=headers))
            until_waiting(portal)
            return "0" * 32

        with portal.database.write() as session:
            once(session, asked, 201, portal.clock(), make)
        answer = late[0].result(timeout=20)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["title"].startswith("Une demande avec cette clé est en cours.")
    assert program.ask("GET", DRAFTS).json()["brouillons"] == []


def until_waiting(portal):
    """Wait until a transaction of this database waits for another one."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(200):
        with portal.database.engine.connect() as connection:
            if connection.execute(text(waiting)).scalar():
                return
        time.sleep(0.05)
    pytest.fail("nothing waits")


@pytest.mark.engines("sqlite")
def test_a_refused_request_keeps_no_key(program):
    assert begin(program, email="x").status_code == 422
    assert begin(program).status_code == 201
    for key in ("", " ", "k" * 256):
        missing = begin(program, key=key)
        assert missing.status_code == 400
        assert "Idempotency-Key" in missing.json()["title"]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"{}", 415),
        ("", b"{}", 415),
        ("application/json", b"{", 400),
        ("application/json", b"\xff", 400),
        ("application/json", b"[]", 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b'{"reponses": "' + b"a" * 1_100_000 + b'"}', 413),
        ("application/json", b'{"reponses": []}', 422),
        ("application/json", b'{"reference_externe": 3}', 422),
        ("application/json", b'{"reference_externe": false}', 422),
        ("application/json", b'{"tout": 3}', 422),
        ("application/json", b'{"\\ud800": 3}', 422),
        ("application/json", b'{"reponses": {"\\ud800": "a"}}', 422),
        ("application/json", b'{"reponses": {"nom": true}}', 422),
        ("application/json", b'{"reponses": {"nom": ["Exemple", "Fictif"]}}', 422),
        ("application/json; charset=utf-8", b'{"reponses": {"nom": "a\\u0000\\ud800b"}}', 201),
    ],
)
def test_a_body_that_cannot_be_taken_is_told(program, kind, body, status):
    token = program.token().json()["access_token"]
    headers = {"authorization": f"Bearer {token}", "content-type": kind, "idempotency-key": "k"}
    answer = program.client.post(DRAFTS, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    if status != 201:
        assert answer.json()["status"] == status
        assert answer.json()["title"].endswith(".")
    assert "ratelimit" in answer.headers


def test_the_reference_and_the_answers_are_sealed(program, portal):
    program.ask("POST", DRAFTS, {"reponses": {"recit": CANARY}, "reference_externe": "CANARI-REF"}, idempotency_key="k")
    with portal.database.engine.connect() as connection:
        kept = repr(connection.execute(text("SELECT * FROM draft")).mappings().all())
    assert "CANARI" not in kept


@pytest.mark.engines("sqlite")
def test_the_interface_describes_itself(client):
    schema = client.get("/api/v1/schema")
    assert schema.headers["content-type"] == "application/schema+json"
    assert schema.json()["properties"]["nom"]["maxLength"] == 100
    told = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/jeton", DRAFTS, f"{DRAFTS}/{{b}}", "/api/v1/schema", "/api/v1/competence"} <= set(told["paths"])
    assert told["paths"][DRAFTS]["post"]["security"] == [{"jeton": ["brouillons:ecrire"]}]
    assert told["paths"]["/api/v1/jeton"]["post"]["security"] == [{"acces": []}]
    assert told["components"]["securitySchemes"]["acces"]["scheme"] == "basic"
    assert "title" in told["components"]["schemas"]["ApiRefusal"]["required"]
    assert all("requestBody" in told["paths"][path]["post"] for path in (DRAFTS, f"{DRAFTS}/{{b}}/pieces"))
    flow = told["components"]["securitySchemes"]["jeton"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/api/v1/jeton"
