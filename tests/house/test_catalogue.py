"""Every sentence that people read goes through the catalogue, and the catalogue knows it."""

import ast
import re
import subprocess
import sys

from tests.support.source import HOME, modules

NOT_TRANSLATED = ("demo", "routing", "directory/service/reading.py")
"""Invented stories, words of the reference data, which are shown as they are, and columns of a published file."""
FRENCH = re.compile(r"[éèêàçùîôœ«»’].* |\b(?:le|la|les|de|du|des|une|est|votre|pas)\b .* ", re.IGNORECASE)
MARKS = {"N_", "_", "ngettext", "ntranslate", "translate"}
PLAIN = {
    "Adresse inconnue",
    "Envoi refusé : il vient d'un autre site",
    "neutral page opened by « Quitter vite »",
    " on (décret n° 2020-1215)",
    "« ",
    "Défenseur des droits",
    "Libre réponse 71120",
    "Facile à lire",
}
"""Said to programs and operators, not to people; or written on an envelope; a language named in itself."""


def sentences(module):
    """Yield the French strings of a file that no mark protects; docstrings are English, and for us."""
    kept = set()
    for node in module.nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            kept |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            kept.add(id(node.value))
    for node in module.nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in kept:
            continue
        if FRENCH.search(node.value) and node.value not in PLAIN:
            yield f"{module.name}:{node.lineno} {node.value[:60]!r}"


def test_no_french_sentence_stands_outside_the_catalogue():
    read = (module for module in modules() if not module.name.startswith(NOT_TRANSLATED))
    assert not [found for module in read for found in sentences(module)]


def test_the_catalogue_knows_every_sentence(tmp_path):
    fresh = tmp_path / "fresh.pot"
    words = [
        "-k",
        "N_",
        "-k",
        "_",
        "-k",
        "ngettext:1,2",
        "-k",
        "NN_:1,2",
        "--no-wrap",
        "--sort-output",
        "--no-location",
        "--omit-header",
    ]
    extract = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-F", "pyproject.toml"]
    subprocess.run([*extract, *words, "-o", str(fresh), "."], cwd=HOME, check=True)
    kept = (HOME / "app" / "locale" / "saisine.pot").read_text(encoding="utf-8")
    assert fresh.read_text(encoding="utf-8") == kept, "make translations"


def test_each_message_says_how_to_correct():
    """None says only « invalide » or « obligatoire » (accessibility, F11)."""
    catalogue = (HOME / "app" / "locale" / "saisine.pot").read_text(encoding="utf-8").lower()
    for word in ("invalide", "champ obligatoire", "est obligatoire", "svp", "cf.", "·"):
        assert word not in catalogue, word
