"""The way through the detailed form: who is asked what, and what a changed mind reopens."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.forms.form import parse, widgets
from app.followup.contact import ContactDetails
from app.saisine.journey import walk
from app.saisine.pages import BY_NAME, LAST, PAGES, STEPS
from app.saisine.short_form import COURT
from app.saisine.steps.asked import PROCEDURES
from app.saisine.steps.facts import TODAY
from app.saisine.steps.persons import Identity
from app.saisine.third_person import speaking, wording_for
from tests.journeys import JOURNEYS

KNOWN = {TODAY: date(2026, 3, 3), PROCEDURES: {"91": "cpam_seule", "93": "hors_champ", "10": "L1110-3"}}


def names(route):
    return [page.name for page in route.open]


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_comes_to_its_end(name):
    route = walk(PAGES, JOURNEYS[name].typed, KNOWN, skipping=True)
    assert route.pending is None, (route.pending.name, {n: m.message for n, m in route.errors.items()})
    assert set(JOURNEYS[name].met) <= set(names(route))


def test_a_page_never_opened_is_shown_and_holds_nobody_back():
    typed = JOURNEYS["dentist"].typed
    del typed["motifs"], typed["couverture_connue"]
    assert walk(PAGES, typed, KNOWN).pending.name == "motifs"
    assert walk(PAGES, typed | {"motifs": []}, KNOWN).pending.name == "couverture"
    assert walk(PAGES, typed | {"couverture": ["aucune"]}, KNOWN, skipping=True).pending is None


def test_nothing_typed_is_the_first_page():
    route = walk(PAGES, {}, KNOWN, skipping=True)
    assert names(route) == ["qui"]
    assert route.before(BY_NAME["qui"]) is None


@pytest.mark.parametrize(
    ("changed", "reopened"),
    [
        ({"qualite": ["enfant"]}, "enfant"),
        ({"qualite": ["association"]}, "association"),
        ({"profession": ["autre"], "profession_autre": ["93"]}, "hors-champ"),
        ({"profession": ["autre"], "profession_autre": [""]}, "lieu"),
        ({"lieu_refus": ["etablissement"]}, "etablissement"),
        ({"commune_insee": []}, "professionnel/decrire"),
        ({"motifs": [], "formes": ["rdv_refuse"]}, "couverture"),
        ({"moyens": ["courrier"]}, "adresse"),
        ({"moyens": [], "email": [""]}, "identite"),
        ({"recit": ["court"]}, "recit"),
        ({"declare_vrai": []}, "verifier"),
    ],
)
def test_a_changed_mind_reopens_what_depends_on_it(changed, reopened):
    route = walk(PAGES, JOURNEYS["dentist"].typed | changed, KNOWN, skipping=True)
    assert route.pending.name == reopened


def test_coming_back_to_an_answer_finds_what_was_typed():
    """The child's pages are passed by, their words stay: a mind changed twice loses nothing."""
    typed = JOURNEYS["parent"].typed
    other = walk(PAGES, typed | {"qualite": ["moi"]}, KNOWN, skipping=True)
    assert "pers_nom" not in other.trail
    assert walk(PAGES, typed, KNOWN, skipping=True).trail["pers_nom"] == "Inventée"


@pytest.mark.parametrize(
    ("answers", "is_asked"),
    [
        ({"motifs": [], "formes": ["rdv_refuse"]}, True),
        ({"motifs": ["handicap"], "formes": ["rdv_refuse"]}, False),
        ({"motifs": ["handicap", "vulnerabilite_economique"], "formes": ["rdv_refuse"]}, True),
        ({"motifs": ["handicap"], "formes": ["devis_refuse"]}, True),
        ({"motifs": ["ne_sait_pas"], "formes": ["autre"]}, True),
        ({"motifs": ["c2s"], "formes": ["rdv_refuse"]}, False),
        ({"motifs": ["ame"], "formes": ["tiers_payant_refuse"]}, False),
        ({"motifs": ["c2s", "ame"], "formes": ["rdv_refuse"]}, False),
        ({"motifs": ["c2s", "vulnerabilite_economique"], "formes": ["tiers_payant_refuse"]}, False),
    ],
)
def test_the_cover_is_asked_when_it_helps_and_never_twice(answers, is_asked):
    route = walk(PAGES, {**JOURNEYS["dentist"].typed, "couverture": ["aucune"], **answers}, KNOWN, skipping=True)
    assert ("couverture" in names(route)) is is_asked


