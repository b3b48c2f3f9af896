"""The questions of the online form, as paper asks them: read from the declared pages, so that none can be forgotten."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Option, Widget
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.saisine.journey import Page

ONLY_ONLINE = {"commune_insee", "continuer_quand_meme"}
"""Fields that answer the screen: the town among those found, going on past a warning."""
ONLY_ONLINE_ANSWERS = {("destinataire", "ne_sait_pas")}
"""On paper, whoever sends has chosen."""
ONLY_ONLINE_HINTS = {("moyens", "email")}
ON_PAPER = {
    "fichiers": N_("Joignez des copies de vos preuves. Gardez les originaux."),
    "titre": N_("Joignez une copie de votre document. Vous pouvez aussi l'envoyer plus tard."),
}
"""What paper says in place of a button that chooses files."""

ONE_BOX, EVERY_BOX = N_("Cochez une seule case."), N_("Cochez toutes les cases utiles.")
WRITE = N_("Écrivez votre réponse.")
ONLY_IF = N_("Seulement si vous avez coché : {answers}.")
OPTIONAL = N_("(facultatif)")
MOST_BOXES = 15
"""A longer list is written on a line instead of ticked."""
SHORT_LINE, SHORT_TEXT, LONG_TEXT = 20, 500, 1000

Field = dict[str, Any]


def questions(pages: Sequence[Page], wanted: Callable[[Widget], bool]) -> Iterator[dict[str, Any]]:
    """Yield the pages that ask something ``wanted``, each field once: heading, condition, fields."""
    paper = PaperForm(pages)
    done: set[str] = set()
    for page in pages:
        fields: list[dict[str, Any]] = []
        for name, widget in widgets(page.answers).items():
            if name in done or name in ONLY_ONLINE or not wanted(widget):
                continue
            done.add(name)
            fields.append(_field(name, widget, paper))
        if fields:
            heading, note = _headed(translate(page.heading), _only_if(paper.condition(page)), fields)
            yield {"step": page.step, "heading": heading, "note": note, "fields": fields}


def _headed(heading: str, note: str, fields: list[Field]) -> tuple[str, str]:
    """Say nothing twice: a heading that the first question repeats, a condition that each field repeats."""
    for field in fields:
        if field["note"] == note:
            field["note"] = ""
    if all(_bare(heading) != _bare(field["label"]) for field in fields):
        return heading, note
    fields[0]["note"] = fields[0]["note"] or note
    return "", ""


def _bare(text: str) -> str:
    return text.removesuffix(translate(OPTIONAL)).strip()


def _field(name: str, widget: Widget, paper: "PaperForm") -> Field:
    """Draw one field."""
    label = translate(ON_PAPER[name]) if widget.kind == "files" else _label(widget)
    return {**_frame(label, widget, paper), **_control(name, widget)}


def _label(widget: Widget) -> str:
    label, optional = translate(widget.label), translate(OPTIONAL)
    return f"{label} {optional}" if widget.is_optional and optional not in label else label


def _frame(label: str, widget: Widget, paper: "PaperForm") -> Field:
    note = _only_if(paper.opening(*widget.only_if)) if widget.only_if else ""
    return {"label": label, "hint": translate(widget.hint) if widget.hint else "", "note": note, "how": ""}


def _control(name: str, widget: Widget) -> Field:
    """Return how paper takes the answer: boxes, a line, several lines."""
    options = [option for option in widget.options() if (name, option.value) not in ONLY_ONLINE_ANSWERS]
    longest = getattr(widget, "longest", SHORT_TEXT)
    if widget.kind == "files":
        return {"kind": "words", "hint": ""}
    if widget.kind == "date":
        return {"kind": "date", "parts": [translate(part.label) for part in widget.inputs(name).values()]}
    if widget.kind == "checkbox":
        return {"kind": "tick"}
    if widget.kind == "textarea":
        lines = 3 if longest <= SHORT_TEXT else 5 if longest <= LONG_TEXT else 20
        return {"kind": "lines", "lines": lines}
    if (options and len(options) <= MOST_BOXES) or widget.kind == "checkboxes":
        how = ONE_BOX if widget.kind != "checkboxes" else "" if widget.hint else EVERY_BOX
        return {"kind": "boxes", "groups": _groups(name, options), "how": translate(how) if how else ""}
    how = translate(WRITE) if options else ""
    return {"kind": "line", "is_short": longest <= SHORT_LINE, "how": how}


def _groups(name: str, options: Sequence[Option]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for option in options:
        heading = translate(option.group) if option.group else ""
        if not found or found[-1]["heading"] != heading:
            found.append({"heading": heading, "options": []})
        label = (
            f"{translate(option.label)} ({translate(option.tag).lower()})" if option.tag else translate(option.label)
        )
        hint = translate(option.hint) if option.hint and (name, option.value) not in ONLY_ONLINE_HINTS else ""
        found[-1]["options"].append({"label": label, "hint": hint})
    return found


def _only_if(answers: Sequence[str]) -> str:
    quoted = translate(N_(" ou ")).join(f"«\u00a0{answer}\u00a0»" for answer in answers)
    return translate(ONLY_IF).format(answers=quoted) if quoted else ""


class PaperForm:
    """The declared pages, asked which answers open a page or a field."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Read every field once."""
        self.pages = pages
        self.fields: dict[str, Widget] = {}
        for page in pages:
            self.fields = {**widgets(page.answers), **self.fields}

    def opening(self, other: str, wanted: str | tuple[str, ...]) -> list[str]:
        """Return the answers that open a field; what a page notes by itself stands for those that open the page."""
        values = (wanted,) if isinstance(wanted, str) else wanted
        if other in self.fields:
            return [translate(one.label) for one in self.fields[other].options() if one.value in values]
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
                if widget.kind in {"radios", "checkboxes"}:
                    for option in widget.options():
                        yield name, widget.read((option.value,)), translate(option.label)


def _noted(page: Page, name: str) -> Any:
    field = page.answers.model_fields.get(name)
    return field.default if field else None
