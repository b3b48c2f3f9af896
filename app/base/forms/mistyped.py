"""Addresses whose domain is likely mistyped: what was meant is offered, and never forced."""

import difflib
from collections.abc import Sequence

from app.base.errors import N_
from app.base.forms.fields import FieldDoubt

LIKELY = N_("Vouliez-vous écrire {suggestion} ? Si l'adresse est juste, envoyez à nouveau.")

DOMAINS = (
    "gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.fr", "live.com", "yahoo.fr",
    "yahoo.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr", "neuf.fr", "icloud.com",
    "aol.com", "protonmail.com", "numericable.fr",
)  # fmt: skip
"""The domains most people in France have; a domain close to one of them, and not one of them, is likely a typo."""
CLOSE = 0.82


def likely_address(address: str) -> str:
    """Return the address that was likely meant, or an empty string."""
    local, at, domain = address.rpartition("@")
    if not at or domain.lower() in DOMAINS:
        return ""
    close = difflib.get_close_matches(domain.lower(), DOMAINS, n=1, cutoff=CLOSE)
    return f"{local}@{close[0]}" if close else ""


def asked_once(address: str, seen: Sequence[str]) -> str:
    """Return the address, when nothing is doubtful in it or it was ``seen``. Raises :class:`FieldDoubt`."""
    suggestion = likely_address(address)
    if suggestion and address not in seen:
        raise FieldDoubt(LIKELY, address, suggestion)
    return address
