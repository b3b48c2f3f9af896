"""The last page before sending: short keys, values alone, who reads each part, what was left empty folded away."""

import pytest

from tests.journeys import CARDIOLOGIST, DENTIST, follow
from tests.support.html import Page, words


def rows(page):
    """Give what stands beside each key, in order."""
    found = {}
    for row in page.all("div"):
        if "govuk-summary-list__row" in row.get("class", "").split():
            key, value = (next(one for one in row.iter(tag)) for tag in ("dt", "dd"))
            found.setdefault(words(key), words(value))
    return found


@pytest.fixture
def dentist(client):
    return Page(follow(client, DENTIST).text)


def test_each_answer_stands_alone_under_a_short_name(dentist):
    shown = rows(dentist)
    assert shown["Professionnel"] == "Durand-Fictif Bastia (20200, Haute-Corse)"
    assert shown["Date"] == "mi-février 2026"
    assert shown["Lieu"] == "Dans un cabinet"
    assert shown["Récit"] == "Le dentiste a dit qu'il ne faisait pas de devis pour la C2S."
    assert shown["Nom"] == "Léa Exemple"


def test_an_exact_date_is_said_without_the_answer_that_opened_it(client):
    shown = rows(Page(follow(client, CARDIOLOGIST).text))
    assert shown["Date"] == "27 février 2025"
    assert shown["Professionnel"] == "Exemple-Durand Camille cardiologue Lille (59000, Nord)"


def test_what_was_left_empty_is_folded_and_counted(dentist):
    folds = [one for one in dentist.all("details") if "facultative" in words(one)]
    assert folds
    for fold in folds:
        inside = [*fold.iter("dt")]
        assert inside
        assert words(next(fold.iter("summary"))).startswith(f"{len(inside)} réponse")
        assert all(words(one) == "Pas de réponse" for one in fold.iter("dd") if "__value" in one.get("class"))
    outside = [one for one in dentist.all("dd") if "__value" in one.get("class")]
    assert sum(words(one) == "Pas de réponse" for one in outside) == sum(len([*one.iter("dt")]) for one in folds)


def test_a_bar_of_its_own_says_who_reads_each_part(dentist):
    parts = [one for one in dentist.all("section") if "part" in one.get("class", "").split()]
    assert ["part--private" in one.get("class") for one in parts] == [False, True]


def test_a_change_leads_back_to_the_first_row_of_its_page(client):
    last = follow(client, DENTIST).url.path
    back = client.submit(last.replace("verifier", "formes") + "?modifier=oui", {"formes": ["devis_refuse"]})
    assert back.url.fragment == "ligne-formes"
    assert Page(back.text).by_id("ligne-formes") is not None
