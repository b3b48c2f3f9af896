"""What is pointed out once, and never forced."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.forms.form import widgets
from app.base.forms.mistyped import DOMAINS, likely_address
from app.saisine.input_hints import has_nir, remarks
from app.saisine.steps.facts import StoryAnswers


def nir(body):
    """Complete thirteen signs with their key."""
    digits = body.replace("2A", "19").replace("2B", "18")
    return f"{body}{97 - int(digits) % 97:02}"


def spaced(number):
    """Write it as on the card."""
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return " ".join(number[a:b] for a, b in pairwise(cuts))


@pytest.mark.parametrize(
    "text",
    [
        nir("2550114168025"),
        f"mon numéro est {nir('1850375116001')}.",
        spaced(nir("2990459350001")),
        nir("1851220004001"),
        nir("185122A004001"),
        nir("285122B004001"),
        nir("285122B004001").lower(),
    ],
)
def test_a_social_security_number_is_seen(text):
    assert has_nir(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06 00 00 00 00",
        "2550114168025 00",
        "255011416802599",
        "SA-2026-7KM4-Q9TR",
        "1 " * 15,
        "FR76 3000 6000 0112 3456 7890 189",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not has_nir(text)


@given(st.text())
def test_any_text_can_be_read(text):
    assert has_nir(text) in {True, False}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lea@gmial.com", "lea@gmail.com"),
        ("lea@gmail.con", "lea@gmail.com"),
        ("lea@hotmial.fr", "lea@hotmail.fr"),
        ("lea@oragne.fr", "lea@orange.fr"),
        ("lea@wanado.fr", "lea@wanadoo.fr"),
        ("lea@orange.f", "lea@orange.fr"),
        ("lea@exemple.fr", ""),
        ("lea@asso-exemple.org", ""),
        ("lea", ""),
    ],
)
def test_a_likely_typo_is_offered(typed, meant):
    assert likely_address(typed) == meant


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_real_domain_is_never_corrected(domain):
    assert likely_address(f"lea@{domain}") == ""


def test_remarks_name_their_field():
    answers = {"recit": f"Voici {nir('2550114168025')}", "paroles": "", "langue_recit": ""}
    assert [name for name, _ in remarks(widgets(StoryAnswers), answers)] == ["recit"]
