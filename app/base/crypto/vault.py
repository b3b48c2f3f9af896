"""Keys, and what is locked with them: AES-256-GCM for contents, AES key wrap (RFC 3394) for keys.

A content key (32 random bytes) locks one draft or one filing. It is never stored bare: it is wrapped once for each
holder who may read, under that holder's own key. Keys of holders come from the keyring, a file outside the database
and outside its backups (NIST SP 800-38D for GCM, RFC 3394 for the wrap, RFC 5869 for the derivation per holder).
"""

import base64
import hashlib
import hmac
import logging
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app.base.crypto.keyfile import Families, KeyFile, KeyringTrouble, new_key
from app.base.secrets import new_code

__all__ = [
    "PORTAL",
    "DecryptionError",
    "Keyring",
    "KeyringTrouble",
    "StreamSeal",
    "new_key",
    "seal",
    "unseal",
    "unseal_stream",
]

log = logging.getLogger("saisine.keys")
PORTAL = "portail"
CODE_ROUNDS = 4096
"""Of PBKDF2, for each personal code: twelve bits of work over its 78 (``docs/decisions/0023-code-hash.md``)."""
CODE_MARK = "p1."  # begins the hash of a code; one of earlier releases has no mark
NONCE, TAG, KEY, PIECE = 12, 16, 32, 256 * 1024  # in bytes; a piece of a file is opened at once


