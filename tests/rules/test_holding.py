"""Who may receive where, which councils an ordre has, who holds a territory."""

import pytest

from app.routing.rules.councils import LEVELS
from app.routing.rules.holding import BY_DEPARTEMENT, BY_REGION, holders, kinds_of, may_receive, section_of
from app.routing.rules.values import Caisse

BODIES = [Caisse("A", ("01", "02")), Caisse("B", ("03",)), Caisse("C", ())]


def test_the_kinds_of_council_follow_the_tableaux():
    assert {one: kinds_of(one) for one in LEVELS} == {
        **dict.fromkeys(("10", "40", "50", "60", "70"), BY_DEPARTEMENT),
        **dict.fromkeys(("80", "21"), BY_REGION),
    }
    assert [one for one in LEVELS if section_of(one)] == ["21"]


@pytest.mark.parametrize(
    ("profession", "departement", "may"),
    [
        ("", "59", True),
        ("", "971", True),
        ("", "975", True),
        ("", "976", False),  # CSP L. 1110-3-1
        ("", "987", False),  # CSP R. 1541-1
        ("10", "976", True),
        ("10", "986", False),  # the council of Paris receives: CSP R. 1521-1
        ("60", "986", False),  # not named by R. 1521-1
        ("60", "988", True),
        ("10", "984", False),  # no article names anybody
        ("21", "13", True),
        ("21", "971", False),  # section E, whatever the activity: CSP L. 4232-1
        ("21", "988", False),
    ],
)
def test_the_law_says_where_an_authority_may_receive(profession, departement, may):
    assert may_receive(profession, departement) is may


def test_a_territory_is_held_by_who_inherited_it():
    assert holders(BODIES, {}, ["02", "03"]) == ["A", "B"]
    assert holders(BODIES, {}, ["59"]) == []
    assert holders(BODIES, {}, []) == []
    assert holders(BODIES, {"A": "C"}, ["02"]) == ["C"]
    assert holders(BODIES, {"A": ""}, ["01"]) == []
