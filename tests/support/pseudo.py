"""A language that does not exist: each sentence between brackets, so that what escaped translation is seen."""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.base import i18n
from app.base.i18n import ReadingLanguage
from app.base.web import wording

CODE = "qps"
LEFT, RIGHT = "⟦", "⟧"
PSEUDO = ReadingLanguage(CODE, "Pseudo", "en-XA", "en_GB")
_INNERMOST = re.compile(rf"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}")


class Bracketed(gettext.NullTranslations):
    """Translates each sentence into itself, between brackets."""

    def gettext(self, message: str) -> str:
        """Bracket it."""
        return f"{LEFT}{message}{RIGHT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Bracket the one that fits."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def released() -> Iterator[None]:
    """Release it, for a while."""
    real, signed = i18n.catalogue, i18n.is_read_again
    i18n.LANGUAGES[CODE] = PSEUDO
    i18n.catalogue = lambda code: Bracketed() if code == CODE else real(code)  # type: ignore[assignment]
    i18n.is_read_again = lambda _code: False  # type: ignore[assignment]
    try:
        yield
    finally:
        del i18n.LANGUAGES[CODE]
        i18n.catalogue, i18n.is_read_again = real, signed
        i18n._translated.cache_clear()
        wording._words.cache_clear()


def outside(text: str) -> str:
    """Return what stands outside of the brackets: what was not translated."""
    before = ""
    while before != text:
        before, text = text, _INNERMOST.sub(" ", text)
    return text
