"""Signing in: one sentence for whoever is not recognised, one use for each code, and a way back."""

from datetime import timedelta

import pytest

from app.accounts.rules import code_at
from app.accounts.service import add_clerk, disable

EMAIL, PASSWORD = "emile@caisse.exemple.fr", "tulipe moteur falaise"
HERE = "/agent/connexion"
NOT_KNOWN = "L'adresse ou le mot de passe ne correspondent pas."
USED = "Ce code n'est plus valable. Essayez le code suivant."


@pytest.fixture
def emile(portal):
    with portal.database.write() as session:
        return add_clerk(session, portal.keyring, EMAIL, "Émile Exemple", "595", "agent", PASSWORD, portal.clock)


@pytest.fixture
def sign_in(client, portal, emile):
    def signs(path=HERE, **changed):
        code = code_at(emile.seed, portal.clock())
        return client.submit(path, {"email": EMAIL, "mot_de_passe": PASSWORD, "code_otp": code} | changed)

    return signs


def texts(answer):
    return " ".join(answer.text.replace("’", "'").replace("\u2011", "-").split())


def test_the_right_three_answers_open_the_desk(client, sign_in):
    answer = sign_in()
    assert answer.url.path == "/agent/plaintes"
    assert "Émile Exemple" in answer.text
    (cookie,) = [c for one in answer.history for c in one.headers.get_list("set-cookie") if c.startswith("agent=")]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert client.get(HERE).url.path == "/agent/plaintes"


def test_the_page_helps_password_managers_and_shows_no_secret_again(client, sign_in):
    page = client.page(HERE)
    traits = {e.get("name"): (e.get("type"), e.get("autocomplete"), e.get("inputmode")) for e in page.all("input")}
    assert traits["email"] == ("email", "username", None)
    assert traits["mot_de_passe"] == ("password", "current-password", None)
    assert traits["code_otp"] == ("text", "one-time-code", "numeric")
    again = sign_in(mot_de_passe="un autre mot de passe")
    assert EMAIL in again.text
    assert "un autre mot de passe" not in again.text


@pytest.mark.parametrize(
    "changed", [{"email": "gael@ailleurs.exemple.fr"}, {"mot_de_passe": "un autre mot de passe"}, {"email": "a" * 250}]
)
def test_whoever_is_not_recognised_reads_one_and_the_same_sentence(sign_in, changed):
    answer = sign_in(**changed)
    assert answer.status_code == 422
    assert "Erreur :" in answer.text.replace("\N{NO-BREAK SPACE}", " ")
    if "@" in changed.get("email", "@"):
        assert NOT_KNOWN in texts(answer)


def test_each_empty_field_says_what_to_do(sign_in):
    answer = sign_in(email=None, mot_de_passe=None, code_otp=None)
    assert answer.status_code == 422
    for sentence in (
        "3 réponses sont à corriger",
        "Écrivez votre adresse e-mail professionnelle.",
        "Écrivez votre mot de passe.",
        "Écrivez le code à 6 chiffres de votre application.",
    ):
        assert sentence in texts(answer)


def test_a_replayed_code_is_refused(client, sign_in, portal, emile):
    code = code_at(emile.seed, portal.clock())
    assert sign_in().status_code == 200
    client.cookies.delete("agent")
    answer = sign_in(code_otp=code)
    assert answer.status_code == 422
    assert USED in texts(answer)
    portal.clock.advance(seconds=30)
    assert sign_in().url.path == "/agent/plaintes"


def test_after_five_wrong_passwords_one_waits_even_with_the_right_one(sign_in):
    for _ in range(5):
        assert sign_in(mot_de_passe="un autre mot de passe").status_code == 422
    answer = sign_in()
    assert answer.status_code == 429
    assert "Vous avez fait trop d'essais. Attendez 15 minutes, puis recommencez." in texts(answer)


def test_wrong_codes_make_one_wait_then_the_way_is_free_again(sign_in, portal):
    for _ in range(5):
        assert sign_in(code_otp="1").status_code == 422
    assert sign_in().status_code == 429
    portal.clock.advance(minutes=15)
    assert sign_in().url.path == "/agent/plaintes"


@pytest.mark.parametrize("path", ["/agent", "/agent/plaintes", "/agent/plaintes/SA-2026-7KM4-Q9TR"])
def test_nobody_is_sent_to_sign_in_and_comes_back(client, sign_in, path):
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.text) == (303, "")
    assert answer.headers["location"].startswith(HERE)
    asked = "/agent/plaintes?etat=recue&par=50"
    assert str(sign_in(client.get(asked).url).url).endswith(asked)


def test_the_way_back_never_leaves_the_desk(sign_in):
    answer = sign_in(f"{HERE}?suite=https://ailleurs.invalid/agent/plaintes")
    assert answer.url.path == "/agent/plaintes"
    assert answer.url.host == "127.0.0.1"


def test_htmx_is_told_to_load_the_sign_in_page(client):
    answer = client.get("/agent/plaintes?etat=recue", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"].startswith(HERE)
    assert "<form" not in answer.text


def test_signing_in_again_changes_the_id_and_ends_the_old_one(client, sign_in, portal, emile):
    page = client.page(HERE)
    sign_in()
    old = client.cookies["agent"]
    portal.clock.advance(minutes=1)
    code = code_at(emile.seed, portal.clock())
    client.send_form(page, HERE, {"email": EMAIL, "mot_de_passe": PASSWORD, "code_otp": code})
    assert client.cookies["agent"] != old
    answer = client.get("/agent/plaintes", headers={"cookie": f"agent={old}"}, follow_redirects=False)
    assert answer.headers["location"].startswith(HERE)


def test_signing_out_ends_the_session_on_the_server_too(client, sign_in):
    sign_in()
    token = client.cookies["agent"]
    answer = client.submit("/agent/plaintes", form="/agent/deconnexion")
    assert answer.url.path == HERE
    assert "agent" not in client.cookies
    assert client.get("/agent/plaintes", headers={"cookie": f"agent={token}"}).url.path == HERE


def test_a_session_ends_after_thirty_idle_minutes_and_use_keeps_it(client, sign_in, portal):
    sign_in()
    for _ in range(3):
        portal.clock.advance(minutes=25)
        assert client.get("/agent/plaintes").url.path == "/agent/plaintes"
    portal.clock.advance(minutes=30)
    assert client.get("/agent/plaintes").url.path == HERE


def test_a_session_never_lasts_more_than_eight_hours(client, sign_in, portal):
    sign_in()
    end = portal.clock() + timedelta(hours=8)
    while portal.clock.advance(minutes=20) < end:
        assert client.get("/agent/plaintes").url.path == "/agent/plaintes"
    assert client.get("/agent/plaintes").url.path == HERE


def test_a_disabled_account_is_out_at_the_next_page(client, sign_in, portal, emile):
    sign_in()
    with portal.database.write() as session:
        disable(session, emile.id, portal.clock)
    assert client.get("/agent/plaintes").url.path == HERE
    assert NOT_KNOWN in texts(sign_in())


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "é", "a;b"])
def test_a_forged_cookie_opens_nothing(client, sign_in, token):
    del sign_in
    answer = client.get("/agent/plaintes", headers={"cookie": f"agent={token}".encode("latin-1")})
    assert answer.url.path == HERE
