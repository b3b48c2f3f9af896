"""The saved views of an authority: a list as it is asked, kept under a name; renamed, taken away."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, after, telling
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, make_form, portal_of, render
from app.base.web.reading import FormOf
from app.intake import asked as words
from app.intake import filters, saved_views
from app.intake.desk.page import DeskOf, frame
from app.intake.filters import Filters
from app.intake.saved_views import NamedView
from app.intake.tags.queries import names_of, tags_of
from app.intake.web import inbox

router = APIRouter()
REMOVE = "supprimer"


class ViewName(Answers):
    """How a view is called."""

    nom_vue: Annotated[
        str,
        Text(
            label=N_("Nom de la vue"),
            hint=N_("Par exemple : À fixer ce mois-ci. Tout votre service lit ce nom. N'y nommez jamais quelqu'un."),
            missing=N_("Écrivez un nom."),
            longest=40,
            width=20,
        ),
    ]


@router.get("/agent/vues/nouvelle", name="intake.view.new")
def ask(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Ask how the list of this address is to be called."""
    asked, _ = filters.read_filters(request.query_params, inbox.professions_of(session, portal))
    return _show(request, session, clerk, asked.kept, {})


@router.post("/agent/vues/nouvelle", name="intake.view.new.do")
def save(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Keep the list under a name, then show it."""
    kept = inbox.asked_by(session, portal, form)[0].kept
    parsed = parse(ViewName, form.typed)
    if parsed.values is None or kept == Filters():
        return _show(request, session, clerk, kept, form.typed, parsed.errors)
    session.close()
    try:
        with portal.database.write() as writing:
            saved_views.save(writing, clerk.authority, parsed.values.nom_vue, kept)
    except FieldError as mistake:
        return _show(request, session, clerk, kept, form.typed, {"nom_vue": mistake})
    return RedirectResponse(telling(JustDone.VIEW_KEPT, path_of(request.app, "intake.list") + kept.query()), 303)


@router.get("/agent/vues/{vue}", name="intake.view")
def open_view(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, vue: str) -> Response:
    """Show one view of this authority, to be renamed or taken away."""
    view = _view_of(session, portal, clerk, vue)
    return _show(request, session, clerk, view.filters, {"nom_vue": [view.name]}, view=view)


@router.post("/agent/vues/{vue}", name="intake.view.do")
def change(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf, vue: str) -> Response:
    """Rename it, or take it away for all its clerks."""
    view = _view_of(session, portal, clerk, vue)
    session.close()
    if form.get("geste") == REMOVE:
        with portal.database.write() as writing:
            saved_views.remove(writing, clerk.authority, vue)
        return after(request, JustDone.VIEW_REMOVED, "intake.display")
    parsed = parse(ViewName, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, view.filters, form.typed, parsed.errors, view)
    try:
        with portal.database.write() as writing:
            saved_views.rename(writing, clerk.authority, vue, parsed.values.nom_vue)
    except FieldError as mistake:
        return _show(request, session, clerk, view.filters, form.typed, {"nom_vue": mistake}, view)
    return after(request, JustDone.VIEW_RENAMED, "intake.display")


def _view_of(session: Session, portal: Portal, clerk: Clerk, vue: str) -> NamedView:
    """Find a view of the authority of a clerk. Raises :class:`NotFound`."""
    view = saved_views.view_of(session, clerk.authority, vue, inbox.professions_of(session, portal))
    if view is None:
        raise NotFound
    return view


def _show(
    request: Request,
    session: Session,
    clerk: Clerk,
    kept: Filters,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    view: NamedView | None = None,
) -> Response:
    portal = portal_of(request)
    names = words.Names(
        inbox.professions_of(session, portal),
        dict(accounts.colleagues(session, clerk.authority)),
        names_of(tags_of(session, portal.keyring, clerk.authority)),
    )
    return render(
        request,
        "intake/view.html",
        status=422 if request.method == "POST" else 200,
        **frame(request, clerk),
        form=make_form(request, ViewName, typed, mistakes),
        view=view,
        kept=kept,
        said=words.kept(kept, names, translate),
        remove=REMOVE,
    )
