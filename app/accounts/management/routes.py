"""Routes of « Utilisateurs », built once for each desk."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.management import invite
from app.accounts.management import pages as staff_pages
from app.accounts.management.keeper import Keeper

PAGES: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
    ("GET", "", "", staff_pages.listing),
    ("GET", "/inviter", ".invite", invite.ask),
    ("POST", "/inviter", ".invite.do", invite.send),
    ("POST", "/invitations/{invitation}", ".invitation.do", invite.change),
    ("GET", "/{compte}", ".one", staff_pages.show),
    ("POST", "/{compte}", ".one.do", staff_pages.change),
)
"""Method, end of the address, end of its name, what answers."""


def pages(base: str, path: str, found: Callable[..., Keeper]) -> APIRouter:
    """Build the pages of one desk; ``found`` is the dependency that gives the keeper, or refuses."""

    def remember(request: Request, keeper: Annotated[Keeper, Depends(found)]) -> None:
        request.state.keeper = keeper

    router = APIRouter(dependencies=[Depends(remember)])
    for method, more, name, endpoint in PAGES:
        router.add_api_route(path + more, endpoint, methods=[method], name=base + name)
    return router
