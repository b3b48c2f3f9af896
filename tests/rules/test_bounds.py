"""Nothing that is typed is without a bound: each widget of each form says that it is too long, or cuts it."""

import importlib
import pkgutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.base.forms.dates import Date, PartErrors
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers, widgets

HUGE = ("9" * 60_000, "x" * 60_000, "x " * 30_000, "é" * 60_000, "\u0663" * 60_000, "1." * 30_000)
LONGEST = 10_000
"""Characters of the longest field, the story."""


def fields():
    """Find every field of every declared form."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    waiting, found = [Answers], {}
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        found |= {f"{model.__module__}.{model.__name__}.{name}": widget for name, widget in widgets(model).items()}
    return found


def test_each_field_bounds_what_it_keeps():
    kept, every = {}, fields()
    for name, widget in every.items():
        for typed in HUGE:
            try:
                value = widget.take("x", {one: [typed] for one in widget.inputs("x")})
            except FieldError:
                continue
            if isinstance(value, str) and len(value) > LONGEST:
                kept[name] = len(value)
    assert kept == {}
    assert len(every) > 150


DIGITS = st.text("0123456789\u0663\u00b2", max_size=30) | st.sampled_from(["9" * 400, str(2**31), str(2**63), "-1", ""])
WORDS = DIGITS | st.sampled_from(["mars", "1er", "1er" * 40, "ma", "juil."])


@given(day=WORDS, month=WORDS, year=DIGITS | st.sampled_from(["2026", "9999", "2199", "1899"]))
def test_three_fields_are_a_day_or_a_mistake(day, month, year):
    found, wrong = None, set()
    try:
        found = Date().read([day, month, year])
    except PartErrors as told:
        wrong = set(told.parts)
    assert bool(wrong) == (found is None)
    assert wrong <= {"jour", "mois", "annee"}
    assert found is None or date(1900, 1, 1) <= found <= date(2199, 12, 31)


@pytest.mark.parametrize("day", ["97979797979797979797", str(2**31), "1" * 15, "32", "0", "II"])
def test_a_number_that_no_month_has_is_told_beside_the_day(day):
    with pytest.raises(PartErrors) as told:
        Date().read([day, "4", "2026"])
    assert list(told.value.parts) == ["jour"]


def test_a_year_too_far_is_told_beside_the_year():
    with pytest.raises(PartErrors) as told:
        Date().read(["1", "4", "9999"])
    assert {part: one.message for part, one in told.value.parts.items()} == {
        "annee": "Vérifiez l'année : elle est trop lointaine."
    }
