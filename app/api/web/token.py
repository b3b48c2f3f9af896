"""``POST /api/v1/jeton``: a bearer token for an hour (RFC 6749, 4.4)."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.api.tokens import TokenServer
from app.api.web.answering import ApiRoute, count
from app.api.web.reading import PlainFormOf
from app.base.errors import N_
from app.base.i18n import translate
from app.base.web.pages import AddressOf, PortalOf

router = APIRouter(prefix="/api/v1", tags=["accès"], route_class=ApiRoute)
SAYS = {
    "invalid_client": N_("Cet identifiant ou ce secret n'ouvre rien : il est inconnu, coupé ou fini."),
    "invalid_scope": N_("Un des droits demandés n'existe pas."),
    "unsupported_grant_type": N_("Demandez un jeton avec grant_type=client_credentials."),
}
OTHERWISE = N_("Cette demande de jeton ne peut pas être lue.")


@router.post("/jeton", name="api.token", summary="Token by client credentials (RFC 6749, 4.4)")
def give(request: Request, portal: PortalOf, address: AddressOf, form: PlainFormOf) -> Response:
    """Give a token; what is wrong is said with the code of RFC 6749, 5.2, and a French sentence."""
    count(request, address)
    with portal.database.write() as session:
        server = TokenServer(session, portal.keyring, portal.clock())
        status, said, headers = server.answer(form.typed, request.headers)
    if "error" in said:
        title = translate(SAYS.get(said["error"], OTHERWISE))
        said = {"error": said["error"], "type": "about:blank", "title": title, "status": status}
    return JSONResponse(said, status, headers)
