"""What each journey costs a person; a ceiling only ever comes down."""

import pytest

from tests.journeys import JOURNEYS, effort
from tests.support.effort import Effort, effort_of
from tests.support.html import Page

MOST = {
    "ordinary": Effort(22, 45, 2343),
    "cardiologist": Effort(27, 64, 2666),
    "dentist": Effort(22, 42, 2322),
    "pharmacist": Effort(21, 42, 2335),
    "parent": Effort(22, 49, 2261),
    "lawyer": Effort(22, 46, 2326),
    "arabic": Effort(21, 43, 2294),
    "nobody": Effort(21, 44, 2297),
    "hospital": Effort(23, 44, 2413),
    "fees": Effort(22, 43, 2227),
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
