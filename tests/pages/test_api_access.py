"""The access of an association's software: a token, what it opens, what ends it."""

import pytest
from sqlalchemy import text

from app.api import clients
from app.api.models import ApiClient
from app.api.rules import ASKED_MOST, ApiScope, SecretOverlap
from tests.support.api import DRAFTS, GRANT, TOKEN, manager_of, software

pytestmark = pytest.mark.engines("sqlite", "postgresql")


@pytest.fixture
def manager(portal):
    return manager_of(portal)


@pytest.fixture
def program(client, portal, manager):
    return software(client, portal, manager)


def reading(client, token):
    return client.get(DRAFTS, headers={"authorization": f"Bearer {token}"})


def change(portal, program, **columns):
    """Change the row as the service does."""
    with portal.database.write() as session:
        row = session.get(ApiClient, program.id)
        for name, value in columns.items():
            setattr(row, name, value)


def test_a_token_is_given_for_an_hour(program, client, portal):
    given = program.token()
    assert given.status_code == 200
    told = given.json()
    assert (told["token_type"], told["expires_in"], told["scope"].split()) == ("Bearer", 3600, list(ApiScope))
    assert "set-cookie" not in given.headers
    assert reading(client, told["access_token"]).json() == {"brouillons": [], "suite": None}
    portal.clock.advance(minutes=59)
    assert reading(client, told["access_token"]).status_code == 200
    portal.clock.advance(minutes=1)
    late = reading(client, told["access_token"])
    assert late.status_code == 401
    assert late.headers["www-authenticate"] == 'Bearer realm="saisine", error="invalid_token"'
    assert late.headers["content-type"] == "application/problem+json"
    assert late.json()["title"].startswith("Donnez un jeton valable")


def test_the_secret_may_come_in_the_form(program, client):
    given = client.post(TOKEN, data=GRANT | {"client_id": program.id, "client_secret": program.secret})
    assert given.status_code == 200
    assert reading(client, given.json()["access_token"]).status_code == 200


@pytest.mark.parametrize(
    ("form", "auth", "error", "status"),
    [
        (GRANT, ("id", "faux"), "invalid_client", 401),
        (GRANT, ("inconnu", "secret"), "invalid_client", 401),
        (GRANT, ("é\0", "secret"), "invalid_client", 401),
        (GRANT | {"scope": "tout"}, ("id", "secret"), "invalid_scope", 400),
        ({"grant_type": "password"}, ("id", "secret"), "unsupported_grant_type", 400),
        ({}, ("id", "secret"), "unsupported_grant_type", 400),
    ],
)
def test_what_is_no_right_request_is_told_in_french(program, client, form, auth, error, status):
    known = {"id": program.id, "secret": program.secret}
    auth = tuple(known.get(one, one) for one in auth)
    answer = client.post(TOKEN, data=form | {"x": "1"}, auth=tuple(one.encode() for one in auth))
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["title"].endswith(".")
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize("given", [b"Basic \xe9", b"Basic //46/w==", b"Basic"])
def test_a_secret_that_is_no_text_opens_nothing(client, given):
    answer = client.post(TOKEN, data=GRANT, headers={b"authorization": given})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_only_the_scopes_that_were_given_serve(client, portal, manager):
    narrow = software(client, portal, manager, [ApiScope.READ_DRAFTS, ApiScope.SEND])
    assert narrow.token().json()["scope"] == "brouillons:lire plaintes:envoyer"
    assert narrow.token("brouillons:lire brouillons:ecrire").json()["scope"] == "brouillons:lire"
    refused = narrow.ask("POST", DRAFTS, {}, idempotency_key="a")
    assert refused.status_code == 403
    assert "“brouillons:ecrire”" in refused.json()["title"].replace("« ", "“").replace(" »", "”")
    assert 'scope="brouillons:ecrire"' in refused.headers["www-authenticate"]
    only_sends = narrow.token("plaintes:envoyer").json()["access_token"]
    assert reading(client, only_sends).status_code == 403


def test_a_token_for_nothing_that_is_held_opens_nothing(client, portal, manager):
    narrow = software(client, portal, manager, [ApiScope.SEND])
    given = narrow.token("brouillons:lire")
    assert (given.status_code, given.json()["error"]) == (400, "invalid_scope")


def test_cutting_ends_at_the_next_request(program, client, portal, manager):
    token = program.token().json()["access_token"]
    with portal.database.write() as session:
        clients.cut(session, manager, clients.own(session, manager.association, program.id), portal.clock())
    assert reading(client, token).status_code == 401
    assert program.token().json()["error"] == "invalid_client"


def test_an_access_ends_after_a_year(program, client, portal):
    portal.clock.advance(days=364, hours=23, minutes=30)
    token = program.token().json()["access_token"]
    portal.clock.advance(minutes=30)
    assert reading(client, token).status_code == 401
    assert program.token().status_code == 401


