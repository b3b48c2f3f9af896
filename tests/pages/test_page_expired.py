"""A form that came without its token: what is said is true where it is said, and whoever blocks cookies is told so."""

from pathlib import Path

import pytest

from tests.cast import Sent, begin, send, sign_in
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.files import picture
from tests.support.html import Page
from tests.support.source import HOME as SOURCE

STILL_THERE = "Vos réponses enregistrées sont toujours là."
FILE = {"fichiers": [("carte.png", picture("PNG"), "image/png")]}
SHOWN_AGAIN = "Ce que vous venez d'écrire n'est pas encore enregistré. Pour le garder, appuyez encore une fois"
NOTHING_SENT = "Votre page était ouverte depuis longtemps. Rien n'a été envoyé."
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


def said(answer):
    assert answer.status_code == 403
    return Page(answer.text).text


@pytest.mark.parametrize("path", ["/avant-de-commencer", "/reprendre", "/agent/connexion", "/couleurs"])
def test_whoever_blocks_cookies_is_told_what_to_do(app, path):
    form = next(form for form in Page(PlainClient(app).get(path).text).forms if form.method == "post")
    pressed = PlainClient(app).post(form.action or path, data=dict(form.fill({})))
    told = said(pressed)
    assert "Votre navigateur refuse les cookies" in told
    assert "acceptez les cookies de ce site" in told
    assert "toujours là" not in told


@pytest.mark.parametrize("path", ["/reprendre", "/agent/connexion", "/couleurs"])
def test_nothing_is_said_to_be_kept_where_nothing_is(client, path):
    begin(client)
    told = said(client.post(path, content=b"csrf=x", headers=URLENCODED))
    assert NOTHING_SENT in told
    assert "toujours là" not in told


def test_what_took_long_to_write_is_given_back_and_no_code_is(app, portal, client):
    number, letter = Sent(send(client)).number, "Nous vous remercions de votre courrier, que nous lisons. " * 3
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "595")
        here = f"/agent/plaintes/{number}/repondre"
        page = Page(clerk.send_form(clerk.page(here), here, {"message": letter, "csrf": "x"}).text)
    assert NOTHING_SENT in page.text
    assert letter.strip() in page.text
    assert page.links["Reprendre"] == here
    code = {"code": "ABCD-EFGH-JKMN-PQRS", "csrf": "x"}
    assert code["code"] not in said(client.send_form(client.page("/reprendre"), "/reprendre", code))


def test_answers_are_said_to_be_there_where_they_are(client):
    path = begin(client)
    sending = path.rpartition("/")[0] + "/envoyer"
    assert STILL_THERE in said(client.post(sending, content=b"csrf=x", headers=URLENCODED))


def kept(page, name):
    """Return what the form of a page holds under a name."""
    form = next(form for form in page.forms if any(one.name == name for one in form.controls))
    return dict(form.fill({})).get(name)


@pytest.mark.parametrize(
    ("page", "name", "typed"), [("court", "pro_nom", "Camille Exemple"), ("qui", "qualite", "aide")]
)
def test_what_was_just_typed_is_shown_again_and_kept_by_a_second_press(client, page, name, typed):
    here = begin(client).rpartition("/")[0] + f"/{page}"
    before = kept(client.page(here), name)
    shown = client.send_form(client.page(here), here, {name: typed, "csrf": "x"})
    assert SHOWN_AGAIN in said(shown)
    assert kept(Page(shown.text), name) == typed
    assert kept(client.page(here), name) == before  # nothing is kept without the token
    client.send_form(Page(shown.text), here, {})
    assert kept(client.page(here), name) == typed


def test_a_file_of_an_expired_page_is_asked_for_again_and_its_bytes_are_gone(client, portal):
    here = begin(client).rpartition("/")[0] + "/court"
    shown = client.send_form(client.page(here), here, {"csrf": "x"}, FILE)
    told = said(shown)
    assert SHOWN_AGAIN in told
    assert "“carte.png” n'a pas pu être envoyé. Réessayez." in told
    assert not [path for path in portal.files.rglob("*") if path.is_file()]


def test_one_place_alone_promises_it():
    """Only a page of a draft that is open on this device may: each other place would promise what it does not know."""
    files = [path for folder in ("app", "templates") for path in (SOURCE / folder).rglob("*") if path.is_file()]
    promising = [path.name for path in files if promises(path)]
    assert promising == ["current_draft.py"]


def promises(path: Path) -> bool:
    """Tell whether a source says that answers are still there."""
    return path.suffix in {".py", ".html", ".txt"} and "sont toujours là" in path.read_text(encoding="utf-8")
