"""The person gives her mandate, or not (C5): a link by e-mail, a code told by voice, the whole complaint to read.

The link alone says which association asks. Whatever reads mails before her uses nothing up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.rules import MANDATE
from app.accounts.service import sessions
from app.associations import registry
from app.associations.mandate_text import VERSION as TEXT_VERSION
from app.associations.mandate_text import words
from app.associations.rules import agreed_on
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.i18n import FRENCH, in_language, translate
from app.base.portal import Portal
from app.base.secrets import new_token
from app.base.web.pages import VERSION, PortalOf, ReadOf, VisitorOf, download, make_form, portal_of, render, see
from app.base.web.reading import FormOf
from app.filing.documents import confirmation, mandate_paper
from app.filing.queries import filing_of_draft, open_for_person
from app.filing.web import automatic_sending
from app.filing.web.check_answers import rows_to_read
from app.filing.web.read_before_mandate import ReadComplaint, open_complaint
from app.printing.bilingual import courtesy
from app.saisine import mandate_requests as requests
from app.saisine import queries
from app.saisine.competence import town_of
from app.saisine.models import MandateRequest
from app.saisine.steps.asked import recipients_on
from app.saisine.steps.mandate import MandateAnswer, MandateCode, MandateReply
from app.saisine.steps.recipients import TOLD

router = APIRouter()
WRONG_CODE = N_("Ce code n'est pas le bon. Demandez-le à l'association.")
CHANGED = N_("La plainte vient de changer. Relisez-la, puis répondez.")


@dataclass(frozen=True)
class Told:
    """What a form that was sent is told: what was typed, what to correct, what changed meanwhile."""

    typed: Typed = field(default_factory=dict)
    mistakes: Mapping[str, FieldError] = field(default_factory=dict)
    banner: str = ""

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return 422 if self.mistakes else 409 if self.banner else 200


NOTHING = Told()


@router.get("/mandat/{jeton}", name="filing.mandate.give")
def read(request: Request, session: ReadOf, visitor: VisitorOf, jeton: str) -> Response:
    """Show who asks and the field of the code; the complaint, in the browser where the code was typed."""
    return _page(request, session, visitor, jeton)


@router.post("/mandat/{jeton}", name="filing.mandate.open")
def open_with_code(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, jeton: str, form: FormOf
) -> Response:
    """Open the complaint in this browser for half an hour; the fifth wrong code ends the request."""
    parsed = parse(MandateCode, form.typed)
    if parsed.values is None:
        return _page(request, session, visitor, jeton, Told(form.typed, parsed.errors))
    code = "".join(one for one in parsed.values.mandat_code if one.isdigit())
    session.close()
    with portal.database.write() as writing:
        opened = requests.try_code(writing, portal.keyring, jeton, code, portal.clock())
        draft_id = opened.draft if opened else ""
    if not draft_id:
        wrong = {"mandat_code": FieldError(WRONG_CODE)}
        return _page(request, session, visitor, jeton, Told(form.typed, wrong))
    _enter(request, portal, visitor, draft_id)
    return see(request, "filing.mandate.give", jeton=jeton)


@router.post("/mandat/{jeton}/repondre", name="filing.mandate.answer")
def answer(
    request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf, jeton: str, form: FormOf
) -> Response:
    """Keep the answer to what was read; to a complaint that changed since, nothing is answered."""
    now, row = portal.clock(), requests.find(session, jeton)
    complaint = open_complaint(request, session, row, visitor) if row and requests.is_open(row, now) else None
    if complaint is None or not complaint.is_whole:
        return see(request, "filing.mandate.give", jeton=jeton)
    parsed = parse(MandateReply, form.typed)
    if parsed.values is None:
        return _page(request, session, visitor, jeton, Told(form.typed, parsed.errors))
    said = parsed.values
    is_given = said.mandat_reponse == MandateAnswer.OUI
    ahead = automatic_sending.prepare(session, portal, complaint.draft) if is_given else None
    session.close()
    with portal.database.write() as writing:
        draft = queries.open_for_mandate(writing, portal.keyring, complaint.draft.id)
        is_same = draft is not None and requests.digest_of_read(writing, draft) == form.get(VERSION) == complaint.digest
        is_kept = is_same and requests.answer(
            writing, jeton, complaint.draft.key, said.mandat_reponse, _read(complaint, said, now), now
        )
        if is_kept and ahead:
            automatic_sending.send(writing, portal, ahead)
    if not is_kept:
        return _page(request, session, visitor, jeton, Told(form.typed, banner=CHANGED))
    return see(request, "filing.mandate.give", jeton=jeton)


@router.get("/mandat/{jeton}/mandat.pdf", name="filing.mandate.copy")
@in_language(FRENCH)
def copy(session: ReadOf, portal: PortalOf, visitor: VisitorOf, jeton: str) -> Response:
    """Return the mandate that was given, in the browser where the code was typed."""
    row, now = requests.find(session, jeton), portal.clock()
    if row is None or row.answered_at is None or row.answer != MandateAnswer.OUI:
        raise NotFound
    key = queries.key_of(session, portal.keyring, row.draft)
    if key is None or row.draft not in sessions.subjects_of(session, visitor, MANDATE, now):
        raise NotFound
    made = mandate_paper.make_copy(requests.read_of(row, key).words, row.answered_at)
    return download("mandat.pdf", made, "application/pdf")


def _read(complaint: ReadComplaint, said: MandateReply, now: datetime) -> requests.MandateRead:
    """Return what the person read, with the words of the mandate as she gives it."""
    given, trail = complaint.mandate, complaint.route.trail
    text = words(replace(given, given_at=now), translate)
    powers = [str(one) for one in trail["mandat_portee"]]
    return requests.MandateRead(
        TEXT_VERSION, list(text), powers, complaint.digest, given.signatory, said.mandat_remarque
    )


def _enter(request: Request, portal: Portal, visitor: str, draft_id: str) -> None:
    """Open the complaint in this browser, which gets a new id, since it may read more."""
    token = new_token()
    with portal.database.write() as session:
        sessions.move(session, visitor, token)
        sessions.close_session(session, token, MANDATE)
        sessions.open_session(
            session,
            MANDATE,
            draft_id,
            token=token,
            idle=requests.READING,
            absolute=requests.READING,
            now=portal.clock(),
        )
    request.state.visitor, request.state.keep_visitor, request.state.shared = token, True, True


def _page(request: Request, session: Session, visitor: str, jeton: str, told: Told = NOTHING) -> Response:
    """Show what this link shows to this browser now."""
    now, row = portal_of(request).clock(), requests.find(session, jeton)
    if row is not None and row.answered_at:
        return _answered(request, session, visitor, jeton, row)
    draft = queries.open_for_mandate(session, portal_of(request).keyring, row.draft) if row else None
    if row is None or draft is None or not requests.is_open(row, now):
        return render(request, "filing/mandate_over.html", status=410)
    known = registry.known(session, draft.association)
    agreement = agreed_on(known.agreements, dates.local_day(now)) if known else None
    around: dict[str, Any] = {"token": jeton, "association": known.row if known else None, "agreement": agreement}
    around |= {"agreed_until": dates.date_text(agreement.ends_on, weekday=False) if agreement else ""}
    complaint = open_complaint(request, session, row, visitor)
    if complaint is None:
        form = make_form(request, MandateCode, told.typed, told.mistakes)
        return render(request, "filing/mandate_code.html", status=told.status, form=form, **around)
    form = make_form(request, MandateReply, told.typed, told.mistakes, hidden={VERSION: complaint.digest})
    sheets = [_sheet(session, complaint, private=one) for one in (False, True)]
    return render(
        request,
        "filing/mandate_to_give.html",
        status=told.status,
        form=form,
        banner=told.banner,
        is_whole=complaint.is_whole,
        will_send=bool(automatic_sending.declared(session, complaint.draft)),
        mandate=complaint.text,
        translation=courtesy(),
        complaint=sheets[0],
        contact=sheets[1],
        told=TOLD[recipients_on(complaint.route.trail)],
        **around,
    )


def _sheet(session: Session, complaint: ReadComplaint, *, private: bool) -> list[Mapping[str, Any]]:
    """Return the answers as the last page of the form shows them, without the way to change them."""
    town = town_of(session, complaint.route.trail)
    rows = rows_to_read(session, complaint.draft, complaint.route, town, private=private)
    return [{**row, "href": ""} for row in rows]


def _answered(request: Request, session: Session, visitor: str, jeton: str, row: MandateRequest) -> Response:
    """Say what the answer did, in the browser that gave it; in any other, only that there is one."""
    portal = portal_of(request)
    if row.draft not in sessions.subjects_of(session, visitor, MANDATE, portal.clock()):
        day = dates.date_text(dates.local_day(row.answered_at), weekday=False) if row.answered_at else ""
        return render(request, "filing/mandate_answered.html", answered=day)
    sent = filing_of_draft(session, row.draft)
    shown = confirmation.of(session, portal, open_for_person(session, portal.keyring, sent)) if sent else None
    is_given = row.answer == MandateAnswer.OUI
    return render(request, "filing/mandate_given.html", is_given=is_given, token=jeton, shown=shown)
