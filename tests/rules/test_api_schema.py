"""The schema of a draft says of each declared field what the form says."""

import pytest

from app.api.answers import COPIED, known_inputs
from app.api.schema import answers_schema
from app.base.forms.form import widgets
from app.saisine.pages import ASKED

SCHEMA = answers_schema(str)
FIELDS = [
    (page, name, widget)
    for page in ASKED
    for field, whole in widgets(page.answers).items()
    if whole.kind != "files"
    for name, widget in whole.inputs(field).items()
]


def codes(shown):
    return [one["const"] for one in shown.get("items", shown).get("oneOf", []) if "const" in one]


@pytest.mark.parametrize(("page", "name", "widget"), FIELDS, ids=[f"{page.name}-{name}" for page, name, _ in FIELDS])
def test_each_declared_field_is_told(page, name, widget):
    shown = SCHEMA["properties"][name]
    assert shown["title"]
    assert shown["readOnly"] is (name in COPIED)
    if shown["x-page"] != page.name:
        return  # told with the first page that asks it
    if widget.kind == "checkbox":
        assert shown["type"] == ["boolean", "null"]
    else:
        assert codes(shown) == [option.value for option in widget.options()]
    if not widget.options() and hasattr(widget, "longest"):
        assert shown["maxLength"] == widget.longest
    assert ("Obligatoire" in shown["description"]) is (widget.missing is not None)


def test_nothing_else_is_told():
    assert set(SCHEMA["properties"]) == set(known_inputs())
    assert len(FIELDS) > 60


def test_what_a_field_waits_for_is_told():
    assert "“moyens” vaut : email" in SCHEMA["properties"]["email"]["description"]
    assert SCHEMA["properties"]["lieu_refus"]["oneOf"][0] == {"const": "cabinet", "title": "Dans un cabinet"}
