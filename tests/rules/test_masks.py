"""What is masked, and what is left of the answers: pure rules."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.filing.documents.mask_wording import mask_lines
from app.filing.sealed.act import Act
from app.filing.sealed.masks import AreaMasked, PassageMasked, Place, Unmasked
from app.filing.status.masks import (
    AREA_MASKED,
    INSTEAD,
    PASSAGE_MASKED,
    UNMASKED,
    areas_of,
    masked_rows,
    masks,
    places_of,
    without,
)

STORY = "Mme Lise Fictive attendait. Le cabinet a dit que lise  fictive était malade."
ROWS = [
    {"name": "recit", "label": "Ce qui s'est passé", "shown": STORY, "answer": STORY},
    {"name": "paroles", "label": "Paroles", "shown": "LISE\u00a0FICTIVE, encore", "answer": ""},
]
WHY: dict[str, Any] = {"reason": "sante", "explanation": "Une autre patiente"}


def act(kind, sealed):
    return Act(kind, datetime(2026, 3, 4, tzinfo=UTC), "Nour Fictive", "595", sealed)


def passage(*places, text="lise fictive"):
    return act(PASSAGE_MASKED, PassageMasked(**WHY, text=text, places=places))


def area(page=0, box=(10, 20, 30, 40), file="f"):
    left, top, width, height = box
    mask = AreaMasked(**WHY, file=file, sha256="", page=page, left=left, top=top, width=width, height=height)
    return act(AREA_MASKED, mask)


def test_a_passage_is_found_whatever_its_capitals_and_its_spaces():
    found = [one for one in places_of("Lise Fictive", ROWS) if one.answer == "recit"]
    assert [STORY[one.start : one.end] for one in found] == ["Lise Fictive", "lise  fictive"]
    assert [one.answer for one in places_of(" lise\nfictive ", ROWS)] == ["recit", "recit", "paroles"]
    assert list(places_of("Lise (Fictive", ROWS)) == list(places_of(" ", ROWS)) == []


def test_a_masked_passage_says_nothing_of_its_length_and_of_its_words():
    places = list(places_of("Lise Fictive", ROWS))
    rows = masked_rows(ROWS, [passage(*places)], str)
    assert [row["shown"] for row in rows] == [
        f"Mme {INSTEAD} attendait. Le cabinet a dit que {INSTEAD} était malade.",
        f"{INSTEAD}, encore",
    ]
    assert "ictive" not in str(rows).lower()


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([(0, 3), (2, 5)], "#fghij"),
        ([(0, 3), (3, 5)], "#fghij"),
        ([(2, 4), (0, 10)], "#"),
        ([(1, 2), (4, 5)], "a#cd#fghij"),
        ([(1, 2), (1, 2)], "a#cdefghij"),
        ([], "abcdefghij"),
    ],
)
def test_passages_that_touch_are_one(spans, left):
    assert without("abcdefghij", [Place(answer="a", start=a, end=b) for a, b in spans], "#") == left


def test_a_mask_that_was_taken_back_masks_no_more_and_its_number_is_not_given_again():
    place = Place(answer="recit", start=0, end=8)
    acts = [passage(place), area(), act(UNMASKED, Unmasked(mask=1))]
    assert list(masks(acts)) == [2]
    assert masked_rows(ROWS, acts, str)[0]["shown"] == STORY
    assert list(masks([*acts, passage(place)])) == [2, 3]
    assert list(masks([*acts, act(UNMASKED, Unmasked(mask=9))])) == [2]


def test_the_areas_of_a_file_are_its_own():
    acts = [area(), area(page=2, file="g"), area(page=1, file="g")]
    assert areas_of(acts, "f") == [(0, 10, 20, 30, 40)]
    assert [one[0] for one in areas_of(acts, "g")] == [2, 1]
    assert areas_of(acts, "h") == []


def test_a_mask_is_told_without_what_it_hides():
    whole = (0, 0, 100, 100)
    acts = [passage(*places_of("Lise Fictive", ROWS)), area(), area(0, whole), area(2), area(2, whole)]
    told = mask_lines({"complaint": ROWS, "files": [{"id": "f", "name": "devis.pdf", "title": "Un devis"}]}, acts, str)
    assert [line.what for line in told] == [
        "Un passage de : Ce qui s'est passé ; Paroles",
        "Une partie de la preuve “Un devis”",
        "Toute la preuve “Un devis”",
        "Une partie de la page 2 de la preuve “Un devis”",
        "Toute la page 2 de la preuve “Un devis”",
    ]
    assert {line.why for line in told} == {"La santé d'une autre personne : Une autre patiente"}
