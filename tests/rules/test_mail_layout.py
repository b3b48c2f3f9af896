"""The text of a mail laid out as HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.resources import TEMPLATES
from app.notifications.layout import Paragraph, Run, alone, paragraphs

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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"Pour la suivre : {HERE}/reprendre", f"Pour la suivre :\n{HERE}/reprendre"),
        (f"Suivre\u00a0:\u00a0{HERE}/reprendre\nAprès", f"Suivre\u00a0:\n{HERE}/reprendre\nAprès"),
        (f"{HERE}/agent", f"{HERE}/agent"),
        (f"- une plainte : {HERE}/agent", f"- une plainte : {HERE}/agent"),
        (f"Un autre : {HERE}.exemple.org/x", f"Un autre : {HERE}.exemple.org/x"),
        ("Sans adresse", "Sans adresse"),
    ],
)
def test_an_address_stands_alone_on_its_line(line, told):
    assert alone(line, HERE) == told


@pytest.mark.parametrize("mail", sorted(TEMPLATES.glob("emails/*/body.txt")), ids=lambda path: path.parent.name)
def test_nothing_follows_an_address_in_a_mail(mail):
    sentences = re.findall(r'_\("([^"]*)"', mail.read_text(encoding="utf-8"))
    written = [one for one in sentences if re.search(r"%\((address|link)\)s", one)]
    assert [one for one in written if not re.search(r"%\((address|link)\)s([\w/-]|%\(\w+\)s)*$", one)] == []
