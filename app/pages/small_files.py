"""Small files that programs ask for by a name that is the same on every site."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.base.errors import NotFound
from app.base.web.pages import PortalOf
from app.base.web.templates import static_url
from app.pages.rules import address_in

router = APIRouter()
PRIVATE = ("/saisine/", "/suivi", "/reprendre", "/mandat/", "/agent", "/association", "/administration", "/invitation")
"""What no search engine finds anything in."""
SECURITY_HOLDS = timedelta(days=180)
"""How long what is told of security holds: less than a year (RFC 9116, 2.5.5)."""


@router.get("/robots.txt", name="pages.robots")
def robots() -> Response:
    """Say to search engines what is not for them (RFC 9309)."""
    return PlainTextResponse("\n".join(["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]))


@router.get("/favicon.ico", name="pages.icon")
def icon() -> Response:
    """Lead to the icon, for programs that read no page."""
    return RedirectResponse(static_url("img/favicon.ico"), 307)


@router.get("/.well-known/security.txt", name="pages.security")
def security(portal: PortalOf) -> Response:
    """Say whom to tell of a flaw (RFC 9116). Raises :class:`NotFound` when the operator gave no address."""
    mailbox = address_in(portal.settings.operator_contact)
    if mailbox is None:
        raise NotFound
    until = (portal.clock() + SECURITY_HOLDS).replace(microsecond=0).isoformat()
    here = f"{portal.settings.address}/.well-known/security.txt"
    lines = (f"Contact: mailto:{mailbox}", f"Expires: {until}", "Preferred-Languages: fr, en", f"Canonical: {here}")
    return PlainTextResponse("\n".join([*lines, ""]))
