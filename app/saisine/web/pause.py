"""Routes of a pause: the code to come back with, the address it can be sent to, the way to erase everything.

The draft of an association has no code: it waits on the desk, where an account opens it.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.service import handover, sessions, shown_once
from app.base import dates
from app.base.errors import N_
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Email
from app.base.i18n import code_now, in_language
from app.base.limits import Limit
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, make_form, render, see
from app.base.web.reading import FormOf
from app.evidence import service as files
from app.evidence import store
from app.saisine import returning, service
from app.saisine.press import read_in
from app.saisine.queries import DRAFT, OpenDraft
from app.saisine.web.current_draft import DraftOf, already_sent
from app.saisine.web.draft_route import route_of

router = APIRouter()
PAUSE = "saisine.pause"
MAILS = 5
"""Mails with a code that one draft may ask for before it must wait."""


class SendCode(Answers):
    """Where to send the code."""

    email_reprise: Annotated[
        str,
        Email(
            label=N_("Recevoir le code par e-mail"),
            missing=N_("Écrivez une adresse e-mail complète, par exemple nom@exemple.fr."),
            optional=True,
            autocomplete="email",
        ),
    ]


@router.get("/saisine/{b}/pause", name=PAUSE)
def pause(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, draft: DraftOf) -> Response:
    """Show the code, say what it is for, and where it was just sent."""
    if draft.is_sent:
        return already_sent(request, draft)
    sent = shown_once.kept(session, portal, visitor, DRAFT, PAUSE) or {}
    session.close()  # the code is written when it is first asked for
    return _page(request, portal, draft, sent_to=sent["to"] if sent.get("b") == draft.public else "")


@router.post("/saisine/{b}/pause", name="saisine.pause.send")
def send_code(request: Request, portal: PortalOf, visitor: VisitorOf, draft: DraftOf, form: FormOf) -> Response:
    """Send the code by e-mail."""
    if draft.is_sent:
        return already_sent(request, draft)
    if draft.association:
        return see(request, "saisine.pause", b=draft.public)
    parsed = parse(SendCode, form.typed)
    if parsed.values is None:
        shown = make_form(request, SendCode, form.typed, parsed.errors)
        return _page(request, portal, draft, form=shown, status=422)
    portal.limits.take(Limit("mail", draft.id, MAILS))
    to, language = parsed.values.email_reprise, code_now()
    with portal.database.write() as session:
        returning.send_code(session, portal.keyring, draft, to, portal.settings.address, portal.clock, language)
        shown_once.keep(session, portal, visitor, DRAFT, PAUSE, {"b": draft.public, "to": to})
    return see(request, PAUSE, b=draft.public)


def _page(request: Request, portal: Portal, draft: OpenDraft, *, status: int = 200, **more: Any) -> Response:
    until = dates.date_text(draft.expires_on)
    if draft.association:
        return render(request, "saisine/kept_on_desk.html", b=draft.public, until=until)
    with portal.database.write() as session:
        code = returning.code_of(session, portal.keyring, draft)
    more.setdefault("form", make_form(request, SendCode, {}))
    return render(request, "saisine/pause.html", status=status, b=draft.public, code=code, until=until, **more)


@router.get("/saisine/{b}", name="saisine.resume")
def resume(request: Request, session: ReadOf, draft: DraftOf) -> Response:
    """Lead to the page to answer, in the language in which the last one was read."""
    if draft.is_sent:
        return already_sent(request, draft)
    with in_language(read_in(draft.typed)):
        return _resume(request, session, draft)


def _resume(request: Request, session: Session, draft: OpenDraft) -> Response:
    if not draft.typed:
        return see(request, "saisine.qui", b=draft.public)
    if "recit" in draft.typed and "besoin_soins" not in draft.typed and not draft.association:
        return see(request, "filing.short", b=draft.public)
    last = route_of(request, session, draft.typed, draft).open[-1]
    return see(request, f"saisine.{last.name}", b=draft.public)


@router.get("/saisine/{b}/effacer", name="saisine.erase")
def ask_to_erase(request: Request, draft: DraftOf) -> Response:
    """Ask before erasing."""
    if draft.is_sent:
        return already_sent(request, draft)
    return render(request, "saisine/erase.html", b=draft.public)


@router.post("/saisine/{b}/effacer", name="saisine.erase.do")
def erase(request: Request, portal: PortalOf, draft: DraftOf, form: FormOf) -> Response:
    """Erase everything that was written and added."""
    del form
    if draft.is_sent:
        return already_sent(request, draft)
    with portal.database.write() as session:
        gone = files.detach_all(session, draft.id)
        sessions.close_all(session, draft.id, DRAFT)
        service.erase(session, draft.id)
    for file_id in gone:
        store.remove(portal.files, file_id)
    return see(request, "associations.list") if draft.association else see(request, "saisine.erased")


@router.get("/plainte-effacee", name="saisine.erased")
def erased(request: Request) -> Response:
    """Say that it is done; nothing is left of the draft, and nothing is read here."""
    return render(request, "saisine/erased.html")


@router.post("/saisine/{b}/rester", name="saisine.stay")
def stay(portal: PortalOf, visitor: VisitorOf, draft: DraftOf, form: FormOf) -> Response:
    """Keep the draft open on a shared device: somebody is still there."""
    del draft, form
    with portal.database.write() as session:
        sessions.touch(session, visitor, DRAFT, portal.clock())
    return Response(status_code=204)


@router.post("/saisine/{b}/fermer", name="saisine.close")
def close(request: Request, portal: PortalOf, visitor: VisitorOf, draft: DraftOf, form: FormOf) -> Response:
    """Leave the complaint on this device; the code opens it again."""
    del form
    with portal.database.write() as session:
        handover.close_draft(session, visitor, draft.id)
    return see(request, "associations.list" if draft.association else "home")
