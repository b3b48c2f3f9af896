"""Every sentence that people read goes through the catalogue, and the catalogue knows it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]
NOT_TRANSLATED = ("app/demo", "app/routing", "app/directory/service/reading.py")
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


def sentences(path):
    """Yield the French strings of a file that no mark protects; docstrings are English, and for us."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kept = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            kept |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            kept.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in kept:
            continue
        if FRENCH.search(node.value) and node.value not in PLAIN:
            yield f"{path.relative_to(HOME)}:{node.lineno} {node.value[:60]!r}"


def test_no_french_sentence_stands_outside_the_catalogue():
    files = [
        path
        for path in (HOME / "app").rglob("*.py")
        if not path.relative_to(HOME).as_posix().startswith(NOT_TRANSLATED)
    ]
    assert not [found for path in files for found in sentences(path)]


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
