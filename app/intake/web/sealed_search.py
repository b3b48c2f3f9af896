"""The words of a search in the address of its list, sealed: nobody reads a name in a history, a journal or a link."""

import base64
import binascii

from app.base.crypto.vault import DecryptionError, Keyring
from app.base.forms.typed_text import one_line

PARAMETER, LONGEST = "recherche", 200
"""Name of the query parameter; letters of a search: a name is shorter."""
_SEALED_MOST = 2_000


def sealed(keyring: Keyring, authority: str, words: str) -> str:
    """Seal the words for the clerks of one authority; what is returned goes in an address as it is."""
    return base64.urlsafe_b64encode(keyring.seal(words.encode(), _place(authority))).decode().rstrip("=")


def opened(keyring: Keyring, authority: str, given: str) -> str:
    """Return the words that were sealed for this authority; nothing for anything else."""
    if len(given) > _SEALED_MOST:
        return ""
    try:
        raw = base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True)
        return one_line(keyring.unseal(raw, _place(authority)).decode())[:LONGEST]
    except (binascii.Error, DecryptionError, ValueError):
        return ""


def _place(authority: str) -> str:
    return f"search|{authority}"
