"""Telephone numbers as they can be dialled: read as people write them in France, by the plan of each country.

The plans are those of the library ``phonenumbers`` (ITU-T E.164 and E.123).
"""

import re

import phonenumbers
from phonenumbers import ValidationResult

from app.base.errors import N_

NUMBER_ALONE = N_("Écrivez le numéro seul, sans nom ni autre mot.")
"""Said where :func:`has_words`."""
HOME, FRANCE = "FR", 33
_EXTENSION = re.compile(r"[\s(,;-]*(?:poste|post|ext\.?|p\.)\s*([0-9]{1,6})\)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:ou|et)\s+|[,;]\s*", re.IGNORECASE)
_WORD = re.compile(r"\(?[^\W\d_]+\)?")
_ZEROS = str.maketrans("Oo", "00")
"""The letter is taken for the digit on paper and on a keyboard; no number holds it."""
_SCHEME = re.compile(r"^(?:tel|tél|téléphone)\s*\.?\s*:?\s*", re.IGNORECASE)


def dialled(text: str) -> str:
    """Return a number, or several, in a form that can be dialled; ``06 00 00 00 00``, or ``+2250700000000``.

    An extension is kept as ``poste 12``; several numbers are written with « ou » between them. Raises ``ValueError``.
    """
    return " ou ".join(_each(part) for part in _BETWEEN.split(text.strip().rstrip(".")))


def has_words(text: str) -> bool:
    """Return whether words alone keep a number from being read: ``06 00 00 00 00 (maman)``."""
    try:
        return bool(_WORD.search(text)) and all(_each(_WORD.sub(" ", part)) for part in _BETWEEN.split(text))
    except ValueError:
        return False


def _each(text: str) -> str:
    """Read a number, whose pairs may stand between slashes, or else those that stand between them."""
    try:
        return _one(text)
    except ValueError:
        slash = " / " if " / " in text else "/"
        if slash not in text:
            raise
        return " ou ".join(map(_one, text.split(slash)))


def _one(text: str) -> str:
    number, extension = _SCHEME.sub("", text), ""
    if found := _EXTENSION.search(number):
        number, extension = number[: found.start()], f" poste {found[1]}"
    number = number.translate(_ZEROS)
    if any(c.isalpha() for c in number):
        raise ValueError(text)
    try:
        read = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException as wrong:
        raise ValueError(text) from wrong
    # Whole: what a neighbour alone may dial lacks its beginning.
    if phonenumbers.is_possible_number_with_reason(read) != ValidationResult.IS_POSSIBLE or read.extension:
        raise ValueError(text)
    digits = phonenumbers.national_significant_number(read)
    # No number of the French plan begins with two zeros: the first one was typed, and a digit was forgotten.
    if read.country_code == FRANCE and digits.startswith("0"):
        raise ValueError(text)
    if read.country_code != FRANCE:
        return f"+{read.country_code}{digits}{extension}"
    home = f"0{digits}"
    return " ".join(home[i : i + 2] for i in range(0, len(home), 2)) + extension
