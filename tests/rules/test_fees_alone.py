"""A price or a refusal: CSS L. 162-1-14-1, 2° to 4° (caisse alone), against CSP L. 1110-3 and R. 1110-8."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

import app.routing
from app.saisine.journey import walk
from app.saisine.pages import PAGES
from app.saisine.steps.facts import FEES, RefusalKind
from app.saisine.steps.motives import MotiveChoice
from app.saisine.steps.reasons import is_fees_alone
from tests.journeys import JOURNEYS
from tests.rules.test_journey import KNOWN, names

TACT, CONVENTION, WRITTEN = "depassement_tact_mesure", "depassement_convention", "information_dm"
ONLY_FEES = [chosen for count in (1, 2, 3) for chosen in combinations((TACT, CONVENTION, WRITTEN), count)]
REFUSALS = [one.value for one in RefusalKind if one not in {TACT, CONVENTION, WRITTEN}]
NO_GROUND = [(), ("ne_sait_pas",)]
GROUNDS = [(one.value,) for one in MotiveChoice if one != "ne_sait_pas"]


def test_the_forms_are_those_of_the_reference():
    """Both lists say the same: R. 147-13, 2° to 4° are for the caisse alone; « soins refusés » is a form of ours."""
    path = Path(app.routing.__file__).parent / "data" / "forms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row["procedure"] for row in csv.DictReader(file)}
    assert rows.keys() == {one.value for one in RefusalKind} - {"soins_refuses"}
    assert {code for code, procedure in rows.items() if procedure == "cpam_seule"} == FEES


@pytest.mark.parametrize("forms", ONLY_FEES)
def test_fees_without_a_ground_are_for_the_caisse_alone(forms):
    assert [is_fees_alone({"formes": forms, "motifs": motives}) for motives in NO_GROUND] == [True, True]


@pytest.mark.parametrize("forms", ONLY_FEES)
def test_a_ground_makes_a_refusal_of_any_price(forms):
    """« Au bénéfice des conditions normales de prise en charge financière » (CSP R. 1110-8)."""
    assert not any(is_fees_alone({"formes": forms, "motifs": motives}) for motives in GROUNDS)
    assert not is_fees_alone({"formes": forms, "motifs": ("ne_sait_pas", "origine")})


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_beside_a_price_is_for_both(refusal):
    for forms in ((refusal,), *((*fees, refusal) for fees in ONLY_FEES)):
        assert not any(is_fees_alone({"formes": forms, "motifs": motives}) for motives in (*NO_GROUND, *GROUNDS))


def test_nothing_said_of_the_forms_is_no_price():
    """The short form asks neither."""
    assert not is_fees_alone({})


@pytest.mark.parametrize(
    ("forms", "motives", "tells", "asks"),
    [
        ([TACT], [], True, False),
        ([CONVENTION, WRITTEN], ["ne_sait_pas"], True, False),
        ([TACT], ["origine"], False, True),
        ([WRITTEN], ["handicap"], False, True),
        ([TACT, "rdv_refuse"], [], False, True),
    ],
)
def test_no_page_decides_before_the_motives_are_known(forms, motives, tells, asks):
    typed = JOURNEYS["fees"].typed | {"formes": forms, "motifs": motives, "couverture": ["aucune"]}
    way = names(walk(PAGES, typed | {"destinataire": ["cpam"]}, KNOWN, skipping=True))
    assert ("depassement" in way, "destinataire" in way) == (tells, asks)
    order = [page.name for page in PAGES]
    assert order.index("motifs") < order.index("depassement") < order.index("destinataire")
