"""The answers of a draft as a JSON Schema (2020-12), made from the declared pages of the form."""

from typing import Any

from app.api.answers import COPIED
from app.base.errors import N_
from app.base.forms.fields import Translate, Widget
from app.base.forms.form import widgets
from app.saisine.journey import Page
from app.saisine.pages import ASKED, FORM_VERSION
from app.saisine.steps.situation import Quality
from app.saisine.third_person import speaking

DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"
ONLY_IF = N_("Demandé seulement si “{name}” vaut : {values}.")
REQUIRED = N_("Obligatoire pour envoyer la plainte.")


def answers_schema(translate: Translate) -> dict[str, Any]:
    """Return the schema of ``reponses``: each field under its name in the form, in the order of the pages."""
    says = speaking({"qualite": Quality.ASSOCIATION}, translate)
    found: dict[str, Any] = {}
    for page in ASKED:
        for field_name, whole in widgets(page.answers).items():
            if whole.kind == "files":
                continue
            for name, widget in whole.inputs(field_name).items():
                found.setdefault(name, _property(page, whole, name, widget, says))
    return {
        "$schema": DRAFT_2020_12,
        "title": FORM_VERSION,
        "type": "object",
        "properties": found,
        "additionalProperties": False,
    }


def _property(page: Page, whole: Widget, name: str, widget: Widget, says: Translate) -> dict[str, Any]:
    """Describe one input; ``whole``: the field that it is a part of, itself but for a date."""
    told = [says(widget.hint)] if widget.hint else []
    if whole.only_if is not None:
        other, wanted = whole.only_if
        values = (wanted,) if isinstance(wanted, str) else wanted
        told.append(says(ONLY_IF).format(name=other, values=", ".join(map(str, values))))
    if widget.missing is not None:
        told.append(says(REQUIRED))
    described = {"title": says(widget.label), "description": " ".join(told), **_type(widget, says)}
    return {**described, "readOnly": name in COPIED, "x-page": page.name, "x-etape": page.step}


def _type(widget: Widget, says: Translate) -> dict[str, Any]:
    offered = [{"const": option.value, "title": says(option.label)} for option in widget.options()]
    if widget.kind == "checkbox":
        return {"type": ["boolean", "null"]}
    if widget.kind == "checkboxes":
        return {"type": ["array", "null"], "items": {"oneOf": offered}, "uniqueItems": True}
    if offered:
        return {"oneOf": [*offered, {"type": "null"}]}
    longest = getattr(widget, "longest", None)
    return {"type": ["string", "null"]} | ({"maxLength": longest} if longest else {})
