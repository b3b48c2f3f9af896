"""« Trouver de l'aide près de chez vous »: whom to call or to see, by town. What is typed is not kept, nor logged."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.associations import registry
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.shown import Form
from app.base.forms.widgets import Text
from app.base.web.pages import PortalOf, ReadOf, in_page, render
from app.pages import queries
from app.routing import queries as routing
from app.saisine.competence import find_town
from app.saisine.steps.professional import TownChoice

router = APIRouter()
MISSING = N_("Écrivez une ville ou un code postal.")
NAMES = {"pro_commune": "ville", "commune_insee": "commune"}
"""What the reader of towns calls its two fields → what this page calls them."""


class Near(Answers):
    """One field: the town; and which one, when several answer."""

    ville: Annotated[
        str,
        Text(
            label=N_("Votre ville ou votre code postal"),
            hint=N_("Nous ne gardons pas ce que vous écrivez ici."),
            missing=MISSING,
            longest=120,
            autocomplete="off",
        ),
    ]
    commune: Annotated[str, TownChoice(label=N_("Quelle ville est-ce ?"), optional=False, silent=True)]


def near_form(
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    offered: Mapping[str, Sequence[Option]] | None = None,
) -> Form:
    """Make the question ready to be shown; it is asked by GET, and leaves no cookie."""
    return Form(Near, typed, translate=in_page, hidden={}, mistakes=mistakes, offered=offered)


@router.get("/aide/pres-de-chez-vous", name="pages.help.near")
def near(request: Request, session: ReadOf, portal: PortalOf) -> Response:
    """Show the France services spaces of the town and of its département, and the approved associations (L. 1114-1)."""
    typed = {name: request.query_params.getlist(name) for name in NAMES.values()}
    asked = find_town(session, {theirs: typed[ours] for theirs, ours in NAMES.items()})
    mistakes = {NAMES[name]: mistake for name, mistake in asked.mistakes.items()}
    if "ville" in request.query_params and not any(one.strip() for one in typed["ville"]):
        mistakes["ville"] = FieldError(MISSING)
    offered = {NAMES[name]: choices for name, choices in asked.offered.items()}
    place = routing.place_row(session, asked.town.code) if asked.town and asked.town.code else None
    region, today = routing.region_of(session, place.code) if place else "", local_day(portal.clock())
    form = near_form(typed, mistakes, offered)
    return render(
        request,
        "pages/near.html",
        form=form,
        near=form,
        is_asked=asked.town is not None,
        label=place.label if place else "",
        places=queries.near(session, place) if place else [],
        associations=registry.agreed_in(session, region, today) if place else [],
        day=date_text,
    )
