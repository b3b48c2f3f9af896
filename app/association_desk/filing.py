"""C6: what an association reads of a complaint that it sent, while its mandate holds (CSP R. 1110-11)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.sign_in.current_user import MemberOf
from app.acts.kinds import TOLD, past_of
from app.acts.kinds.receipt import DUPLICATES
from app.association_desk import desk
from app.association_desk.frame import surrounds
from app.association_desk.own_acts import offered
from app.association_desk.own_filing import OwnFilingOf
from app.association_desk.queries import about_same_professional
from app.association_desk.reminders.letters import missed_of
from app.base import rights_defender
from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing import queries
from app.filing.acts.messages import exchanges
from app.filing.documents import confirmation, mandate_wording
from app.filing.documents.wording import of_the_person
from app.filing.history import history_of
from app.filing.queries import OpenFiling
from app.filing.sealed.receipt import Acknowledged
from app.filing.status.duties import owed, owed_on
from app.filing.status.mandate_powers import receives_letters
from app.procedure.law import rule_of

router = APIRouter()
SHOWN = 20
"""Other complaints that the page leads to, at most."""
BY = N_("Au plus tard le {day}")


@router.get("/association/plaintes/{numero}", name="associations.filing")
def show(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, filing: OwnFilingOf) -> Response:
    """Show where it stands, the next dates and what was done; what was written, under the power ``recevoir`` alone."""
    opened = queries.open_for_association(session, portal.keyring, filing, member.association)
    if opened is None:
        raise NotFound
    shown = confirmation.of(session, portal, opened, of_the_person)
    return render(
        request,
        "associations/filing.html",
        **surrounds(request, session, portal, member),
        shown=shown,
        person=opened.payload["person"],
        professional=confirmation.professional_text(opened.payload),
        others=about_same_professional(session, portal.keyring, member, opened),
        shown_others=SHOWN,
        b=desk.public_of(session, filing),
        ahead=_ahead(opened, shown.due, local_day(portal.clock(), ZoneInfo(filing.zone))),
        missed=missed_of(session, opened, portal.clock()),
        day=date_text,
        defender_phone=rights_defender.PHONE,
        history=_history(session, opened),
        mandate=mandate_wording.rows(opened.payload, opened.now, translate),
        text=mandate_wording.text(opened.payload, translate),
        offered=offered(opened, portal),
        **_written(opened),
    )


def _ahead(opened: OpenFiling, due: Mapping[str, date], today: date) -> list[dict[str, str]]:
    """Write what the authorities still owe as a sheet, the nearest day first."""
    return [
        {"label": translate(BY).format(day=date_text(duty.due_on)), "shown": translate(rule_of(duty.code).label)}
        for duty in owed_on(owed(opened.now, due), today)
    ]


def _history(session: Session, opened: OpenFiling) -> list[tuple[str, str]]:
    """List what the person reads of it, in the words of others; that there is another complaint is not told."""
    lines = history_of(session, opened.filing.id)
    told = (one for one in lines if one.kind in TOLD and one.kind not in DUPLICATES)
    return [(moment_text(one.at, PARIS, weekday=False, seconds=False), translate(past_of(one))) for one in told]


def _written(opened: OpenFiling) -> dict[str, Any]:
    """Return what the authority and the person wrote, for an association that receives the person's letters."""
    if not receives_letters(opened.now):
        return {"reads_letters": False}
    return {
        "reads_letters": True,
        "letters": [act.sealed for act in opened.acts if isinstance(act.sealed, Acknowledged)],
        "messages": exchanges(opened.acts),
        "explained": opened.now.explained,
    }