def test_an_association_that_is_gone_opens_nothing(program, client, portal):
    token = program.token().json()["access_token"]
    change(portal, program, association="association-inconnue")
    assert reading(client, token).status_code == 401


def test_the_end_of_the_agreement_leaves_what_is_read(program, client, portal):
    portal.clock.advance(days=300)
    with portal.database.write() as session:
        session.execute(text("UPDATE agrement SET ends_on = '2026-03-04'"))
    assert reading(client, program.token().json()["access_token"]).status_code == 200


@pytest.mark.parametrize(
    ("overlap", "hours"), [(SecretOverlap.NONE, 0), (SecretOverlap.DAY, 24), (SecretOverlap.WEEK, 168)]
)
def test_a_new_secret_leaves_the_former_one_for_a_time(program, client, portal, manager, overlap, hours):
    with portal.database.write() as session:
        row = clients.own(session, manager.association, program.id, to_change=True)
        fresh = clients.change_secret(session, manager, row, overlap, portal.clock())

    def opens(secret):
        return client.post(TOKEN, data=GRANT, auth=(program.id, secret)).status_code == 200

    assert opens(fresh)
    assert opens(program.secret) is (hours > 0)
    portal.clock.advance(hours=hours)
    assert not opens(program.secret)
    assert opens(fresh)


def test_a_row_that_somebody_else_wrote_opens_nothing(program, client, portal):
    token = program.token().json()["access_token"]
    with portal.database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE api_client SET ends_at = :end"), {"end": "2036-01-01 00:00:00+00:00"})
    assert reading(client, token).status_code == 401


@pytest.mark.engines("sqlite")
def test_a_token_that_is_not_ours_opens_nothing(program, client):
    token = program.token().json()["access_token"]
    changed = f"{token[:-2]}{'A' if token[-2] != 'A' else 'B'}{token[-1]}"  # the last sign holds bits that say nothing
    for forged in ("", "x", changed, f"{token}.", "." * 40, "é"):
        headers = {"authorization": f"Bearer {forged}".encode()}
        answer = client.get(DRAFTS, headers=headers)
        assert answer.status_code == 401, forged
    assert client.get(DRAFTS, headers={"authorization": f"Basic {token}"}).status_code == 401
    assert client.get(DRAFTS).headers["www-authenticate"] == 'Bearer realm="saisine"'


@pytest.mark.engines("sqlite")
def test_no_secret_is_kept(program, portal):
    token = program.token().json()["access_token"]
    with portal.database.engine.connect() as connection:
        kept = repr(connection.execute(text("SELECT * FROM api_client")).all())
    assert program.id in kept
    assert program.secret not in kept
    assert token not in kept


@pytest.mark.engines("sqlite")
def test_every_answer_tells_what_is_left(program, client):
    token = program.token()
    bearer = {"authorization": f"Bearer {token.json()['access_token']}"}
    answers = [
        token,
        client.get(DRAFTS),
        client.get(f"{DRAFTS}/AAAAAAAA", headers=bearer),
        client.post(DRAFTS, headers={**bearer, "idempotency-key": "k" * 2000}, json={}),
        client.get("/api/v1/plaintes", headers=bearer),
        client.get("/api/v1/schema"),
        client.get("/api/v1/openapi.json"),
    ]
    assert [one.status_code for one in answers] == [200, 401, 404, 400, 200, 200, 200]
    assert [one.url.path for one in answers if not {"ratelimit", "ratelimit-policy"} <= set(one.headers)] == []
    assert answers[3].json()["title"] == "L’adresse ou un en-tête de votre demande ne peut pas être lu."


@pytest.mark.engines("sqlite")
def test_who_asks_too_fast_is_told_when_to_come_back(program, client):
    token = program.token().json()["access_token"]
    first = reading(client, token)
    assert first.headers["ratelimit-policy"] == f'"acces";q={ASKED_MOST};w=60'
    assert first.headers["ratelimit"].startswith(f'"acces";r={ASKED_MOST - 1};t=')
    for _ in range(ASKED_MOST - 1):
        last = reading(client, token)
    assert last.headers["ratelimit"].startswith('"acces";r=0;')
    over = reading(client, token)
    assert over.status_code == 429
    assert 1 <= int(over.headers["retry-after"]) <= 60
    assert over.json()["title"].startswith("Vous demandez trop vite.")
    assert over.headers["ratelimit"].startswith('"acces";r=0;')


@pytest.mark.engines("sqlite")
def test_who_opened_and_cut_an_access_stands_in_the_journal(program, portal, manager):
    with portal.database.write() as session:
        clients.cut(session, manager, clients.own(session, manager.association, program.id), portal.clock())
        lines = session.execute(text('SELECT kind, subject, "by", place FROM access_line ORDER BY n')).all()
    told = (program.id, "Rita Fictive", manager.association)
    assert lines == [("logiciel_ouvert", *told), ("logiciel_coupe", *told)]
