"""« Membres de la commission »: whom an authority appointed, for three years (CSP R. 1110-9)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import YEAR, Date
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Name, Radios
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.commission import queries, rules, service
from app.commission.rules import Rank
from app.conciliation.fields import OneOf
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.rules import label_of
from app.routing import queries as routing

router = APIRouter()
ALL, APPOINTED = "toutes", "membre_nomme"
WRONG = N_("Choisissez une profession de la liste.")


class Appoint(Answers):
    """Somebody appointed to the commission, perhaps for later."""

    nom: Annotated[
        str,
        Name(label=N_("Prénom et nom"), missing=N_("Écrivez le prénom et le nom."), longest=120, autocomplete="off"),
    ]
    rang: Annotated[
        Rank, Radios(label=N_("Nommé comme"), choices=Rank, missing=N_("Choisissez titulaire ou suppléant."))
    ]
    profession: Annotated[str, OneOf(label=N_("Pour quels professionnels ?"), missing=WRONG)]
    nomme_le: Annotated[date, Date(label=N_("Nommé le"), missing=N_("Écrivez la date de nomination."))]


@router.get("/agent/commission", name="conciliation.members")
def look(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """List the members of this authority, and ask for one more."""
    return _show(request, session, portal, clerk, {})


@router.post("/agent/commission", name="conciliation.members.add")
def appoint(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Appoint a member, once however often the page is sent: two of a rank at a time."""
    options = _professions(session, clerk)
    typed = form.typed if len(options) > 1 else {**form.typed, "profession": [options[0].value]}
    parsed = parse(Appoint, typed)
    if parsed.values is None:
        return _show(request, session, portal, clerk, form.typed, parsed.errors)
    said = parsed.values
    if said.profession not in {option.value for option in options}:
        return _show(request, session, portal, clerk, form.typed, {"profession": FieldError(WRONG)})
    profession = "" if said.profession == ALL else said.profession
    first, today = said.nomme_le, today_of(portal, clerk)
    if mistake := rules.over_already(first, today):
        return _show(request, session, portal, clerk, form.typed, {f"nomme_le_{YEAR}": mistake})
    session.close()
    with portal.database.write() as writing:
        own = [one for one in queries.members_of(writing, clerk.authority) if one.profession == profession]
        terms = [(one.appointed_on, one.until) for one in own if one.rank == said.rang.value]
        last = rules.end_of_term(first)
        seats = [(one.name, one.rank, one.appointed_on, one.until) for one in own]
        is_seated = (said.nom, said.rang.value, first, last) in seats
        is_full = not is_seated and rules.is_full(terms, first, last)
        if not (is_seated or is_full):
            member = service.appoint(writing, clerk.authority, profession, said.nom, said.rang.value, first)
            access.note(writing, access.Access(clerk.name, clerk.authority, APPOINTED, member.id), portal.clock())
    if is_full:
        return _show(request, session, portal, clerk, form.typed, {"rang": FieldError(rules.FULL)})
    return after(request, JustDone.MEMBER_APPOINTED, "conciliation.members")


def _professions(session: Session, clerk: Clerk) -> list[Option]:
    """Offer the professions of an ordre to a caisse; a council has its own alone."""
    own = routing.authority(session, clerk.authority)
    councils = {one.profession: one.ordre for one in routing.authorities(session) if one.is_ordre}
    if own and own.is_ordre:
        return [Option(ALL, own.ordre)]
    named = sorted((ordre, code) for code, ordre in councils.items())
    return [Option(ALL, translate(N_("Toutes les professions"))), *(Option(code, ordre) for ordre, code in named)]


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    clerk: Clerk,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    options = _professions(session, clerk)
    names = {option.value: option.label for option in options}
    today = today_of(portal, clerk)
    rows = queries.members_of(session, clerk.authority)
    members = [
        {
            "id": row.id,
            "name": row.name,
            "rank": translate(label_of(Rank, row.rank)),
            "for": names.get(row.profession or ALL, ""),
            "term": translate(N_("du {first} au {last}")).format(
                first=date_text(row.appointed_on, weekday=False), last=date_text(row.until, weekday=False)
            ),
            "is_over": row.until < today,
            "may_end": rules.last_day(row.appointed_on, row.until, today) != row.until,
        }
        for row in rows
    ]
    return render(
        request,
        "conciliation/members.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, Appoint, typed, mistakes, {"profession": options}),
        members=members,
        cut=rows,
        has_choice=len(options) > 1,
    )
