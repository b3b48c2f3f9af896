"""Templates that do once what never changes: their sentences are translated when they are compiled."""

import re
from collections.abc import Callable, Hashable, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from app.base.i18n import FRENCH, code_now, in_language, language_now, translate, unbroken

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
FIELDS_MOST, PAGES_MOST = 2000, 300
"""How many fields, and how many whole pages, are kept drawn: a few kilobytes each at most."""


def say(sentence: str, **named: Any) -> Markup:
    """Return a sentence of a template in the reader's language; most have nothing to fill in, and go as they are."""
    words = _words(sentence, code_now())
    return words % named if named or "%" in sentence else words


@lru_cache(maxsize=16_384)
def _words(sentence: str, _code: str) -> Markup:
    return Markup(unbroken(translate(sentence)))  # noqa: S704 - our own sentences


def in_french(text: str, *words: str) -> str:
    """Mark what is French in a page that is read in another language, so that it is spoken and laid out as French.

    All of it; or, in a sentence of that language, these words alone where it ends with them.
    """
    if language_now().is_french:
        return text
    marked = Markup(escape(text))  # noqa: S704 - escaped
    for word in map(escape, filter(None, words or (text,))):
        before, found, after = marked.rpartition(word)
        marked = before + Markup('<bdi lang="fr">%s</bdi>') % found + after if found else marked
    return marked


class _Said(NodeTransformer):
    """Puts the words in the place of ``_("…")`` when nothing is to be filled in."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - named by Jinja
        self.generic_visit(node)
        is_ours = isinstance(node.node, nodes.Name) and node.node.name == "_"
        has_more = len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs
        if not is_ours or has_more or not isinstance(node.args[0], nodes.Const):
            return node
        return nodes.Const(say(node.args[0].value), lineno=node.lineno)


class TemplateCompiler(CodeGenerator):
    """Compiles a template with its words written in, in French."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - named by Jinja
        """Write the words, then the code."""
        with in_language(FRENCH):
            node = _Said().visit(node)
        super().visit_Template(node, frame)


class Pages(Environment):
    """Templates that are laid out, and know the same."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Leave one space of the indentation, as browsers do: a lighter page, at no cost when it is drawn."""
        return super().preprocess(_INDENT.sub(" ", source), name, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows: one plain dictionary, compared with itself at each import of a page."""
        return {**self.globals, **d} if d else self.globals


class FrenchPages(Pages):
    """The same templates, which most people read in French: their words are written in when they are compiled."""

    code_generator_class = TemplateCompiler


class Once:
    """Draws a part of a page once for all those who see the same, in the same language."""

    def __init__(self, most: int) -> None:
        """Keep nothing yet, and never more than ``most``."""
        self._most, self._kept = most, dict[Hashable, Markup]()

    def __call__(self, likeness: Hashable | None, draw: Callable[..., Markup], *given: Any) -> Markup:
        """Return what was drawn under this likeness, else draw; ``None``: it is one person's alone, nothing is kept."""
        if likeness is None:
            return draw(*given)
        likeness = code_now(), likeness
        drawn = self._kept.get(likeness)
        if drawn is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            drawn = self._kept[likeness] = draw(*given)
        return drawn


@dataclass(frozen=True)
class Templates:
    """The templates of an instance: compiled once in French, and once for all other languages."""

    french: Environment
    others: Environment
    once: Once = field(default_factory=lambda: Once(PAGES_MOST))
    """Whole pages that many see the same."""

    def get_template(self, name: str) -> Template:
        """Return a template in the language of the moment."""
        return (self.french if code_now() == FRENCH else self.others).get_template(name)
