"""What an agenda shows, and which meetings clash: worked out by hand on a calendar of 2026."""

from datetime import date, datetime

import pytest

from app.base.clock import PARIS
from app.base.i18n import translate
from app.filing.sealed.conciliation import Fixed
from app.filing.status.meeting_hours import hours_of
from app.intake.planning.period import AgendaView, Period, read_period
from app.intake.planning.rules import Sitting, clashes

TODAY = date(2026, 3, 4)
MONTH, WEEK, DAY = AgendaView


def on_28_may(hour, minute):
    return datetime(2026, 5, 28, hour, minute, tzinfo=PARIS)


def sitting(number, begins, ends, place="1 rue Fictive\n59000 Lille", members=("Nour Fictive",)):
    return Sitting(number, on_28_may(*begins), on_28_may(*ends), place, members)


ONE = sitting("SA-1", (14, 30), (15, 30))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (sitting("SA-2", (15, 30), (16, 30)), []),
        (sitting("SA-2", (13, 0), (14, 30)), []),
        (sitting("SA-2", (15, 29), (16, 0), "Salle 2"), ["SA-2 : Nour Fictive siège à la même heure"]),
        (sitting("SA-2", (14, 0), (17, 0), "1, rue fictive 59000 LILLE", ()), ["SA-2 : même lieu, à la même heure"]),
        (sitting("SA-2", (14, 0), (17, 0), "2 rue Fictive, 59000 Lille", ("Lise Exemple",)), []),
        (
            sitting("SA-2", (14, 0), (17, 0), "Salle 2", ("NOUR  FICTIVE",)),
            ["SA-2 : Nour Fictive siège à la même heure"],
        ),
        (sitting("SA-1", (14, 30), (15, 30)), []),
    ],
)
def test_two_meetings_clash_when_a_member_or_the_place_is_the_same_at_the_same_hours(other, said):
    assert [" ".join(clash.text(translate).split()) for clash in clashes(ONE, [other])] == said


@pytest.mark.parametrize(("ends", "last"), [(None, (15, 30)), ("", (15, 30)), ("16:15", (16, 15))])
def test_a_meeting_of_which_nobody_said_the_end_lasts_an_hour(ends, last):
    fixed = Fixed(
        on=date(2026, 5, 28), hour="14:30", ends=ends, place="", mode="presentiel", why_remote="", why_late="",
        members=[], needs="",
    )  # fmt: skip
    assert hours_of(fixed, PARIS) == (on_28_may(14, 30), on_28_may(*last))


@pytest.mark.parametrize(
    ("view", "day", "first", "last", "before", "after", "title"),
    [
        (MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "2028-01-31", "2028-03-01", "février 2028"),
        (
            WEEK, date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4), "2025-12-28", "2026-01-05",
            "du 29 décembre 2025 au 4 janvier 2026",
        ),
        (
            DAY, date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 1), "2026-04-30", "2026-05-02",
            "vendredi 1er mai 2026",
        ),
    ],
)  # fmt: skip
def test_a_view_holds_a_month_a_week_from_monday_or_a_day(view, day, first, last, before, after, title):
    period = Period(view, day)
    assert (period.first, period.last, len(period.days)) == (first, last, (last - first).days + 1)
    assert (period.before.query, period.after.query) == (
        f"?vue={view.value}&jour={before}",
        f"?vue={view.value}&jour={after}",
    )
    assert " ".join(period.title(translate).split()) == title


@pytest.mark.parametrize(
    ("typed", "view", "day", "is_ignored"),
    [
        ({}, MONTH, TODAY, False),
        ({"vue": "semaine", "jour": "2026-05-28"}, WEEK, date(2026, 5, 28), False),
        ({"vue": "annee", "jour": "2026-05-28"}, MONTH, TODAY, True),
        ({"vue": "jour", "jour": "2026-02-30"}, DAY, TODAY, True),
        ({"jour": "0001-01-01"}, MONTH, TODAY, True),
        ({"jour": "9999-12-31"}, MONTH, TODAY, True),
        ({"jour": ""}, MONTH, TODAY, True),
    ],
)
def test_an_address_that_asks_for_no_day_shows_today_and_says_so(typed, view, day, is_ignored):
    assert read_period(typed, TODAY) == (Period(view, day), is_ignored)


def test_the_first_and_the_last_day_lead_no_farther():
    assert Period(MONTH, date(2021, 1, 15)).before is None
    assert Period(DAY, date(2099, 12, 31)).after is None
