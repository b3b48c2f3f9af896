"""The questions of the online form, as paper asks them: read from the declared pages, so that none can be forgotten.

They are laid out by their French words, whatever the language of the moment: its own stand beside them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Option, Widget
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.printing.bilingual import InBoth, both
from app.saisine.journey import Page

ONLY_IF = N_("Si vous avez coché : {answers}.")
IF_CONCERNED = N_("Si cela vous concerne.")
OPTIONAL = N_("(facultatif)")
NOTHING = InBoth()
MOST_QUOTED = 2
"""A condition with more answers is said in short."""
SHORT_LINE, SHORT_LABEL = 20, 48
"""Longest answer, or label, of a line that shares its row."""
LINES = {500: 1, 1000: 2}
"""How many lines a long answer gets, by its most signs; the story gets more."""
STORY_LINES = 10
ROW = 2
BOXES = {"radios", "checkboxes"}

Field = dict[str, Any]


def questions(pages: Sequence[Page], wanted: Callable[[Page, Widget], bool]) -> Iterator[dict[str, Any]]:
    """Yield the pages that ask something ``wanted`` on paper, each field once: heading, condition, rows of fields."""
    paper = PaperForm(pages)
    done: set[str] = set()
    for page in pages:
        fields: list[Field] = []
        for name, widget in paper.asked(page).items():
            if name not in done and wanted(page, widget):
                done.add(name)
                fields.append(_field(name, widget, paper, page))
        if fields:
            heading, note = _headed(_bare(page.heading), paper.only_if(paper.condition(page)), fields)
            yield {"step": page.step, "heading": heading, "note": note, "rows": _rows(fields)}


def _headed(heading: InBoth, note: InBoth, fields: list[Field]) -> tuple[InBoth, InBoth]:
    """Say nothing twice: a heading that the first question repeats, a condition that each field repeats.

    A page that only asks to enclose a paper says it in one sentence.
    """
    if all(field["kind"] == "words" for field in fields):
        return NOTHING, NOTHING
    for field in fields:
        if field["note"] == note:
            field["note"] = NOTHING
    if not any(field["label"].french.startswith(heading.french) for field in fields):
        return heading, note
    if fields[0]["note"] == NOTHING:
        fields[0]["note"] = note
    return NOTHING, NOTHING


def _rows(fields: Sequence[Field]) -> list[list[Field]]:
    """Lay two lines side by side where both are short."""
    rows: list[list[Field]] = []
    for field in fields:
        last = rows[-1] if rows else []
        if last and len(last) < ROW and _shares(field) and all(map(_shares, last)):
            last.append(field)
        else:
            rows.append([field])
    return rows


def _shares(field: Field) -> bool:
    """Return whether a field leaves room beside it."""
    longest = max(len(field["label"].french), len(field["label"].own))
    return field["kind"] == "line" and field["note"] == NOTHING and longest <= SHORT_LABEL


def _bare(message: str) -> InBoth:
    return both(lambda: translate(message).removesuffix(translate(OPTIONAL)).strip())


def _said(message: str) -> InBoth:
    return both(lambda: translate(message)) if message else NOTHING


def _field(name: str, widget: Widget, paper: "PaperForm", page: Page) -> Field:
    """Draw one field: what paper says of it in its own words needs neither hint nor condition."""
    label = widget.on_paper if isinstance(widget.on_paper, str) else widget.label
    is_said = label is not widget.label
    note = NOTHING if is_said else _note(widget, paper, page)
    hint = _said(widget.hint) if widget.hint and not is_said and widget.kind not in BOXES else NOTHING
    return {"label": _bare(label), "hint": hint, "note": note, **_control(name, widget)}


def _note(widget: Widget, paper: "PaperForm", page: Page) -> InBoth:
    """Say when to answer; whoever may leave it empty need not be told, nor whoever just ticked the box above."""
    if widget.only_if is None or widget.is_optional or widget.only_if[0] in paper.asked(page):
        return NOTHING
    return paper.only_if(paper.opening(*widget.only_if))


def _control(name: str, widget: Widget) -> Field:
    """Return how paper takes the answer: boxes, a line, several lines."""
    longest = getattr(widget, "longest", 0)
    if widget.kind == "files":
        return {"kind": "words"}
    if widget.kind == "date":
        return {"kind": "date", "parts": [_said(part.label) for part in widget.inputs(name).values()]}
    if widget.kind == "checkbox":
        return {"kind": "tick"}
    if widget.kind == "textarea":
        return {"kind": "lines", "lines": next((n for most, n in LINES.items() if longest <= most), STORY_LINES)}
    if widget.kind in BOXES:
        return {"kind": "boxes", "is_one": widget.kind == "radios", "options": list(map(_box, widget.options()))}
    return {"kind": "line", "is_short": 0 < longest <= SHORT_LINE}


def _box(option: Option) -> dict[str, InBoth]:
    """Name a box; a hint that is a whole sentence explains, any other one belongs to its answer."""

    def name() -> str:
        label = translate(option.label)
        return f"{label} ({translate(option.tag).lower()})" if option.tag else label

    hint = _said(option.hint or "")
    return {"label": both(name), "hint": NOTHING if hint.french.endswith(".") else hint}


class PaperForm:
    """The declared pages, asked which answers open a page or a field."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Read every field once."""
        self.pages = pages
        self.fields: dict[str, Widget] = {}
        for page in pages:
            self.fields = {**widgets(page.answers), **self.fields}
        on_paper = [widget for page in pages for widget in self.asked(page).values()]
        self.boxes = {option.label for widget in on_paper for option in widget.options()}

    @staticmethod
    def asked(page: Page) -> dict[str, Widget]:
        """Return the fields of a page that a person can answer with a pen."""
        return {name: widget for name, widget in widgets(page.answers).items() if widget.on_paper}

    def only_if(self, answers: Sequence[str]) -> InBoth:
        """Say a condition: the boxes that open a question, or less when they are many, or not on paper."""
        if len(answers) > MOST_QUOTED:
            return _said(IF_CONCERNED)
        if not answers or not set(answers) <= self.boxes:
            return NOTHING

        def condition() -> str:
            quoted = translate(N_(" ou ")).join(f"«\u00a0{translate(answer)}\u00a0»" for answer in answers)
            return translate(ONLY_IF).format(answers=quoted)

        return both(condition)

    def opening(self, other: str, wanted: str | tuple[str, ...]) -> list[str]:
        """Return the answers that open a field; what a page notes by itself stands for those that open the page."""
        values = (wanted,) if isinstance(wanted, str) else wanted
        if other in self.fields:
            return [one.label for one in self.fields[other].options() if one.value in values]
        noting = [page for page in self.pages if _noted(page, other) in values]
        return list(dict.fromkeys(label for page in noting for label in self.condition(page)))

    def condition(self, page: Page) -> list[str]:
        """Find which earlier answers open a page, by trying them: one alone, then two together."""
        if page.when({}):
            return []
        tried = list(self._answers_before(page))
        opening = [(name, value) for name, value, _ in tried if page.when({name: value})]
        labels = [label for name, value, label in tried if (name, value) in opening]
        alone = [one for one in tried if one[:2] not in opening]
        for (first, value, _), (second, other, label) in combinations(alone, 2):
            if first != second and label not in labels and page.when({first: value, second: other}):
                labels.append(label)
        return labels

    def _answers_before(self, page: Page) -> Iterator[tuple[str, Any, str]]:
        for earlier in self.pages[: self.pages.index(page)]:
            for name, widget in widgets(earlier.answers).items():
                if widget.kind in BOXES:
                    for option in widget.options():
                        yield name, widget.read((option.value,)), option.label


def _noted(page: Page, name: str) -> Any:
    field = page.answers.model_fields.get(name)
    return field.default if field else None