def test_a_price_alone_goes_to_the_caisse_without_a_choice():
    route = walk(PAGES, JOURNEYS["fees"].typed, KNOWN, skipping=True)
    assert "destinataire" not in names(route)
    more = walk(
        PAGES, JOURNEYS["fees"].typed | {"formes": ["depassement_tact_mesure", "rdv_refuse"]}, KNOWN, skipping=True
    )
    assert "destinataire" in names(more)


@pytest.mark.parametrize("measure", ["tutelle", "habilitation_representation", "mandat_protection"])
def test_some_measures_represent(measure):
    route = walk(
        PAGES,
        JOURNEYS["cardiologist"].typed | {"mesure": [measure], "pers_nom": ["Inventée"], "pers_prenom": ["Ana"]},
        KNOWN,
        skipping=True,
    )
    assert "role" not in route.trail
    assert {"personne", "titre"} <= set(names(route))


@pytest.mark.parametrize("measure", ["curatelle", "habilitation_assistance", "sauvegarde", "ne_sait_pas"])
def test_the_others_assist_and_the_person_agrees(measure):
    typed = JOURNEYS["cardiologist"].typed | {"mesure": [measure]}
    route = walk(PAGES, typed, KNOWN, skipping=True)
    assert route.trail["role"] == "curateur"
    assert (
        walk(PAGES, typed | {"accord_personne": []}, KNOWN, skipping=True)
        .errors["accord_personne"]
        .message.startswith("Il faut")
    )


def test_after_a_page_comes_the_next_one_asked():
    route = walk(PAGES, JOURNEYS["dentist"].typed, KNOWN, skipping=True)
    order = [page.name for page in route.open if not page.settled(route.trail)]
    assert len(order) == len(route.open) - 1  # the caisse is offered: whoever wants the ordre says it at the end
    assert [route.after(BY_NAME[name]).name for name in order[:-1]] == order[1:]
    assert [route.before(BY_NAME[name]).name for name in order[1:]] == order[:-1]


ANY_VALUE = st.sampled_from(
    sorted(
        {o.value for page in PAGES for w in widgets(page.answers).values() for o in w.options()} | {"", "x", "59350"}
    )
)
NAMES = sorted({name for page in PAGES for name in page.names})


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"ajouts": []}, set()),
        ({"ajouts": ["complements"]}, {"complements"}),
        ({"ajouts": ["besoins", "complements"]}, {"complements", "besoins"}),
        ({"temoins_texte": ["Noé Fictif"]}, {"complements"}),  # told by software, or before there was a choice
        ({"refus_par": ["secretariat"]}, {"complements"}),
        ({"besoins": ["falc"], "temoins_texte": [" "]}, {"besoins"}),
        ({"besoins": ["falc"], "ajouts": []}, set()),
    ],
)
def test_what_few_need_is_asked_of_those_who_want_it(typed, asked):
    route = walk(PAGES, JOURNEYS["dentist"].typed | typed, KNOWN, skipping=True)
    assert {"complements", "besoins"} & set(names(route)) == asked
    assert ("besoins" in route.trail) is ("besoins" in asked)


