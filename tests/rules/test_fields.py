"""What people type, and what is read of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.forms.fields import FieldError, many_lines, one_line
from app.base.forms.form import widgets
from app.base.forms.shown import _revealed as revealed
from app.base.forms.widgets import TOO_LONG, Email, LongText, Phone, Text, Tick
from app.base.i18n import french
from app.followup.contact import ContactDetails
from app.saisine.pages import PAGES
from app.saisine.short_form import COURT


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("06 00 00 00 00", "06 00 00 00 00"),
        ("0600000000", "06 00 00 00 00"),
        ("06.00.00.00.00", "06 00 00 00 00"),
        ("06-00-00-00-00", "06 00 00 00 00"),
        ("06\u00a000\u202f00 00 00", "06 00 00 00 00"),
        ("+33 6 00 00 00 00", "+33600000000"),
        ("+225 07 00 00 00 00", "+2250700000000"),
    ],
)
def test_a_number_is_read_however_it_is_spaced(typed, read):
    assert Phone(label="").read([typed]) == read


@pytest.mark.parametrize(
    "typed", ["12", "0600", "16 00 00 00 00", "06 00 00 00 0a", "+33", "٠٦٠٠٠٠٠٠٠٠", "0600000000; DROP"]
)
def test_what_is_not_a_number_is_told(typed):
    with pytest.raises(FieldError) as told:
        Phone(label="").read([typed])
    assert "06 00 00 00 00" in told.value.message


@pytest.mark.parametrize("typed", ["nom@exemple.fr", " Prénom.Nom@exemple.fr ", "a+b@sous.exemple.fr"])
def test_an_address_is_accepted(typed):
    assert "@" in Email(label="").read([typed])


@pytest.mark.parametrize("typed", ["nom", "nom@", "@exemple.fr", "nom@exemple", "a b@exemple.fr", "nom@exemple..fr"])
def test_an_incomplete_address_is_told_with_an_example(typed):
    with pytest.raises(FieldError, match=r"nom@exemple\.fr"):
        Email(label="").read([typed])


def test_a_line_keeps_no_control_character():
    assert one_line("  Léa\r\nBcc: x\x00\u2028 Fictive ") == "Léa Bcc: x Fictive"


def test_a_story_keeps_its_lines_and_counts_them_once():
    assert many_lines(" a\r\nb\rc\x07 ") == "a\nb\nc"
    assert LongText(label="", longest=3).read(["a\r\nb"]) == "a\nb"


def test_too_long_says_by_how_much():
    with pytest.raises(FieldError) as told:
        Text(label="", longest=5).read(["12345678"])
    assert told.value.message == TOO_LONG
    assert told.value.text(french).startswith("Votre texte est trop long\u00a0: 3 caractères en trop.")


@given(st.text())
def test_any_text_is_read_or_told(text):
    for widget in (Text(label="", missing="m"), LongText(label="", missing="m"), Email(label=""), Phone(label="")):
        try:
            read = widget.read([text])
        except FieldError as told:
            read = told.message
        assert isinstance(read, str)


def test_a_box_is_ticked_by_any_value():
    assert Tick(label="").read(["on"]) is True
    assert Tick(label="").read([]) is False


def test_french_is_set_as_printers_do():
    assert french("C'est l'heure : « oui » !") == "C’est l’heure\u00a0: «\u00a0oui\u00a0»\u00a0!"
    assert french("CSP, articles L. 1110-3 et R. 1110-11") == "CSP, articles L.\u00a01110-3 et R.\u00a01110-11"


def drawn(model, name):
    """Give a field, then those that its choices open, in the order of the choices."""
    found, opened = [name], revealed(model)
    values = [option.value for option in widgets(model)[name].options()]
    keys = [(name, value) for value in values] + [key for key in opened if key[0] == name and key[1] not in values]
    for key in keys:
        found += [inner for one in opened.get(key, ()) for inner in drawn(model, one)]
    return found


@pytest.mark.parametrize("model", [*(page.answers for page in PAGES), COURT.answers, ContactDetails])
def test_fields_are_declared_in_the_order_of_the_page(model):
    """The summary of what is wrong follows the declaration, and must follow what is seen."""
    inside = {one for names in revealed(model).values() for one in names}
    page = list(dict.fromkeys(one for name in widgets(model) if name not in inside for one in drawn(model, name)))
    assert page == [name for name in widgets(model) if name in page]
