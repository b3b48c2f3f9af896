"""« La réunion »: the person says whether they come, are represented, or cannot (CSP R. 1110-12)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.acts.summons_answer import is_ahead, keep
from app.acts.turn import take_own
from app.base.dates import local_day
from app.base.errors import N_, Refusal
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import parse
from app.base.i18n import translate
from app.base.ics import MEDIA_TYPE, Entry, calendar_file
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, let_go, portal_of, render, versioned
from app.evidence import store
from app.evidence.purposes import MANDAT
from app.filing.documents.confirmation import recipients_now
from app.filing.documents.wording import meeting_moment
from app.filing.models import Filing
from app.filing.queries import OpenFiling, open_for_person
from app.filing.sealed.conciliation import Answered
from app.filing.status.attendance import Attendance, Presence
from app.filing.status.conciliation import ANSWERED, PERSON
from app.filing.status.meeting_hours import hours_of
from app.filing.web.uploads import Papers, receive
from app.followup.dependencies import FollowedOf
from app.saisine.steps.recipients import TOLD, Recipients

router = APIRouter()
MEETING = N_("Réunion")
BY = N_("{answer} : {name}")
TOO_MANY = N_("Vous avez déjà changé votre réponse 20 fois. Écrivez plutôt un message à l'autorité.")


class Passed(Refusal):
    """There is no meeting to answer for, or not any more."""

    code, status, way_out = "reunion_passee", 409, "followup.home"
    says = N_("Il n'y a pas de réunion à venir dans ce dossier.")


def _opened(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> OpenFiling:
    opened = open_for_person(session, portal.keyring, filing)
    let_go(request, session)
    return opened


OpenedOf = Annotated[OpenFiling, Depends(_opened)]


async def _papers(request: Request, portal: PortalOf, opened: OpenedOf) -> Papers:
    return await receive(request, portal, opened, MANDAT.value)


PapersOf = Annotated[Papers, Depends(_papers)]


@router.get("/suivi/reunion", name="followup.meeting")
def ask(request: Request, opened: OpenedOf) -> Response:
    """Show when and where, and ask whether the person comes."""
    return _show(request, opened, {}, is_sent=request.query_params.get("envoye") == "oui")


@router.post("/suivi/reunion", name="followup.meeting.do")
def answer(request: Request, portal: PortalOf, opened: OpenedOf, papers: PapersOf) -> Response:
    """Keep the answer and tell the authority that there is one; the last one counts."""
    parsed = parse(Attendance, papers.form.typed)
    errors = papers.told("mandat", parsed.errors)
    if parsed.values is None or errors:
        return _show(request, opened, papers.form.typed, errors, papers)
    if not _keep(portal, opened, parsed.values, papers):
        return _show(request, opened, papers.form.typed, {"presence": FieldError(TOO_MANY)}, papers)
    return RedirectResponse(f"{path_of(request.app, 'followup.meeting')}?envoye=oui", 303)


@router.get("/suivi/reunion/calendrier.ics", name="followup.meeting.calendar")
def calendar(request: Request, portal: PortalOf, opened: OpenedOf) -> Response:
    """Download the meeting for a calendar that others may see: the number, no name. Raises :class:`Passed`."""
    filing = opened.filing
    if not is_ahead(opened.now, _today(portal, filing)):
        raise Passed
    meeting = opened.now.conciliation.fixed
    begins, ends = hours_of(meeting, ZoneInfo(filing.zone))
    page = f"{portal.settings.address}{path_of(request.app, 'followup.meeting')}"
    title = f"{translate(MEETING)} ({filing.number})"
    entry = Entry(f"{filing.number}-reunion@saisine", begins, title, meeting.place, page, until=ends)
    made = calendar_file(title, [entry], portal.clock())
    return download(f"reunion-{filing.number}.ics", made, MEDIA_TYPE)


def _keep(portal: Portal, opened: OpenFiling, said: Attendance, papers: Papers) -> bool:
    """Write the answer; ``False`` when there were too many already. Raises :class:`Passed`."""
    with portal.database.write() as session:
        case = take_own(session, portal, opened.filing, ANSWERED, papers.form.seen, opened)
        if not is_ahead(case.now, _today(portal, opened.filing)):
            raise Passed
        twice = keep(case, said, papers.files)
    for file in twice or ():
        store.remove(portal.files, file.id)
    return twice is not None


def _told(answer: Answered) -> str:
    """Format an answer as the person chose it."""
    label = next(translate(one.label) for one in Presence if one.value == answer.presence)
    return translate(BY).format(answer=label, name=answer.represented_by) if answer.represented_by else label


def _today(portal: Portal, filing: Filing) -> date:
    return local_day(portal.clock(), ZoneInfo(filing.zone))


def _show(
    request: Request,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    papers: Papers | None = None,
    *,
    is_sent: bool = False,
) -> Response:
    now = opened.now
    if not is_ahead(now, _today(portal_of(request), opened.filing)):
        raise Passed
    before = now.conciliation.answers.get(PERSON)
    meeting = now.conciliation.fixed
    return render(
        request,
        "followup/meeting.html",
        status=422 if mistakes else 200,
        form=versioned(request, Attendance, typed, mistakes, version=opened.version),
        number=opened.number,
        moment=meeting_moment(meeting.on, meeting.hour),
        meeting=meeting,
        members=translate(TOLD[recipients_now(opened)].members or TOLD[Recipients.EITHER].members),
        answered=_told(before) if before else "",
        is_sent=is_sent,
        papers=papers,
    )