def test_the_caisse_is_offered_and_the_ordre_may_be_chosen():
    typed = JOURNEYS["ordinary"].typed
    assert "destinataire" not in typed
    route = walk(PAGES, typed, KNOWN, skipping=True)
    assert (route.pending, route.trail["destinataire"]) == (None, "cpam")
    assert walk(PAGES, typed | {"destinataire": ["ordre"]}, KNOWN, skipping=True).trail["destinataire"] == "ordre"
    assert walk(PAGES, typed | {"destinataire": ["x"]}, KNOWN, skipping=True).pending.name == "destinataire"


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(ANY_VALUE | st.text(max_size=30), max_size=3)))
def test_any_typed_form_has_one_way(typed):
    route = walk(PAGES, typed, KNOWN, skipping=True)
    order = names(route)
    assert len(order) == len(set(order))
    assert order[0] == "qui"
    places = [list(BY_NAME).index(name) for name in order]
    assert places == sorted(places)
    assert all(page.when(route.trail) for page in route.open)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_choices_that_open_the_same_fields_open_nothing_else(page):
    """Their fields are drawn in one block, after the last of them."""
    opened = {}
    for name, widget in widgets(page.answers).items():
        other, wanted = widget.only_if or ("", ())
        if other in widgets(page.answers):
            for value in (wanted,) if isinstance(wanted, str) else wanted:
                opened.setdefault((other, value), {})[name] = wanted
    assert all(len(set(found.values())) == 1 for found in opened.values())


def test_pages_are_in_the_order_of_their_steps():
    assert [page.step for page in PAGES] == sorted(page.step for page in PAGES)
    assert {page.step for page in PAGES} == set(range(1, len(STEPS) + 1))
    assert PAGES[-1] is LAST


def sentences():
    """Give every sentence of both forms, and of what a person changes later."""
    for page in (*PAGES, COURT):
        yield page.heading
    for model in (*(page.answers for page in (*PAGES, COURT)), ContactDetails):
        for widget in widgets(model).values():
            yield from (widget.label, widget.hint, widget.missing)
            for option in widget.options():
                yield from (option.label, option.hint, option.group)


def wordings(sentence):
    """Give a sentence as each filer reads it."""
    return tuple(speaking(trail, str)(sentence) for trail in ({}, {"qualite": "avocat"}, {"qualite": "aide"}))


def test_a_sentence_becomes_the_same_wherever_it_stands():
    found = {}
    for sentence in filter(None, sentences()):
        found.setdefault(str(sentence), set()).add(wordings(sentence))
    assert {text: said for text, said in found.items() if len(said) > 1} == {}
    assert sum(len(set(*said)) > 1 for said in found.values()) > 60


FIRST_PERSON = re.compile(
    r"\b([jm]['’]|(?:je|me|moi|mon|ma|mes)\b)(?! (?:ne )?(?:sais|connais|préfère)\b)", re.IGNORECASE
)


def test_nothing_that_happened_to_another_is_told_in_the_first_person():
    """From the second step on, whoever types is known: they say what they know, the rest happened to the person."""
    for page in PAGES:
        for name, widget in widgets(page.answers).items():
            if page.step in {2, 3} or name == "besoins":
                for option in widget.options():
                    for sentence in filter(None, (option.label, option.hint, option.group)):
                        assert not FIRST_PERSON.search(wordings(sentence)[1]), (name, sentence)


def test_a_mistake_is_told_to_whoever_helps():
    mistake = parse(Identity, {"nom": ["Inventée"]}, {"qualite": "aide"}).errors["prenom"]
    assert mistake.text(speaking({"qualite": "aide"}, str)) == "Écrivez son prénom."
    assert mistake.text(speaking({"qualite": "avocat"}, str)) == "Écrivez votre prénom."


def test_who_is_spoken_to():
    assert wording_for({"qualite": "moi"}) == ""
    assert wording_for({"qualite": "avocat"}) == "of_another"
    assert wording_for({"qualite": "protege", "mesure": "tutelle"}) == "of_another"
    assert wording_for({"qualite": "aide"}) == "of_helped"
