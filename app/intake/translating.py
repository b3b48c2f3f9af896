"""« Traduction »: a translation beside the story; the original stays, and it alone is transmitted."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios
from app.filing.acts import record
from app.filing.queries import OpenFiling
from app.filing.remarks import TRANSLATED, last
from app.intake.acting import ready
from app.intake.desk import DeskOf, frame
from app.intake.turn import take

router = APIRouter()


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


@router.get("/agent/plaintes/{numero}/traduire", name="intake.translate")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask for the translation; the last one is there to be corrected."""
    opened = ready(portal, clerk, numero, TRANSLATED)
    known = last(opened.acts, TRANSLATED)
    typed = {"traduction_texte": [known["text"]], "traduction_source": [known["source"]]} if known else {}
    return _show(request, clerk, opened, typed)


@router.post("/agent/plaintes/{numero}/traduire", name="intake.translate.do")
def keep(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Seal the translation beside the story."""
    opened = ready(portal, clerk, numero, TRANSLATED)
    parsed = parse(Translation, form.typed)
    if parsed.values is None:
        return _show(request, clerk, opened, form.typed, parsed.errors)
    source = parsed.values.traduction_source
    content = {
        "by": clerk.name,
        "authority": clerk.authority,
        "words": translate(source.label),
        "text": parsed.values.traduction_texte,
        "source": source.value,
    }
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, TRANSLATED)
        record(session, portal.keyring, opened, TRANSLATED, content, portal.clock)
    return see(request, "intake.filing", numero=numero)


def _show(
    request: Request, clerk: Clerk, opened: OpenFiling, typed: Typed, mistakes: Mapping[str, Mistake] | None = None
) -> Response:
    story = next((row["shown"] for row in opened.payload["complaint"] if row["name"] == "recit"), "")
    return render(
        request,
        "intake/translate.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, Translation, typed, mistakes),
        number=opened.filing.number,
        story=story,
    )
