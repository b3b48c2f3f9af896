"""« Noter un retrait »: an agreement that the State takes back before its end (CSP L. 1114-1)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.sign_in.done import JustDone, after
from app.administration.routes import AdminOf, frame
from app.associations import notices, registry
from app.associations.models import Association
from app.associations.registry import Overlap
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf

router = APIRouter()
NOT_TODAY = N_("Cette date n'est pas encore passée. Notez le retrait le jour où il prend effet.")


class Withdrawing(Answers):
    """The decision that takes an agreement back."""

    retrait: Annotated[
        date, Date(label=N_("Date à laquelle le retrait prend effet"), missing=N_("Écrivez la date du retrait."))
    ]
    retrait_reference: Annotated[
        str,
        Text(
            label=N_("Référence de la décision de retrait"),
            missing=N_("Écrivez la référence de la décision de retrait."),
            autocomplete="off",
        ),
    ]


@router.get("/administration/associations/{association}/retrait", name="administration.association.withdrawal")
def ask(request: Request, session: ReadOf, clerk: AdminOf, association: str) -> Response:
    """Ask for the decision."""
    return _page(request, clerk, _row(session, association), {})


@router.post("/administration/associations/{association}/retrait", name="administration.association.withdraw")
def withdraw(
    request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, association: str, form: FormOf
) -> Response:
    """End the agreement that held that day; the association and those who answer for it are told."""
    row = _row(session, association)
    session.close()
    parsed = parse(Withdrawing, form.typed)
    if parsed.values is None:
        return _page(request, clerk, row, form.typed, parsed.errors)
    said = parsed.values
    if said.retrait > dates.local_day(portal.clock()):
        return _page(request, clerk, row, form.typed, {"retrait": FieldError(NOT_TODAY)})
    try:
        with portal.database.write() as writing:
            ended = registry.withdraw(writing, association, said.retrait, said.retrait_reference)
            notices.tell_withdrawal(writing, portal, row, ended)
    except Overlap as refused:
        return _page(request, clerk, row, form.typed, {refused.field: refused.mistake})
    return after(request, JustDone.AGREEMENT_WITHDRAWN, "administration.association", association=association)


def _row(session: Session, association: str) -> Association:
    """Return an association. Raises :class:`NotFound`."""
    known = registry.known(session, association)
    if known is None:
        raise NotFound
    return known.row


def _page(
    request: Request, clerk: Clerk, row: Association, typed: Typed, mistakes: Mapping[str, FieldError] | None = None
) -> Response:
    form = make_form(request, Withdrawing, typed, mistakes)
    status = 422 if mistakes else 200
    template = "administration/agreement_withdrawal.html"
    return render(request, template, status=status, **frame(request, clerk), form=form, row=row)
