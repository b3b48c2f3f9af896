"""« Demander le mandat » (C4): a link by e-mail to the person, and a code that the member tells her by voice."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.rules import ASSOCIATION
from app.accounts.service import shown_once
from app.associations import registry
from app.associations.rules import why_not_sending
from app.base import dates
from app.base.errors import NotFound, TooMany
from app.base.forms.fields import Typed
from app.base.forms.shown_version import is_past
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import fingerprint
from app.base.web.pages import VERSION, PortalOf, ReadOf, VisitorOf, portal_of, render, see
from app.filing.web import automatic_sending
from app.filing.web.check_answers import CHANGED, check_page
from app.notifications import service as notifications
from app.notifications.rules import FROM_ANYBODY_SPAN
from app.saisine import mandate_requests, messages
from app.saisine.pages import LAST
from app.saisine.press import digest_of_all
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MandateMode, language_of
from app.saisine.web.current_draft import DraftOf, PressOf, already_sent
from app.saisine.web.draft_route import route_of

router = APIRouter()
ASKED = "filing.mandate.ask.read"


@router.get("/saisine/{b}/mandat/demander", name=ASKED)
def ask_read(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, draft: DraftOf) -> Response:
    """Show the code that was just drawn in this browser, for half an hour; then go back to the complaint."""
    if not draft.association:
        raise NotFound
    shown = shown_once.kept(session, portal, visitor, ASSOCIATION, ASKED)
    if shown and shown["b"] == draft.public:
        return render(request, "filing/mandate_asked.html", **shown)
    return see(request, "saisine.verifier", b=draft.public)


@router.post("/saisine/{b}/mandat/demander", name="filing.mandate.ask")
def ask(request: Request, session: ReadOf, visitor: VisitorOf, draft: DraftOf, form: PressOf) -> Response:
    """Send the link, and lead to the page of the code; asked again, both replace those of before.

    When the yes of the person is to send, the last page is declared with this press.
    """
    if not draft.association:
        raise NotFound
    if draft.is_sent:
        return already_sent(request, draft)
    portal = portal_of(request)
    route = route_of(request, session, draft.typed, draft, skipping=True)
    declared: Typed = {}
    if automatic_sending.is_wanted(route):
        declared = {name: form.typed.get(name, []) for name in LAST.names}
        route = route_of(request, session, {**draft.typed, **declared}, draft, skipping=True)
    if route.pending is not None and (declared or route.pending.name != LAST.name):
        return check_page(request, session, draft, {**draft.typed, **declared}, route=route, status=422)
    if declared and is_past(form.get(VERSION), digest_of_all(draft.typed)):
        return check_page(request, session, draft, {**draft.typed, **declared}, banner=CHANGED, status=409)
    if route.trail["mandat_mode"] != MandateMode.EMAIL or mandate_requests.holds(session, draft):
        return see(request, "saisine.verifier", b=draft.public)
    if refused := refusal(session, portal, draft.association):
        return check_page(request, session, draft, draft.typed, route=route, banner=refused, status=409)
    name = registry.row_of(session, draft.association).name
    session.close()
    code = send(portal, draft, str(route.trail["email"]), name, declared)
    with portal.database.write() as writing:
        content = {"b": draft.public, "code": code, "will_send": "oui" if declared else ""}
        shown_once.keep(writing, portal, visitor, ASSOCIATION, ASKED, content)
    return see(request, ASKED, b=draft.public)


def refusal(session: Session, portal: Portal, association: str) -> str:
    """Return why an association may not ask for a mandate today, as a sentence; empty when it may."""
    known = registry.known(session, association)
    today, contact = dates.local_day(portal.clock()), portal.settings.operator_contact
    return why_not_sending(known.agreements if known else (), today, contact, translate)


def send(portal: Portal, draft: OpenDraft, to: str, association: str, declared: Typed) -> str:
    """Ask, queue the mail, and give the code; ``declared``: the ticks of the last page, when the yes is to send.

    Raises :class:`~app.base.errors.TooMany`.
    """
    with portal.database.write() as session:
        now = portal.clock()
        automatic_sending.declare(session, draft, declared)
        token, code = mandate_requests.ask(session, portal.keyring, draft.id, draft.key, now)
        words = (token, association, now + mandate_requests.LASTS, portal.settings.address)
        mail = messages.mandate_asked(to, fingerprint(token)[:16], *words, language_of(draft.typed))
        if notifications.queue(session, portal.keyring, [mail], portal.clock):
            raise TooMany(int(FROM_ANYBODY_SPAN.total_seconds() // 60))
    return code
