"""The ways out of a page of trouble, for whoever is signed in: the desk of a clerk, the space of an association."""

from collections.abc import Sequence

from fastapi import Request

from app.accounts.door import clerk_behind, member_behind, token_of
from app.accounts.rules import Role
from app.base.errors import N_
from app.base.web.pages import portal_of

CLERK = (("intake.list", N_("Revenir à la liste des plaintes")),)
ADMIN = (("administration.home", N_("Revenir à l'administration")),)
MEMBER = (("associations.list", N_("Revenir aux plaintes de l'association")),)


def exits_of(request: Request) -> Sequence[tuple[str, str]]:
    """Give the ways out of a clerk, or of a member of an association: route, words; empty for anybody else."""
    portal = portal_of(request)
    with portal.database.read() as session:
        clerk = clerk_behind(session, portal, token_of(request, portal.settings))
        if clerk and not request.url.path.startswith("/association"):
            return ADMIN if clerk.role == Role.ADMIN else CLERK
        is_known = not getattr(request.state, "fresh", True)
        return MEMBER if is_known and member_behind(session, portal, request.state.visitor) else ()
