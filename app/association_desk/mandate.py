"""« Rendre le mandat »: an association gives up acting for a person (Code civil, article 2007)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sign_in.current_user import MemberOf
from app.accounts.sign_in.done import JustDone, after
from app.acts import mandate_end
from app.association_desk.frame import surrounds
from app.association_desk.own_filing import OwnFilingOf
from app.base.forms.form import Answers
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf

router = APIRouter()


@router.get("/association/plaintes/{numero}/rendre-mandat", name="associations.mandate")
def ask(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, filing: OwnFilingOf) -> Response:
    """Say what it changes, and ask."""
    around = surrounds(request, session, portal, member)
    form = make_form(request, Answers, {})
    return render(request, "associations/mandate.html", **around, form=form, number=filing.number)


@router.post("/association/plaintes/{numero}/rendre-mandat", name="associations.mandate.give_up")
def give_up(request: Request, portal: PortalOf, member: MemberOf, filing: OwnFilingOf, form: FormOf) -> Response:
    """Give it up; pressed twice, it is given up once."""
    del form
    with portal.database.write() as session:
        mandate_end.give_up(session, portal, member, filing)
    return after(request, JustDone.MANDATE_GIVEN_UP, "associations.list")
