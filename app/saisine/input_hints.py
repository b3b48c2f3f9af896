"""What is worth a second look, and never forced: a number nobody needs, an address that looks mistyped."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Widget
from app.base.forms.mistyped import likely_address
from app.base.forms.widgets import Email, LongText, Text

SEEN = "remarque_vue"
"""Name of what the page sends when its remarks were shown once: they do not stop a second time."""
USELESS_NUMBER = N_("Ce numéro n'est pas nécessaire. Vous pouvez l'effacer.")
LIKELY = N_("Vouliez-vous écrire {suggestion} ?")

_NIR = re.compile(r"(?<![0-9A-Za-z])[12378](?:[ .\-]?[0-9]){5}[ .\-]?[0-9ABab](?:[ .\-]?[0-9]){8}(?![0-9])")
"""Sex, year, month, département (2A and 2B included), commune, rank, key (décret n° 82-103, art. 4)."""


@dataclass(frozen=True)
class Remark:
    """A remark beside a field; ``suggestion`` is what could replace the answer."""

    text: str
    suggestion: str = ""


def remarks(fields: Mapping[str, Widget], answers: Mapping[str, Any]) -> Iterator[tuple[str, Remark]]:
    """Find what to point out in valid answers."""
    for name, widget in fields.items():
        value = answers.get(name)
        if not isinstance(value, str):
            continue
        if isinstance(widget, Email):
            suggestion = likely_address(value)
            if suggestion:
                yield name, Remark(LIKELY, suggestion)
        elif isinstance(widget, Text | LongText) and has_nir(value):
            yield name, Remark(USELESS_NUMBER)


def has_nir(text: str) -> bool:
    """Return whether a text holds a social security number: thirteen signs and a key that fits them."""
    return any(_fits(found.group()) for found in _NIR.finditer(text))


def _fits(text: str) -> bool:
    signs = "".join(c for c in text.upper() if c.isalnum())
    body, key = signs[:13], signs[13:]
    # In Corsica 2A counts as 19 and 2B as 18.
    digits = body[:5] + {"2A": "19", "2B": "18"}.get(body[5:7], body[5:7]) + body[7:]
    return digits.isdecimal() and key.isdecimal() and int(key) == 97 - int(digits) % 97
