"""The pages of the public in another language: all of a page is said in it, and nothing of what is kept."""

import re

import pytest
from sqlalchemy import select

from app.base.i18n import FRENCH, LANGUAGES, in_language
from app.base.web.language_prefix import apart, is_for_public, localized
from app.filing.models import Filing, FilingAct, FilingEvent
from app.filing.queries import read_for
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from tests.cast import Sent
from tests.journeys import CARDIOLOGIST, ORDINARY, answer, begin, follow, name_of, send
from tests.pages.test_conciliation import desks
from tests.support import pseudo
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of
from tests.support.routes import LIST

__all__ = ["desks"]
STATED = (
    *("Saisine", "https", "ameli.fr", "cnil.fr", "antidiscriminations.fr"),
    "formulaire.defenseurdesdroits.fr",
)
"""Names, which no language changes."""
DATE = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d+ \w+ \d{4}|\d+ (January|February|March|April) \d{4}")
CODE = re.compile(r"SA-\d{4}-[\dA-Z-]+|\b[\dA-Z]{4}(-[\dA-Z]{4}){3}\b")
WORD = re.compile(r"[^\W\d_]{2,}")
FOLLOWING = (
    *("/suivi", "/suivi/plainte", "/suivi/message", "/suivi/coordonnees", "/suivi/preuves", "/suivi/retirer"),
    *("/suivi/code", "/suivi/recepisse/lire"),
)


@pytest.fixture(autouse=True)
def _released():
    with pseudo.released():
        yield


def pages_alone():
    """List the pages of the public that need no draft and no number."""
    found = {line.split()[1] for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("GET ")}
    return sorted(
        path
        for path in found
        if is_for_public(path) and "{" not in path and not path.endswith((".pdf", ".ics", "/communes"))
    )


def untranslated(response, *said):
    """List the words of a page that are in no sentence of the catalogue, nor typed by the person."""
    page = Page(response.text)
    text = pseudo.outside(f"{page.text} {page.title}")
    names = [one.name for one in LANGUAGES.values()]
    for one in sorted((*STATED, *names, *said), key=len, reverse=True):
        text = text.replace(one, " ")
    return WORD.findall(CODE.sub(" ", DATE.sub(" ", text)))


def leaving(response):
    """List the links and forms of a page that leave its language, but for the switch and the spaces in French."""
    page = Page(response.text)
    ways = [one.get("href") or one.get("action") or "" for one in page.all("a", "form") if not one.get("hreflang")]
    own = (way for way in ways if way.startswith("/") and is_for_public(way.split("?")[0]))
    return [way for way in own if apart(way)[0] != pseudo.CODE]


@pytest.mark.parametrize("path", pages_alone())
def test_a_page_is_whole_in_its_language(client, path):
    response = client.get(localized(path, pseudo.CODE))
    assert untranslated(response, "France", "Assos", "Santé") == []
    assert leaving(response) == []
    assert Page(response.text).tree.get("lang") == pseudo.PSEUDO.tag


@pytest.mark.parametrize("journey", [ORDINARY, CARDIOLOGIST], ids=["ordinary", "helper"])
def test_a_journey_stays_in_its_language(client, journey):
    said = sorted({word for values in journey.typed.values() for one in values for word in WORD.findall(one)})
    said += ["Lille", "Nord", "Exemple", "Durand"]
    response = begin(client, pseudo.CODE)
    while name_of(response.url) != "verifier":
        page = Page(response.text)
        is_asking = any(one.method == "post" and "/saisine/" in one.action for one in page.forms)
        pressed = [client.send_form(page, response.url.path, {})] if is_asking else []
        for shown in (response, *pressed):
            assert untranslated(shown, *said) == [], shown.url.path
            assert leaving(shown) == []
        response = answer(client, journey, response)
    assert untranslated(response, *said) == []
    sent = send(client, journey, response)
    assert untranslated(sent, *said) == []
    assert apart(sent.url.path)[0] == pseudo.CODE
    client.submit(sent.url.path, form="/suivre")
    for path in FOLLOWING:
        response = client.get(localized(path, pseudo.CODE))
        assert (response.status_code, apart(response.url.path)) == (200, (pseudo.CODE, path))


def test_papers_are_french_whatever_was_read(client):
    last = follow(client, ORDINARY, code=pseudo.CODE)
    sent = send(client, ORDINARY, last)
    at = sent.url.path.removesuffix("/confirmation")
    for path in (f"{at}/recepisse", f"{at}/feuille-de-suivi", "/qps/affiche.pdf"):
        assert pseudo.LEFT not in text_of(client.get(path).content), path
    own = client.get(apart(f"{at}/recepisse")[1]).content
    assert client.get(f"{at}/recepisse").content == own, "the same bytes: it can be verified"


def test_the_form_to_print_is_in_both_languages(client):
    french = text_of(client.get("/formulaire-a-imprimer.pdf").content)
    both = text_of(client.get("/en/formulaire-a-imprimer.pdf").content)
    for own, said in (("Tell us what happened", "Racontez ce qui s’est passé"), ("Your situation", "Votre situation")):
        assert (bare(said) in french, bare(own) in french) == (True, False)
        assert (bare(said) in both, bare(own) in both) == (True, True)


