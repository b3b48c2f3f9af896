"""Who receives, and all that is said of it: every profession, territory, complaint and filer, from the texts."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from app.base.forms.form import widgets
from app.routing.rules import Outcome, Practice, PracticePlace, Profession, decide
from app.saisine.journey import walk
from app.saisine.pages import LAST, PAGES
from app.saisine.short_form import ShortForm
from app.saisine.steps.asked import PROCEDURES, has_choice, has_no_ordre, readers_so_far, recipients_on
from app.saisine.steps.facts import TODAY
from app.saisine.steps.recipients import (
    ANY_READERS,
    ANY_RECIPIENT,
    OWN_CAISSE,
    TOLD,
    ByRecipients,
    Recipients,
    recipients_of,
)
from app.saisine.third_person import speaking
from tests.journeys import JOURNEYS
from tests.rules.test_routing_decisions import BOOK

EITHER, ORDRE, FEES, NO_ORDRE, SOUGHT = Recipients
KNOWN = {"10": "L1110-3", "50": "L1110-3", "92": "cpam_seule", "93": "hors_champ"}
TOWNS = {
    "metropole": "01053",
    "drom": "97411",
    "mayotte": "97611",
    "wallis": "98613",
    "tahiti": "98735",
    "taaf": "98412",
}
REFUSAL = {"formes": ("rdv_refuse",), "motifs": ()}
PRICE: dict[str, Any] = {"formes": ("depassement_tact_mesure",), "motifs": ()}
PRICE_BECAUSE = {"formes": ("depassement_tact_mesure",), "motifs": ("origine",)}
SAID: dict[str, dict[str, Any]] = {"refusal": REFUSAL, "price": PRICE, "price because of a ground": PRICE_BECAUSE}
PROFESSIONS: dict[str, dict[str, Any]] = {
    "ordre": {"profession": "medecin"},
    "unknown": {"profession": "ne_sait_pas"},
    "no ordre": {"profession": "autre", "profession_autre": "92"},
    "outside": {"profession": "autre", "profession_autre": "93"},
}
BY_HAND = {
    ("ordre", "refusal"): (EITHER, EITHER, ORDRE, ORDRE, ORDRE, SOUGHT),
    ("ordre", "price"): (FEES, FEES, SOUGHT, SOUGHT, SOUGHT, SOUGHT),
    ("ordre", "price because of a ground"): (EITHER, EITHER, ORDRE, ORDRE, ORDRE, SOUGHT),
    ("unknown", "refusal"): (EITHER, EITHER, ORDRE, ORDRE, ORDRE, SOUGHT),
    ("unknown", "price"): (FEES, FEES, SOUGHT, SOUGHT, SOUGHT, SOUGHT),
    ("unknown", "price because of a ground"): (EITHER, EITHER, ORDRE, ORDRE, ORDRE, SOUGHT),
    ("no ordre", "refusal"): (NO_ORDRE, NO_ORDRE, SOUGHT, SOUGHT, SOUGHT, SOUGHT),
    ("no ordre", "price"): (FEES, FEES, SOUGHT, SOUGHT, SOUGHT, SOUGHT),
    ("no ordre", "price because of a ground"): (NO_ORDRE, NO_ORDRE, SOUGHT, SOUGHT, SOUGHT, SOUGHT),
    ("outside", "refusal"): (SOUGHT,) * 6,
    ("outside", "price"): (SOUGHT,) * 6,
    ("outside", "price because of a ground"): (SOUGHT,) * 6,
}
"""Profession and complaint → who receives in each of TOWNS (CSP L. 1110-3, L. 1110-3-1, R. 1110-9, R. 1521-1,
R. 1541-1; CSS L. 162-1-14-1)."""
EVERY = [
    (profession, complaint, town, who)
    for (profession, complaint), row in BY_HAND.items()
    for town, who in zip(TOWNS.values(), row, strict=True)
]


def trail_of(profession, complaint, town):
    return {PROCEDURES: KNOWN, "commune_insee": town, **PROFESSIONS[profession], **SAID[complaint]}


def outcome_of(trail, town):
    code = {"medecin": "10", "ne_sait_pas": ""}.get(trail["profession"], trail.get("profession_autre", ""))
    fees = trail["formes"] == PRICE["formes"] and not trail["motifs"]
    departement = town[:3] if town[:2] in {"97", "98"} else town[:2]
    place = PracticePlace(town, departement)
    return decide(Profession(code, KNOWN.get(code, "a_qualifier")), place, Practice(fees_only=fees), BOOK).outcome, code


@pytest.mark.parametrize(("profession", "complaint", "town", "who"), EVERY)
def test_before_and_after_sending_the_same_authorities_are_told(profession, complaint, town, who):
    trail = trail_of(profession, complaint, town)
    outcome, code = outcome_of(trail, town)
    assert recipients_on(trail) is who
    assert recipients_of(outcome, code, SAID[complaint]) is who
    assert has_choice(trail) is (who is EITHER)


@pytest.mark.parametrize(("profession", "complaint", "town", "who"), EVERY)
def test_the_page_and_what_is_sealed_say_the_same_words_to_each_filer(profession, complaint, town, who):
    trail = trail_of(profession, complaint, town)
    outcome, code = outcome_of(trail, town)
    label = widgets(LAST.answers)["compris_transmission"].label
    for filer in ({}, {"qualite": "enfant"}, {"qualite": "aide"}, {"qualite": "association"}):
        page = speaking({**trail, **filer}, str, recipients_on(trail))
        sealed = speaking(filer, str, recipients_of(outcome, code, SAID[complaint]))
        assert page(label) == sealed(label)
        assert ("deux autorités" in page(label)) is (who is EITHER)
        assert ("CPAM" in page(label)) is (who in {FEES, NO_ORDRE})
        assert ("l'ordre" in page(label)) is (who is ORDRE)


@pytest.mark.parametrize(("profession", "complaint", "town", "who"), EVERY)
def test_who_reads_a_part_is_said_once_no_later_answer_may_change_it(profession, complaint, town, who):
    trail = trail_of(profession, complaint, town)
    assert readers_so_far(trail) == (ANY_READERS if complaint == "price" else TOLD[who].readers)
    assert readers_so_far({**trail, "formes": ()}) == (ANY_READERS if not trail["motifs"] else TOLD[who].readers)
    unsure = {**trail, "motifs": ("ne_sait_pas",)}
    assert readers_so_far(unsure) == TOLD[recipients_on(unsure)].readers


def test_a_caisse_that_is_not_known_is_alone_all_the_same():
    """The outcome does not tell it: an orthoptist, or a price, where the département itself is not known."""
    for code, said, who in (("92", REFUSAL, NO_ORDRE), ("10", PRICE, FEES), ("10", REFUSAL, EITHER)):
        assert recipients_of(Outcome.CPAM_A_CONFIRMER, code, said) is who


def test_a_complaint_of_an_earlier_release_is_still_a_matter_of_price():
    """The caisse alone was seised of a doctor: no answer makes « this profession has no ordre » true."""
    assert recipients_of(Outcome.CPAM_SEULE, "10", PRICE_BECAUSE) is FEES
    assert recipients_of(Outcome.CPAM_SEULE, "92", PRICE_BECAUSE) is NO_ORDRE


def test_a_conciliation_is_announced_where_a_text_provides_one():
    """The mixed commission (L. 1110-3), or that of the ordre within three months (L. 1110-3-1)."""
    assert {who: told.meeting for who, told in TOLD.items() if told.has_conciliation} == {
        EITHER: "réunion de conciliation",
        ORDRE: "conciliation devant la commission de l'ordre",
    }


def test_whoever_has_another_caisse_reads_that_it_does_not_count_where_a_caisse_receives():
    """That of the place where the professional practises, whatever the regime of the person (CSP R. 1110-9 1°)."""
    assert {who for who, told in TOLD.items() if told.own_caisse} == {EITHER, FEES, NO_ORDRE}
    assert {told.own_caisse for told in TOLD.values()} == {OWN_CAISSE, ""}
    assert all(regime in OWN_CAISSE for regime in ("MSA", "ENIM", "CNMSS"))


def test_what_is_told_of_one_authority_never_names_two():
    for who, told in TOLD.items():
        said = (told.understood, told.readers, told.contact_readers, told.why_alone or "", told.members)
        assert ("deux autorités" in " ".join(said)) is (who is EITHER)
        assert (told.why_alone is None) is (who is EITHER)


def test_it_is_said_that_the_professional_receives_it_where_a_text_orders_it():
    """CSP R. 1110-11 speaks of a refusal; of a price the director notifies facts (CSS R. 147-2)."""
    for who, told in TOLD.items():
        assert told.tells_professional is (who is not FEES)
        for said in (told.understood, told.understood.of_another, told.understood.of_helped):
            assert ("professionnel recevront" in said) is told.tells_professional
            assert ("peut écrire au professionnel" in said) is (not told.tells_professional)
        assert ("professionnel liront" in told.readers) is told.tells_professional


def test_the_short_form_asks_before_it_knows_and_names_nobody():
    label = widgets(ShortForm)["compris_transmission"].label
    assert (label, isinstance(label, ByRecipients)) == (ANY_RECIPIENT, False)
    assert "deux" not in label


@pytest.mark.parametrize(("profession", "tells"), [("orthoptist", True), ("doctor", False)])
@pytest.mark.parametrize("town", TOWNS.values())
def test_no_ordre_is_told_once_the_place_is_known(profession, tells, town):
    chosen = PROFESSIONS["no ordre" if profession == "orthoptist" else "ordre"]
    trail = {PROCEDURES: KNOWN, "commune_insee": town, **chosen}
    assert has_no_ordre(trail) is (tells and town in {TOWNS["metropole"], TOWNS["drom"]})
    order = [page.name for page in PAGES]
    assert order.index("sans-ordre") > order.index("professionnel/decrire")


@pytest.mark.parametrize(("town", "asks"), [("97611", False), ("98735", False), ("59350", True)])
def test_overseas_where_the_ordre_is_alone_nothing_is_chosen(town, asks):
    typed = JOURNEYS["hospital"].typed | {"commune_insee": [town]}
    known = {TODAY: date(2026, 3, 3), PROCEDURES: KNOWN}
    assert ("destinataire" in [page.name for page in walk(PAGES, typed, known, skipping=True).open]) is asks


@pytest.mark.parametrize("complaint", SAID)
@pytest.mark.parametrize("profession", PROFESSIONS)
def test_in_a_hospital_of_the_armed_forces_a_person_looks_for_who_receives(profession, complaint):
    trail = {**trail_of(profession, complaint, TOWNS["metropole"]), "lieu_refus": "hopital_armees"}
    assert (recipients_on(trail), has_choice(trail)) == (SOUGHT, False)
    typed = JOURNEYS["hospital"].typed | {"lieu_refus": ["hopital_armees"]}
    open_ = [page.name for page in walk(PAGES, typed, {TODAY: date(2026, 3, 3), PROCEDURES: KNOWN}, skipping=True).open]
    assert ("etablissement" in open_, "destinataire" in open_) == (True, False)


def test_nothing_is_advised():
    """The law's alternative has no preference (CSP L. 1110-3)."""
    choices = widgets(next(page for page in PAGES if page.name == "destinataire").answers)["destinataire"].options()
    assert [one.tag for one in choices] == [None] * 3


def test_every_combination_is_in_the_table():
    assert set(BY_HAND) == set(product(PROFESSIONS, SAID))
