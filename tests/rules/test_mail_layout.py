"""The text of a mail laid out as HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notifications.layout import Paragraph, Run, paragraphs

HERE = "https://saisine.exemple.fr"


def plain(*lines: str, is_list: bool = False) -> Paragraph:
    return Paragraph(tuple((Run(line),) for line in lines), is_list)


def linked(path: str) -> Run:
    return Run(f"{HERE}{path}", f"{HERE}{path}")


def test_empty_lines_end_paragraphs_and_dashes_make_lists():
    text = "Bonjour,\n\nCe matin :\n- une plainte\n- deux plaintes\nAprès.\n \n\nFin.\n"
    assert paragraphs(text, HERE) == [
        plain("Bonjour,"),
        plain("Ce matin :"),
        plain("une plainte", "deux plaintes", is_list=True),
        plain("Après."),
        plain("Fin."),
    ]


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        (
            f"Reprenez ici : {HERE}/reprendre.",
            (Run("Reprenez ici : "), Run(f"{HERE}/reprendre", f"{HERE}/reprendre"), Run(".")),
        ),
        (f"{HERE}/agent", (linked("/agent"),)),
        (
            f"{HERE}/reprendre, avec votre code.",
            (linked("/reprendre"), Run(", avec votre code.")),
        ),
        ("Voyez https://ailleurs.exemple.fr/x", (Run("Voyez https://ailleurs.exemple.fr/x"),)),
        (f"{HERE}.ailleurs.exemple.fr/x", (Run(f"{HERE}.ailleurs.exemple.fr/x"),)),
        (f"{HERE}@ailleurs.exemple.fr/x", (Run(f"{HERE}@ailleurs.exemple.fr/x"),)),
        (f"{HERE}-ailleurs.exemple.fr", (Run(f"{HERE}-ailleurs.exemple.fr"),)),
        (f"{HERE}:8000/x", (Run(f"{HERE}:8000/x"),)),
    ],
)
def test_only_the_addresses_of_the_service_are_links(line, runs):
    assert paragraphs(line, HERE) == [Paragraph((runs,))]


@given(st.text(st.sampled_from("ab- \n.,/" + HERE)))
def test_no_word_is_lost(text):
    laid = "".join(run.text for one in paragraphs(text, HERE) for line in one.lines for run in line)
    kept = [line.strip() for line in text.splitlines()]
    assert laid.replace(" ", "") == "".join(line.removeprefix("- ") for line in kept).replace(" ", "")
