"""The doors of the clerk's desk: the list, and one complaint."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.door import ClerkOf
from app.accounts.rules import Role
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing.acts import read_receipts
from app.filing.queries import holds_key
from app.filing.status.case_status import OF_PERSON
from app.intake import calendars, dossier, files, journal, listing, people, posting, several
from app.intake.acknowledging import AcknowledgePage
from app.intake.act_page import add
from app.intake.answering import AskPage, ReplyPage
from app.intake.caring import AssignPage, NotePage
from app.intake.confirming import Confirm
from app.intake.desk import DeskOf, frame, leave_trace, line_of, today_of
from app.intake.duplicates import TwinPage
from app.intake.exporting import ExportPage
from app.intake.identifying import Identify
from app.intake.moving import MovePage
from app.intake.phone_call import CallPage
from app.intake.posting_code import PostCode
from app.intake.to_authority import ToAuthority
from app.intake.to_professional import ToProfessional
from app.intake.translating import Translate

router = APIRouter()


@router.get("/agent", name="intake.home")
def home(clerk: ClerkOf) -> Response:
    """Begin with the list; an administrator, with the administration."""
    return RedirectResponse("/administration" if clerk.role == Role.ADMIN else "/agent/plaintes", 303)


@router.get("/agent/plaintes/{numero}", name="intake.filing")
def filing(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """D3: one complaint, whole for who may read it; its existence only for an authority not told yet."""
    line = line_of(session, clerk, numero)
    may_read = holds_key(session, line.filing_id, clerk.authority)
    if may_read:
        leave_trace(session, portal, clerk, line)
    shown = dossier.of(session, portal.keyring, clerk.authority, line, today_of(portal, clerk), translate)
    if may_read and read_receipts.unseen(session, line.filing_id, OF_PERSON, clerk.authority):
        session.close()
        with portal.database.write() as writing:
            read_receipts.note(writing, line.filing_id, OF_PERSON, clerk.authority, portal.clock())
    template = "intake/filing.html" if shown.contents else "intake/announced.html"
    return render(request, template, **frame(request, clerk), shown=shown)


for part in (listing, several, files, posting, people, journal, calendars):
    router.include_router(part.router)
add(router, AcknowledgePage(), ToAuthority(), ToProfessional(), Confirm(), MovePage())
add(router, ReplyPage(), AskPage(), CallPage(), TwinPage(), Identify(), Translate())
add(router, AssignPage(), NotePage(), ExportPage(), PostCode())
