"""Keys, and what is locked with them: AES-256-GCM for contents, AES key wrap (RFC 3394) for keys.

A content key (32 random bytes) locks one draft or one filing. It is never stored bare: it is wrapped once for each
holder who may read, under that holder's own key. Keys of holders come from the keyring, a file outside the database
and outside its backups (NIST SP 800-38D for GCM, RFC 3394 for the wrap, RFC 5869 for the derivation per holder).
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app.base.reserve import Reserve
from app.base.secrets import new_code

PORTAL = "portail"
CODES_AHEAD = 8
NONCE, TAG, KEY = 12, 16, 32
FAMILIES = ("portail", "autorite", "association", "index", "pepper", "signature")


class Locked(Exception):
    """The key does not open this: another holder's, another place's, or altered bytes."""


class KeyringTrouble(Exception):
    """The keyring file is missing, unreadable or not one of ours; says what to do."""


def new_key() -> bytes:
    """Draw a fresh content key of 256 bits."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """Lock ``content``; ``place`` (table, id, version) is bound to it, so that it cannot be moved elsewhere."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Open what :func:`seal` locked at the same place. Raises :class:`Locked`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError) as refused:
        raise Locked(place) from refused


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


@dataclass(frozen=True)
class KeyVersion:
    """One version of one family of keys."""

    name: str
    key: bytes


class Keyring:
    """Every master key of the service, by family and version; the newest version of a family locks."""

    def __init__(self, families: dict[str, tuple[KeyVersion, ...]]) -> None:
        """Keep the families; each holds at least one version."""
        self._families = families
        self._codes = Reserve(self._new_code, CODES_AHEAD)

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """Draw every key and write the file, readable by its owner alone. Raises :class:`KeyringTrouble`."""
        drawn = {name: [{"name": "v1", "key": base64.b64encode(new_key()).decode()}] for name in FAMILIES}
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        except FileExistsError as there:
            raise KeyringTrouble(f"{path} exists already: nothing was changed") from there
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"saisine_keyring": 1, "families": drawn}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Read the file. Raises :class:`KeyringTrouble`."""
        try:
            families = json.loads(path.read_text(encoding="utf-8"))["families"]
            read = {
                name: tuple(KeyVersion(v["name"], base64.b64decode(v["key"], validate=True)) for v in families[name])
                for name in FAMILIES
            }
        except (OSError, ValueError, KeyError, TypeError) as trouble:
            raise KeyringTrouble(f"{path} cannot be read as a keyring: make one with `saisine keys init`") from trouble
        if any(not versions or any(len(v.key) != KEY for v in versions) for versions in read.values()):
            raise KeyringTrouble(f"{path} lacks a key of 256 bits")
        return cls(read)

    @classmethod
    def throwaway(cls) -> "Keyring":
        """Draw keys that live in memory only, for tests."""
        return cls({name: (KeyVersion("v1", new_key()),) for name in FAMILIES})

    def wrap(self, key: bytes, holder: str) -> str:
        """Wrap a content key for a holder: ``portail``, ``autorite:595``, ``association:…``."""
        newest = self._families[holder.partition(":")[0]][-1]
        return f"{newest.name}.{base64.b64encode(aes_key_wrap(_derive(newest.key, holder), key)).decode()}"

    def unwrap(self, wrapped: str, holder: str) -> bytes:
        """Give back the content key wrapped for this holder. Raises :class:`Locked`."""
        version, _, body = wrapped.partition(".")
        try:
            known = next(v for v in self._families[holder.partition(":")[0]] if v.name == version)
            return aes_key_unwrap(_derive(known.key, holder), base64.b64decode(body, validate=True))
        except (StopIteration, KeyError, InvalidUnwrap, ValueError) as refused:
            raise Locked(holder) from refused

    def seal(self, content: bytes, place: str) -> bytes:
        """Lock a small secret of the portal itself (a factor's seed, an address to write to)."""
        newest = self._families[PORTAL][-1]
        return newest.name.encode() + b"." + seal(_derive(newest.key, "secret"), content, place)

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """Open what :meth:`seal` locked. Raises :class:`Locked`."""
        version, _, body = sealed.partition(b".")
        for known in self._families[PORTAL]:
            if known.name.encode() == version:
                return unseal(_derive(known.key, "secret"), body, place)
        raise Locked(place)

    def word(self, text: str, scope: str) -> str:
        """Give the keyed word under which ``text`` can be found again without being stored (HMAC-SHA-256)."""
        key = _derive(self._families["index"][0].key, scope)
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def address_key(self, address: str) -> str | None:
        """Give the keyed hash under which an e-mail address is found again; ``None`` for no address."""
        return self.word(address.strip().casefold(), "adresse") if address.strip() else None

    def code_hash(self, code: str) -> str:
        """Hash a personal code so that it can be looked up: Argon2id, 19 MiB, t = 2, the instance's own salt.

        78 bits are too few for a plain hash (OWASP ASVS 5.0, 6.5.2).
        """
        salt = self._families["pepper"][0].key
        return hash_secret_raw(code.encode(), salt, 2, 19 * 1024, 1, 32, Type.ID).hex()

    def fresh_code(self) -> tuple[str, str]:
        """Draw a personal code and its hash, which is slow to make: a few are kept ahead, in memory only."""
        return self._codes.take()

    def _new_code(self) -> tuple[str, str]:
        code = new_code()
        return code, self.code_hash(code)

    def seeds(self, purpose: str) -> list[bytes]:
        """Give a seed of 32 bytes for keys of this purpose, one for each version, the newest last."""
        return [_derive(version.key, purpose) for version in self._families["signature"]]

    @property
    def signature(self) -> str:
        """The secret that signs short-lived tokens."""
        return base64.b64encode(self._families["signature"][-1].key).decode()


@lru_cache(maxsize=1024)
def _derive(master: bytes, info: str) -> bytes:
    """Derive the key of one use or one holder (RFC 5869); kept beside the master key, which is in memory as well."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=f"saisine/{info}".encode()).derive(master)
