"""What was typed, written for people to read and copy: a page that could not be taken must not lose it."""

from collections.abc import Iterable, Iterator

from app.base.forms.fields import Translate, Typed, Widget
from app.base.forms.form import Answers, inputs, widgets

SHORT_WORD = 40
"""A text longer than this is worth showing again; codes and names are quickly typed."""
HIDDEN = frozenset({"csrf", "version"})
"""What a page sends of itself."""
ONE_TIME = "one-time-code"
"""What a field of a code that serves once asks of the browser: it is a secret, as a password is."""


def long_texts(typed: Typed) -> str:
    """Return the long texts of a page, whichever it was: what takes long to write again."""
    texts = [value for name, values in typed.items() if name not in HIDDEN for value in values]
    return "\n\n".join(filter(is_long, texts))


def is_long(text: str) -> bool:
    """Return whether a text takes long to write again: no code nor name does."""
    return len(text) > SHORT_WORD


def typed_again(models: Iterable[type[Answers]], typed: Typed, translate: Translate) -> list[tuple[str, str]]:
    """Return each question that was answered, with what was typed, in the order of the page.

    ``models``: those that the page knows; the one that asks most of what was typed is its form. What was chosen in a
    list that came with the page is left out: it holds codes, and is quickly chosen again.
    """

    def asked(model: type[Answers]) -> tuple[int, int]:
        names = inputs(model)
        return len(typed.keys() & names), -len(names)

    model = max(models, key=asked, default=None)
    return list(_rows(model, typed, translate)) if model else []


def _rows(model: type[Answers], typed: Typed, translate: Translate) -> Iterator[tuple[str, str]]:
    for name, widget in widgets(model).items():
        if getattr(widget, "autocomplete", "") == ONE_TIME:
            continue
        values = [value for one in widget.inputs(name) for value in typed.get(one, ()) if value.strip()]
        if text := _text(widget, values, translate):
            yield translate(widget.label), text


def _text(widget: Widget, values: list[str], translate: Translate) -> str:
    known = {option.value: translate(option.label) for option in widget.options()}
    if widget.kind == "date":
        return " ".join(values)
    if widget.kind in {"text", "textarea"}:
        return "\n".join(values)
    return "\n".join(known[value] for value in values if value in known)
