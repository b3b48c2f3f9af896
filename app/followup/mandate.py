"""« Annuler le mandat »: by the person alone, at any time, without a reason (Code civil, article 2004)."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.acts import mandate_end
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.forms.form import Answers, Form, parse
from app.base.forms.widgets import Radios
from app.base.web.pages import PortalOf, ReadOf, make_form, render, see
from app.base.web.reading import FormOf
from app.filing.documents import mandate_wording
from app.filing.queries import OpenFiling, open_for_person
from app.followup.dependencies import FollowedOf

router = APIRouter()


class RevocationDecision(Choices):
    """What the person decides."""

    OUI = "oui", N_("Oui, j'annule le mandat")
    NON = "non", N_("Non, je le garde")


class Revocation(Answers):
    """The decision, and nothing else: no reason is asked."""

    mandat_annuler: Annotated[
        RevocationDecision,
        Radios(
            label=N_("Voulez-vous annuler le mandat ?"),
            choices=RevocationDecision,
            missing=N_("Choisissez “Oui” ou “Non”."),
        ),
    ]


@router.get("/suivi/mandat/annuler", name="followup.mandate")
def ask(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Ask, or say since when the mandate is over, or that there was none."""
    opened = open_for_person(session, portal.keyring, filing)
    return _show(request, opened, make_form(request, Revocation, {}))


@router.post("/suivi/mandat/annuler", name="followup.mandate.end")
def end(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """End it, or go back when it is kept."""
    opened, parsed = open_for_person(session, portal.keyring, filing), parse(Revocation, form.typed)
    if parsed.values is None:
        return _show(request, opened, make_form(request, Revocation, form.typed, parsed.errors), 422)
    if parsed.values.mandat_annuler == RevocationDecision.NON:
        return see(request, "followup.home")
    with portal.database.write() as writing:
        mandate_end.revoke(writing, portal, filing)
    return see(request, "followup.mandate")


def _show(request: Request, opened: OpenFiling, form: Form, status: int = 200) -> Response:
    return render(
        request,
        "followup/mandate.html",
        status=status,
        form=form,
        number=opened.number,
        association=mandate_wording.name_of(opened.payload),
        ended=mandate_wording.ended(opened.now),
    )
