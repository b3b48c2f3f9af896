"""What is doubtful in a mandate, on days worked out by hand."""

from datetime import date

import pytest

from app.associations.rules import Agreement, MandateDoubt, doubts
from app.saisine.mandate_doubts import is_named_otherwise

TODAY = date(2026, 3, 3)
REGIONAL = Agreement("R1", "regional", "32", date(2025, 1, 10), date(2030, 1, 9))
NATIONAL = Agreement("N1", "national", "", date(2025, 1, 10), date(2030, 1, 9))
BEFORE_IT = Agreement("N0", "national", "", date(2020, 1, 10), date(2025, 1, 9))
FACTS, REGION = date(2026, 2, 1), "32"


@pytest.mark.parametrize(
    ("signed_on", "facts_on", "agreements", "region", "says"),
    [
        (date(2026, 2, 1), FACTS, [NATIONAL], REGION, ()),  # the day of the facts is not before them
        (date(2026, 1, 31), FACTS, [NATIONAL], REGION, (MandateDoubt.BEFORE_FACTS,)),
        (date(2026, 1, 31), None, [NATIONAL], REGION, ()),  # the day of the facts is not known
        (date(2025, 3, 3), None, [NATIONAL], REGION, ()),  # one year to the day
        (date(2025, 3, 2), None, [NATIONAL], REGION, (MandateDoubt.OLD,)),  # one year and a day
        (date(2025, 1, 10), None, [NATIONAL], REGION, (MandateDoubt.OLD,)),  # the first day of the agreement
        (
            date(2025, 1, 9),
            None,
            [NATIONAL],
            REGION,
            (MandateDoubt.BEFORE_AGREEMENT, MandateDoubt.OLD),
        ),  # the day before
        (
            date(2025, 1, 9),
            None,
            [BEFORE_IT, NATIONAL],
            REGION,
            (MandateDoubt.OLD,),
        ),  # agreed then too, before a renewal
        (date(2026, 2, 2), FACTS, [REGIONAL], "32", ()),
        (date(2026, 2, 2), FACTS, [REGIONAL], "93", (MandateDoubt.ELSEWHERE,)),
        (date(2026, 2, 2), FACTS, [REGIONAL], "", ()),  # nobody knows where the professional works
        (date(2026, 2, 2), FACTS, [NATIONAL], "93", ()),
        (date(2026, 2, 2), FACTS, [], "93", ()),  # never agreed: it may not send, which is said elsewhere
        (
            date(2016, 5, 1),
            FACTS,
            [REGIONAL],
            "93",
            tuple(one for one in MandateDoubt if one is not MandateDoubt.OTHER_NAME),
        ),
    ],
)
def test_what_is_doubtful_on_a_day(signed_on, facts_on, agreements, region, says):
    assert doubts(signed_on, facts_on, agreements, TODAY, region) == says


def test_a_mandate_of_the_29_february_is_old_after_the_28_of_the_next_year():
    signed_on = date(2024, 2, 29)
    assert doubts(signed_on, None, [], date(2025, 2, 28), "") == ()
    assert doubts(signed_on, None, [], date(2025, 3, 1), "") == (MandateDoubt.OLD,)


@pytest.mark.parametrize(
    ("written", "is_other"),
    [
        ("", False),
        ("Amina Canari-Nom", False),
        ("CANARI NOM amina", False),
        ("Amina Mariée-Fictive", True),
        ("Amina", True),
    ],
)
def test_another_name_on_the_paper_is_doubtful_and_accents_or_order_are_not(written, is_other):
    assert is_named_otherwise({"prenom": "Amina", "nom": "Canari-Nom", "mandat_autre_nom": written}) is is_other
    found = doubts(TODAY, None, [], TODAY, "", is_named_otherwise=is_other)
    assert (MandateDoubt.OTHER_NAME in found) is is_other
