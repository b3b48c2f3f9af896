"""What each journey costs a person; a ceiling only ever comes down."""

import pytest

from tests.journeys import JOURNEYS, effort
from tests.support.effort import Effort, effort_of
from tests.support.html import Page

MOST = {
    "ordinary": Effort(19, 42, 2284),
    "cardiologist": Effort(24, 60, 2560),
    "dentist": Effort(19, 39, 2279),
    "pharmacist": Effort(20, 41, 2324),
    "parent": Effort(21, 48, 2237),
    "lawyer": Effort(21, 45, 2313),
    "arabic": Effort(19, 41, 2271),
    "nobody": Effort(19, 42, 2274),
    "hospital": Effort(20, 41, 2370),
    "fees": Effort(20, 41, 2188),
}
"""Screens, actions and words, home and confirmation included."""


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_costs_no_more_than_this(client, name):
    found, most = effort(client, JOURNEYS[name]), MOST[name]
    assert (found.screens, found.actions) == (most.screens, most.actions)
    assert 0.95 * most.words < found.words <= most.words


def test_what_is_folded_is_not_counted():
    page = Page(
        '<!doctype html><html lang="fr"><head><title>t</title></head><body><p>outside</p><main><h1>one two</h1>'
        "<details><summary>three</summary><p>folded</p></details><details open><summary>four</summary>five</details>"
        '<div class="govuk-radios__conditional govuk-radios__conditional--hidden">folded</div><dialog>no</dialog>'
        "</main></body></html>"
    )
    assert effort_of([page, page], [{"a": "x", "b": ["y", "z"], "c": ""}]) == Effort(2, 4, 10)
