"""What a tag may be called, and how many there are: pure rules."""

import unicodedata

MOST = 30
"""Tags of one authority that are offered: beyond, nobody finds the one that is looked for."""
SHORTEST, LONGEST = 2, 30


def folded(name: str) -> str:
    """Reduce a name to what tells it from the others: neither capitals nor accents do."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
