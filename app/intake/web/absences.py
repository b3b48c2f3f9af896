"""« Absences »: who is away and who takes the place; each clerk declares their own, the manager those of all."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts import rights
from app.accounts.fields import Listed
from app.accounts.queries import Clerk
from app.accounts.rights import Right
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.dates import date_text
from app.base.errors import N_, NotFound
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.intake.absences import queries, rules, service
from app.intake.absences.rules import Away
from app.intake.desk.act_dates import TODAY
from app.intake.desk.page import DeskOf, frame, today_of

router = APIRouter()
BACKWARDS = N_("Le dernier jour vient avant le premier. Vérifiez les deux dates.")
OVER = N_("Cette absence est déjà finie. Choisissez un dernier jour à venir.")
TOO_LONG = N_("Une absence dure un an au plus. Vérifiez les deux dates.")
WHO, BY_WHOM = N_("Choisissez qui est absent."), N_("Choisissez qui le remplace.")
ONESELF = N_("Choisissez une autre personne : elle serait absente aussi.")
OVERLAPS = N_("Une absence est déjà déclarée du {first} au {last}. Annulez-la d'abord, ou changez les dates.")
COMES_BACK = N_("Cette personne est remplacée par celle qui est absente. Choisissez quelqu'un d'autre.")


class OwnAbsence(Answers):
    """When one is away, and who takes the place."""

    absent_du: Annotated[date, Date(label=N_("Premier jour d'absence"))]
    absent_au: Annotated[date, Date(label=N_("Dernier jour d'absence"))]
    remplacant: Annotated[str, Listed(label=N_("Remplacement par"), missing=BY_WHOM)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse a time that is turned round, over, or so long that it is a departure."""
        first, last = found.get("absent_du"), found.get("absent_au")
        if first and last and last < first:
            yield "absent_au", FieldError(BACKWARDS)
        elif last and last < found[TODAY]:
            yield "absent_au", FieldError(OVER)
        elif first and last and max(last - first, last - found[TODAY] - rules.LONGEST) > rules.LONGEST:
            yield "absent_au", FieldError(TOO_LONG)


class Absent(Answers):
    """Who is away."""

    absent: Annotated[str, Listed(label=N_("Qui est absent ?"), missing=WHO)]


class AnyAbsence(OwnAbsence, Absent):
    """What a manager says: who is away, first."""


@router.get("/agent/absences", name="intake.absences")
def look(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """List the absences of the service, and ask for one more."""
    return _show(request, session, portal, clerk, {})


@router.post("/agent/absences", name="intake.absences.do")
def declare(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Declare an absence."""
    today = today_of(portal, clerk)
    parsed = parse(_model(clerk), form.typed, {TODAY: today})
    if parsed.values is None:
        return _show(request, session, portal, clerk, form.typed, parsed.errors)
    said = parsed.values
    account = said.absent if isinstance(said, AnyAbsence) else clerk.id
    new = Away(account, said.remplacant, said.absent_du, said.absent_au)
    people = dict(accounts.colleagues(session, clerk.authority))
    wrong = {"absent": WHO} if account not in people else {}
    wrong |= {"remplacant": BY_WHOM} if said.remplacant not in people else {}
    wrong |= {"remplacant": ONESELF} if said.remplacant == account else {}
    if wrong:
        return _show(request, session, portal, clerk, form.typed, {k: FieldError(v) for k, v in wrong.items()})
    session.close()
    try:
        with portal.database.write() as writing:
            service.declare(writing, clerk.authority, new, today)
            _note(writing, portal, clerk, account)
    except service.Overlaps as overlaps:
        days = {"first": _day(overlaps.other.first), "last": _day(overlaps.other.last)}
        return _show(request, session, portal, clerk, form.typed, {"absent_du": FieldError(OVERLAPS, **days)})
    except service.ComesBack:
        return _show(request, session, portal, clerk, form.typed, {"remplacant": FieldError(COMES_BACK)})
    return after(request, JustDone.ABSENCE_DECLARED, "intake.absences")


@router.post("/agent/absences/{absence}/fin", name="intake.absences.end")
def end(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, absence: str, form: FormOf) -> Response:
    """End one's own absence, or that of anybody for the manager. Raises :class:`NotFound` for any other."""
    del form
    known = queries.absences(session, clerk.authority, today_of(portal, clerk))
    found = next((one for one in known if one.id == absence and _may_end(clerk, one)), None)
    session.close()
    if found is None:
        raise NotFound
    with portal.database.write() as writing:
        service.end(writing, clerk.authority, found.id)
        _note(writing, portal, clerk, found.account)
    return after(request, JustDone.ABSENCE_CANCELLED, "intake.absences")


def _manages(clerk: Clerk) -> bool:
    return rights.may(clerk.role, Right.MANAGE)


def _may_end(clerk: Clerk, absence: Away) -> bool:
    return _manages(clerk) or absence.account == clerk.id


def _model(clerk: Clerk) -> type[OwnAbsence]:
    return AnyAbsence if _manages(clerk) else OwnAbsence


def _note(session: Session, portal: Portal, clerk: Clerk, account: str) -> None:
    access.note(session, access.Access(clerk.name, clerk.authority, "absence_changee", account), portal.clock())


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    clerk: Clerk,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    people = dict(accounts.colleagues(session, clerk.authority))
    everybody = [Option(one, name) for one, name in people.items()]
    others = everybody if _manages(clerk) else [one for one in everybody if one.value != clerk.id]
    offered = {"absent": everybody, "remplacant": others}
    return render(
        request,
        "intake/absences.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, _model(clerk), typed, mistakes, offered),
        absences=queries.absences(session, clerk.authority, today_of(portal, clerk)),
        people=people,
        may_end=lambda absence: _may_end(clerk, absence),
        day=_day,
    )


def _day(day: date) -> str:
    return date_text(day, weekday=False)
