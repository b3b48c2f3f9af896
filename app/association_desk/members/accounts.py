"""« Utilisateurs » of an association: the one who answers for it keeps its accounts."""

from fastapi import Request

from app.accounts import rights
from app.accounts.management.keeper import Keeper
from app.accounts.management.routes import pages
from app.accounts.rules import Role
from app.accounts.sign_in.association import frame
from app.accounts.sign_in.current_user import MemberOf, NotYours
from app.accounts.sign_in.reauthentication import expect_fresh
from app.association_desk.members.service import OfMember
from app.base.web.pages import PortalOf


def keeper(request: Request, portal: PortalOf, member: MemberOf) -> Keeper:
    """Return the one who answers for an association. Raises :class:`NotYours`."""
    if not rights.may(member.role, rights.Right.MANAGE):
        raise NotYours
    expect_fresh(request, portal, member)
    return Keeper(
        id=member.id,
        name=member.name,
        base="accounts.people",
        roles=(Role.MEMBRE, Role.RESPONSABLE_ASSOCIATION),
        association=member.association,
        frame=frame(request, member),
        hand_over=OfMember(),
    )


router = pages("accounts.people", "/association/utilisateurs", keeper)
