"""What a page was shown of what is kept: a press never replaces, unseen, what changed since.

A form that replaces what is kept carries a short digest of it in its hidden field ``version``. Pure.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from app.base.errors import N_
from app.base.forms.fields import NO_ANSWER, Typed
from app.base.forms.form import widgets
from app.base.forms.shown import Field, Form
from app.base.forms.typed_text import many_lines

LENGTH = 16
"""Characters of a digest: it protects from an accident, not from an enemy, who would only harm what is theirs."""
PAST = N_("Depuis que cette page est ouverte, une autre réponse a été enregistrée :")


class Notice(TypedDict):
    """What a page that is past says: a sentence, then the answers that are kept."""

    says: str
    rows: "list[Row]"


class Row(TypedDict):
    """One answer that is kept: the question, the answer as people read it."""

    key: str
    value: str


def digest(typed: Typed, names: Iterable[str]) -> str:
    """Sum up the answers to some questions; an empty one, or another mark for the end of a line, changes nothing."""
    said = {name: clean for name in sorted(names) if (clean := [v for v in map(many_lines, typed.get(name, ())) if v])}
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:LENGTH]


def is_past(seen: str, kept: str, sent: str = "") -> bool:
    """Tell, from three digests, whether a press would replace what its page did not show.

    A page that does not say what it was shown is accepted; so is a press that only says again what is kept.
    """
    return bool(seen) and kept not in {seen, sent}


def notice(form: Form, kept: Typed) -> Notice:
    """Return what is kept, beside a form that holds what was sent."""
    return {"says": form.translate(PAST), "rows": list(rows(form.holding(kept), form.typed))}


def rows(kept: Form, sent: Typed) -> Iterator[Row]:
    """Write the answers that are kept and that are not those sent; the three fields of a date are one answer.

    A code that no choice puts into words is left out.
    """
    for name, widget in widgets(kept.model).items():
        if widget.kind == "files":
            continue
        inputs = widget.inputs(name)
        is_code = widget.silent and not {*kept[name].values} <= {option.value for option in kept[name].options}
        if not is_code and digest(kept.typed, inputs) != digest(sent, inputs):
            said = " ".join(filter(None, (_said(kept[name], kept.typed.get(one, ())) for one in inputs)))
            yield {"key": kept.translate(widget.label), "value": said or kept.translate(NO_ANSWER)}


def _said(field: Field, values: Sequence[str]) -> str:
    """Write an answer with the words of its choices."""
    words = {option.value: option.label for option in field.options}
    return ", ".join(words.get(value, value) for value in values if value)
