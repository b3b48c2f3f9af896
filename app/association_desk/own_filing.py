"""The complaint of an address, for the member who sent it or who sees it in the list."""

from typing import Annotated

from fastapi import Depends

from app.accounts.sign_in.current_user import MemberOf
from app.association_desk import desk
from app.base.errors import NotFound
from app.base.web.pages import ReadOf
from app.filing.models import Filing


def own_filing(session: ReadOf, member: MemberOf, numero: str) -> Filing:
    """Find a complaint that this member sent and still may read. Raises :class:`~app.base.errors.NotFound`."""
    found = desk.own_filing(session, member, numero)
    if found is None:
        raise NotFound
    return found


OwnFilingOf = Annotated[Filing, Depends(own_filing)]
