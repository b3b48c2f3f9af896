"""A name that our papers cannot show is asked in Latin letters too, once, and stays what was typed."""

from dataclasses import replace

import pytest

from app.base.forms.form import parse, widgets
from app.filing.rules import filer_name, person_name
from app.followup.contact import ContactDetails
from app.printing.pdf_text import can_print
from app.saisine.short_form import ShortForm
from app.saisine.steps.identity import Address
from app.saisine.steps.persons import Helper, needs_own, needs_person
from tests.cast import AMINA, Sent, begin
from tests.journeys import JOURNEYS, follow
from tests.support.html import Page
from tests.support.pdf import bare, text_of

DENTIST = JOURNEYS["dentist"]
CHINESE = {"prenom": "小明", "nom": "王"}


def named(latin=None, **name):
    more = {"identite/latin": {"nom_latin": latin}} if latin is not None else {}
    identity = {**DENTIST.pages["identite"], **name}
    return replace(DENTIST, pages={**DENTIST.pages, "identite": identity, **more})


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hương", "أمينة", "გიორგი", "Հայկ", "አበበ", "देवी", "ธิดา", "Ο’Νιλ", "Zoé-Łucja"]
)
def test_most_scripts_are_printed_as_they_are_typed(name):
    assert can_print(name)
    assert not needs_own({"prenom": "", "nom": name})


@pytest.mark.parametrize("name", ["王", "𠮷", "김", "さくら", "Léa 🙂"])
def test_what_the_papers_lack_is_known_before_sending(name):
    assert not can_print(name)
    assert needs_own({"prenom": "Ana", "nom": name})
    assert needs_own({"prenom": name, "nom": "Exemple"})
    assert needs_person({"pers_prenom": name, "pers_nom": "Exemple"})
    assert not needs_person({"prenom": name, "nom": name})


def test_a_name_is_written_both_ways_and_as_before_without_latin_letters():
    assert filer_name(CHINESE) == "小明 王"
    assert filer_name({**CHINESE, "nom_latin": "Xiaoming Wang"}) == "Xiaoming Wang (小明 王)"
    child = {
        **CHINESE,
        "nom_latin": "Xiaoming Wang",
        "pers_prenom": "花",
        "pers_nom": "王",
        "pers_nom_latin": "Hua Wang",
    }
    assert person_name(child) == "Hua Wang (花 王)"
    assert person_name({**child, "pers_nom": ""}) == "Xiaoming Wang (小明 王)"


def test_the_receipt_bears_the_name_in_latin_letters(client):
    last = follow(client, named("Xiaoming Wang", **CHINESE))
    page = Page(last.text)
    sent = Sent(client.send_form(page, last.url.path, DENTIST.declarations, form="/envoyer#erreurs"))
    assert bare("Xiaoming Wang (") in text_of(client.get(sent.path.replace("confirmation", "recepisse")).content)


def test_it_is_asked_once_without_being_a_mistake_and_may_be_passed(client):
    asked = follow(client, named(**CHINESE), until="identite/latin")
    page = Page(asked.text)
    assert "Nos courriers ne peuvent pas montrer certains signes de ce nom." in page.text
    assert "Erreur" not in page.text
    wrong = Page(client.send_form(page, asked.url.path, {"nom_latin": "王小明"}).text)
    assert "avec des lettres latines" in wrong.text
    passed = client.send_form(page, asked.url.path, {"nom_latin": ""})
    assert passed.url.path.endswith("/verifier")


def test_nobody_else_is_asked(client):
    there = follow(client, DENTIST).url.path
    assert client.get(there.replace("verifier", "identite/latin")).url.path == there


def test_the_name_of_a_child_is_asked_in_latin_letters_too(client):
    child = {**JOURNEYS["parent"].pages["personne"], "pers_prenom": "花", "pers_nom": "王"}
    pages = {**JOURNEYS["parent"].pages, "personne": child}
    asked = follow(client, replace(JOURNEYS["parent"], pages=pages), until="personne/latin")
    page = Page(asked.text)
    assert "Le nom de cette personne en lettres latines aussi" in page.text
    wrong = Page(client.send_form(page, asked.url.path, {"pers_nom_latin": "花"}).text)
    assert "avec des lettres latines" in wrong.text
    after = client.send_form(page, asked.url.path, {"pers_nom_latin": "Hua Wang"})
    assert not after.url.path.endswith("/latin")


