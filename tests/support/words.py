"""Reading a template without showing it: its own words, those that go through the catalogue, what it includes."""

import html
import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, nodes

from tests.support.source import TEMPLATES

CATALOGUE = {"_", "gettext", "ngettext", "N_", "pgettext"}
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder|value|data-[a-z-]+)="([^"]*)"')
TAG = re.compile(r"<!--.*?-->|<!doctype[^>]*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-ZÀÉÈÊÎÔ][a-zà-ÿ]+(\s|$)|[à-ÿ]")
HOLE = "\0"
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
CLASS = re.compile(r"\b[a-z]+-\0")
CODE = re.compile(r"[a-z0-9\s\0-]*")
NAMES = re.compile(r"\bSaisine\b")
"""The same in every language."""


@cache
def parsed(name: str) -> nodes.Template:
    """Parse a template as the application does."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    return environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))


def own_text(name: str) -> str:
    """Give what the template writes by itself; each expression is a hole."""
    return "".join(_data(parsed(name)))


def _data(node: nodes.Node) -> Iterator[str]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(node, nodes.Output):
            yield HOLE
        elif isinstance(child, nodes.Block | nodes.AssignBlock):  # words, or the name of a class for another tag
            inside = "".join(_data(child))
            yield HOLE if CODE.fullmatch(inside) else inside
        else:
            yield from _data(child)


def bare_words(name: str) -> list[str]:
    """List the words that a person would read and that no translator would see."""
    text = own_text(name)
    spoken = [value for value in SPOKEN.findall(text) if re.search(r"\s|[À-ÿ]", value.strip(HOLE + " "))]
    read = [html.unescape(line) for line in TAG.sub("\n", text).split("\n")]
    in_calls = [value for value in _constants(parsed(name)) if SENTENCE.search(value) and " " in value.strip()]
    return [" ".join(w.split()) for w in (*read, *spoken, *in_calls) if LETTERS.search(_without_code(w))]


def _without_code(words: str) -> str:
    for known in (ATTRIBUTE, NAMES, CLASS, re.compile(HOLE)):
        words = known.sub(" ", words)
    return words


def _constants(node: nodes.Node) -> Iterator[str]:
    """Give the strings of expressions, except those handed to the catalogue."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in CATALOGUE:
            continue
        if isinstance(child, nodes.Const) and isinstance(child.value, str):
            yield child.value
        yield from _constants(child)


def named_by(name: str) -> Iterator[re.Pattern[str]]:
    """Give the names, or the shapes of names, of the templates that this one uses."""
    kinds = nodes.Include | nodes.Import | nodes.FromImport | nodes.Extends
    for node in parsed(name).find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        assert isinstance(node, kinds)
        for shape in _shapes(node.template):
            yield re.compile(shape)


def _shapes(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield re.escape(str(node.value))
    elif isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            yield from _shapes(item)
    elif isinstance(node, nodes.Concat):
        yield "".join(re.escape(str(n.value)) if isinstance(n, nodes.Const) else ".+" for n in node.nodes)
    elif isinstance(node, nodes.Add):
        left, right = list(_shapes(node.left)) or [".+"], list(_shapes(node.right)) or [".+"]
        yield from (a + b for a in left for b in right)
    elif isinstance(node, nodes.CondExpr):
        yield from _shapes(node.expr1)
        yield from _shapes(node.expr2) if node.expr2 else ()
