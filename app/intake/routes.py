"""The doors of the clerk's desk: the list, and one complaint."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.accounts.door import ClerkOf
from app.accounts.rules import Role
from app.base.i18n import translate
from app.base.web.pages import PortalOf, render
from app.filing import seen
from app.filing.queries import holds_key
from app.filing.standing import OF_PERSON
from app.intake import (
    acknowledging,
    answering,
    calendars,
    caring,
    confirming,
    dossier,
    duplicates,
    exporting,
    files,
    identifying,
    journal,
    listing,
    moving,
    people,
    posting,
    posting_code,
    several,
    to_authority,
    to_professional,
    translating,
)
from app.intake.desk import DeskOf, frame, leave_trace, line_of, today_of

router = APIRouter()


@router.get("/agent", name="intake.home")
def home(clerk: ClerkOf) -> Response:
    """Begin with the list; an administrator, with the administration."""
    return RedirectResponse("/administration" if clerk.role == Role.ADMIN else "/agent/plaintes", 303)


@router.get("/agent/plaintes/{numero}", name="intake.filing")
def filing(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """D3: one complaint, whole for who may read it; its existence only for an authority not told yet."""
    line = line_of(portal, clerk, numero)
    with portal.database.read() as session:
        may_read = holds_key(session, line.filing_id, clerk.authority)
    if may_read:
        leave_trace(portal, clerk, line)
    with portal.database.read() as session:
        shown = dossier.of(session, portal.keyring, clerk.authority, line, today_of(portal, clerk), translate)
        news = seen.unseen(session, line.filing_id, OF_PERSON, clerk.authority) if may_read else ()
    if news:
        with portal.database.write() as session:
            seen.note(session, line.filing_id, OF_PERSON, clerk.authority, portal.clock())
    template = "intake/filing.html" if shown.contents else "intake/announced.html"
    return render(request, template, **frame(request, clerk), shown=shown)


router.include_router(listing.router)
router.include_router(several.router)
router.include_router(files.router)
router.include_router(moving.router)
router.include_router(posting.router)
router.include_router(acknowledging.router)
router.include_router(to_authority.router)
router.include_router(confirming.router)
router.include_router(to_professional.router)
router.include_router(exporting.router)
router.include_router(caring.router)
router.include_router(answering.router)
router.include_router(people.router)
router.include_router(journal.router)
router.include_router(posting_code.router)
router.include_router(calendars.router)
router.include_router(duplicates.router)
router.include_router(identifying.router)
router.include_router(translating.router)
