"""What was typed, written for people to read and copy: a page that could not be taken must not lose it."""

from collections.abc import Iterable, Iterator

from app.base.forms.fields import Translate, Typed, Widget
from app.base.forms.form import Answers, widgets

DATE = ("_jour", "_mois", "_annee")


def typed_again(models: Iterable[type[Answers]], typed: Typed, translate: Translate) -> list[tuple[str, str]]:
    """Return each question that was answered, with what was typed, in the order of the page.

    ``models``: those that the page knows; the one that asks most of what was typed is its form. What was chosen in a
    list that came with the page is left out: it holds codes, and is quickly chosen again.
    """

    def asked(model: type[Answers]) -> tuple[int, int]:
        names = widgets(model).keys()
        return len(names & typed.keys()), -len(names)

    model = max(models, key=asked, default=None)
    return list(_rows(model, typed, translate)) if model else []


def _rows(model: type[Answers], typed: Typed, translate: Translate) -> Iterator[tuple[str, str]]:
    for name, widget in widgets(model).items():
        if name.endswith(DATE[1:]):
            continue
        if name.endswith(DATE[0]):
            values = [typed.get(name.removesuffix(DATE[0]) + part, ("",))[-1] for part in DATE]
            text, label = " ".join(values).strip(), getattr(widget, "whole", widget.label)
        else:
            text, label = (
                _text(widget, [value for value in typed.get(name, ()) if value.strip()], translate),
                widget.label,
            )
        if text:
            yield translate(label), text


def _text(widget: Widget, values: list[str], translate: Translate) -> str:
    known = {option.value: translate(option.label) for option in widget.options()}
    if widget.kind in {"text", "textarea"}:
        return "\n".join(values)
    return "\n".join(known[value] for value in values if value in known)
