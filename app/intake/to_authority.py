"""« Transmettre à l'autre autorité »: within eight days of the receipt, stating its date (CSP R. 1110-11)."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.fields import Mistake, Typed
from app.base.forms import parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.filing.queries import OpenFiling
from app.filing.standing import TOLD_AUTHORITY
from app.intake import acts
from app.intake.acting import held, known_days, late_text, ready, typed_day
from app.intake.desk import DeskOf, frame, today_of
from app.intake.dispatch import Dispatch
from app.intake.guards import is_unnamed
from app.routing import queries as routing

router = APIRouter()


@router.get("/agent/plaintes/{numero}/transmettre-autorite", name="intake.to_authority")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Say to whom it goes; ask how it left when it does not work here. It must be named first."""
    if _is_unnamed(portal, clerk, numero):
        return see(request, "intake.confirm", numero=numero)
    opened = ready(portal, clerk, numero, TOLD_AUTHORITY)
    return _show(request, portal, clerk, opened, typed_day("transmis_le", today_of(portal, clerk)))


@router.post("/agent/plaintes/{numero}/transmettre-autorite", name="intake.to_authority.do")
def tell(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Open the complaint to the other authority, or note how it was sent."""
    if _is_unnamed(portal, clerk, numero):
        return see(request, "intake.confirm", numero=numero)
    opened = ready(portal, clerk, numero, TOLD_AUTHORITY)
    known = known_days(portal, clerk, opened, TOLD_AUTHORITY)
    with portal.database.read() as session:
        is_shared = accounts.uses_service(session, opened.filing.informed)
    if is_shared:
        sending = acts.Sending(translate(acts.SHARED), today_of(portal, clerk), {"is_shared": True})
    else:
        parsed = parse(Dispatch, form.typed, known)
        if parsed.values is None:
            return _show(request, portal, clerk, opened, form.typed, parsed.errors, 422)
        sending = parsed.values.sending(is_shared=False)
    with portal.database.write() as session:
        acts.tell_authority(session, portal, clerk, numero, sending)
    return see(request, "intake.filing", numero=numero)


def _is_unnamed(portal: Portal, clerk: Clerk, numero: str) -> bool:
    return is_unnamed(held(portal, clerk, numero).now)


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    with portal.database.read() as session:
        other = routing.authority(session, opened.filing.informed)
        is_shared = accounts.uses_service(session, opened.filing.informed)
    return render(
        request,
        "intake/to_authority.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Dispatch, typed, mistakes),
        number=opened.filing.number,
        other=other.name if other else opened.filing.informed,
        is_shared=is_shared,
        late=late_text(portal, clerk, opened, "D3"),
    )
