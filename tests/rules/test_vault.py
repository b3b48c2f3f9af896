"""What is locked opens for its holder, at its place, unaltered; and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import secrets
from app.base.crypto.keyfile import KeyVersion
from app.base.crypto.vault import DecryptionError, Keyring, KeyringTrouble, StreamSeal, new_key, seal, unseal
from app.filing.models import Filing
from app.saisine.models import Draft

KEY = new_key()


@given(st.binary(), st.text())
def test_what_is_sealed_opens_at_its_place(content, place):
    place = place.encode("utf-8", "replace").decode()
    assert unseal(KEY, seal(KEY, content, place), place) == content


@given(st.binary(min_size=1), st.data())
def test_one_altered_byte_is_seen(content, data):
    sealed = bytearray(seal(KEY, content, "p"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1
    with pytest.raises(DecryptionError):
        unseal(KEY, bytes(sealed), "p")


def test_another_place_or_key_opens_nothing():
    sealed = seal(KEY, b"secret", "filing|1")
    with pytest.raises(DecryptionError):
        unseal(KEY, sealed, "filing|2")
    with pytest.raises(DecryptionError):
        unseal(new_key(), sealed, "filing|1")


@given(st.lists(st.binary()))
def test_a_stream_opens_like_a_whole(pieces):
    stream = StreamSeal(KEY, "p")
    sealed = stream.head + b"".join(stream.add(piece) for piece in pieces) + stream.end()
    assert unseal(KEY, sealed, "p") == b"".join(pieces)


def test_a_key_is_wrapped_for_one_holder():
    ring, key = Keyring.throwaway(), new_key()
    wrapped = ring.wrap(key, "autorite:595")
    assert ring.unwrap(wrapped, "autorite:595") == key
    for other in ("autorite:59", "autorite:MED-59", "portail", "nobody"):
        with pytest.raises(DecryptionError):
            ring.unwrap(wrapped, other)


def test_a_keyring_is_made_once_and_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "ring.json"
    ring = Keyring.create(path)
    assert path.stat().st_mode & 0o777 == 0o400
    assert Keyring.load(path).unwrap(ring.wrap(KEY, "portail"), "portail") == KEY
    with pytest.raises(KeyringTrouble, match="exists already"):
        Keyring.create(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"families": {}}', '{"families": {"portail": []}}'])
def test_a_broken_keyring_says_what_to_do(tmp_path, content):
    path = tmp_path / "ring.json"
    path.write_text(content)
    with pytest.raises(KeyringTrouble, match="saisine keys init"):
        Keyring.load(path)


def test_a_code_is_read_as_people_type_it():
    code = secrets.new_code()
    assert len(code) == 16
    assert set(code) <= set(secrets.ALPHABET)
    assert secrets.typed(f" {secrets.by_fours(code).lower()} ") == code
    assert secrets.typed("o i l s z") == "01152"


def test_a_code_hash_depends_on_the_instance():
    ring = Keyring.throwaway()
    assert ring.code_hash("A" * 16) == ring.code_hash("A" * 16)
    assert ring.code_hash("A" * 16) != Keyring.throwaway().code_hash("A" * 16)


RING = Keyring({"pepper": (KeyVersion("v1", bytes(range(32))),)})
CODE = "H7KD2MPX9WQ4VT3R"
KEPT_AS = [
    "p1._snwB1D468vTDijkk1oL3SJjtRYdm80lwuot2o657vI",
    "783d698ce5fee4d527a24cfe95804391f03762e563515f106420bfb4157722fe",
]
"""What each release wrote in the database for this code under this pepper: for ever, rows hold them."""


@pytest.mark.parametrize("kept", KEPT_AS)
def test_a_code_opens_what_any_release_kept(kept):
    assert kept in RING.code_hashes(CODE)
    assert RING.is_code(CODE, kept)
    assert not RING.is_code(CODE[:-1] + "0", kept)
    assert not Keyring.throwaway().is_code(CODE, kept)


def test_the_hash_of_a_code_fits_its_column_and_is_the_first_asked_for():
    code, kept = RING.fresh_code()
    assert next(RING.code_hashes(code)) == kept
    assert len(kept) <= Filing.code_hash.type.length
    assert len(kept) <= Draft.code_hash.type.length