def ask_short(client, **changes):
    path = begin(client)
    answer = client.submit(path, {**AMINA, **CHINESE, **changes})
    return path, answer, Page(answer.text)


def test_the_short_form_asks_it_calmly_and_the_receipt_bears_it(client):
    path, answer, page = ask_short(client)
    assert (answer.status_code, page.h1) == (200, "Prénom et nom en lettres latines")
    assert "Nom écrit : 小明 王." in page.text
    for word in ("à corriger", "aria-invalid", "--error", "<title>Erreur"):
        assert word not in answer.text, word
    assert answer.text.count('name="nom_latin"') == 1
    assert answer.text.index('name="nom_latin"') < answer.text.index('name="nom"')
    wrong = Page(client.send_form(page, path, {"nom_latin": "王小明"}).text)
    assert "avec des lettres latines" in "".join(wrong.by_id("nom_latin-erreur").itertext())
    sent = Sent(client.send_form(wrong, path, {"nom_latin": "Xiaoming Wang"}))
    assert bare("Xiaoming Wang (") in text_of(client.get(sent.path.replace("confirmation", "recepisse")).content)


def test_the_short_form_asks_it_once(client):
    path, _, page = ask_short(client)
    assert "reçue" in Page(client.send_form(page, path, {"nom_latin": ""}).text).h1


def test_what_is_to_be_corrected_comes_before_it_and_the_town_with_it(client):
    path, answer, page = ask_short(client, recit="", pro_commune="Saint-Denis")
    assert answer.status_code == 422
    assert page.by_id("nom_latin") is None
    both = Page(client.send_form(page, path, {"recit": AMINA["recit"], "commune_insee": "93066"}).text)
    assert both.h1 == "Prénom et nom en lettres latines"
    path, _, page = ask_short(client, pro_commune="Saint-Denis")
    assert page.h1 == "Encore quelques questions"
    assert "Quelle ville est-ce ?" in page.text
    done = client.send_form(page, path, {"commune_insee": "93066", "nom_latin": "Xiaoming Wang"})
    assert "reçue" in Page(done.text).h1


def test_the_short_form_asks_it_for_a_child_and_drops_it_with_the_name(client):
    child = {"qualite": "enfant", "pers_prenom": "花", "pers_nom": "王", "prenom": "Ana", "nom": "Exemple"}
    path, _, page = ask_short(client, **child)
    assert page.h1 == "Prénom et nom de l'enfant en lettres latines"
    sent = Sent(client.send_form(page, path, {"pers_nom_latin": "Hua Wang"}))
    assert bare("Hua Wang (") in text_of(client.get(sent.path.replace("confirmation", "recepisse")).content)


def test_letters_of_a_name_that_needs_none_are_left_out():
    known = {"nom_latin": ["Ana Exemple"], "pers_nom_latin": ["Hua Wang"]}
    of = lambda **name: ShortForm.settle({**known, **name}).keys() & known.keys()  # noqa: E731
    assert of(qualite=["moi"], prenom=["Ana"], nom=["Exemple"], pers_nom=["王"]) == set()
    assert of(qualite=["moi"], nom=["王"], pers_nom=["王"]) == {"nom_latin"}
    assert of(qualite=["enfant"], nom=["Exemple"], pers_nom=["王"]) == {"pers_nom_latin"}


@pytest.mark.parametrize("model", [Address, ContactDetails, ShortForm])
@pytest.mark.parametrize("line", [name for name in widgets(Address) if name != "adresse_code_postal"])
def test_a_line_that_our_letters_cannot_show_is_asked_again(model, line):
    right = {"adresse_rue": ["1 rue Inventée"], "adresse_code_postal": ["59000"], "adresse_ville": ["Lille"]}
    known = {"moyens": ("courrier",)}
    for said, is_refused in (("王小路 1", True), ("1 rue Łódzka", False)):
        errors = parse(model, {"moyens": ["courrier"], **right, line: [said]}, known).errors
        told = errors[line].message if line in errors else ""
        assert ("Écrivez-la en lettres latines." in told) is is_refused


def test_the_name_of_who_helps_is_a_name():
    assert parse(Helper, {"aidant_nom": ["06 12"]}).errors["aidant_nom"].message == "Écrivez ce nom avec des lettres."
    assert parse(Helper, {"aidant_nom": ["Noé Fictif"]}).values.aidant_nom == "Noé Fictif"
