"""What chains hash is canonical JSON, byte for byte as the library of documents writes it."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.base.crypto.canonical import flat

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)
VALUES = st.text() | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)


@given(st.dictionaries(NAMES, VALUES))
def test_it_is_written_as_the_library_does(values):
    assert flat(values) == rfc8785.dumps(values)


def test_every_control_character_is_written_as_the_library_does():
    values = {"said": "".join(map(chr, range(0x300))) + "\u2028\u2029\U0001f600"}
    assert flat(values) == rfc8785.dumps(values)


def test_half_a_character_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        flat({"said": "\ud800"})
