"""Routes of the form: the first pages, and the beginning of a draft."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.service import sessions
from app.base.secrets import new_token
from app.base.web.pages import PortalOf, VisitorOf, make_form, render, see
from app.base.web.reading import FormOf
from app.saisine import service
from app.saisine.web.before_form import BeforeStarting
from app.saisine.web.left_here import LeftHereOf

router = APIRouter()


@router.get("/", name="home")
def home(request: Request, left: LeftHereOf) -> Response:
    """A0: what this is, and where to begin."""
    return render(request, "saisine/home.html", left=left)


@router.get("/avant-de-commencer", name="saisine.before")
def before(request: Request, left: LeftHereOf) -> Response:
    """A1: what to know before beginning."""
    return render(request, "saisine/before.html", form=make_form(request, BeforeStarting, {}), left=left)


@router.post("/saisine", name="saisine.start")
def start(request: Request, portal: PortalOf, visitor: VisitorOf, form: FormOf) -> Response:
    """Begin a draft on this device, under a new id: whoever knew the one before, or planted it, opens nothing."""
    shared, token = bool(form.get("appareil_partage").strip()), new_token()
    with portal.database.write() as session:
        sessions.move(session, visitor, token)
        public = service.start(session, portal.keyring, token, portal.clock, shared_device=shared).public
    request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, shared
    return see(request, "filing.short" if form.get("forme") == "court" else "saisine.qui", b=public)


@router.get("/saisine", name="saisine.restart")
def restart(request: Request) -> Response:
    """Bring back whoever reloads the address of the first button."""
    return see(request, "saisine.before")
