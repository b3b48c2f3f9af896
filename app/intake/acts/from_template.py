"""The acts whose text may come from a template of the authority: it is put after what was typed, then read again."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.web.reading import FormData
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.intake.fields import TemplateChoice
from app.intake.message_templates import queries, rules
from app.intake.message_templates.filling import values_of

USE = "modele"
"""What the button that puts the text of a template says."""
CHOOSE = N_("Choisissez un modèle.")
GONE = N_("Ce modèle ne sert plus. Choisissez-en un autre.")
UNKNOWN = N_("Rien n'est connu pour {word} : remplacez ce mot vous-même.")


class WithTemplate(Answers):
    """What may begin with a template."""

    modele: Annotated[
        str,
        TemplateChoice(label=N_("Modèle"), hint=N_("Son texte s'ajoute après ce que vous avez écrit."), silent=True),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Let no variable leave as it is: its value was not known when the text was put."""
        for name in ("message", "demande", "traduction"):
            if word := rules.left(found.get(name) or ""):
                yield name, FieldError(UNKNOWN, word=word)


class TemplatedPage(ActPage):
    """An act that proposes the templates of the authority; what is sealed is the text that was sent."""

    text_field: str
    """Field that the text of a template goes to."""

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer the templates that serve this act."""
        found = queries.templates(case.session, case.clerk.authority, self.kind)
        return {USE: [Option(one.id, one.name) for one in found]}

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Put the text of the chosen template after what was typed, and show the page again."""
        if form.get("geste") != USE:
            return None
        chosen = queries.template(case.session, case.clerk.authority, form.get(USE))
        if chosen is None or chosen.is_archived or chosen.act != self.kind:
            wrong = GONE if form.get(USE) else CHOOSE
            return self.show(request, case, form.typed, {USE: FieldError(wrong)})
        text = rules.fill(chosen.last.text, values_of(case))
        typed: Typed = {**form.typed, self.text_field: [rules.joined(form.get(self.text_field), text)]}
        return self.show(request, case, {**typed, USE: []}, put=chosen.name, left=rules.left(text))
