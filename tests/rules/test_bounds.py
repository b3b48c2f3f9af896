"""Nothing that is typed is without a bound: each widget of each form says that it is too long, or cuts it."""

import importlib
import pkgutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers, widgets
from app.saisine.steps.days import day_checks, day_of

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
    kept = {}
    for name, widget in fields().items():
        for typed in HUGE:
            try:
                value = widget.read([typed])
            except FieldError:
                continue
            if isinstance(value, str) and len(value) > LONGEST:
                kept[name] = len(value)
    assert kept == {}
    assert len(fields()) > 150


DIGITS = st.text("0123456789\u0663\u00b2", max_size=30) | st.sampled_from(["9" * 400, str(2**31), str(2**63), "-1", ""])
WORDS = DIGITS | st.sampled_from(["mars", "1er", "1er" * 40, "ma", "juil."])


@given(day=WORDS, month=WORDS, year=DIGITS | st.sampled_from(["2026", "9999", "2199", "1899"]))
def test_three_fields_are_a_day_or_a_mistake(day, month, year):
    found = {"d_jour": day, "d_mois": month, "d_annee": year}
    mistakes = list(day_checks(found, "d", None))
    if all(found.values()) and not mistakes:
        assert date(1900, 1, 1) <= day_of(found, "d") <= date(2199, 12, 31)


@pytest.mark.parametrize("day", ["97979797979797979797", str(2**31), "1" * 15, "32", "0", "²"])
def test_a_number_that_no_month_has_is_told_beside_the_day(day):
    found = {"d_jour": day, "d_mois": "4", "d_annee": "2026"}
    assert [name for name, _ in day_checks(found, "d", None)] == ["d_jour"]


def test_a_year_too_far_is_told_beside_the_year():
    found = {"d_jour": "1", "d_mois": "4", "d_annee": "9999"}
    assert [(name, one.message) for name, one in day_checks(found, "d", None)] == [
        ("d_annee", "Vérifiez l'année : elle est trop lointaine.")
    ]
