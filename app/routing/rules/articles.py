"""The name of an authority in a French sentence: « la CPAM de l'Ain », « au Conseil départemental… ». Pure.

The gender is that of the first word; « à » and « le » contract.
"""

from collections.abc import Mapping

from app.base.i18n import language_now

FEMININE, MASCULINE = "la", "le"
GENDERS: Mapping[str, str] = {
    **dict.fromkeys(("CPAM", "CGSS", "CCSS", "CSSM", "CPS", "MSA", "Caisse", "Chambre"), FEMININE),
    **dict.fromkeys(("Conseil", "Organe", "Ordre"), MASCULINE),
}
"""By the first word of a name; another one takes no article."""
VOWELS = "aàâeéèêiîoôuùhAÀÂEÉÈÊIÎOÔUÙH"
APOSTROPHE = "l'"
TO: Mapping[str, str] = {"le": "au ", "la": "à la ", "l'": "à l'", "": "à "}


def the(name: str) -> str:
    """Return a name with its article: « le Conseil départemental… », « l'Organe… »; alone in another language."""
    if not language_now().is_french:
        return name
    article = _article(name)
    return f"{article}{'' if article in {'', APOSTROPHE} else ' '}{name}"


def to_the(name: str) -> str:
    """Return a name after « à »: « au Conseil… », « à la CPAM… »; alone in another language."""
    if not language_now().is_french:
        return name
    return TO[_article(name)] + name


def _article(name: str) -> str:
    """Find the article of a name; empty when its first word is not known."""
    gender = GENDERS.get(name.partition(" ")[0], "")
    return APOSTROPHE if gender and name[0] in VOWELS else gender
