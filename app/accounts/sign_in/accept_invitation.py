"""Opening an account by an invitation: a button first, then name, password and application of codes."""

from collections.abc import Mapping
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts import service
from app.accounts.fields import NewPassword, OneTimeCode
from app.accounts.known_passwords import KNOWN
from app.accounts.rules import ASSOCIATION, accepted_step, weakness
from app.accounts.service import Invited
from app.accounts.sign_in import current_user
from app.accounts.sign_in.association import enter
from app.accounts.sign_in.credentials import USED
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import by_fours
from app.base.web.pages import AddressOf, PortalOf, ReadOf, VisitorOf, make_form, render
from app.base.web.reading import FormOf

router = APIRouter()
TRIES = 20


class Join(Answers):
    """Who one is, and how one signs in."""

    nom_complet: Annotated[
        str,
        Text(
            label=N_("Votre prénom et votre nom"),
            hint=N_("Vos collègues les voient, et ils restent dans l'historique des dossiers."),
            missing=N_("Écrivez votre prénom et votre nom."),
            autocomplete="name",
            longest=120,
        ),
    ]
    mot_de_passe: NewPassword
    code_otp: OneTimeCode


@router.get("/invitation/{jeton}", name="accounts.join")
def ask(request: Request, session: ReadOf, portal: PortalOf, jeton: str) -> Response:
    """Show one button: a program that reads mails learns nothing and uses nothing up."""
    service.opened_invitation(session, portal.keyring, jeton, portal.clock())
    return render(request, "accounts/join.html", token=jeton, form=None, home_url="/")


@router.post("/invitation/{jeton}", name="accounts.join.do")
def join(
    request: Request, portal: PortalOf, visitor: VisitorOf, address: AddressOf, jeton: str, form: FormOf
) -> Response:
    """Show the form after the first press; after the second one, open the account and let its owner in."""
    with portal.database.read() as session:
        invited = service.opened_invitation(session, portal.keyring, jeton, portal.clock())
    if form.get("etape") != "compte":
        return _page(request, jeton, invited, {"nom_complet": [invited.name]})
    tries = Limit("invitation", address, TRIES)
    portal.limits.take(tries)
    read = parse(Join, form.typed)
    errors = dict(read.errors)
    typed_password = (form.typed.get("mot_de_passe") or [""])[-1]
    if "mot_de_passe" not in errors and (weak := weakness(typed_password, invited.email, KNOWN)):
        errors["mot_de_passe"] = FieldError(weak)
    code = (form.typed.get("code_otp") or [""])[-1]
    step = accepted_step(invited.seed, code, portal.clock(), 0)
    if "code_otp" in errors or step is not None:
        portal.limits.give_back(tries)
    else:
        errors["code_otp"] = FieldError(USED)
    if errors or read.values is None or step is None:
        return _page(request, jeton, invited, form.typed, errors, 422)
    return _let_in(request, portal, visitor, jeton, invited, read.values, step)


def _let_in(
    request: Request, portal: Portal, visitor: str, jeton: str, invited: Invited, given: Join, step: int
) -> Response:
    space = invited.space
    hashed = service.hashed(given.mot_de_passe)
    with portal.database.write() as session:
        account_id = service.accept(session, portal.keyring, jeton, given.nom_complet, hashed, step, portal.clock)
        token = service.begin(session, account_id, space, portal.clock())
    answer = RedirectResponse(space.home, 303)
    if space.kind == ASSOCIATION:
        enter(request, portal, visitor, token)
    else:
        current_user.keep(answer, portal.settings, token)
    return answer


def _page(
    request: Request,
    token: str,
    invited: Invited,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "accounts/join.html",
        status=status,
        token=token,
        form=make_form(request, Join, typed, mistakes),
        email=invited.email,
        is_again=bool(invited.name),
        square=segno.make(invited.otpauth, error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff"),
        seed=by_fours(invited.seed).replace("-", " "),
        home_url="/",
    )
