"""One name for one thing, one thing under each name, and a glossary that says what the code says."""

import ast
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay
from tests.support.source import HOME, modules

GLOSSARY = (HOME / "docs/glossaire.md").read_text(encoding="utf-8")
CATALOGUE = (HOME / "app/locale/saisine.pot").read_text(encoding="utf-8")
ENGLISH_TOO = {
    *("accessible", "agenda", "agent", "antilles", "attribution", "dont", "main", "octet", "precision"),
    *("privacy", "protection", "resume", "signer", "situation"),
}
"""Words of French sentences that are also good English, or the name of a place, as identifiers use them."""
QUOTED = re.compile(r"``.*?``|«.*?»|:\w+:`.*?`", re.DOTALL)


def test_a_class_name_means_one_thing():
    where = defaultdict(list)
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(module.name)
    assert len(where) > 500, "the classes were read"
    assert not {name: files for name, files in where.items() if len(files) > 1}


def test_the_glossary_names_what_is_in_the_code():
    written = {word for module in modules() for word in re.findall(r"\w+", module.text)}
    written |= {part for module in modules() for part in (module.path.stem, *module.path.parent.parts)}
    assert len(terms()) > 50, "the glossary was read"
    assert not [term for term in terms() if term not in written]


def test_a_french_name_is_a_word_of_the_glossary():
    """French: in a sentence of the catalogue and in none of our English, but for words that both languages have."""
    known = {part for term in terms() for part in parts(term)} | ENGLISH_TOO
    english = {word for word in words(" ".join(prose())) if word.isascii()}
    french = {plain(word) for word in words(" ".join(re.findall(r'"(.*)"', CATALOGUE)))} - english
    assert {"recepisse", "mandat", "delai"} <= french, "the catalogue was read"
    assert not {
        name for name in names() for part in parts(name) if part in french and known.isdisjoint({part, singular(part)})
    }


def test_an_english_word_that_is_allowed_is_used():
    assert {part for name in names() for part in parts(name)} >= ENGLISH_TOO


def terms() -> list[str]:
    """Every term in ``code`` style of the first column."""
    rows = [line.split("|")[1] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return [term for cell in rows for term in re.findall("`(.+?)`", cell)]


def names() -> Iterator[str]:
    """Modules, classes, functions, and what modules keep; the members of an enumeration are stored codes."""
    for module in modules():
        yield module.path.stem
        for node in module.nodes:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name
        for node in module.tree.body:
            for target in node.targets if isinstance(node, ast.Assign) else ():
                yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name))


def prose() -> Iterator[str]:
    """What our docstrings say in English, without what they quote."""
    for module in modules():
        for node in module.nodes:
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield QUOTED.sub("", node.value.value)


def words(text: str) -> set[str]:
    """The words of a text, in small letters; one that bears an accent is French wherever it is written."""
    return set(re.findall(r"[^\W\d_]{4,}", text.lower()))


def plain(word: str) -> str:
    """Take the accents off, as identifiers do."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def parts(name: str) -> list[str]:
    """The words of a name: ``RECEIVED_ON``, ``CaseStatus``."""
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def singular(word: str) -> str:
    return word.removesuffix("s")


SHARED_WORDS = {ComplaintState.RECEIVED, ComplaintState.AGREED, ComplaintState.WITHDRAWAL_ASKED, ComplaintState.CLOSED}
"""States whose code is that of an act, of a line of the history or of an answer too."""


def test_the_code_of_a_day_or_of_a_state_is_written_once():
    codes = {f'"{code}"' for code in (*LegalDay, *ComplaintState) if code not in SHARED_WORDS}
    where = {code: [m.name for m in modules() if code in m.text] for code in codes}
    assert {name for names in where.values() for name in names} == {"procedure/days.py", "filing/status/state.py"}
    assert {len(names) for names in where.values()} == {1}
