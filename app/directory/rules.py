"""Words under which people and places of work are found, and how near an answer is to what was asked: pure rules."""

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from app.routing.rules.names import one_typo_apart

PARTICLES = frozenset(
    {"d", "da", "de", "del", "der", "des", "di", "du", "el", "et", "l", "la", "le", "les", "van", "von"}
)
TITLES = frozenset({"docteur", "dr", "m", "madame", "me", "mlle", "mme", "monsieur", "pr", "professeur"})
COMMON = PARTICLES | {
    *("a", "au", "aux", "cab", "cabinet", "ctre", "centre", "clinique", "dentaire", "en", "eurl", "groupe", "hopital"),
    *("infirmier", "infirmiers", "medical", "medicale", "maison", "pharmacie", "pole", "sante", "scm", "scp", "selarl"),
    *("selas", "selasu", "soins", "sarl", "snc", "societe", "sur", "service"),
}
"""Words of so many places of work that they find nothing."""
LONGEST_WORD = 60
SHORTEST_TYPO = 4
"""Letters: in a shorter word one typo makes another name."""
FAR = 9
METROPOLITAN, CORSICA = 2, {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
"""Digits of a metropolitan département; the first digits of postal codes of Corsica."""


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Reduce a name to bare words: ``D'Ornano-Lévêque`` becomes ``d ornano leveque``, in any script."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def name_words(family: str, given: str) -> set[str]:
    """Return the words under which a person is found: each part of the names, and the family name closed up."""
    parts = bare(family).split()
    words = {part for part in parts if part not in PARTICLES} or set(parts)
    if len(parts) > 1:
        words.add("".join(parts))
    return {word[:LONGEST_WORD] for word in (*words, *bare(given).split()) if word not in PARTICLES or len(parts) == 1}


def site_words(name: str) -> set[str]:
    """Return the words under which a place of work is found."""
    return {word[:LONGEST_WORD] for word in bare(name).split() if word not in COMMON and len(word) > 1}


def asked_words(text: str) -> list[str]:
    """Take apart what was typed; particles and titles find nobody."""
    words = bare(text).split()
    kept = [word for word in words if word not in PARTICLES | TITLES] or words
    return [word[:LONGEST_WORD] for word in dict.fromkeys(kept)][:6]


def distance(asked: str, word: str) -> int:
    """Return how far a word is from the one that was asked: 0 the same, 1 begins so, 2 one typo, else :data:`FAR`."""
    if asked == word:
        return 0
    if word.startswith(asked):
        return 1
    return 2 if len(asked) >= SHORTEST_TYPO and one_typo_apart(asked, word) else FAR


def name_distance(asked: Sequence[str], words: Collection[str]) -> int:
    """Return how far a name is from what was asked: each asked word is matched with the nearest one."""
    return sum(min((distance(one, word) for word in words), default=FAR) for one in asked)


def halves(word: str) -> tuple[str, str]:
    """Return the beginning and the reversed end of a word, one of which a single typo leaves as it is.

    A swap of two letters in the very middle touches both halves: each half stops one letter short of it.
    """
    half = max(1, len(word) // 2 - 1 + len(word) % 2)
    return word[:half], word[::-1][:half]


def after(prefix: str) -> str:
    """Return the first word that does not begin so any more, in the order of codes."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def zone_of(arrondissement: str, departement: str) -> str:
    """Return the zone of a commune: its arrondissement, or its département where there is none."""
    return arrondissement or departement


def departement_of(code: str) -> str:
    """Read the département from an INSEE or postal code; empty when there is none."""
    if code[:3] in CORSICA and code[:2] == "20":
        return CORSICA[code[:3]]
    return code[:3] if code.startswith(("97", "98")) else code[:METROPOLITAN]
