"""Who may sit and when the parties may meet: pure rules, dates worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.forms.hours import hour_of
from app.commission.rules import PARITY, Seat, end_of_term, is_full, is_quorate, quorum
from app.conciliation.rules import (
    is_in_time,
    session_mistake,
)

RECEIVED = date(2026, 3, 3)
SIDES = ("595", "MED-59")
NAMES = ("Nour Fictive", "Max Inventé", "Lise Exemple", "Paul Fictif", "Zoé Inventée", "Luc Exemple")


def wrong(*sides, day=None, among=SIDES):
    seats = [Seat(side, name) for side, name in zip(sides, NAMES, strict=False)]
    return [mistake.text(str) for mistake in quorum(seats, among, day)]


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("595", "MED-59"), []),
        (("595", "MED-59", "595", "MED-59"), []),
        ((), ["Choisissez au moins un membre de chaque côté."]),
        (("595",), ["Choisissez au moins un membre de chaque côté."]),
        (("595", "595", "MED-59"), [PARITY]),
        (("595", "MED-59") * 3, ["La commission compte au plus deux membres de chaque côté."]),
    ],
)
def test_as_many_members_on_each_side(sides, said):
    assert wrong(*sides) == said


def test_the_commission_of_an_ordre_alone_counts_three():
    assert wrong("MED-59", "MED-59", among=("MED-59",)) == [
        "Sans commission mixte, la commission de l'ordre compte au moins trois membres."
    ]
    assert wrong("MED-59", "MED-59", "MED-59", among=("MED-59",)) == []


def test_nobody_sits_on_both_sides_however_the_name_is_typed():
    seats = [Seat("595", "Zoé Inventée"), Seat("MED-59", " zoe  INVENTEE ")]
    assert [mistake.named["nom"] for mistake in quorum(seats, SIDES, None)] == [" zoe  INVENTEE "]


def test_a_term_covers_its_first_and_its_last_day():
    seat = Seat("595", "Nour Fictive", date(2025, 1, 10), date(2028, 1, 10))
    other = Seat("MED-59", "Lise Exemple")
    for on, is_fine in (
        (date(2025, 1, 9), False),
        (date(2025, 1, 10), True),
        (date(2028, 1, 10), True),
        (date(2028, 1, 11), False),
    ):
        assert (not list(quorum([seat, other], SIDES, on))) is is_fine


def test_a_term_lasts_three_years_date_to_date():
    assert end_of_term(date(2025, 1, 10)) == date(2028, 1, 10)
    assert end_of_term(date(2024, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("terms", "is_so"),
    [
        ([], False),
        ([(date(2025, 1, 1), date(2028, 1, 1))], False),
        ([(date(2025, 1, 1), date(2028, 1, 1)), (date(2026, 6, 1), date(2029, 6, 1))], True),
        ([(date(2025, 1, 1), date(2026, 3, 31)), (date(2026, 4, 2), date(2029, 4, 2))], False),
        ([(date(2020, 1, 1), date(2023, 1, 1)), (date(2021, 1, 1), date(2024, 1, 1))], False),
    ],
)
def test_two_members_of_a_rank_at_a_time(terms, is_so):
    """A new term from 1 April 2026 to 1 April 2029."""
    assert is_full(terms, date(2026, 4, 1), date(2029, 4, 1)) is is_so


@pytest.mark.parametrize(
    ("on", "today", "said"),
    [
        (date(2026, 4, 16), date(2026, 4, 1), None),
        (
            date(2026, 4, 15),
            date(2026, 4, 1),
            "plus tard le 31 mars 2026. Choisissez une réunion à partir du 16 avril",
        ),
        (date(2026, 4, 1), date(2026, 4, 1), "au plus tard le 17 mars 2026"),
        (date(2026, 3, 31), date(2026, 4, 1), None),
        (date(2026, 3, 2), date(2026, 4, 1), "avant la réception"),
    ],
)
def test_fifteen_days_are_left_for_the_summons(on, today, said):
    mistake = session_mistake(on, RECEIVED, today)
    assert (mistake is None) if said is None else (mistake and said in mistake.text(str))


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_a_summons_is_in_time_from_the_fifteenth_day_before(session_on, days):
    assert is_in_time(session_on - timedelta(days=days), session_on) is (days >= 15)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14 h 30", "14:30"),
        ("14:30", "14:30"),
        ("9h", "09:00"),
        ("9 H 05", "09:05"),
        ("24:00", None),
        ("14h60", None),
        ("", None),
        ("midi", None),
    ],
)
def test_an_hour_is_read_as_people_type_it(typed, hour):
    assert hour_of(typed) == hour


@pytest.mark.parametrize(
    ("gone", "is_so"),
    [
        ((), True),
        (("Max Inventé",), False),
        (("Max Inventé", "Paul Fictif"), False),
        (("Lise Exemple", "Max Inventé"), True),
        (("Nour Fictive", "Lise Exemple"), False),
    ],
)
def test_those_who_may_still_sit_are_enough_when_each_side_has_as_many(gone, is_so):
    """Four sit, two a side, in turn: Nour and Lise for the caisse, Max and Paul for the council."""
    sitting = [Seat(side, name) for side, name in zip((*SIDES, *SIDES), NAMES[:4], strict=True)]
    first, last, left = date(2025, 1, 10), date(2028, 1, 10), date(2026, 5, 5)
    terms = [Seat(one.side, one.name.upper(), first, left if one.name in gone else last) for one in sitting]
    assert is_quorate(sitting, terms, date(2026, 5, 28)) is is_so
    assert is_quorate(sitting, terms, left), "a term covers its last day"


def test_nothing_is_known_of_a_side_that_keeps_its_own_list():
    assert is_quorate([Seat(side, name) for side, name in zip(SIDES, NAMES[:2], strict=True)], [], date(2026, 5, 28))
