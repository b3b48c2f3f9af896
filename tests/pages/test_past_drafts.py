"""A page of a draft that two tabs, or two members, hold open: what one keeps, the other never replaces unseen."""

import re

import pytest
from sqlalchemy import select

from app.base.forms.shown_version import digest
from app.saisine import attached, queries
from app.saisine.models import Draft
from tests.cast import AMINA, ASSOCIATION, begin, sign_in_member
from tests.journeys import DENTIST, PNG, follow
from tests.pages.test_associations import agree, prepare
from tests.pages.test_trouble import refused_commits
from tests.support.client import SuspiciousClient
from tests.support.html import plain, words
from tests.support.rewind import lived
from tests.support.tabs import CONFLICT, Tab

ONE, TWO = "Le premier récit, CANARI-UN, écrit dans un onglet.", "Le second récit, CANARI-DEUX, écrit dans un autre."
PAST = "Depuis que cette page est ouverte, une autre réponse a été enregistrée"
KEEPS = "Pour le garder à la place, appuyez encore une fois sur le même bouton."
FILE = {"fichiers": [("photo.png", PNG, "image/png")]}


@pytest.fixture
def story(run, client, portal):
    """The address of the page of the story, the date being told and no story written."""
    return lived(run, portal, client, "story", lambda: at_the_story(client))


def at_the_story(client):
    there = follow(client, DENTIST, until="recit").url.path
    client.submit(there, {"date_precision": "ne_sait_pas"})
    return there


def written(client, path, name="recit"):
    return "".join(client.page(path).by_id(name).itertext()).strip()


@pytest.mark.engines("sqlite", "postgresql")
def test_the_second_tab_replaces_nothing_reads_what_is_kept_and_keeps_its_own_at_the_next_press(client, story, clock):
    first, second = Tab(client, story), Tab(client, story)
    first.press({"recit": ONE})
    clock.advance(minutes=5)
    second.press({"recit": TWO})
    assert second.status == CONFLICT
    assert f"{PAST} le 3 mars 2026 à 22 h 41 :" in second.page.text
    assert ONE in second.page.text
    assert KEEPS in second.page.text
    assert "".join(second.page.by_id("recit").itertext()).strip() == TWO
    assert written(client, story) == ONE
    assert second.press().path != story
    assert written(client, story) == TWO


@pytest.mark.parametrize("button", ["pause", None])
def test_no_button_of_a_past_page_leads_away_from_what_is_typed(client, story, button):
    first, second = Tab(client, story), Tab(client, story)
    first.press({"recit": ONE})
    assert second.press({"recit": TWO}, button=button).status == CONFLICT


def test_the_same_answers_sent_again_are_accepted(client, story):
    once, again, other = Tab(client, story), Tab(client, story), Tab(client, story)
    once.press({"recit": ONE})
    assert again.press({"recit": f"{ONE}\r\n"}).path != story
    assert other.press({"recit": ONE}).path != story


def test_a_page_says_again_what_it_wrote_itself_as_after_a_lost_answer_or_back(client, story):
    page = Tab(client, story)
    opened = page.page
    for text in (ONE, TWO, ONE + TWO):
        page.path, page.page = story, opened
        assert page.press({"recit": text}).path != story
    assert written(client, story) == ONE + TWO


def test_another_page_and_an_unchanged_one_trouble_nobody(client, story):
    first, forms = Tab(client, story), Tab(client, story.replace("recit", "formes"))
    forms.press({"formes": ["delai_eleve"], "delai_propose": "à Noël 2027"})
    assert first.press({"recit": ONE}).status == 200
    Tab(client, story).press()
    fresh = Tab(client, story)
    Tab(client, story).press()
    assert fresh.press({"recit": TWO}).path != story


def test_a_page_opened_before_versions_is_accepted(client, story):
    old = Tab(client, story)
    Tab(client, story).press({"recit": ONE})
    token = dict(old.page.forms[0].fill({}))["csrf"]
    assert client.post(story, data={"csrf": token, "date_precision": "ne_sait_pas", "recit": TWO}).url.path != story
    assert written(client, story) == TWO


@pytest.mark.parametrize("version", ["x", ".", "recit", "recit.", "recit..", "recit.0.0", "é" * 4000, "recit.\x00.1"])
def test_a_version_that_is_not_ours_costs_a_press_at_most(client, story, version):
    Tab(client, story).press({"recit": ONE})
    token = dict(client.page(story).forms[0].fill({}))["csrf"]
    typed = {"date_precision": "ne_sait_pas", "recit": TWO}
    answer = client.post(story, data={"csrf": token, **typed, "version": version})
    assert answer.status_code in {200, CONFLICT}


