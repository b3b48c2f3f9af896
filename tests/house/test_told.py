"""What is said of the authorities, of the conciliation and of its days stands in one table, or in the list beside.

The list (``told.txt``) holds a sentence a line, as in the catalogue, under the reason why it is true of every complaint
that it is said of. A folder of a reason is one where only clerks read, of a complaint whose competence is decided.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from tests.support.source import TEMPLATES, modules, templates

TABLE = "saisine/steps/recipients.py"
SPEAKS = re.compile(
    r"deux autorités|autre autorité|conciliation|commission|l'ordre transmet|\b(?:8|huit) jours|\b(?:3|trois) mois",
    re.IGNORECASE,
)
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2), "NN_": (1, 2)}
LIST = Path(__file__).with_name("told.txt")
REASON = "# "


@cache
def sentences():
    """Return the sentences that speak of them, by file, the table left out."""
    found = defaultdict(set)
    for name, said in (*said_in_code(), *said_in_pages()):
        if SPEAKS.search(said):
            found[name].add(said)
    return found


def said_in_code():
    """Read what the code hands to the catalogue, in the trees that the other tests of the code read too."""
    for module in modules():
        for node in module.nodes if module.name != TABLE else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS:
                for one in node.args:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield f"app/{module.name}", one.value


def said_in_pages():
    """Read what the templates hand to it, as Babel does."""
    for name in templates():
        if not name.endswith(".typ"):
            path = TEMPLATES / name
            for _line, said, *_ in extract_from_file("jinja2", path, KEYWORDS, options={"trimmed": "1"}):
                yield from ((f"templates/{name}", one) for one in (said if isinstance(said, tuple) else (said,)) if one)


def allowed():
    """Return the folders where clerks read, and the sentences of the others, each under a reason."""
    folders, said, reason = set(), set(), ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith(REASON):
            reason = line.removeprefix(REASON)
        elif line:
            assert reason, line
            (folders if line.endswith(("/", ".py")) else said).add(line)
    return folders, said


def outside(found, folders, said):
    """Return the sentences that neither a folder nor the list allows."""
    return {one for name, all_said in found.items() if not is_in(name, folders) for one in all_said} - said


def is_in(name, folders):
    return any(name.startswith(folder) for folder in folders)


def test_each_sentence_about_who_receives_and_what_follows_is_in_the_table_or_in_the_list():
    assert not outside(sentences(), *allowed())


def test_nothing_of_the_list_is_left_over():
    found, (folders, said) = sentences(), allowed()
    assert said == {one for name, all_said in found.items() if not is_in(name, folders) for one in all_said}
    assert not [folder for folder in folders if not any(name.startswith(folder) for name in found)]


@pytest.mark.parametrize(
    "name", ["app/pages/blank.py", "templates/saisine/before.html", "app/saisine/steps/sending.py"]
)
def test_a_new_sentence_would_be_found(name):
    """The guard itself: one more sentence in a page that people read is outside."""
    folders, said = allowed()
    assert outside({name: {"Les deux autorités se réunissent."}}, folders, said)
