"""Sign-in of associations: who may file for others, signing in with a password or a link by e-mail, signing out.

Sources: CSP L. 1114-1 (agrément), R. 1110-11 (express mandate).
"""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import service
from app.accounts.fields import AskLink, Code, SignIn
from app.accounts.queries import SignedInMember
from app.accounts.rights import Right, may
from app.accounts.rules import ASSOCIATION, LINK_LASTS, MEMBERS, way_back
from app.accounts.sign_in.credentials import SignInRefused, prove, told
from app.accounts.sign_in.current_user import member_behind
from app.accounts.sign_in.done import done_of
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.i18n import translate
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import fingerprint
from app.base.web.addresses import path_of
from app.base.web.pages import AddressOf, PortalOf, ReadOf, VisitorOf, make_form, render, see
from app.base.web.reading import FormOf
from app.notifications import service as notifications
from app.notifications.kinds import Mail
from app.notifications.service import Message

log = logging.getLogger("saisine.accounts")
router = APIRouter()
LANDING = "/association"
"""Where one goes after signing in."""
ASKS = 5
"""Links that one network address, or one mail address, may ask for before it must wait."""
BY_LINK = "lien"


def frame(request: Request, member: SignedInMember, association: str = "") -> dict[str, Any]:
    """Return what surrounds every page of an association's desk: its name, its menu (address, words, is it here)."""
    here = request.url.path
    pages = {"associations.list": N_("Plaintes")}
    if may(member.role, Right.MANAGE):
        pages["statistics.association.show"] = N_("Chiffres")
        pages |= {"accounts.people": N_("Utilisateurs"), "api.software": N_("Logiciels")}
        pages |= {"webhooks.list": N_("Notifications"), "associations.journal": N_("Journal")}
    links = [(path_of(request.app, name), translate(words)) for name, words in pages.items()]
    return {
        "agent": {"name": member.name, "authority": association},
        "nav": [(path, words, here == path) for path, words in links],
        "home_url": MEMBERS.home,
        "done": done_of(request),
        "signout_url": path_of(request.app, "accounts.member.signout"),
    }


@router.get("/association", name="accounts.association")
def explain(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf) -> Response:
    """Say who may file for others, and how an account is opened; a member reads who is signed in."""
    member = member_behind(session, portal, visitor)
    surrounds = frame(request, member) if member else {"home_url": "/"}
    return render(request, "accounts/association.html", **surrounds, member=member)


