"""What people type and paste, freed of what nobody sees: by what the text is for, one reader each.

Marks without a shape come with what is copied from a page or a list of contacts (Unicode category Cf). Those that
turn the direction of reading never stay, for they make a text read otherwise than it is (Unicode UAX 9); the two
joiners stay between signs, where some scripts need them (UAX 31, 2.3).
"""

import re
import unicodedata

TYPOGRAPHIC = str.maketrans({"\u2019": "'", "\u02bc": "'", "\uff07": "'"})
"""Apostrophes that a keyboard puts in the place of the plain one, which alone an address may hold."""
_POINTED = re.compile(r"[<‹]([^<>‹›]*)[>›]")
_AROUND_AN_ADDRESS = re.compile(r"^mailto:|[.,;:!)\]]+$", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
_AT_AN_EDGE = re.compile(rf"(?:(?<=\s)|^)[{_JOINERS}]+|[{_JOINERS}]+(?=\s|$)")


def one_line(text: str) -> str:
    """Keep what can be read on one line: no control character, no hidden mark, single spaces, composed accents."""
    return " ".join(_unhidden(_replaced(text, {"Cc", "Cs", "Zl", "Zp"}, " ")).split())


def many_lines(text: str) -> str:
    """Keep lines and tabs; drop the other control characters and hidden marks; one mark for the end of a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _unhidden(_replaced(lines, {"Cc", "Cs"}, but="\n\t")).strip()


def code_line(text: str) -> str:
    """Keep what a machine reads (address, number, code): no hidden mark at all, wide and styled signs made plain.

    The digits of every script are those of ASCII: ``٥٩٠٠٠`` is the postal code ``59000``.
    """
    return one_line(_latin_digits(unicodedata.normalize("NFKC", _replaced(text, {"Cf"}))))


def address_in(text: str) -> str:
    """Take an e-mail address out of what is copied with it: ``Zoé <zoe@exemple.fr>``, ``mailto:…``, a final point."""
    pointed = _POINTED.search(text)
    bare = (pointed[1] if pointed else text).strip().translate(TYPOGRAPHIC)
    return _AROUND_AN_ADDRESS.sub("", bare) or text


def has_letter(text: str) -> bool:
    """Return whether a text holds a letter, of whatever script: a name does."""
    return any(c.isalpha() for c in text)


def _unhidden(text: str) -> str:
    kept = _replaced(text, {"Cf"}, but=_JOINERS)
    return unicodedata.normalize("NFC", _AT_AN_EDGE.sub("", kept) if any(one in kept for one in _JOINERS) else kept)


def _latin_digits(text: str) -> str:
    if text.isascii():
        return text
    found = {ord(c): str(unicodedata.decimal(c)) for c in set(text) if c.isdecimal()}
    return text.translate(found) if found else text


def _replaced(text: str, categories: set[str], by: str = "", *, but: str = "") -> str:
    """Replace each sign of some Unicode categories of what is not printed (C, Zl, Zp).

    Each different sign is looked up once, however long the text.
    """
    if text.isprintable():
        return text
    found = {ord(c): by for c in set(text) if c not in but and unicodedata.category(c) in categories}
    return text.translate(found) if found else text
