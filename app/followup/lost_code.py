"""Routes of whoever lost the code: a link by e-mail, that serves once, and a fresh code for a complaint sent."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.base.forms.form import parse
from app.base.i18n import code_now
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.secrets import fingerprint
from app.base.web.addresses import path_of
from app.base.web.pages import AddressOf, PortalOf, ReadOf, VisitorOf, make_form, render
from app.base.web.reading import FormOf
from app.filing import queries
from app.filing.acts.renew_code import FOLLOWING
from app.followup.code import give_new_code
from app.followup.pages import Lost
from app.followup.routes import open_draft
from app.notifications import service as notifications
from app.saisine import messages, returning
from app.saisine.queries import DRAFT

router = APIRouter()
ASKS = 5
"""Links that one network address, or one mail address, may ask for before it must wait."""


@router.get("/reprendre/perdu", name="followup.lost")
def lost(request: Request, envoye: str = "") -> Response:
    """Ask where to send a link; once it was asked for, say what comes."""
    if envoye == "oui":
        return render(request, "followup/lost_sent.html")
    return render(request, "followup/lost.html", form=make_form(request, Lost, {}))


@router.post("/reprendre/perdu", name="followup.lost.send")
def send_link(request: Request, portal: PortalOf, address: AddressOf, form: FormOf) -> Response:
    """Send a link to an address that is known; the answer is the same for any other."""
    parsed = parse(Lost, form.typed)
    if parsed.values is None:
        shown = make_form(request, Lost, form.typed, parsed.errors)
        return render(request, "followup/lost.html", status=422, form=shown)
    to = parsed.values.email
    key = portal.keyring.address_key(to) or ""
    portal.limits.take(Limit("perdu", address, ASKS), Limit("perdu", key, ASKS))
    _send(portal, to, key, code_now())
    return RedirectResponse(f"{path_of(request.app, 'followup.lost')}?envoye=oui", 303)


def _send(portal: Portal, to: str, key: str, language: str) -> None:
    """Queue a mail for each draft and filing of this address, in the language of whoever asks."""
    with portal.database.write() as session:
        found = [(DRAFT, one) for one in returning.drafts_of(session, key)]
        found += [(FOLLOWING, one) for one in queries.filings_of_address(session, key)]
        for kind, subject in found:
            token = returning.make_link(session, kind, subject, portal.clock())
            minutes = int(returning.LINK_LASTS.total_seconds() // 60)
            mail = messages.with_link(to, fingerprint(token)[:16], token, minutes, portal.settings.address, language)
            notifications.queue(session, portal.keyring, [mail], portal.clock)


@router.get("/reprendre/lien/{jeton}", name="followup.link")
def link(request: Request, session: ReadOf, portal: PortalOf, jeton: str) -> Response:
    """Show one button: whatever reads mails before the person must not use the link up."""
    alive = returning.is_alive(session, jeton, portal.clock())
    return render(request, "followup/link.html", status=200 if alive else 410, alive=alive, token=jeton)


@router.post("/reprendre/lien/{jeton}", name="followup.link.use")
def use_link(request: Request, portal: PortalOf, visitor: VisitorOf, jeton: str, form: FormOf) -> Response:
    """Open what the link is for; a complaint that was sent gets a fresh code."""
    del form
    with portal.database.write() as session:
        used = returning.use_link(session, jeton, portal.clock())
        draft = returning.draft_by_id(session, used[1]) if used and used[0] == DRAFT else None
    if used is None or (used[0] == DRAFT and (draft is None or not returning.opens(draft))):
        return render(request, "followup/link.html", status=410, alive=False, token="")
    if draft is not None:
        return open_draft(request, portal, visitor, draft)
    with portal.database.read() as session:
        filing = queries.filing_by_id(session, used[1])
    if filing is None:
        return render(request, "followup/link.html", status=410, alive=False, token="")
    return give_new_code(request, portal, visitor, filing, is_first=used[0] == returning.FIRST)
