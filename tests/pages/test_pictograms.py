"""The drawings beside the most frequent answers: each belongs to an answer, and comes with the page that asks it."""

import re

import pytest

from app.base.resources import STATIC
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.place import RefusalPlace
from tests.journeys import DENTIST, follow

SHEET = "css/pictograms.css"
ANSWERS = {"lieu_refus": RefusalPlace, "formes": RefusalKind}


def drawn():
    """Read which answers the style sheet draws, by the field."""
    rules = (STATIC / SHEET).read_text(encoding="utf-8")
    return set(re.findall(r"\[name=(\w+)\]\[value=(\w+)\]\)\{[^{}]*background-image:url\(", rules))


def test_each_drawing_belongs_to_an_answer_and_each_file_is_one():
    assert len(drawn()) >= 10
    assert [one for one in drawn() if one[1] not in {choice.value for choice in ANSWERS[one[0]]}] == []
    assert {path.stem for path in (STATIC / "img" / "reponses").iterdir()} == {"-".join(one) for one in drawn()}


@pytest.mark.parametrize(("name", "comes"), [("lieu", True), ("formes", True), ("qui", False), ("recit", False)])
def test_the_drawings_come_with_the_pages_that_ask_these_answers(client, name, comes):
    page = client.page(follow(client, DENTIST, until=name).url.path)
    assert any(SHEET in link.get("href", "") for link in page.all("link")) == comes
    assert bool({one.get("name") for one in page.all("input")} & ANSWERS.keys()) == comes
