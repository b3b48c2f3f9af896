"""Routes of the clerk's desk: the list, and one complaint."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.rules import Role
from app.accounts.sign_in.current_user import ClerkOf
from app.accounts.sign_in.done import DONE
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing.acts import mentions, read_receipts
from app.filing.queries import holds_key
from app.intake.acts.acknowledge import AcknowledgePage
from app.intake.acts.assignment import AssignPage, NotePage
from app.intake.acts.confirm_authority import Confirm
from app.intake.acts.identify_professional import Identify
from app.intake.acts.mandate_revocation import MandateRevocationPage
from app.intake.acts.phone_call import CallPage
from app.intake.acts.post_new_code import PostCode
from app.intake.acts.report_duplicate import DuplicatePage
from app.intake.acts.reroute import MovePage
from app.intake.acts.translation import Translate
from app.intake.acts.transmit_to_authority import ToAuthority
from app.intake.acts.transmit_to_professional import ToProfessional
from app.intake.acts.write_to_person import AskPage, ReplyPage
from app.intake.desk.act_page import add
from app.intake.desk.page import DeskOf, frame, leave_trace, line_of, today_of
from app.intake.dossier import view
from app.intake.labels import profession_text
from app.intake.masking.areas import MaskArea
from app.intake.masking.passages import MaskPassage
from app.intake.masking.taking_back import Unmask
from app.intake.news import NEWS, is_new_to
from app.intake.queries import Asking
from app.intake.web import (
    absences,
    accounts,
    agenda,
    arrivals,
    audit,
    bulk,
    bulk_tags,
    calendars,
    card,
    display,
    files,
    inbox,
    letters_to_post,
    message_templates,
    same_professional,
    subscription,
    tagging,
    tags,
    views,
)
from app.intake.web.recording import page, scan

router = APIRouter()


@router.get("/agent", name="intake.home")
def home(request: Request, session: ReadOf, portal: PortalOf, clerk: ClerkOf) -> Response:
    """Begin with the list, on the view that the clerk chose; an administrator, with the administration."""
    if clerk.role == Role.ADMIN:
        return RedirectResponse("/administration", 303)
    return RedirectResponse(path_of(request.app, "intake.list") + inbox.on_arrival(session, portal, clerk), 303)


@router.get("/agent/plaintes/{numero}", name="intake.filing")
def filing(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """D3: one complaint, whole for who may read it; its existence only for an authority not told yet."""
    line = line_of(session, clerk, numero)
    may_read = holds_key(session, line.filing_id, clerk.authority)
    if may_read:
        leave_trace(session, portal, clerk, line)
    done = request.query_params.get(DONE, "")
    profession = profession_text(line.profession, inbox.professions_of(session, portal), translate)
    asking = Asking(clerk.authority, today_of(portal, clerk))
    shown = view.of(session, portal.keyring, asking, line, profession, translate, done)
    around = tagging.beside(request, session, portal, clerk, line.filing_id) if may_read else {}
    if may_read and is_new_to(session, line.filing_id, clerk.authority, clerk.id):
        session.close()
        with portal.database.write() as writing:
            read_receipts.note(writing, line.filing_id, NEWS, clerk.authority, portal.clock())
            mentions.opened(writing, line.filing_id, clerk.id)
    template = "intake/filing.html" if shown.contents else "intake/announced.html"
    return render(request, template, **frame(request, clerk), shown=shown, **around)


for part in (inbox, bulk, files, letters_to_post, accounts, audit, calendars, card, page, same_professional):
    router.include_router(part.router)
for part in (views, display, arrivals, scan):
    router.include_router(part.router)
for part in (absences, agenda, message_templates, subscription, tagging, bulk_tags, tags):
    router.include_router(part.router)
add(router, AcknowledgePage(), ToAuthority(), ToProfessional(), Confirm(), MovePage())
add(router, ReplyPage(), AskPage(), CallPage(), DuplicatePage(), Identify(), Translate())
add(router, MandateRevocationPage(), AssignPage(), NotePage(), PostCode())
add(router, MaskPassage(), MaskArea(), Unmask())
