"""The answers of a draft as JSON, read and checked by the very pages of the form: there is no second truth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from app.api.problems import UNKNOWN_MEMBER, WRONG_SHAPE
from app.base.errors import N_
from app.base.forms.fields import UNSHOWN, FieldError, Typed, Widget
from app.base.forms.form import widgets
from app.base.forms.mistyped import likely_address
from app.base.forms.widgets import CHOOSE, Email
from app.saisine.competence import settle_town
from app.saisine.journey import Page, Trail
from app.saisine.pages import ASKED
from app.saisine.steps.asked import BY_MEMBER
from app.saisine.steps.describe import Describe
from app.saisine.steps.found import CHOOSE as CHOOSE_RECORD
from app.saisine.steps.found import DESCRIBED, FoundProfessional, has_directory
from app.saisine.steps.professional import UNKNOWN_TOWN
from app.saisine.web.find_professional import copied

Words = dict[str, list[str]]
YES = "oui"
WHICH_TOWN = N_("Plusieurs villes sont possibles. Donnez dans commune_insee le code de la bonne : {towns}.")
MEANT = N_("Vouliez-vous écrire {suggestion} ? L'adresse est gardée telle quelle.")
VALUES_MOST = 50
COPIED = frozenset(widgets(FoundProfessional)) - frozenset(widgets(Describe)) - {"lieu_exercice"}
"""What the directory alone says of a record: read, never sent."""
DESCRIBES = frozenset(widgets(Describe))
"""What is answered of a professional who is described."""


@cache
def known_inputs(pages: Sequence[Page] = ASKED) -> Mapping[str, Widget]:
    """Return what may be answered, by its name in the form, files left out; what is declared when sending is apart."""
    return {
        name: widget
        for page in pages
        for field_name, one in widgets(page.answers).items()
        if one.kind != "files"
        for name, widget in one.inputs(field_name).items()
    }


@dataclass(frozen=True)
class Review:
    """What the pages of the form say of some answers, beside the name of each input."""

    wrong: Mapping[str, FieldError] = field(default_factory=dict)
    missing: Mapping[str, FieldError] = field(default_factory=dict)
    doubtful: Mapping[str, FieldError] = field(default_factory=dict)
    """What is kept, and likely mistyped."""
    trail: Trail = field(default_factory=dict)


def typed_of(answers: Mapping[str, Any], pages: Sequence[Page] = ASKED) -> tuple[Words, dict[str, FieldError]]:
    """Read answers from JSON as the form types them; ``null`` takes an answer away."""
    typed: Words = {}
    wrong: dict[str, FieldError] = {}
    for name, value in answers.items():
        widget = known_inputs(pages).get(name)
        if widget is None or name in COPIED:
            wrong[name[:80]] = FieldError(UNKNOWN_MEMBER, name=name[:80])
        elif (values := _values(value, widget)) is None:
            wrong[name] = FieldError(WRONG_SHAPE, name=name)
        else:
            typed[name] = values
            if widget.kind == "checkboxes" and not set(values) <= {option.value for option in widget.options()}:
                wrong[name] = FieldError(CHOOSE)
    return typed, wrong


def _values(value: Any, widget: Widget) -> list[str] | None:
    """Read one answer; ``None`` when its type is not what the schema tells: only a box is true, only boxes a list."""
    if value is None:
        return []
    if isinstance(value, bool) and widget.kind == "checkbox":
        return [YES] if value else []
    values = value if isinstance(value, list) and widget.kind == "checkboxes" else [value]
    if len(values) > VALUES_MOST or not all(isinstance(one, str) for one in values):
        return None
    return [one.translate(UNSHOWN).encode("utf-8", "replace").decode() for one in values]


def settle(session: Session, changes: Words, before: Typed, known: Trail) -> tuple[Words, dict[str, FieldError]]:
    """Return what to keep of some changes: the town that was meant, the copy of a record; and what is wrong in them.

    A professional who is described is not one of the directory, although nothing says it.
    """
    merged = {**before, **changes}
    if has_directory(known) and not merged.get("pro_id") and any(is_given(changes, name) for name in DESCRIBES):
        changes = {**changes, "pro_id": [DESCRIBED]}
        merged = {**merged, **changes}
    chosen = (*merged.get("pro_id", ()), "")[0]
    if chosen and chosen != DESCRIBED:
        copy = copied(session, chosen, (*merged.get("lieu_exercice", ()), "")[0])
        return {**changes, **copy}, {} if copy else {"pro_id": FieldError(CHOOSE_RECORD)}
    if not changes.keys() & {"pro_commune", "commune_insee", "sans_ville"}:
        return changes, {}
    place = {name: list(merged.get(name, ())) for name in ("pro_commune", "commune_insee", "sans_ville")}
    question = settle_town(session, place)
    wrong = {name: mistake for name, mistake in question.mistakes.items() if is_given(changes, name)}
    if "commune_insee" in question.mistakes and not wrong:
        towns = question.offered["commune_insee"]
        listed = ", ".join(f"{town.value} {town.label}" for town in towns if town.value != UNKNOWN_TOWN)
        wrong["pro_commune"] = FieldError(WHICH_TOWN, towns=listed)
    return {**changes, "commune_insee": place["commune_insee"]}, wrong


def review(typed: Typed, known: Trail, pages: Sequence[Page] = ASKED) -> Review:
    """Read every page that the answers so far call for: a value that is refused is wrong, one that lacks is missing."""
    trail: dict[str, Any] = {**known, BY_MEMBER: True}
    wrong: dict[str, FieldError] = {}
    missing: dict[str, FieldError] = {}
    doubtful: dict[str, FieldError] = {}
    for page in pages:
        if page.when(trail):
            parsed = page.parse(typed, trail)
            trail |= dict(parsed.values or {})
            doubtful |= _doubts(page, dict(parsed.values or {}))
            for name, mistake in _located(page, parsed.errors):
                (wrong if is_given(typed, name) else missing)[name] = mistake
    return Review(wrong, missing, doubtful, trail)


def _doubts(page: Page, values: Mapping[str, Any]) -> dict[str, FieldError]:
    """Point out the addresses whose domain is likely mistyped, as the form does once."""
    likely = {
        name: likely_address(str(values.get(name) or ""))
        for name, widget in widgets(page.answers).items()
        if isinstance(widget, Email)
    }
    return {name: FieldError(MEANT, suggestion=address) for name, address in likely.items() if address}


def _located(page: Page, errors: Mapping[str, FieldError]) -> Iterator[tuple[str, FieldError]]:
    fields = widgets(page.answers)
    for name, mistake in errors.items():
        if name in fields:
            yield from fields[name].located(name, mistake)


def is_given(typed: Mapping[str, Sequence[str]], name: str) -> bool:
    """Return whether something was answered."""
    return any(value.strip() for value in typed.get(name, ()))


def shown(typed: Typed) -> dict[str, Any]:
    """Write the answers of a draft as they are sent."""
    return {name: _shown(widget, typed[name]) for name, widget in known_inputs().items() if is_given(typed, name)}


def _shown(widget: Widget, values: Sequence[str]) -> Any:
    if widget.kind == "checkboxes":
        return list(values)
    return True if widget.kind == "checkbox" else values[-1]
