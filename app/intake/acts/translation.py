"""« Traduction »: a translation beside the story; the original stays, and it alone is transmitted."""

from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.fields import Choices, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.filing.sealed.receipt import Translated
from app.filing.status.annotations import TRANSLATED, last
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase


class Source(Choices):
    """Who translated."""

    HUMAINE = "humaine", N_("Une personne")
    AUTOMATIQUE = (
        "automatique",
        N_("Un logiciel"),
        N_("Avec la mention “Traduction automatique, non vérifiée”."),
    )


class Translation(Answers):
    """A translation of the story."""

    traduction_texte: Annotated[
        str, LongText(label=N_("Traduction du récit"), missing=N_("Écrivez la traduction."), longest=20_000, rows=12)
    ]
    traduction_source: Annotated[
        Source, Radios(label=N_("Qui a traduit ?"), choices=Source, missing=N_("Dites qui a traduit."))
    ]


def _typed(known: Translated) -> Typed:
    return {"traduction_texte": [known.text], "traduction_source": [known.source]}


class Translate(ActPage):
    """The story is beside; the last translation is there to be corrected."""

    kind, path, template, model = TRANSLATED, "traduire", "intake/translate.html", Translation

    def first(self, case: DeskCase) -> Typed:
        """Start from the last translation."""
        known = last(case.opened.acts, Translated)
        return _typed(known.sealed) if known else {}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show the story as the person wrote it."""
        return {"story": case.answers("recit")}

    def content(self, case: DeskCase, said: Translation) -> Translated:  # noqa: ARG002
        """Seal the text and who translated."""
        source = said.traduction_source
        return Translated(words=translate(source.label), text=said.traduction_texte, source=source.value)
