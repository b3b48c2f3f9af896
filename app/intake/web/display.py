"""« Affichage de la liste »: the columns that a clerk reads, the view that opens, the views of the authority."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, telling
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Checkboxes
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, make_form, portal_of, render
from app.base.web.reading import FormOf
from app.intake import columns, saved_views
from app.intake.columns import ListColumn
from app.intake.desk.page import DeskOf, frame
from app.intake.fields import ViewChoice
from app.intake.saved_views import NamedView
from app.intake.web import inbox

router = APIRouter()


class ListReading(Answers):
    """How a clerk reads the list."""

    colonnes: Annotated[
        tuple[ListColumn, ...],
        Checkboxes(
            label=N_("Colonnes de la liste"),
            hint=N_("Le numéro est toujours là. Votre choix ne change pas la liste de vos collègues."),
            missing=N_("Cochez au moins une colonne."),
            choices=ListColumn,
            only=columns.CHOSEN,
        ),
    ]
    vue: Annotated[
        str,
        ViewChoice(label=N_("Vue à l'ouverture"), hint=N_("Celle qui s'affiche quand vous arrivez."), optional=False),
    ]


@router.get("/agent/affichage", name="intake.display")
def ask(request: Request, session: ReadOf, clerk: DeskOf) -> Response:
    """Show what this clerk reads, and the views of the authority."""
    own = saved_views.display_of(session, clerk.id)
    ticked = [column.value for column in columns.shown(own.columns)]
    return _show(request, session, clerk, {"colonnes": ticked, "vue": [own.view]})


@router.post("/agent/affichage", name="intake.display.do")
def save(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Keep it, then show the list."""
    parsed = parse(ListReading, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, form.typed, parsed.errors)
    known = {view.id for view in saved_views.views_of(session, clerk.authority, inbox.professions_of(session, portal))}
    session.close()
    view = parsed.values.vue if parsed.values.vue in known else ""
    with portal.database.write() as writing:
        saved_views.keep_display(writing, clerk.id, parsed.values.colonnes, view)
    here = path_of(request.app, "intake.list") + inbox.on_arrival(session, portal, clerk)
    return RedirectResponse(telling(JustDone.DISPLAY_KEPT, here), 303)


def _show(
    request: Request,
    session: Session,
    clerk: Clerk,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    professions = inbox.professions_of(session, portal_of(request))
    views = saved_views.views_of(session, clerk.authority, professions)
    return render(
        request,
        "intake/display.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, ListReading, typed, mistakes, {"vue": _offered(views)}),
        views=views,
    )


def _offered(views: Sequence[NamedView]) -> list[Option]:
    return [Option("", translate(N_("Toutes les plaintes"))), *(Option(view.id, view.name) for view in views)]
