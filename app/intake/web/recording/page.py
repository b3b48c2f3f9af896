"""« Enregistrer une plainte reçue »: a complaint that came by post or at the counter enters the service (D5).

It makes the same sealed filing as any other. Its receipt is the one declared, its recording is the ledger's instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, after
from app.base.errors import NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, portal_of, render
from app.evidence import service as evidence
from app.evidence import store
from app.evidence.purposes import SCAN
from app.filing import queries
from app.filing.ledger import chain
from app.filing.receipt import competence
from app.filing.receipt.receive import PersonalCode
from app.filing.sealed.payload import Complaint
from app.filing.sealed.recorded import Recorded
from app.filing.web import sending
from app.filing.web.uploads import Papers, receive_under
from app.intake.desk.act_dates import TODAY
from app.intake.desk.page import frame, today_of
from app.intake.web.recording.form import NO_SCAN, NOW, PaperForm, PaperReceipt
from app.intake.web.recording.scan import pages_of
from app.intake.web.recording.sheet import PaperSheet, RecorderOf
from app.saisine import service as drafts
from app.saisine.competence import Town, TownQuestion, find_town
from app.saisine.queries import open_row

router = APIRouter()
LOOK = "lire"
"""The button that brings the scan beside the fields, and checks nothing else."""


@dataclass(frozen=True)
class SentPaper:
    """A form that was sent, with the sheet under whose key its files are."""

    sheet: PaperSheet
    papers: Papers


async def _received(
    request: Request, session: ReadOf, portal: PortalOf, clerk: RecorderOf, feuille: str = ""
) -> SentPaper:  # fmt: skip
    session.close()  # files may be long to come
    sheet = PaperSheet.of(portal, clerk, feuille)
    return SentPaper(sheet, await receive_under(request, portal, sheet.key, sheet.draft_id, SCAN.value))


@router.get("/agent/saisir", name="intake.record")
def ask(request: Request, portal: PortalOf, clerk: RecorderOf) -> Response:
    """Ask for the scan, the receipt, and what the paper says."""
    return _show(request, clerk, PaperSheet.of(portal, clerk, ""), {})


@router.post("/agent/saisir", name="intake.record.do")
def record(
    request: Request,
    session: ReadOf,
    portal: PortalOf,
    clerk: RecorderOf,
    came: Annotated[SentPaper, Depends(_received)],
) -> Response:
    """Record it; show the page again with what is wrong, files kept. A second press gives the first complaint."""
    papers, typed = came.papers, came.papers.form.typed
    if papers.form.get("geste") == LOOK:
        lacks = {} if papers.files else {"fichiers": FieldError(NO_SCAN)}
        return _show(request, clerk, came.sheet, typed, papers.told("fichiers", lacks), papers=papers)
    now = portal.clock().astimezone(ZoneInfo(clerk.zone))
    known = {TODAY: today_of(portal, clerk), NOW: f"{now:%H:%M}", **papers.known}
    parsed = parse(PaperForm, typed, known)
    question = _town(session, typed)
    mistakes = papers.told("fichiers", {**parsed.errors, **question.mistakes})
    if parsed.values is None or question.town is None or mistakes:
        return _show(request, clerk, came.sheet, typed, mistakes, question, papers)
    complaint = _complaint(session, portal, clerk, parsed.values, question.town)
    session.close()
    return after(request, JustDone.COMPLAINT_RECORDED, "intake.filing", numero=_record(portal, came, complaint))


def _town(session: Session, typed: Typed) -> TownQuestion:
    """Find the town; a paper may say none."""
    is_said = any(one.strip() for one in typed.get("pro_commune", ()))
    return find_town(session, typed) if is_said else TownQuestion(Town("", ""))


def _complaint(session: Session, portal: Portal, clerk: Clerk, said: PaperReceipt, town: Town) -> Complaint:
    assert said.recu_le is not None  # noqa: S101 - the form refuses a receipt without its day
    recorded = Recorded(
        by=clerk.name,
        authority=clerk.authority,
        name=clerk.authority_name,
        way=said.recu_par,
        on=said.recu_le,
        hour=said.recu_heure,
        zone=clerk.zone,
    )
    return competence.recorded_complaint(session, said, town, recorded, portal.cache)


def _record(portal: Portal, came: SentPaper, complaint: Complaint) -> str:
    """Receive it in one transaction; return its number. Raises :class:`~app.base.errors.StorageTrouble`."""
    code = PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        chain.take_turn(session)
        if earlier := queries.filing_of_draft(session, came.sheet.draft_id):
            return earlier.number
        row = drafts.start_for_paper(session, portal.keyring, came.sheet.draft_id, came.sheet.key, portal.clock)
        draft = open_row(session, portal.keyring, row)
        if draft is None:
            raise NotFound
        files = came.papers.files
        twice, _ = evidence.attach(session, draft.id, draft.key, files, portal.clock, purpose=SCAN.value)
        number = sending.receive_in(session, portal, draft, complaint, code).number
    for file in twice:
        store.remove(portal.files, file.id)
    return number


def _show(
    request: Request,
    clerk: Clerk,
    sheet: PaperSheet,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    question: TownQuestion | None = None,
    papers: Papers | None = None,
) -> Response:
    offered: Mapping[str, Any] = question.offered if question else {}
    form = make_form(request, PaperForm, PaperForm.settle(typed), mistakes, offered)
    return render(
        request,
        "intake/record.html",
        status=form.status(422 if mistakes else 200),
        **frame(request, clerk),
        form=form,
        sheet=sheet.token,
        papers=papers,
        scan=pages_of(portal_of(request), sheet, papers) if papers else [],
    )
