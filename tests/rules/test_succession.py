"""The territory of an authority that closed, and its rules, go to the one that holds its place."""

from app.routing.rules import Book, Practice, PracticePlace, Profession, decide
from app.routing.rules.succession import inherit, inherit_rules, last_heirs
from app.routing.rules.values import Caisse, CaisseRule, Council

LILLE, ROUBAIX = Caisse("595", ("59",)), Caisse("597", ("59",))
PARTED = CaisseRule("commune", "59328", "59", ("595", "597"), "ambigu")


def test_the_place_of_each_is_held_by_the_last_successor():
    assert last_heirs({"A": "B", "B": "C", "D": ""}) == {"A": "C", "B": "C", "D": ""}
    assert last_heirs({"A": "B", "B": ""}) == {"A": "", "B": ""}


def test_a_territory_is_inherited_once():
    assert inherit([LILLE, Caisse("597", ("62", "59"))], {"597": "595"}) == [Caisse("595", ("59", "62"))]
    assert inherit([LILLE, ROUBAIX], {"597": ""}) == [LILLE]


def test_two_caisses_that_became_one_leave_no_doubt():
    (settled,) = inherit_rules([PARTED], {"597": "595"})
    assert (settled.caisses, settled.status) == (("595",), "certain")
    assert inherit_rules([CaisseRule("commune", "59328", "59", ("597",), "presume")], {"597": ""}) == []
    (doubted,) = inherit_rules([CaisseRule("commune", "59328", "59", ("597",), "presume")], {"597": "595"})
    assert (doubted.caisses, doubted.status) == (("595",), "presume")


def test_the_successor_is_competent_everywhere_that_the_closed_one_was():
    heirs = {"597": "595", "MED-59": "MED-62"}
    councils = [Council("MED-59", "10", "", ("59",)), Council("MED-62", "10", "", ("62",))]
    book = Book.of(inherit([LILLE, ROUBAIX], heirs), inherit_rules([PARTED], heirs), inherit(councils, heirs))
    found = decide(Profession("10", "L1110-3"), PracticePlace("59328", "59"), Practice(), book)
    assert (found.cpam, found.council, found.to_confirm) == (("595",), ("MED-62",), ())
