"""How long a draft is kept: 30 days, or as long as its association is active, 12 months at most."""

from datetime import UTC, date, datetime

import pytest

from app.associations.rules import Agreement, active_until
from app.saisine.rules import last_day

CHANGED = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def agreed(start, end, withdrawn=None):
    return Agreement("N1", "national", "", start, end, withdrawn)


@pytest.mark.parametrize(
    ("active", "last"),
    [
        (None, date(2026, 4, 2)),
        (date(2030, 1, 1), date(2027, 3, 3)),  # 12 months without a change
        (date(2026, 9, 1), date(2026, 9, 1)),  # the association stops first
        (date(2026, 3, 10), date(2026, 4, 2)),  # never less than 30 days
    ],
)
def test_the_last_day_of_a_draft(active, last):
    assert last_day(CHANGED, active) == last


def test_days_are_those_of_paris():
    assert last_day(datetime(2026, 3, 3, 23, 30, tzinfo=UTC), date(2030, 1, 1)) == date(2027, 3, 4)


OLD, NOW, NEXT = (
    agreed(date(2019, 1, 1), date(2023, 12, 31)),
    agreed(date(2024, 1, 1), date(2028, 6, 1)),
    agreed(date(2027, 1, 1), date(2031, 12, 31)),
)
WITHDRAWN = agreed(date(2024, 1, 1), date(2028, 6, 1), date(2024, 4, 1))


@pytest.mark.parametrize(
    ("agreements", "day", "until"),
    [
        ((), date(2026, 3, 3), None),
        ((OLD, NOW), date(2026, 3, 3), date(2029, 6, 1)),  # one holds
        ((OLD,), date(2024, 12, 31), date(2024, 12, 31)),  # it ended less than a year ago
        ((OLD,), date(2025, 1, 1), None),
        ((NEXT,), date(2026, 3, 3), None),  # it holds later
        ((NOW, NEXT), date(2026, 3, 3), date(2029, 6, 1)),
        ((WITHDRAWN,), date(2025, 3, 31), date(2025, 3, 31)),  # the eve of its withdrawal was its last day
        ((WITHDRAWN,), date(2025, 4, 1), None),
    ],
)
def test_an_association_is_active_for_a_year_after_its_last_agreement(agreements, day, until):
    assert active_until(agreements, day) == until
