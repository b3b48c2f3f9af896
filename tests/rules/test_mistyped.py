"""A domain that is likely mistyped is pointed out once, in every field that asks for an address."""

import pytest

from app.base.forms.fields import FieldDoubt
from app.base.forms.form import parse
from app.base.forms.widgets import Email
from app.followup.pages import Lost
from tests.rules.test_bounds import fields

ADDRESSES = {name: widget for name, widget in fields().items() if isinstance(widget, Email)}
TYPED, MEANT = "lea@gmial.com", "lea@gmail.com"
LEAST = 10


def is_named_so(name, widget):
    """Tell whether a line of text asks for an address, by its name or by what the browser fills it with."""
    own = name.rpartition(".")[2]
    return widget.kind == "text" and (widget.autocomplete == "email" or "mail" in own or "courriel" in own)


def test_each_field_that_asks_for_an_address_is_one():
    assert {name for name, widget in fields().items() if is_named_so(name, widget)} <= set(ADDRESSES)
    assert len(ADDRESSES) > LEAST


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_asks_once_then_keeps_what_was_typed(name):
    widget = ADDRESSES[name]
    with pytest.raises(FieldDoubt) as doubt:
        widget.take("x", {"x": [TYPED]})
    assert (doubt.value.value, doubt.value.suggestion) == (TYPED, MEANT)
    assert widget.take("x", {"x": [TYPED], "x_vue": [TYPED]}) == TYPED
    with pytest.raises(FieldDoubt):
        widget.take("x", {"x": ["lea@oragne.fr"], "x_vue": [TYPED]})
    assert widget.take("x", {"x": [MEANT]}) == MEANT


def test_what_was_kept_before_is_read_without_a_question():
    assert parse(Lost, {"email": [TYPED]}).values is None
    assert parse(Lost, {"email": [TYPED]}, is_sent_now=False).values.email == TYPED
