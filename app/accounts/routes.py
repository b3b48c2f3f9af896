"""Signing in and out of the clerks' pages."""

import logging
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import service
from app.accounts.fields import SignIn
from app.accounts.rules import AGENT, CLERKS, way_back
from app.accounts.sign_in.accept_invitation import router as joining
from app.accounts.sign_in.association import router as of_associations
from app.accounts.sign_in.credentials import SignInRefused, prove
from app.accounts.sign_in.current_user import clerk_behind, forget, keep, token_of
from app.accounts.sign_in.reauthentication import router as confirming
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.web.addresses import path_of
from app.base.web.pages import AddressOf, PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf

log = logging.getLogger("saisine.accounts")
router = APIRouter(include_in_schema=False)
router.include_router(of_associations)
router.include_router(confirming)
router.include_router(joining)


@router.get("/agent/connexion", name="accounts.signin")
def ask(request: Request, session: ReadOf, portal: PortalOf, suite: str = "") -> Response:
    """Show the page; someone already signed in goes on."""
    if clerk_behind(session, portal, token_of(request, portal.settings)):
        return _onward(suite)
    return _page(request, {}, {}, suite)


@router.post("/agent/connexion", name="accounts.signin.try")
def attempt(request: Request, portal: PortalOf, address: AddressOf, form: FormOf) -> Response:
    """Check what was typed; a right answer opens a session under a new id."""
    suite = form.get("suite")
    read = parse(SignIn, form.typed)
    if read.values is None:
        return _page(request, form.typed, read.errors, suite, status=422)
    outcome = prove(portal, read.values, address)
    if isinstance(outcome, SignInRefused):
        log.warning("sign-in refused", extra={"id": request.state.id, "field": outcome.field, "status": outcome.status})
        return _page(request, form.typed, {outcome.field: outcome.mistake}, suite, status=outcome.status)
    with portal.database.write() as session:
        service.close_session(session, token_of(request, portal.settings), AGENT)
    answer = _onward(suite)
    keep(answer, portal.settings, outcome)
    return answer


@router.post("/agent/deconnexion", name="accounts.signout")
def leave(request: Request, portal: PortalOf, form: FormOf) -> Response:
    """End the session here and in the browser."""
    del form
    with portal.database.write() as session:
        service.close_session(session, token_of(request, portal.settings), AGENT)
    answer = RedirectResponse(path_of(request.app, "accounts.signin"), 303)
    forget(answer, portal.settings)
    return answer


def _onward(suite: str) -> Response:
    """Go to the page asked for before signing in, or to the desk."""
    return RedirectResponse(way_back(suite) or CLERKS.home, 303)


def _page(
    request: Request, typed: Typed, mistakes: Mapping[str, FieldError], suite: str, status: int = 200
) -> Response:
    form = make_form(request, SignIn, {"email": typed.get("email", ())}, mistakes)
    return render(request, "accounts/connexion.html", status=status, form=form, suite=way_back(suite) or "")
