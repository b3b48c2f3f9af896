"""What surrounds a page of trouble: the frame, the menu and the ways out of whoever reads it."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from app.accounts.queries import Clerk, SignedInMember
from app.accounts.rules import Role
from app.accounts.sign_in.association import frame as of_association
from app.accounts.sign_in.current_user import clerk_behind, member_behind, token_of
from app.administration.routes import frame as of_administration
from app.associations import registry
from app.base.errors import N_
from app.base.web.errors import PageFrame
from app.base.web.pages import portal_of, session_of
from app.intake.desk.page import frame as of_desk

CLERK = (("intake.list", N_("Revenir à la liste des plaintes")),)
ADMIN = (("administration.home", N_("Revenir à l'administration")),)
MEMBER = (("associations.list", N_("Revenir aux plaintes de l'association")),)


def around_of(request: Request, *, may_read: bool) -> PageFrame:
    """Return what surrounds the page: a desk for whoever is signed in, else the form.

    ``may_read``: whether the database may be asked who that is; else only a page whose dependencies knew it has its
    desk. It is asked in the session of the request.
    """
    who: Clerk | SignedInMember | None = getattr(request.state, "signed_in", None)
    if not may_read:
        return _around(request, who, "")
    with session_of(request) as session:
        who = who or _signed_in(request, session)
        known = registry.known(session, who.association) if isinstance(who, SignedInMember) else None
    return _around(request, who, known.row.name if known else "")


def _signed_in(request: Request, session: Session) -> Clerk | SignedInMember | None:
    portal = portal_of(request)
    clerk = clerk_behind(session, portal, token_of(request, portal.settings))
    if clerk and not request.url.path.startswith("/association"):
        return clerk
    is_known = not getattr(request.state, "fresh", True)
    return member_behind(session, portal, request.state.visitor) if is_known else None


def _around(request: Request, who: Clerk | SignedInMember | None, association: str) -> PageFrame:
    if who is None:
        return PageFrame()
    frame: dict[str, Any]
    if isinstance(who, SignedInMember):
        frame, exits = of_association(request, who, association), MEMBER
    elif who.role == Role.ADMIN:
        frame, exits = of_administration(request, who), ADMIN
    else:
        frame, exits = of_desk(request, who), CLERK
    return PageFrame(exits, frame | {"done": ""})  # what an address says was done was not: this page refuses
