"""The complaint of an address, for the member who sent it or who sees it in the list."""

from typing import Annotated

from fastapi import Depends

from app.accounts.audit.access_log import READ_BY_MEMBER
from app.accounts.service.access import Access, note_once
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk import desk
from app.base.errors import NotFound
from app.base.web.pages import PortalOf, ReadOf
from app.filing.models import Filing


def own_filing(session: ReadOf, portal: PortalOf, member: MemberOf, numero: str) -> Filing:
    """Find a complaint that this member sent and still may read, and note in the journal that she read it that day.

    Raises :class:`~app.base.errors.NotFound`.
    """
    found = desk.own_filing(session, member, numero)
    if found is None:
        raise NotFound
    line = Access(member.name, member.association, READ_BY_MEMBER, found.number)
    note_once(session, portal.database, line, portal.clock())
    return found


OwnFilingOf = Annotated[Filing, Depends(own_filing)]
