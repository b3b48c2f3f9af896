"""« Agrément »: who answers for an association reads its agreements, and says that the next one was asked for."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.done import JustDone, after
from app.association_desk.branches import ManagerOf
from app.association_desk.frame import surrounds
from app.associations import registry
from app.associations.rules import to_renew
from app.base import dates
from app.base.errors import N_
from app.base.forms.dates import NOT_YET, Date
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf

router = APIRouter()
TOO_EARLY = N_("Votre agrément a commencé le {day}. Écrivez la date d'une demande faite depuis ce jour.")


class RenewalAsked(Answers):
    """The day on which the association asked the State for its next agreement."""

    demande: Annotated[
        date, Date(label=N_("Date de votre demande de renouvellement"), missing=N_("Écrivez la date de votre demande."))
    ]


@router.get("/association/agrement", name="associations.agreement")
def show(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Show the agreements, and the form."""
    return _show(request, session, portal, member, {})


@router.post("/association/agrement", name="associations.agreement.renewal")
def renewal(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, form: FormOf) -> Response:
    """Keep the day of the request; a later one replaces it."""
    parsed, today = parse(RenewalAsked, form.typed), dates.local_day(portal.clock())
    wrong: Mapping[str, FieldError] = parsed.errors
    if parsed.values is not None and (mistake := _mistake_in(session, member, parsed.values.demande, today)):
        wrong = {"demande": mistake}
    if parsed.values is None or wrong:
        return _show(request, session, portal, member, form.typed, wrong)
    session.close()
    with portal.database.write() as writing:
        registry.note_renewal(writing, member.association, parsed.values.demande, today)
    return after(request, JustDone.RENEWAL_KEPT, "associations.agreement")


def _mistake_in(session: Session, member: SignedInMember, day: date, today: date) -> FieldError | None:
    """Return what is wrong with the day of a request: it is not to come, nor before the agreement that it renews."""
    if day > today:
        return FieldError(NOT_YET)
    held = to_renew(registry.agreements_of(session, member.association), today)
    if held and day < held.starts_on:
        return FieldError(TOO_EARLY, day=dates.date_text(held.starts_on, weekday=False))
    return None


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    typed: Typed,
    wrong: Mapping[str, FieldError] | None = None,
) -> Response:
    agreements = registry.agreements_of(session, member.association)
    return render(
        request,
        "associations/agreement.html",
        status=422 if wrong else 200,
        **surrounds(request, session, portal, member),
        form=make_form(request, RenewalAsked, typed, wrong),
        agreements=agreements,
        text=lambda day: dates.date_text(day, weekday=False),
    )
