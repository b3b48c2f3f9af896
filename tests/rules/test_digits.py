"""Numbers typed with the digits of another script are read: a keyboard in Arabic may have no others."""

from datetime import date

import pytest

from app.base.forms.fields import FieldError
from app.base.forms.form import widgets
from app.base.forms.typed_text import code_line, one_line
from app.followup.pages import Resume
from app.saisine.steps.facts import Forms
from app.saisine.steps.identity import Address
from app.saisine.steps.when import When

SCRIPTS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹", "bengali": "০১২৩৪৫৬৭৮৯", "wide": "０１２３４５６７８９"}


@pytest.fixture(params=SCRIPTS)
def digits(request):
    return str.maketrans("0123456789", SCRIPTS[request.param])


@pytest.mark.parametrize(
    ("model", "name", "typed", "read"),
    [
        (Forms, "montant_demande", "1 200,50", "1200,50"),
        (Address, "adresse_code_postal", "59000", "59000"),
        (Resume, "code", "H7KD-2MPX-9WQ4-VT3R", "H7KD2MPX9WQ4VT3R"),
    ],
)
def test_a_number_is_read_in_any_script(digits, model, name, typed, read):
    value = widgets(model)[name].take(name, {name: [typed.translate(digits)]})
    assert str(value).replace("-", "") == read


def test_a_date_is_read_in_any_script(digits):
    typed = {"date_jour": ["27"], "date_mois": ["2"], "date_annee": ["2026"]}
    said = {name: [value[0].translate(digits)] for name, value in typed.items()}
    assert widgets(When)["date"].take("date", said) == date(2026, 2, 27)


def test_the_arabic_marks_of_a_number_are_read():
    assert widgets(Forms)["montant_demande"].take("montant_demande", {"montant_demande": ["١٬٢٠٠٫٥٠"]}) == "1200,50"


def test_what_a_person_writes_keeps_its_digits():
    assert one_line("١٢ شارع") == "١٢ شارع"
    assert code_line("٥٩٠٠٠") == "59000"


@pytest.mark.parametrize(
    "typed", ["code : H7KD-2MPX-9WQ4-VT3R", "Mon code : h7kd2mpx9wq4vt3r", "code H7KD 2MPX 9WQ4 VT3R."]
)
def test_a_code_is_read_behind_the_words_that_name_it(typed):
    assert widgets(Resume)["code"].take("code", {"code": [typed]}) == "H7KD2MPX9WQ4VT3R"


@pytest.mark.parametrize("typed", ["H7KD-2MPX-9WQ4-VT3R-H7KD", "code : H7KD-2MPX-9WQ4-VT3R-2"])
def test_a_code_of_another_length_is_none(typed):
    with pytest.raises(FieldError):
        widgets(Resume)["code"].take("code", {"code": [typed]})
