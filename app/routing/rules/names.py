"""Names of towns as people type them: accents, case, dashes, « St », « Paris 13e », postal codes, CEDEX."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.base.forms.typed_text import code_line

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SUR = re.compile(r"\bs/\s*")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CEDEX = re.compile(r"\bcedex(\s+\d{1,2})?\b")
_ORDINAL = re.compile(r"\b(\d{1,2})\s?(?:ers?|eres?|e|emes?|nde?|re)\b")
_DISTRICT = re.compile(r"\b(arrondissements?|arrdts?|ardts?|arr)\b")
_POSTAL = re.compile(r"(?<!\d)(\d{2})\s?(\d{3})(?!\d)")
_IN_FRANCE = re.compile(r"\s*[,(]\s*france\s*\)?\s*$", re.IGNORECASE)
_STREET = re.compile(
    r"(?:\d+\s*(?:bis|ter|quater|[a-d]\b)?\s*,?\s*)?"
    r"(?:rue|avenue|av\.?|boulevard|bd|bld|place|impasse|all[ée]es?|route|quai)\s+\w",
    re.IGNORECASE,
)
"""How the address of a street begins; no name of a town does, a comma behind it."""
_PIECES = re.compile(r"[,(]|\s[-–]\s")
_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_NUMBER_AFTER = re.compile(r"(?P<name>.*\D) (?P<number>\d{1,3}|2[ab])")
_NUMBER_BEFORE = re.compile(r"(?P<number>\d{1,3}|2[ab]) (?P<name>\D.*)")
CORSICA = {"2a": "20", "2b": "20"}
"""Département as people write it → first digits of its postal codes."""
MOST_DISTRICTS = 20
"""Paris has twenty arrondissements."""
BY_FAR = 5
"""How many times more inhabitants make a town the one that everybody means."""
_ARTICLES = ("le", "la", "les", "l")
_CUT_CITIES = frozenset({"paris", "lyon", "marseille"})

ABROAD = frozenset(
    {
        "monaco",
        "monte carlo",
        "principaute de monaco",
        "algerie",
        "allemagne",
        "andorre",
        "andorre la vieille",
        "angleterre",
        "autriche",
        "belgique",
        "bresil",
        "bruxelles",
        "cameroun",
        "canada",
        "espagne",
        "etats unis",
        "geneve",
        "italie",
        "japon",
        "lausanne",
        "liechtenstein",
        "londres",
        "luxembourg",
        "madagascar",
        "maroc",
        "maurice",
        "pays bas",
        "pologne",
        "portugal",
        "roumanie",
        "royaume uni",
        "senegal",
        "suisse",
        "tunisie",
        "turquie",
        "ukraine",
    }
)
"""Normalised names that are no French town: Monaco, and the countries and cities that are typed most."""


def normalise(text: str) -> str:
    """Reduce a name to bare words: ``St-Étienne-du-Rouvray`` and ``ST ETIENNE DU ROUVRAY`` become the same key.

    The same function writes the stored keys and reads what is typed, so both databases answer alike. What one pass
    uncovers (« 1 cedex e ») the next one reduces, so that the key of a key is itself.
    """
    key = _reduced(text)
    while (again := _reduced(key)) != key:
        key = again
    return key


def _reduced(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _NOT_WORD.sub(" ", _SUR.sub("sur ", plain)).strip()
    plain = _DISTRICT.sub(" ", _ORDINAL.sub(r"\1", _CEDEX.sub(" ", plain)))
    return " ".join(_WORDS.get(word, (word.lstrip("0") or "0") if word.isdigit() else word) for word in plain.split())


def compact(key: str) -> str:
    """Close up a key, for people who type ``villeneuvedascq`` or ``labergement``."""
    return key.replace(" ", "")


@dataclass(frozen=True)
class Typed:
    """What was typed in « Ville ou code postal », taken apart."""

    key: str
    """The name, normalised; empty when only a code was typed."""
    postal: str
    """A whole postal code, or its first digits (``59``, ``saint-denis 93``)."""

    @property
    def is_whole_code(self) -> bool:
        """Whether the five digits are there."""
        return len(self.postal) == len("59000")


def read_place(text: str) -> Typed:
    """Take apart ``59000 lille``, ``Lille 59 000``, ``59``, ``Paris 13e``, ``LILLE CEDEX 9``, ``Lille, France``."""
    text = _without_street(_IN_FRANCE.sub("", code_line(text)))
    found = _POSTAL.search(text)
    postal = "".join(found.groups()) if found else ""
    rest = text[: found.start()] + " " + text[found.end() :] if found else text
    bare = re.sub(r"\s", "", rest)
    if not postal and bare.isascii() and bare.isdigit():
        return Typed("", bare)
    name, number = _apart(normalise(rest))
    if not number:
        return Typed(name, postal)
    if name in _CUT_CITIES and number.isdigit() and int(number) <= MOST_DISTRICTS:
        return Typed(f"{name} {number}", postal)
    first_digits = CORSICA.get(number, number if len(number) > 1 else "")
    return Typed(name, postal or first_digits)


def _without_street(text: str) -> str:
    """Return the end of a whole address: from its postal code if a name follows, else behind its last comma."""
    if not _STREET.match(text):
        return text
    code = _POSTAL.search(text)
    if code and any(c.isalpha() for c in text[code.end() :]):
        return text[code.start() :]
    return text.rpartition(",")[2] if "," in text else text


def _apart(key: str) -> tuple[str, str]:
    """Separate a name from the number that stands before or after it: ``13 paris``, ``saint denis 93``."""
    for pattern in (_NUMBER_AFTER, _NUMBER_BEFORE):
        found = pattern.fullmatch(key)
        if found:
            return found["name"], found["number"]
    return key, ""


def with_articles(key: str) -> list[str]:
    """Return a name as it is, and behind each article that people leave out: ``le cannet`` for ``cannet``."""
    return [key, *(f"{article} {key}" for article in _ARTICLES)]


def begins_alike(key: str, other: str) -> bool:
    """Return whether a name begins with all the words of another one, an article put aside."""
    return any(f"{key} ".startswith(f"{words} ") for words in with_articles(other))


def is_plain(population: int, others: Sequence[int], *, is_former: bool) -> bool:
    """Return whether a town written in full may be taken without asking; ``others`` begin with the same words.

    Alone, it may. Else it must bear that name today, and have :data:`BY_FAR` times the inhabitants of each other one:
    « Lille » is Lille, but « Evry » may well be Évry-Courcouronnes.
    """
    return not others or (not is_former and population >= BY_FAR * max(others))


def is_outside_postal_code(code: str | None) -> bool:
    """Return whether a postal code is of Monaco (980xx) or of the post's series for abroad (99xxx)."""
    digits = re.sub(r"\s", "", code or "")
    return len(digits) == len("98000") and digits.isdigit() and digits.startswith(("980", "99"))


def is_outside_code(insee: str | None) -> bool:
    """Return whether an INSEE code is of a foreign country (99xxx; Monaco is 99138)."""
    return bool(re.fullmatch(r"99\d{3}", (insee or "").strip()))


def is_outside_france(text: str) -> bool:
    """Return whether what was typed names Monaco or a place abroad, where the procedure does not reach."""
    typed = read_place(text)
    *place, country = _PIECES.split(code_line(text).rstrip(" )"))
    is_named = normalise(country).lstrip("0123456789 ") in ABROAD and (bool(place) or not typed.postal)
    return is_outside_postal_code(typed.postal) or is_named


def one_typo_apart(left: str, right: str) -> bool:
    """Return whether one letter added, lost, changed, or two swapped, separate two keys."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1 or left == right:
        return left == right
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]
