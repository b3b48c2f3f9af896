"""A long list of choices, made shorter by a few words: those whose labels hold them all, accents and capitals aside."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.base.forms.fields import Option
from app.base.searching import search_words

SEARCH = "cherche"
"""What the address of a page carries to make its list shorter."""
ASKED_MOST = 80


@dataclass(frozen=True)
class SearchedOptions:
    """The choices that are offered once some were looked for."""

    asked: str
    options: Sequence[Option]
    found: int
    """How many answer; 0 when none does, and all are offered."""


def searched(options: Sequence[Option], asked: str, always: Collection[str] = ()) -> SearchedOptions:
    """Keep the choices that are looked for, and those that are ``always`` offered; all when none is found."""
    words = search_words(_bare(" ".join(asked.split())[:ASKED_MOST]))
    found = [one for one in options if words and all(word in _bare(one.label) for word in words)]
    wanted = {one.value for one in found}
    kept = [one for one in options if one.value in wanted or one.value in always] if found else options
    return SearchedOptions(" ".join(asked.split())[:ASKED_MOST], kept, len(found))


def _bare(text: str) -> str:
    """Write it without accents nor capitals, and without what joins its words."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe"))
    return "".join(" " if c in "-'’" else c for c in plain if not unicodedata.combining(c))
