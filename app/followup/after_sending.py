"""From the confirmation to the follow-up, on the device that sent: nobody copies a code from one page to the next."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.service import sessions
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, see
from app.base.web.reading import FormOf
from app.filing import queries
from app.filing.documents import confirmation
from app.followup.dependencies import CodeNeeded, enter
from app.saisine.queries import DRAFT
from app.saisine.web.current_draft import DraftOf

router = APIRouter()


@router.post("/saisine/{b}/suivre", name="followup.after_sending")
def follow(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, draft: DraftOf, form: FormOf
) -> Response:
    """Open the follow-up of what this device sent, while its confirmation shows the code: no more than the code gives.

    Raises :class:`~app.followup.dependencies.CodeNeeded` on a shared device, later, for the association that filed,
    and for the id that a browser had before it sent.
    """
    filing = queries.filing_of_draft(session, draft.id)
    is_own = draft.id in sessions.subjects_of(session, visitor, DRAFT, portal.clock())
    if filing is None or not is_own or not confirmation.may_follow(session, portal, draft, filing):
        raise CodeNeeded
    session.close()
    enter(request, portal, visitor, filing.id)
    return see(request, "followup.proofs" if form.get("vers") == "preuves" else "followup.home")
