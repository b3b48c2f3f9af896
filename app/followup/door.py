"""Who follows: the complaint that a personal code opened in this browser."""

from typing import Annotated

from fastapi import Depends

from app.accounts.service import sessions
from app.base.errors import Refusal
from app.base.web.pages import PortalOf, VisitorOf
from app.filing import queries
from app.filing.models import Filing

FOLLOWING = "suivi"


class CodeNeeded(Refusal):
    """The follow-up opens with the code; sends to the page that asks for it."""

    code, status, way_out = "code_demande", 303, "followup.resume"


def filing_followed(portal: PortalOf, visitor: VisitorOf) -> Filing:
    """Give the filing that this visitor's code opened. Raises :class:`CodeNeeded`."""
    now = portal.clock()
    with portal.database.read() as session:
        filing_id = sessions.session_of(session, visitor, FOLLOWING, now)
        filing = queries.filing_by_id(session, filing_id) if filing_id else None
        is_stale = filing is not None and sessions.needs_touch(session, visitor, FOLLOWING, now)
    if filing is None:
        raise CodeNeeded
    if is_stale:
        with portal.database.write() as session:
            sessions.touch(session, visitor, FOLLOWING, now)
    return filing


FollowedOf = Annotated[Filing, Depends(filing_followed)]
