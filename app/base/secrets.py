"""Codes that people copy, numbers that nobody can guess."""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXY"
"""Thirty symbols that cannot be taken for one another: no I, L, O, S, U, Z."""

_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2"})
CODE_LENGTH = 16


def draw(length: int) -> str:
    """Draw ``length`` symbols; each is worth 4.9 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def is_drawn(text: str, length: int) -> bool:
    """Return whether this may have been drawn: anything else is not looked for."""
    return len(text) == length and all(c in ALPHABET for c in text)


def new_code() -> str:
    """Draw a personal code: 78 bits, without its dashes."""
    return draw(CODE_LENGTH)


def by_fours(code: str) -> str:
    """Write a code as people read it: ``H7KD-2MPX-9WQ4-VT3R``."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def typed(code: str) -> str:
    """Read a code as people type it: any case, spaces, dashes; O is read 0, I and L are read 1."""
    return "".join(c for c in code.upper().translate(_TYPED) if c in ALPHABET)


def new_token() -> str:
    """Draw the 256 bits of a session, safe in a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return what is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