class DecryptionError(Exception):
    """The key does not open this: another holder's, another place's, or altered bytes."""


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """Lock ``content``; ``place`` (table, id, version) is bound to it, so that it cannot be moved elsewhere."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Open what :func:`seal` locked at the same place. Raises :class:`DecryptionError`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError) as refused:
        raise DecryptionError(place) from refused


class StreamSeal:
    """Lock a stream piece by piece, so that nothing clear ever touches the disk; same layout as :func:`seal`."""

    def __init__(self, key: bytes, place: str) -> None:
        """Start; :attr:`head` goes first in the output."""
        self.head = secrets.token_bytes(NONCE)
        self._lock = Cipher(algorithms.AES(key), modes.GCM(self.head)).encryptor()
        self._lock.authenticate_additional_data(place.encode())

    def add(self, piece: bytes) -> bytes:
        """Lock the next piece."""
        return self._lock.update(piece)

    def end(self) -> bytes:
        """Close; the bytes given back go last in the output."""
        return self._lock.finalize() + self._lock.tag


def unseal_stream(key: bytes, path: Path, place: str) -> Iterator[bytes]:
    """Open a sealed file piece by piece, so that a large one is never whole in memory.

    It is read twice: a first time to its end, to find it unaltered. Raises :class:`DecryptionError`, ``OSError``,
    before the first piece.
    """
    for _ in _opened(key, path, place):
        pass
    return _opened(key, path, place)


def _opened(key: bytes, path: Path, place: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - NONCE - TAG
        nonce = file.read(NONCE)
        if left < 0:
            raise DecryptionError(place)
        file.seek(-TAG, os.SEEK_END)
        tag = file.read(TAG)
        file.seek(NONCE)
        unlock = Cipher(algorithms.AES(key), modes.GCM(nonce, tag)).decryptor()
        unlock.authenticate_additional_data(place.encode())
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield unlock.update(piece)
        try:
            yield unlock.finalize()
        except InvalidTag as refused:
            raise DecryptionError(place) from refused


class Keyring:
    """Every master key of the service, by family and version; the newest version of a family locks.

    A keyring read from a file reads it again once it is replaced: a running service follows a rotation by itself.
    """

    def __init__(self, families: Families, path: Path | None = None) -> None:
        """Keep the families; each holds at least one version. ``path``: the file to follow."""
        self._kept, self._path, self._seen = families, path, _stamp(path)

    @classmethod
    def create(cls, path: Path, on: date | None = None) -> "Keyring":
        """Draw every key and write the file, readable by its owner alone. Raises :class:`KeyringTrouble`."""
        KeyFile.fresh(on).create(path)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the file. Raises :class:`KeyringTrouble`."""
        return cls(KeyFile.read(path).families, path)

    def still(self) -> "Keyring":
        """Return the keys as they are now, which follow no file: for thousands of operations in a row."""
        return Keyring(self._families)

    @property
    def _families(self) -> Families:
        """Return the families, read again when the file is another one; the old ones while it cannot be read."""
        stamp = _stamp(self._path)
        if stamp and self._path and stamp != self._seen:
            try:
                self._kept, self._seen = KeyFile.read(self._path).families, stamp
            except KeyringTrouble:
                log.exception("the new keyring cannot be read: the one before serves")
        return self._kept

    def newest(self, family: str) -> str:
        """Return the name of the version that locks."""
        return self._families[family][-1].name

    @classmethod
    def throwaway(cls) -> "Keyring":
        """Draw keys that live in memory only, for tests."""
        return cls(KeyFile.fresh().families)

    def wrap(self, key: bytes, holder: str) -> str:
        """Wrap a content key for a holder: ``portail``, ``autorite:595``, ``association:…``."""
        newest = self._families[holder.partition(":")[0]][-1]
        return f"{newest.name}.{base64.b64encode(aes_key_wrap(_derive(newest.key, holder), key)).decode()}"

    def unwrap(self, wrapped: str, holder: str) -> bytes:
        """Give back the content key wrapped for this holder. Raises :class:`DecryptionError`."""
        version, _, body = wrapped.partition(".")
        try:
            known = next(v for v in self._families[holder.partition(":")[0]] if v.name == version)
            return aes_key_unwrap(_derive(known.key, holder), base64.b64decode(body, validate=True))
        except (StopIteration, KeyError, InvalidUnwrap, ValueError) as refused:
            raise DecryptionError(holder) from refused

    def seal(self, content: bytes, place: str) -> bytes:
        """Lock a small secret of the portal itself (a factor's seed, an address to write to)."""
        newest = self._families[PORTAL][-1]
        return newest.name.encode() + b"." + seal(_derive(newest.key, "secret"), content, place)

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Open what :meth:`seal` locked. Raises :class:`DecryptionError`."""
        version, _, body = sealed.partition(b".")
        for known in self._families[PORTAL]:
            if known.name.encode() == version:
                return unseal(_derive(known.key, "secret"), body, place)
        raise DecryptionError(place)

    def word(self, text: str, scope: str) -> str:
        """Return the keyed word under which ``text`` can be found again without being stored (HMAC-SHA-256)."""
        return self.words(scope)(text)

    def words(self, scope: str) -> Callable[[str], str]:
        """Return what makes the words of one scope, for many at once."""
        key = _derive(self._families["index"][0].key, scope)
        return lambda text: hmac.digest(key, text.encode(), "sha256").hex()

    def address_key(self, address: str) -> str | None:
        """Return the keyed hash under which an e-mail address is found again; ``None`` for no address."""
        return self.word(address.strip().casefold(), "adresse") if address.strip() else None

    def code_hash(self, code: str) -> str:
        """Hash a personal code so that it can be looked up: PBKDF2-HMAC-SHA-256 (RFC 8018) under the pepper.

        78 bits are too few for a plain hash (OWASP ASVS 5.0, 6.5.2).
        """
        made = hashlib.pbkdf2_hmac("sha256", code.encode(), self._pepper, CODE_ROUNDS)
        return CODE_MARK + base64.urlsafe_b64encode(made).decode().rstrip("=")

    def code_hashes(self, code: str) -> Iterator[str]:
        """Yield each hash under which a code may be kept, the one of today first; the others are made if asked for."""
        yield self.code_hash(code)
        yield hash_secret_raw(code.encode(), self._pepper, 2, 19 * 1024, 1, 32, Type.ID).hex()  # of earlier releases

    def is_code(self, code: str, kept: str) -> bool:
        """Return whether a hash is of this code."""
        return any(hmac.compare_digest(made, kept) for made in self.code_hashes(code))

    def fresh_code(self) -> tuple[str, str]:
        """Draw a personal code and its hash."""
        code = new_code()
        return code, self.code_hash(code)

    @property
    def _pepper(self) -> bytes:
        return self._families["pepper"][0].key

    def seeds(self, purpose: str) -> list[bytes]:
        """Return a seed of 32 bytes for keys of this purpose, one for each version, the newest last."""
        return [_derive(version.key, purpose) for version in self._families["signature"]]

    @property
    def signature(self) -> str:
        """The secret that signs short-lived tokens."""
        return base64.b64encode(self._families["signature"][-1].key).decode()


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Tell a file from the one that takes its place; nothing while there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns) if found else None


@lru_cache(maxsize=1024)
def _derive(master: bytes, info: str) -> bytes:
    """Derive the key of one use or one holder (RFC 5869); kept beside the master key, which is in memory as well."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=f"saisine/{info}".encode()).derive(master)