def test_the_story_that_saved_itself_is_not_new_to_its_own_page(client, story):
    tab, other = Tab(client, story), Tab(client, story)
    hidden = dict(tab.page.forms[0].fill({}))
    save = {"csrf": hidden["csrf"], "version": hidden["version"], "enregistrement": "oui"}
    for text in (ONE, f"{ONE}\nEt la suite."):
        assert client.post(story, data={**save, "recit": text}).status_code == 200
    assert tab.press({"recit": ONE + TWO}).path != story
    theirs = dict(other.page.forms[0].fill({}))
    late = client.post(story, data={**save, "version": theirs["version"], "recit": TWO})
    assert late.status_code == CONFLICT
    assert "Appuyez sur « Continuer » pour la voir." in late.text.replace("\xa0", " ")
    assert written(client, story) == ONE + TWO


def test_what_a_page_sent_earlier_and_arrives_late_replaces_nothing(client, story):
    tab = Tab(client, story)
    hidden = dict(tab.page.forms[0].fill({}))
    sent = {"csrf": hidden["csrf"], "date_precision": "ne_sait_pas"}

    def send(order, text, **button):
        return client.post(story, data={**sent, "version": hidden["version"] + order, "recit": text, **button})

    assert send(".1772579400002", ONE + TWO).url.path != story
    late = send(".1772579400001", ONE, enregistrement="oui")
    assert (late.status_code, late.text[:13]) == (200, "Enregistré à ")
    assert written(client, story) == ONE + TWO
    for order in (".1772579400003", "", ".x", ".-1", ".²", "." + "9" * 40, ".9" * 40):
        assert send(order, TWO + order, enregistrement="oui").status_code == 200
        assert written(client, story) == TWO + order
    other = Tab(client, story)
    assert other.press({"recit": ONE}).path != story
    assert send(".1772579400009", TWO, enregistrement="oui").status_code == CONFLICT
    assert written(client, story) == ONE


def test_a_disk_that_refuses_makes_nothing_seen(client, story, monkeypatch):
    first, second = Tab(client, story), Tab(client, story)
    first.press({"recit": ONE})
    with refused_commits(monkeypatch, 1):
        assert second.press({"recit": TWO}).status == 503
    assert second.press().status == CONFLICT
    assert ONE in second.page.text


def test_choices_and_dates_are_read_in_words(client, story):
    day = story.replace("recit", "date")
    first, second = Tab(client, day), Tab(client, day)
    first.press({"date_precision": "exacte", "date_jour": "2", "date_mois": "mars", "date_annee": "2026"})
    second.press({"date_precision": "approx", "date_approx": "mi-février 2026"})
    assert second.status == CONFLICT
    assert "2 mars 2026" in second.page.text
    assert "exacte" not in re.sub(r"<[^>]*>", "", second.page.text)


def test_files_come_and_go_and_are_kept_when_the_words_are_past(client):
    form = begin(client)
    one, two = Tab(client, form), Tab(client, form)
    one.press({"pro_nom": "Canari-Un"}, FILE, button="ajouter")
    assert Tab(client, form).press({}, button="retirer").status == 200
    two.press({"pro_nom": "Canari-Deux"}, FILE, button="ajouter")
    assert two.status == CONFLICT
    assert "Canari-Un" in two.page.text
    assert "photo.png" in two.page.text
    assert two.press(button="ajouter").status == 200
    assert Tab(client, form).page.by_id("pro_nom").get("value") == "Canari-Deux"


def test_the_short_form_names_a_button_that_it_has(client):
    path = begin(client)
    first, second = Tab(client, path), Tab(client, path)
    hidden = dict(second.page.forms[0].fill({}))
    first.press({"recit": ONE}, button="Ajouter ces fichiers")
    save = {"csrf": hidden["csrf"], "version": hidden["version"], "enregistrement": "oui"}
    late = client.post(path, data={**save, "recit": TWO})
    assert late.status_code == CONFLICT
    assert "Appuyez sur « Envoyer ma plainte » pour la voir." in plain(late.text)
    assert "Envoyer ma plainte" in [words(button) for button in second.page.all("button")]


def test_the_short_form_is_not_sent_over_what_another_tab_kept(client):
    form = begin(client)
    one, two = Tab(client, form), Tab(client, form)
    assert one.press({**AMINA, "nom": ""}).status == 422
    two.press({**AMINA, "nom": "Canari-Autre"})
    assert two.status == CONFLICT
    assert "SA-2026" not in two.page.text
    assert "SA-2026" in two.press().page.text


def test_the_last_page_sends_only_the_answers_that_it_showed(client, story):
    whole = follow(client, DENTIST, until="verifier").url.path
    check, other = Tab(client, whole), Tab(client, whole.replace("verifier", "recit"))
    other.press({"recit": TWO})
    declared = {"declare_vrai": "oui", "compris_transmission": "oui"}
    check.press(declared)
    assert check.status == CONFLICT
    assert "une réponse a changé" in check.page.text
    assert TWO in check.page.text
    assert "SA-2026" in check.press().page.text


