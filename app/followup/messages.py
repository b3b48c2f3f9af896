"""« Écrire à l'autorité »: the person and the authority write to each other here, never in a mail."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.acts.turn import take_own
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import LongText
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, portal_of, render, versioned
from app.base.web.reading import FormOf
from app.filing.acts import read_receipts
from app.filing.acts.messages import Exchange, exchanges, is_too_many
from app.filing.models import Filing
from app.filing.queries import OpenFiling, open_for_person
from app.filing.sealed.person import PersonWrote
from app.filing.status.case_status import ASKED, AUTHORITY_WROTE, PERSON_WROTE
from app.followup.dependencies import FollowedOf
from app.notifications.kinds import Mail

router = APIRouter()
OF_AUTHORITY = (AUTHORITY_WROTE, ASKED)
TOO_MANY = N_("Vous avez déjà écrit 20 messages aujourd'hui. Continuez demain.")


class Write(Answers):
    """One field: the message."""

    message: Annotated[
        str, LongText(label=N_("Votre message"), missing=N_("Écrivez votre message."), longest=4000, rows=6)
    ]


def received(session: Session, opened: OpenFiling) -> list[Exchange]:
    """List what the authority wrote."""
    return [one for one in _all(session, opened) if not one.is_of_person]


def _all(session: Session, opened: OpenFiling) -> list[Exchange]:
    return exchanges(opened.acts, read_receipts.seen_of(session, opened.filing.id))


@router.get("/suivi/message", name="followup.messages")
def read(request: Request, session: ReadOf, filing: FollowedOf) -> Response:
    """Show what was written, and a place to write."""
    is_sent = request.query_params.get("envoye") == "oui"
    return _show(request, session, filing, {}, is_sent=is_sent)


@router.post("/suivi/message", name="followup.messages.do")
def send(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf, form: FormOf) -> Response:
    """Keep a message, and tell the authority that there is one."""
    parsed = parse(Write, form.typed)
    if parsed.values is None:
        return _show(request, session, filing, form.typed, parsed.errors)
    with portal.database.write() as writing:
        is_kept = _keep(writing, portal, filing, parsed.values.message, form.seen)
    if not is_kept:
        return _show(request, session, filing, form.typed, {"message": FieldError(TOO_MANY)})
    return RedirectResponse(f"{path_of(request.app, 'followup.messages')}?envoye=oui", 303)


def _keep(session: Session, portal: Portal, filing: Filing, text: str, seen: int) -> bool:
    """Keep a message and tell the authority; ``False`` when the day allows no more. Pressed twice, it is kept once."""
    case, written = take_own(session, portal, filing, PERSON_WROTE, seen), PersonWrote(text=text)
    if case.is_written(PERSON_WROTE, written):
        return True
    if is_too_many(case.opened.acts, portal.clock()):
        return False
    done = case.write(PERSON_WROTE, written)
    done.tell((one, Mail.PERSON_WROTE) for one in done.addresses(done.now.receiver))
    return True


def _show(
    request: Request,
    session: Session,
    filing: Filing,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    *,
    is_sent: bool = False,
) -> Response:
    portal = portal_of(request)
    opened = open_for_person(session, portal.keyring, filing)
    found = _all(session, opened)
    if any(one.is_new for one in found):
        session.close()
        with portal.database.write() as writing:
            read_receipts.note(writing, filing.id, OF_AUTHORITY, read_receipts.PERSON, portal.clock())
    return render(
        request,
        "followup/messages.html",
        status=422 if mistakes else 200,
        form=versioned(request, Write, typed, mistakes, version=opened.version),
        number=filing.number,
        messages=found,
        is_sent=is_sent,
    )