@router.get("/association/connexion", name="accounts.member.signin")
def ask(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, suite: str = "", lien: str = ""
) -> Response:
    """Show the page, or that a link is on its way; someone already signed in goes on."""
    if member_behind(session, portal, visitor):
        return _onward(suite)
    if lien == "oui":
        minutes = int(LINK_LASTS.total_seconds() // 60)
        return render(request, "accounts/link_sent.html", home_url=MEMBERS.home, minutes=minutes)
    return _page(request, {}, {}, suite)


@router.post("/association/connexion", name="accounts.member.signin.try")
def attempt(request: Request, portal: PortalOf, visitor: VisitorOf, address: AddressOf, form: FormOf) -> Response:
    """Check what was typed, or send a link to the address alone."""
    suite = form.get("suite")
    if form.get("action") == BY_LINK:
        return _send_link(request, portal, address, form.typed, suite)
    read = parse(SignIn, form.typed)
    if read.values is None:
        return _page(request, form.typed, read.errors, suite, 422)
    outcome = prove(portal, read.values, address, MEMBERS)
    if isinstance(outcome, SignInRefused):
        log.warning("sign-in refused", extra={"id": request.state.id, "field": outcome.field, "status": outcome.status})
        return _page(request, form.typed, {outcome.field: outcome.mistake}, suite, outcome.status)
    enter(request, portal, visitor, outcome)
    return _onward(suite)


@router.post("/association/deconnexion", name="accounts.member.signout")
def leave(request: Request, portal: PortalOf, visitor: VisitorOf, form: FormOf) -> Response:
    """End everything that this browser opens: the desk, and the drafts of those who mandated the association."""
    del form
    with portal.database.write() as session:
        service.close_browser(session, visitor)
    return see(request, "accounts.member.signin")


@router.get("/association/lien/{jeton}", name="accounts.member.link")
def link(request: Request, session: ReadOf, portal: PortalOf, jeton: str) -> Response:
    """Show a field and a button: whatever reads mails before the member must not use the link up."""
    is_alive = service.link_is_alive(session, jeton, portal.clock()) is not None
    return _link_page(request, jeton if is_alive else "", {}, {}, 200 if is_alive else 410)


@router.post("/association/lien/{jeton}", name="accounts.member.link.use")
def use_link(request: Request, portal: PortalOf, visitor: VisitorOf, jeton: str, form: FormOf) -> Response:
    """Sign in with the link and the code; a wrong code leaves the link as it is, and the next one waits."""
    read = parse(Code, form.typed)
    with portal.database.write() as session:
        account_id = service.link_is_alive(session, jeton, portal.clock())
        if account_id is None:
            return _link_page(request, "", {}, {}, 410)
        if read.values is None:
            return _link_page(request, jeton, form.typed, read.errors, 422)
        signed = service.sign_in(
            session, portal.keyring, account_id, read.values.code_otp, portal.clock, MEMBERS, by_link=True
        )
        if signed.token:
            service.use_link(session, jeton)
    outcome = told(portal, signed, "code_otp")
    if isinstance(outcome, SignInRefused):
        return _link_page(request, jeton, form.typed, {outcome.field: outcome.mistake}, outcome.status)
    enter(request, portal, visitor, outcome)
    return _onward("")


def enter(request: Request, portal: Portal, visitor: str, token: str) -> None:
    """Let the browser in under a new id; it forgets it when it closes."""
    with portal.database.write() as session:
        service.close_session(session, visitor, ASSOCIATION)
        service.move(session, visitor, token)
    request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, True


def _send_link(request: Request, portal: Portal, address: str, typed: Typed, suite: str) -> Response:
    """Send a link to an address that is known; the answer is the same for any other."""
    read = parse(AskLink, typed)
    if read.values is None:
        return _page(request, typed, read.errors, suite, 422)
    key = portal.keyring.address_key(read.values.email) or ""
    portal.limits.take(Limit("lien", address, ASKS), Limit("lien", key, ASKS))
    minutes = int(LINK_LASTS.total_seconds() // 60)
    with portal.database.write() as session:
        if found := service.account_by_email(session, read.values.email, MEMBERS):
            token = service.make_link(session, found[0], portal.clock())
            words = {"link": f"{portal.settings.address}{MEMBERS.home}/lien/{token}", "minutes": str(minutes)}
            mail = Message(found[1], Mail.SIGN_IN_LINK, fingerprint(token)[:16], words)
            notifications.queue(session, portal.keyring, [mail], portal.clock)
    return RedirectResponse(f"{path_of(request.app, 'accounts.member.signin')}?lien=oui", 303)


def _onward(suite: str) -> Response:
    return RedirectResponse(way_back(suite, MEMBERS) or LANDING, 303)


def _page(
    request: Request, typed: Typed, mistakes: Mapping[str, FieldError], suite: str, status: int = 200
) -> Response:
    form = make_form(request, SignIn, {"email": typed.get("email", ())}, mistakes)
    back = way_back(suite, MEMBERS) or ""
    return render(request, "accounts/member_signin.html", status=status, form=form, suite=back, home_url=MEMBERS.home)


def _link_page(request: Request, token: str, typed: Typed, mistakes: Mapping[str, FieldError], status: int) -> Response:
    form = make_form(request, Code, typed, mistakes)
    return render(request, "accounts/link.html", status=status, form=form, token=token, home_url=MEMBERS.home)