def test_what_is_kept_is_french_whatever_was_read(client, portal):
    last = follow(client, ORDINARY, code=pseudo.CODE)
    sent = send(client, ORDINARY, last)
    client.submit(sent.url.path, form="/suivre")
    client.submit(localized("/suivi/message", pseudo.CODE), {"message": "Un mot inventé."})
    client.submit(localized("/suivi/coordonnees", pseudo.CODE), {"email": "ana@exemple.fr"})
    client.submit(localized("/suivi/retirer", pseudo.CODE), {"retrait": "oui"})
    with portal.database.read() as session:
        (filing,) = session.scalars(select(Filing)).all()
        opened = read_for(session, portal.keyring, filing.number, filing.receiver)
        assert opened
        assert len(opened.acts) >= 2
        assert pseudo.LEFT not in f"{opened.payload} {opened.acts}"
        for table in (FilingAct, FilingEvent):
            assert pseudo.LEFT not in " ".join(str(vars(row)) for row in session.scalars(select(table)))
    mailer = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, mailer, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    assert [one.subject for one in mailer.letters if one.to != "ana@exemple.fr" and pseudo.LEFT in one.subject] == []
    own = [one for one in mailer.letters if one.to == "ana@exemple.fr"]
    assert own
    for letter in own:
        first, _, french = letter.text.replace("\u00a0", " ").partition("Le même message en français, qui fait foi :")
        assert pseudo.LEFT in first
        assert "/qps/reprendre" in first
        assert pseudo.LEFT not in french
        assert "/qps/" not in french
        assert "Bonjour" in french
        assert f'lang="{pseudo.PSEUDO.tag}"' in letter.html


def test_the_way_to_the_languages_keeps_what_is_typed_and_the_draft_its_language(client):
    """Without script too: it is a button of the form, and Enter presses the main one."""
    page = Page(begin(client).text)
    where = page.forms[-1].action.removesuffix("#erreurs")
    assert page.all("button")[0].get("name") is None
    way = next(one for one in page.all("button") if one.get("name") == "lire_en")
    listed = client.submit(where, {"qualite": "aide"}, button=words(way))
    assert listed.url.path == "/langues"
    found = Page(listed.text).links
    assert found["Pseudo"] == localized(where, pseudo.CODE)
    assert found["Français"] == where
    assert set(found) >= {one.name for one in LANGUAGES.values()}
    read = client.get(found["Pseudo"])
    checked = [one.get("value") for one in Page(read.text).all("input") if one.get("checked") is not None]
    assert checked == ["aide"]
    client.send_form(Page(read.text), read.url.path, {"qualite": "moi"})
    draft = where.split("/")[2]
    assert apart(client.get(f"/saisine/{draft}").url.path)[0] == pseudo.CODE


@pytest.mark.parametrize(
    "page", ["//exemple.invalid", "https://exemple.invalid/", "/aide?a=b", "", "/../agent", "x" * 900]
)
def test_the_languages_lead_to_a_page_of_ours_alone(client, page):
    found = Page(client.get("/langues", params={"page": page}).text).links
    assert found["Pseudo"] == f"/{pseudo.CODE}"


def to_proofs(client):
    return follow(client, CARDIOLOGIST, until="preuves")


def to_short_form(client):
    return client.submit("/avant-de-commencer", button="Formulaire court, sur une seule page")


@pytest.mark.parametrize("reach", [to_proofs, to_short_form])
def test_the_page_of_the_evidence_and_the_short_form_lead_there_too(client, reach):
    shown = reach(client)
    page = Page(shown.text)
    way = next(one for one in page.all("button") if one.get("name") == "lire_en")
    listed = client.send_form(page, shown.url.path, {}, button=words(way))
    assert Page(listed.text).links["Pseudo"] == localized(shown.url.path, pseudo.CODE)


def test_a_clerk_is_told_in_which_language_the_form_was_read(client, desks):
    sent = Sent(send(client, ORDINARY, follow(client, ORDINARY, code=pseudo.CODE)))
    page = desks[0].on(3, 4).page(f"/agent/plaintes/{sent.number}")
    assert "La personne a lu le formulaire en Pseudo." in page.text
    assert "Pour qui faites-vous cette plainte ?" in page.text.replace("\u2011", "-")
    assert pseudo.LEFT not in page.text


def test_desks_and_programs_are_french_alone(client):
    for path in ("/agent/connexion", "/association", "/administration", "/etat", "/api/v1/openapi.json"):
        assert client.get(f"/{pseudo.CODE}{path}").status_code == 404
        assert localized(path, pseudo.CODE) == path


def test_an_address_says_its_language_and_no_other_is_guessed(client):
    assert apart("/qps/aide") == (pseudo.CODE, "/aide")
    assert apart("/qps") == (pseudo.CODE, "/")
    assert apart("/fr/aide") == (FRENCH, "/fr/aide")
    assert apart("/qpsaide") == (FRENCH, "/qpsaide")
    asked = client.get("/aide", headers={"accept-language": "en-XA"})
    assert Page(asked.text).tree.get("lang") == "fr"
    with in_language(pseudo.CODE):
        assert localized("/") == "/qps"
