"""Who follows: the complaint that a personal code opened in this browser."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request

from app.accounts.service import sessions, shown_once
from app.base.errors import Refusal
from app.base.portal import Portal
from app.base.secrets import new_token
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, let_go
from app.filing import queries
from app.filing.acts.renew_code import FOLLOWING
from app.filing.models import Filing
from app.saisine.web.current_draft import DraftClosed

NEW_CODE = "followup.code.new"
"""Name of the page that shows a new code."""
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)


class CodeNeeded(Refusal):
    """The follow-up opens with the code; sends to the page that asks for it, once what was typed is given back."""

    code, status, way_out, keeps_typed = "code_demande", 303, "followup.resume", True
    says = DraftClosed.says


def filing_followed(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf) -> Filing:
    """Return the filing that this visitor's code opened. Raises :class:`CodeNeeded`."""
    now = portal.clock()
    opened = sessions.opened_by(session, visitor, FOLLOWING, now)
    filing = queries.filing_by_id(session, opened.subject) if opened else None
    if opened is None or filing is None:
        raise CodeNeeded
    if opened.is_stale:
        session.close()
        with portal.database.write() as writing:
            sessions.touch(writing, visitor, FOLLOWING, now)
    let_go(request, session)
    return filing


FollowedOf = Annotated[Filing, Depends(filing_followed)]


def enter(request: Request, portal: Portal, visitor: str, filing_id: str, shown: dict[str, str] | None = None) -> None:
    """Open the follow-up on this device; the browser gets a new id, since it may read more.

    ``shown``: what the page of a new code shows on this device.
    """
    token = new_token()
    with portal.database.write() as session:
        sessions.move(session, visitor, token)
        sessions.close_session(session, token, FOLLOWING)
        sessions.open_session(
            session, FOLLOWING, filing_id, token=token, idle=IDLE, absolute=ABSOLUTE, now=portal.clock()
        )
        if shown:
            shown_once.keep(session, portal, token, FOLLOWING, NEW_CODE, shown)
    request.state.visitor, request.state.keep_visitor = token, True
