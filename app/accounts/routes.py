"""Signing in and out of the clerks' pages."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import service
from app.accounts.door import clerk_behind, forget, keep, token_of
from app.accounts.fields import SignIn
from app.accounts.rules import AGENT, normal_email, way_back
from app.base.errors import N_, TooMany
from app.base.fields import Mistake, Typed
from app.base.forms import parse
from app.base.portal import Portal
from app.base.web.pages import AddressOf, PortalOf, make_form, render
from app.base.web.reading import FormOf

log = logging.getLogger("saisine.accounts")
router = APIRouter(include_in_schema=False)

WRONG = N_("L'adresse ou le mot de passe ne correspondent pas.")
DESK = "/agent"
USED = N_("Ce code n'est plus valable. Essayez le code suivant.")
PASSWORD_TRIES, ADDRESS_TRIES = 5, 60
"""Failures in 15 minutes: for one account from one address; from one address, which a whole caisse may share."""


@router.get("/agent/connexion", name="accounts.signin")
def ask(request: Request, portal: PortalOf, suite: str = "") -> Response:
    """Show the page; someone already signed in goes on."""
    if clerk_behind(portal, token_of(request, portal.settings)):
        return _onward(suite)
    return _page(request, {}, {}, suite)


@router.post("/agent/connexion", name="accounts.signin.try")
def attempt(request: Request, portal: PortalOf, address: AddressOf, form: FormOf) -> Response:
    """Check what was typed; a right answer opens a session under a new id."""
    suite = form.get("suite")
    read = parse(SignIn, form.typed)
    if read.values is None:
        return _page(request, form.typed, read.errors, suite, status=422)
    outcome = _prove(portal, read.values, address)
    if isinstance(outcome, Refused):
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
    answer = RedirectResponse(str(request.app.url_path_for("accounts.signin")), 303)
    forget(answer, portal.settings)
    return answer


@dataclass(frozen=True)
class Refused:
    """What does not fit, and next to which field it is said."""

    field: str
    mistake: Mistake
    status: int = 422


def _prove(portal: Portal, given: SignIn, address: str) -> str | Refused:
    """Check the password, then the code; give the token of a new session."""
    who = f"{normal_email(given.email)}|{address}"
    try:
        portal.limits.check("connexion", who, PASSWORD_TRIES)
        portal.limits.check("connexion-adresse", address, ADDRESS_TRIES)
    except TooMany as wait:
        return _wait(wait.minutes)
    with portal.database.read() as session:
        account_id = service.account_by_password(session, given.email, given.mot_de_passe)
    if account_id is None:
        portal.limits.failed("connexion", who, PASSWORD_TRIES)
        portal.limits.failed("connexion-adresse", address, ADDRESS_TRIES)
        return Refused("email", Mistake(WRONG))
    with portal.database.write() as session:
        signed = service.sign_in(session, portal.keyring, account_id, given.code_otp, portal.clock)
    if signed.wait_until:
        return _wait(math.ceil((signed.wait_until - portal.clock()).total_seconds() / 60))
    return signed.token or Refused("code_otp", Mistake(USED))


def _wait(minutes: int) -> Refused:
    return Refused("email", Mistake(TooMany.says, minutes=max(1, minutes)), 429)


def _onward(suite: str) -> Response:
    """Go to the page asked for before signing in, or to the desk."""
    return RedirectResponse(way_back(suite) or DESK, 303)


def _page(request: Request, typed: Typed, mistakes: Mapping[str, Mistake], suite: str, status: int = 200) -> Response:
    form = make_form(request, SignIn, {"email": typed.get("email", ())}, mistakes)
    return render(request, "accounts/connexion.html", status=status, form=form, suite=way_back(suite) or "")
