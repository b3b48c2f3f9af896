"""« Confirmez que c'est vous »: password and code again before exports and accounts, when ten minutes have passed.

The page that was asked for is shown afterwards; one that was opened in time may be sent up to twenty minutes later, so
that nothing typed is lost.
"""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.fields import Reauthentication
from app.accounts.queries import Clerk, SignedInMember
from app.accounts.rules import CLERKS, MEMBERS, Space, is_fresh, way_back
from app.accounts.sign_in.credentials import SignInRefused, prove_again
from app.accounts.sign_in.current_user import ClerkOf, MemberOf, token_of
from app.base.errors import N_, Refusal
from app.base.forms.fields import FieldError
from app.base.forms.form import parse
from app.base.portal import Portal
from app.base.web.addresses import page_asked, path_of
from app.base.web.pages import AddressOf, PortalOf, make_form, render
from app.base.web.reading import FormData, FormOf

router = APIRouter()
CONFIRM_PAGES = {CLERKS: "accounts.confirm", MEMBERS: "accounts.member.confirm"}


class ProveAgain(Refusal):
    """The last proof is too old: give it, then go to the page that was asked for; what was typed is given back."""

    code, status, keeps_typed = "preuve_demandee", 303, True
    heading = N_("Confirmez que c'est vous")
    says = N_("Rien n'a été fait. Copiez ce que vous aviez écrit, confirmez que c'est vous, puis recommencez.")
    way_words = N_("Confirmer")

    def __init__(self, request: Request, space: Space) -> None:
        """Remember the page, when it can be shown again."""
        super().__init__(self.code)
        asked = page_asked(request)
        self.address = path_of(request.app, CONFIRM_PAGES[space]) + (
            f"?suite={quote(asked, safe='/')}" if asked else ""
        )


def expect_fresh(request: Request, portal: Portal, who: Clerk | SignedInMember) -> None:
    """Ask for a proof of the last minutes. Raises :class:`ProveAgain`."""
    if not is_fresh(who.proved_at, portal.clock(), is_sending=request.method != "GET"):
        raise ProveAgain(request, CLERKS if isinstance(who, Clerk) else MEMBERS)


@router.get("/agent/confirmer", name="accounts.confirm")
def ask(request: Request, clerk: ClerkOf, suite: str = "") -> Response:
    """Ask a clerk for password and code again."""
    return _page(request, clerk, CLERKS, suite)


@router.post("/agent/confirmer", name="accounts.confirm.do")
def confirm(request: Request, portal: PortalOf, clerk: ClerkOf, address: AddressOf, form: FormOf) -> Response:
    """Check them, and go on."""
    return _confirm(request, portal, clerk, CLERKS, address, form)


@router.get("/association/confirmer", name="accounts.member.confirm")
def ask_member(request: Request, member: MemberOf, suite: str = "") -> Response:
    """Ask a member of an association for password and code again."""
    return _page(request, member, MEMBERS, suite)


@router.post("/association/confirmer", name="accounts.member.confirm.do")
def confirm_member(request: Request, portal: PortalOf, member: MemberOf, address: AddressOf, form: FormOf) -> Response:
    """Check them, and go on."""
    return _confirm(request, portal, member, MEMBERS, address, form)


def _token(request: Request, portal: Portal, space: Space) -> str:
    return str(request.state.visitor) if space is MEMBERS else token_of(request, portal.settings)


def _confirm(
    request: Request, portal: Portal, who: Clerk | SignedInMember, space: Space, address: str, form: FormData
) -> Response:
    suite = form.get("suite")
    read = parse(Reauthentication, form.typed)
    if read.values is None:
        return _page(request, who, space, suite, read.errors, 422)
    outcome = prove_again(portal, who.email, read.values, address, _token(request, portal, space), space)
    if isinstance(outcome, SignInRefused):
        return _page(request, who, space, suite, {outcome.field: outcome.mistake}, outcome.status)
    return RedirectResponse(way_back(suite, space) or space.home, 303)


def _page(
    request: Request,
    who: Clerk | SignedInMember,
    space: Space,
    suite: str,
    mistakes: Mapping[str, FieldError] | None = None,
    status: int = 200,
) -> Response:
    leave = "accounts.member.signout" if space is MEMBERS else "accounts.signout"
    return render(
        request,
        "accounts/confirm.html",
        status=status,
        form=make_form(request, Reauthentication, {}, mistakes),
        suite=way_back(suite, space) or "",
        agent={"name": who.name, "authority": who.authority_name if isinstance(who, Clerk) else ""},
        home_url=space.home,
        signout_url=path_of(request.app, leave),
    )
