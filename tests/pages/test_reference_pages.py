"""The pages to read and their small forms, by a browser without script."""

import re

import pytest

from app.base.settings import Settings
from app.pages.rules import address_in
from app.pages.service import mailbox
from app.runtime.app import create_app
from tests.pages.test_accessibility_problem import PROBLEM, TOLD, mails_of
from tests.support.client import SuspiciousClient
from tests.support.html import words
from tests.support.pdf import bare, faults, opened, text_of
from tests.support.portal import make_portal
from tests.support.pressed import Watched
from tests.support.routes import addresses

READ = {
    "/vos-droits": "Vos droits",
    "/aide": "Aide",
    "/donnees-personnelles": "Données personnelles",
    "/donnees-personnelles/professionnel": "Une plainte vous vise : vos données",
    "/mentions-legales": "Mentions légales",
    "/accessibilite": "Accessibilité : non conforme",
    "/accessibilite/probleme": "Signaler un problème d'accessibilité",
    "/accessibilite/merci": "Votre message est envoyé",
    "/couleurs": "Couleurs de l'écran",
    "/effacer-cet-appareil": "Effacer de cet appareil",
    "/plainte-effacee": "Vos réponses sont effacées",
    "/appareil-efface": "Plus rien n'est ouvert sur cet appareil.",
    "/plan-du-site": "Plan du site",
}
WITH_A_FORM = {"/accessibilite/probleme", "/couleurs", "/effacer-cet-appareil"}
AFTER_SOMETHING = {
    "/accessibilite/merci",
    "/appareil-efface",
    "/plainte-effacee",
    "/association/connexion",
    "/communes",
    "/association/demander/merci",
    "/demo/courriels",
    "/registre/racine",
    "/robots.txt",
    "/api/v1/openapi.json",
    "/api/v1/schema",
}
"""What follows an action or another page, or that only a demonstration has: nobody looks for them."""
SIX = (
    "Un rendez-vous refusé", "Un délai anormalement long", "Un renvoi répété vers d'autres professionnels",
    "Un refus de faire un devis", "Un refus du tiers payant", "Un prix plus élevé que le tarif",
)  # fmt: skip
FORBIDDEN = re.compile(r"\b(victimes?|usager|mis en cause|grief|pièces)\b", re.IGNORECASE)
THE_LAW_SAYS_USERS = "relations avec les usagers"
"""The name that hospitals give to a service."""
LONGEST_SENTENCE = 20


@pytest.fixture
def theirs(reference, clock, tmp_path):
    """Build the same service with settings of its own."""

    def built(**settings):
        portal = make_portal(reference, clock, tmp_path / "theirs", **settings)
        return portal, SuspiciousClient(Watched(create_app(portal.settings, portal=portal)), reference)

    return built


@pytest.mark.parametrize(("path", "h1"), READ.items())
def test_each_page_says_what_it_is(client, path, h1):
    page = client.page(path)
    assert page.h1 == h1
    assert page.title == f"{h1.removesuffix('.')} – Saisine"


@pytest.mark.parametrize("path", sorted(READ.keys() - WITH_A_FORM))
def test_reading_leaves_no_cookie(client, path):
    client.get(path)
    assert not client.cookies


@pytest.mark.parametrize("path", sorted({*READ, "/avant-de-commencer"}))
def test_the_words_are_those_of_everyday(client, path):
    page = client.page(path)
    assert not FORBIDDEN.search(page.text.replace(THE_LAW_SAYS_USERS, ""))
    for found in page.all("p", "li"):
        if any(inner.tag in {"p", "li"} for inner in found.iter() if inner is not found):
            continue
        for sentence in re.split(r"[.?!:](?:\s|$)", words(found)):
            assert len(re.findall(r"[\w'’-]+", sentence)) <= LONGEST_SENTENCE, sentence


def test_two_pages_never_share_a_title(client):
    titles = []
    for path in READ:
        client.cookies.clear()
        titles.append(client.page(path).title)
    assert len(set(titles)) == len(titles)


def test_rights_give_six_forms_with_one_example_each(client):
    page = client.page("/vos-droits")
    lines = [words(one) for one in page.all("li")]
    for form in SIX:
        (line,) = [one for one in lines if one.startswith(form)]
        assert line.count("Par exemple :") == 1
    for said in (
        "Ce qui n'est pas une discrimination",
        "Le cabinet est complet et refuse toutes les nouvelles personnes, sans choisir.",
        "Le soin n'entre pas dans les compétences du professionnel.",
        "Personne ne vous demande d'être sûr.",
        "Le médiateur de votre CPAM",
        "antidiscriminations.fr",
    ):
        assert said in page.text


