"""When something calls for a clerk: dates worked out by hand on a calendar of 2026."""

from datetime import UTC, date, datetime

import pytest

from app.intake.alerts.rules import Alert, is_left_unread, is_quorum_due, is_unproven, is_unreached, sentences

REFUSED = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reached_at", "is_calling"),
    [
        (None, True),
        (datetime(2026, 3, 4, 9, 29, 59, tzinfo=UTC), True),
        (REFUSED, False),
        (datetime(2026, 3, 6, tzinfo=UTC), False),
    ],
)
def test_a_refused_mail_calls_until_the_person_is_reached_after_it(reached_at, is_calling):
    assert is_unreached(REFUSED, reached_at) is is_calling


@pytest.mark.parametrize(
    ("today", "is_calling"),
    [
        (date(2026, 2, 26), False),
        (date(2026, 3, 2), False),
        (date(2026, 3, 3), True),
        (date(2026, 12, 31), True),
    ],
)
def test_a_message_of_thursday_26_february_calls_from_tuesday_3_march_on(today, is_calling):
    """February 2026 has 28 days: 27, 28, 1, 2, 3."""
    assert is_left_unread(date(2026, 2, 26), today) is is_calling


@pytest.mark.parametrize(
    ("today", "is_calling"),
    [
        (date(2026, 5, 7), False),
        (date(2026, 5, 8), True),
        (date(2026, 5, 13), True),
        (date(2026, 5, 28), True),
        (date(2026, 5, 29), False),
    ],
)
def test_the_summons_of_a_meeting_of_28_may_call_from_8_may_to_the_day_itself(today, is_calling):
    """8 May is twenty days before, 13 May the last day of the law: fifteen."""
    assert is_unproven(date(2026, 5, 28), today) is is_calling


@pytest.mark.parametrize(
    ("today", "is_calling"),
    [
        (date(2026, 5, 20), False),
        (date(2026, 5, 21), True),
        (date(2026, 5, 28), True),
        (date(2026, 5, 29), False),
    ],
)
def test_the_commission_of_a_meeting_of_28_may_must_be_whole_from_21_may_on(today, is_calling):
    assert is_quorum_due(date(2026, 5, 28), today) is is_calling


def test_the_digest_counts_and_names_nobody():
    assert [" ".join(one.split()) for one in sentences({Alert.UNREAD: 2, Alert.MAIL: 1})] == [
        "1 plainte : un e-mail n’a pas été remis à la personne",
        "2 plaintes : un message de la personne n’est pas lu depuis cinq jours",
    ]
    assert sentences({}) == sentences({Alert.SUMMONS: 0}) == []
