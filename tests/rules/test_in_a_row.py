"""Parts that may hold commas are written one after the other with the sign of the language."""

import pytest

from app.base.i18n import in_a_row, in_language


@pytest.mark.parametrize(
    ("code", "shown"),
    [("fr", "a ; b"), ("facile", "a ; b"), ("en", "a; b"), ("uk", "a; b"), ("ar", "a؛ b"), ("zh", "a；b")],
)
def test_a_list_has_the_sign_of_its_language(code, shown):
    with in_language(code):
        assert in_a_row(["a", "b"]) == shown
        assert in_a_row([]) == ""