def test_rights_draw_the_procedure_and_say_it_beside(client):
    page = client.page("/vos-droits")
    drawings = page.all("img")
    assert len(drawings) == 5
    for drawing in drawings:
        assert drawing.get("alt") == ""  # the words stand beside it
        answer = client.get(drawing.get("src"))
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert not re.search(r"<script|style=|<style|href=", answer.text)
    steps = [words(one) for one in page.all("h3")]
    assert [one[:2] for one in steps] == ["1.", "2.", "3.", "4.", "5."]


def test_help_is_sorted_by_task_and_each_link_of_the_page_arrives(client):
    page = client.page("/aide")
    headings = [words(one) for one in page.all("h2")]
    for task in (
        "Commencer",
        "S'arrêter et reprendre",
        "Retrouver son code",
        "Ajouter ses preuves",
        "Envoyer",
        "Suivre sa plainte",
    ):
        assert task in headings
    for target in (link for link in page.links.values() if link.startswith("#")):
        assert page.by_id(target[1:]) is not None, target
    for said in (
        "Ce bouton n'efface pas l'historique de votre téléphone.",
        "Au clavier, appuyez trois fois de suite sur la touche Échap.",
    ):
        assert said in page.text


@pytest.mark.parametrize("path", sorted(READ))
def test_every_link_of_our_own_answers(client, path):
    for words_of, target in client.page(path).links.items():
        if target.startswith("/"):
            assert client.get(target).status_code == 200, (words_of, target)


def test_the_map_lists_every_public_page(client, app):
    page = client.page("/plan-du-site")
    listed = {target.partition("?")[0] for target in page.links.values()}
    public = set()
    for method, path, _name in (line.split() for line in addresses(app)):
        if method == "GET" and "{" not in path and not path.startswith("/static"):
            with SuspiciousClient(app, client.database) as stranger:
                answer = stranger.get(path)
            if answer.status_code == 200 and not answer.history:
                public.add(path)
    assert public - AFTER_SOMETHING - listed == set()


def test_the_blank_form_is_a_file_that_is_linked_before_beginning(client):
    page = client.page("/avant-de-commencer")
    answer = client.get(page.links["Formulaire à imprimer (PDF)"])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="formulaire-a-imprimer.pdf"'
    assert faults(answer.content) == []
    assert client.get("/formulaire-a-imprimer.pdf").content == answer.content
    assert "lieu où travaille le professionnel" in page.text


@pytest.mark.parametrize(
    "label", ["Affiche pour une salle d'attente (PDF)", "Dépliant pour un accueil (PDF)"], ids=["poster", "leaflet"]
)
def test_a_poster_and_a_leaflet_of_one_page_say_the_right_and_where_to_go(client, portal, label):
    answer = client.get(client.page("/plan-du-site").links[label])
    assert answer.headers["content-type"] == "application/pdf"
    assert faults(answer.content) == []
    assert len(opened(answer.content).pages) == 1
    text = text_of(answer.content)
    address = portal.settings.address.partition("//")[2]
    for said in ("On a refusé de vous soigner ?", "L. 1110-3", "C2S", "AME", "114", "39 28", address):
        assert bare(said) in text


def test_without_a_mailbox_no_form_is_offered(theirs):
    _, client = theirs(env="production", operator_contact="1 rue des Tilleuls, 59000 Lille")
    page = client.page("/accessibilite")
    assert "1 rue des Tilleuls" in page.text
    assert PROBLEM not in {*page.links.values(), *client.page("/plan-du-site").links.values()}
    assert client.get(PROBLEM).status_code == 404


def test_the_declaration_has_all_its_parts(theirs):
    portal, client = theirs(operator_name="Association Exemple", operator_contact="Écrire à acces@exemple.fr.")
    page = client.page("/accessibilite")
    assert page.links["Signaler un problème"] == PROBLEM
    assert page.links["Accessibilité : non conforme"] == "/accessibilite"  # the footer says the same state
    for said in (
        "Association Exemple",
        "version 4.1.2",
        "Aucun audit n'a encore été fait.",
        "Ce qui ne marche pas encore, et pour qui",
        "Aucune date de correction",
        "Libre réponse 71120",
        "09 69 39 00 00",
    ):
        assert said in page.text
    client.submit(PROBLEM, TOLD)
    assert [mail.to for mail in mails_of(portal)] == ["acces@exemple.fr"]


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("", None),
        ("1 rue des Tilleuls", None),
        ("a@", None),
        ("acces@exemple.fr", "acces@exemple.fr"),
        ("Écrire à <acces@exemple.fr>.", "acces@exemple.fr"),
        ("acces@exemple.fr, ou 01 00 00 00 00", "acces@exemple.fr"),
    ],
)
def test_the_mailbox_is_read_in_what_the_operator_says(contact, found):
    assert address_in(contact) == found
    assert mailbox(Settings(env="production", operator_contact=contact)) == found
