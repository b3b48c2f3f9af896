"""What each journey costs a person; a ceiling only ever comes down."""

import pytest

from tests.journeys import JOURNEYS, LISTED, effort
from tests.support.effort import Effort, effort_of
from tests.support.html import Page
from tests.support.listed import listed

MOST = {
    "ordinary": Effort(13, 30, 1256),
    "cardiologist": Effort(20, 57, 1757),
    "dentist": Effort(13, 31, 1258),
    "pharmacist": Effort(14, 33, 1324),
    "parent": Effort(16, 43, 1417),
    "lawyer": Effort(15, 38, 1320),
    "arabic": Effort(14, 36, 1343),
    "nobody": Effort(14, 37, 1358),
    "hospital": Effort(14, 33, 1302),
    "fees": Effort(15, 35, 1340),
}
"""Screens, actions and words, home and confirmation included."""


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_costs_no_more_than_this(client, name):
    found, most = effort(client, JOURNEYS[name]), MOST[name]
    assert (found.screens, found.actions) == (most.screens, most.actions)
    assert 0.95 * most.words < found.words <= most.words


@pytest.mark.usefixtures("directory")
def test_a_professional_of_the_directory_costs_no_more_than_one_who_is_described(client):
    """With the script the list follows what is typed; without it, « Chercher » is one press and one screen more."""
    found, most = effort(client, LISTED, has_script=True), MOST["ordinary"]
    assert (found.screens, found.actions) == (most.screens, most.actions)
    assert found.words <= most.words
    plain = effort(client, LISTED)
    assert (plain.screens, plain.actions) == (most.screens + 1, most.actions + 1)
    assert plain.words <= 1_287


@pytest.fixture
def directory(portal, tmp_path):
    """A directory that serves."""
    listed(portal.database, tmp_path)


def test_what_is_folded_is_not_counted():
    page = Page(
        '<!doctype html><html lang="fr"><head><title>t</title></head><body><p>outside</p><main><h1>one two</h1>'
        "<details><summary>three</summary><p>folded</p></details><details open><summary>four</summary>five</details>"
        '<div class="govuk-radios__conditional govuk-radios__conditional--hidden">folded</div><dialog>no</dialog>'
        "</main></body></html>"
    )
    assert effort_of([page, page], [{"a": "x", "b": ["y", "z"], "c": ""}]) == Effort(2, 4, 10)