def test_a_colleague_is_named(client, portal, app):
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    path = prepare(client, until="lieu").url.path
    with portal.database.read() as session:
        assert session.scalars(select(Draft.association)).one() == ASSOCIATION
    with SuspiciousClient(app, portal.database) as other:
        sign_in_member(other, portal, "Noé Imaginaire", role="responsable_association")
        ours, theirs = Tab(client, path), Tab(other, path)
        ours.press({"lieu_refus": "cabinet"})
        theirs.press({"lieu_refus": "domicile"})
    assert theirs.status == CONFLICT
    assert f"{PAST} par Rita Fictive le 3 mars 2026 à 22 h 41 :" in theirs.page.text


def test_an_empty_answer_and_the_end_of_lines_change_no_digest():
    same = [{"a": ["x\r\ny", ""], "b": []}, {"a": ["x\ny "]}, {"a": ["", "x\ry"], "b": [""], "c": ["z"]}]
    assert len({digest(typed, ("b", "a")) for typed in same}) == 1
    assert digest({"a": ["x"]}, "ab") != digest({"b": ["x"]}, "ab")


def title_on(page):
    """Give the field of what the only file shows."""
    return next(name for form in page.forms for name in form.names if name.startswith("piece_titre_"))


@pytest.mark.engines("sqlite", "postgresql")
def test_the_title_of_a_file_replaces_no_other_unseen(client):
    path = follow(client, DENTIST, until="preuves").url.path
    client.submit(path, {}, FILE, button="ajouter")
    first, second, same = (Tab(client, path) for _ in range(3))
    name = title_on(first.page)
    first.press({name: "CANARI-UN"}, button="ajouter")
    assert same.press({name: " CANARI-UN "}, button="ajouter").status == 200
    second.press({name: "CANARI-DEUX"}, button="pause")
    assert second.status == CONFLICT
    assert "photo.png CANARI-UN" in second.page.text
    assert second.page.by_id(name).get("value") == "CANARI-DEUX"
    assert client.page(path).by_id(name).get("value") == "CANARI-UN"
    assert second.press(button="ajouter").status == 200
    assert client.page(path).by_id(name).get("value") == "CANARI-DEUX"


@pytest.mark.engines("sqlite", "postgresql")
def test_the_title_that_saved_itself_is_not_new_to_its_own_page(client):
    path = follow(client, DENTIST, until="preuves").url.path
    client.submit(path, {}, FILE, button="ajouter")
    tab, other = Tab(client, path), Tab(client, path)
    name, hidden = title_on(tab.page), dict(tab.page.forms[0].fill({}))

    def send(order, title):
        version = hidden["version"] + order
        return client.post(path, data={**hidden, "version": version, name: title, "enregistrement": "oui"})

    for order, title in ((".2", "CANARI-UN"), (".3", "CANARI-UN et DEUX"), (".4", "")):
        assert send(order, title).status_code == 200
        assert (client.page(path).by_id(name).get("value") or "") == title
    assert send(".5", "CANARI-CINQ").status_code == 200
    send(".3", "CANARI-UN et DEUX")
    assert client.page(path).by_id(name).get("value") == "CANARI-CINQ", "what arrives late replaces nothing"
    other.press({name: "CANARI-AUTRE"}, button="ajouter")
    assert other.status == CONFLICT
    assert other.press(button="ajouter").status == 200
    assert send(".6", "CANARI-SIX").status_code == CONFLICT
    assert client.page(path).by_id(name).get("value") == "CANARI-AUTRE"


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("order", [".3", ""], ids=["late", "past"])
def test_a_mandate_that_was_received_is_there_whatever_became_of_the_words(client, portal, order):
    agree(portal)
    sign_in_member(client, portal)
    path = prepare(client, until="mandat").url.path
    tab, other = Tab(client, path), Tab(client, path)
    form = next(one for one in tab.page.forms if "mandat_mode" in one.names)
    hidden = {**dict(form.fill({})), "mandat_portee": "saisir", "mandat_mode": "papier"}
    if order:
        written = {**hidden, "version": hidden["version"] + ".5", "enregistrement": "oui"}
        assert client.post(path, data=written).status_code == 200
    else:
        other.press({"mandat_portee": ["saisir"], "mandat_mode": "papier", "mandat_autre_nom": "CANARI"})
    sent = {**hidden, "version": hidden["version"] + order, "ajouter": "oui"}
    answer = client.post(path, data=sent, files=[("mandat_fichier", ("mandat.png", PNG, "image/png"))])
    assert answer.status_code == (422 if order else CONFLICT)
    with portal.database.read() as session:
        draft = queries.open_row(session, portal.keyring, session.scalars(select(Draft)).one())
        there = [file.id for file in attached.files_of(session, draft)]
    assert len(there) == 1
    assert draft.typed["mandat_fichier"] == there
