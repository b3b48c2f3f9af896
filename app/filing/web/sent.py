"""What a complaint that was sent gives on the device that sent it: confirmation, récépissé, follow-up sheet.

Papers are French, whatever their reader reads: the same values give the same bytes.
"""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.audit.access_log import READ_BY_MEMBER
from app.accounts.service.access import Access, note_once
from app.base.errors import NotFound
from app.base.i18n import FRENCH, in_language
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, download, render, see
from app.filing import queries
from app.filing.documents import confirmation, receipt_file
from app.filing.documents import follow_up_sheet as sheet
from app.filing.documents.wording import of_the_person
from app.filing.queries import OpenFiling
from app.saisine.queries import OpenDraft
from app.saisine.web.current_draft import DraftOf

router = APIRouter()


@router.get("/saisine/{b}/confirmation", name="filing.confirmation")
def confirm(request: Request, session: ReadOf, portal: PortalOf, draft: DraftOf) -> Response:
    """A20: the number, the hour, the code, what comes next."""
    opened = _sent(session, portal, draft)
    if opened is None:
        return see(request, "filing.short", b=draft.public)
    if draft.association:
        shown, person = confirmation.of(session, portal, opened, of_the_person), opened.payload["person"]
        return render(request, "filing/sent_by_association.html", b=draft.public, shown=shown, person=person)
    shown = confirmation.of(session, portal, opened)
    code = confirmation.code_still_shown(session, portal, draft, opened.filing)
    follows = confirmation.may_follow(session, portal, draft, opened.filing)
    return render(request, "filing/confirmation.html", b=draft.public, shown=shown, code=code, follows=follows)


@router.get("/saisine/{b}/recepisse", name="filing.recepisse")
@in_language(FRENCH)
def recepisse(session: ReadOf, portal: PortalOf, draft: DraftOf) -> Response:
    """Return the récépissé on the device that sent."""
    if (opened := _sent(session, portal, draft)) is None:
        raise NotFound
    made = receipt_file.recepisse(session, portal, opened.filing)
    return download(f"recepisse-{opened.number}.pdf", made, "application/pdf")


@router.get("/saisine/{b}/recepisse/lire", name="filing.recepisse.read")
def read_recepisse(request: Request, session: ReadOf, portal: PortalOf, draft: DraftOf) -> Response:
    """Show the récépissé as a page, in the reader's language beside the French."""
    if (opened := _sent(session, portal, draft)) is None:
        raise NotFound
    said = receipt_file.in_both_languages(session, portal, opened.filing)
    return render(request, "filing/recepisse.html", b=draft.public, said=said)


@router.get("/saisine/{b}/feuille-de-suivi", name="filing.sheet")
@in_language(FRENCH)
def follow_up_sheet(request: Request, session: ReadOf, portal: PortalOf, draft: DraftOf) -> Response:
    """Return the follow-up sheet, for as long as the page may show the code."""
    opened = _sent(session, portal, draft)
    if opened is None:
        raise NotFound
    code = confirmation.code_still_shown(session, portal, draft, opened.filing)
    shown = confirmation.of(session, portal, opened)
    if not code:
        return see(request, "filing.confirmation", b=draft.public)
    made = sheet.make_pdf(sheet.Sheet(code, portal.settings.address, opened.filing.received_at, shown))
    return download(f"feuille-de-suivi-{opened.number}.pdf", made, "application/pdf")


def _sent(session: Session, portal: Portal, draft: OpenDraft) -> OpenFiling | None:
    """Open what a draft became; ``None`` while it is not sent.

    Raises :class:`~app.base.errors.NotFound` for an association whose mandate ended: it reads nothing any more.
    """
    filing = queries.filing_of_draft(session, draft.id)
    if filing is None:
        return None
    if not draft.association:
        return queries.open_for_person(session, portal.keyring, filing)
    opened = queries.open_for_association(session, portal.keyring, filing, draft.association)
    if opened is None:
        raise NotFound
    line = Access(draft.reader, draft.association, READ_BY_MEMBER, opened.number)
    note_once(session, portal.database, line, portal.clock())
    return opened
