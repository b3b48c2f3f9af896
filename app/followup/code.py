"""« Changer de code »: another personal code, shown on the page that follows; who knew the old one reads no more."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.service import shown_once
from app.acts.kinds.lines import RENEWED
from app.acts.turn import take_own
from app.base.errors import NotFound
from app.base.i18n import FRENCH, in_language
from app.base.portal import Portal
from app.base.secrets import by_fours, typed
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, download, make_form, render, see
from app.base.web.reading import FormOf
from app.filing.acts.renew_code import FOLLOWING, renew
from app.filing.documents import confirmation, follow_up_sheet
from app.filing.models import Filing
from app.filing.queries import open_for_person
from app.filing.receipt.receive import PersonalCode
from app.filing.sealed.base import Sealed
from app.followup.dependencies import NEW_CODE, FollowedOf, enter
from app.followup.pages import Resume
from app.notifications.kinds import Mail

router = APIRouter()


@router.get("/suivi/code", name="followup.code")
def ask(request: Request, filing: FollowedOf) -> Response:
    """Say what a new code changes, before it is drawn."""
    return render(request, "followup/code.html", form=make_form(request, Resume, {}), number=filing.number)


@router.post("/suivi/code", name="followup.code.do")
def change(request: Request, portal: PortalOf, visitor: VisitorOf, filing: FollowedOf, form: FormOf) -> Response:
    """Draw it, then lead to the page that shows it."""
    del form
    return give_new_code(request, portal, visitor, filing)


def give_new_code(
    request: Request, portal: Portal, visitor: str, filing: Filing, *, is_first: bool = False
) -> Response:
    """Put a new code in place, stay open on this device, and lead to it; the first one replaces none in words."""
    code = PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        case = take_own(session, portal, filing, RENEWED)
        renew(session, filing.id, code)
        done = case.write(RENEWED, Sealed())
        done.tell([(done.email, Mail.CODE_CHANGED)])
    enter(request, portal, visitor, filing.id, {"code": code.code, "is_first": "oui" if is_first else ""})
    return see(request, NEW_CODE)


@router.get("/suivi/code/nouveau", name=NEW_CODE)
def new_code(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, filing: FollowedOf) -> Response:
    """Show the code that this device has just asked for, for half an hour; loaded again, it draws no other."""
    del filing
    shown = shown_once.kept(session, portal, visitor, FOLLOWING, NEW_CODE)
    return render(request, "followup/new_code.html", **shown) if shown else see(request, "followup.home")


@router.post("/suivi/code/feuille", name="followup.code.sheet")
@in_language(FRENCH)
def paper(session: ReadOf, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """Return the follow-up sheet of the code that this page shows; the page gives the code."""
    code = typed(form.get("code"))
    if not portal.keyring.is_code(code, filing.code_hash):
        raise NotFound
    shown = confirmation.of(session, portal, open_for_person(session, portal.keyring, filing))
    said = follow_up_sheet.Sheet(by_fours(code), portal.settings.address, filing.received_at, shown)
    return download(f"feuille-de-suivi-{filing.number}.pdf", follow_up_sheet.make_pdf(said), "application/pdf")
