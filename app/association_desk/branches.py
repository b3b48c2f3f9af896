"""« Antennes »: who answers for an association keeps the list of its branches, and who works in each."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import MemberOf, NotYours
from app.accounts.sign_in.done import JustDone, after
from app.association_desk.frame import surrounds
from app.associations import branches
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf

router = APIRouter()
FULL = N_("Votre association a déjà 300 antennes : il n'est plus possible d'en ajouter.")
OF_MEMBER = "antenne_"


class NewBranch(Answers):
    """A branch to add."""

    nom: Annotated[
        str,
        Text(
            label=N_("Nom de l'antenne"),
            missing=N_("Écrivez le nom de l'antenne."),
            longest=80,
            autocomplete="off",
        ),
    ]


def manager(member: MemberOf) -> SignedInMember:
    """Return who answers for the association. Raises :class:`~app.accounts.sign_in.current_user.NotYours`."""
    if member.role != Role.RESPONSABLE_ASSOCIATION:
        raise NotYours
    return member


ManagerOf = Annotated[SignedInMember, Depends(manager)]


@router.get("/association/antennes", name="associations.branches")
def every(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Show the branches, and where each member works."""
    return _show(request, session, portal, member, {})


@router.post("/association/antennes", name="associations.branches.add")
def add(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, form: FormOf) -> Response:
    """Add a branch; pressed twice, it is there once."""
    parsed = parse(NewBranch, form.typed)
    if parsed.values is None:
        return _show(request, session, portal, member, form.typed, parsed.errors)
    session.close()
    with portal.database.write() as writing:
        is_there = branches.add(writing, member.association, parsed.values.nom)
    if not is_there:
        return _show(request, session, portal, member, form.typed, {"nom": FieldError(FULL)})
    return after(request, JustDone.BRANCH_ADDED, "associations.branches")


@router.post("/association/antennes/retirer", name="associations.branches.remove")
def remove(request: Request, portal: PortalOf, member: ManagerOf, form: FormOf) -> Response:
    """Take a branch away; its members and their complaints stay."""
    with portal.database.write() as session:
        branches.remove(session, member.association, form.get("antenne"))
    return after(request, JustDone.BRANCH_REMOVED, "associations.branches")


@router.post("/association/antennes/membres", name="associations.branches.place")
def place(request: Request, portal: PortalOf, member: ManagerOf, form: FormOf) -> Response:
    """Put each member in the branch that was chosen; those that the page did not show stay where they are."""
    with portal.database.write() as session:
        known = [code for code, _ in accounts.members(session, member.association)]
        wanted = {code: form.get(OF_MEMBER + code) for code in known if OF_MEMBER + code in form.typed}
        branches.place(session, member.association, wanted)
    return after(request, JustDone.BRANCHES_CHOSEN, "associations.branches")


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    around: dict[str, Any] = surrounds(request, session, portal, member)
    return render(
        request,
        "associations/branches.html",
        status=422 if mistakes else 200,
        **around,
        form=make_form(request, NewBranch, typed, mistakes),
        branches=branches.branches(session, member.association),
        members=accounts.members(session, member.association),
        places=branches.places(session, member.association),
        of_member=OF_MEMBER,
    )
