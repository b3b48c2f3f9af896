"""« Confier »: who answers for an association gives the complaints of a member to another, one or all of them."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts import queries as accounts
from app.accounts.fields import Listed
from app.accounts.queries import SignedInMember
from app.accounts.sign_in.done import JustDone, after, telling
from app.association_desk.branches import ManagerOf
from app.association_desk.filters import MemberFilters
from app.association_desk.frame import surrounds
from app.association_desk.members.service import Handing, hand_over, held
from app.association_desk.own import OwnCase, OwnCaseOf
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.saisine.models import Draft

router = APIRouter()
FROM_WHOM, TO_WHOM = N_("Choisissez qui suit ces dossiers."), N_("Choisissez à qui les confier.")
SAME = N_("Choisissez deux personnes différentes.")
ToWhom = Annotated[str, Listed(label=N_("À qui ?"), missing=TO_WHOM)]


class HandOne(Answers):
    """Who takes care of one complaint from now on."""

    a_qui: ToWhom


class HandAll(Answers):
    """Whose complaints go to whom."""

    de_qui: Annotated[str, Listed(label=N_("De qui ?"), missing=FROM_WHOM)]
    a_qui: ToWhom


@router.get("/association/confier", name="associations.hand_over")
def ask_all(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf) -> Response:
    """Ask from whom, and to whom."""
    return _page(request, session, portal, member, {})


@router.post("/association/confier", name="associations.hand_over.do")
def give_all(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, form: FormOf) -> Response:
    """Give all that a member takes care of, drafts and complaints."""
    parsed, options = parse(HandAll, form.typed), _options(session, member)
    mistakes = dict(parsed.errors) or _unlisted(form.typed, options)
    if parsed.values is None or mistakes:
        return _page(request, session, portal, member, form.typed, mistakes)
    giver, to = parsed.values.de_qui, parsed.values.a_qui
    session.close()
    with portal.database.write() as writing:
        hand_over(writing, portal, Handing(member.association, to, member.name), Draft.member == giver)
    theirs = path_of(request.app, "associations.list") + MemberFilters(membre=to).query()
    return RedirectResponse(telling(JustDone.CASES_HANDED_OVER, theirs), 303)


@router.get("/association/dossiers/{b}/confier", name="associations.own.hand_over")
def ask_one(request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, case: OwnCaseOf) -> Response:
    """Ask to whom one draft or complaint goes."""
    return _page(request, session, portal, member, {}, case=case)


@router.post("/association/dossiers/{b}/confier", name="associations.own.hand_over.do")
def give_one(
    request: Request, session: ReadOf, portal: PortalOf, member: ManagerOf, case: OwnCaseOf, form: FormOf
) -> Response:
    """Give it; to who has it already, nothing changes."""
    parsed = parse(HandOne, form.typed)
    mistakes = dict(parsed.errors) or _unlisted(form.typed, {"a_qui": _options(session, member)["a_qui"]})
    if parsed.values is None or mistakes:
        return _page(request, session, portal, member, form.typed, mistakes, case=case)
    session.close()
    with portal.database.write() as writing:
        handing = Handing(member.association, parsed.values.a_qui, member.name)
        hand_over(writing, portal, handing, Draft.id == case.draft)
    return after(request, JustDone.CASE_HANDED_OVER, "associations.own", b=case.b)


def _options(session: Session, member: SignedInMember) -> dict[str, list[Option]]:
    """List those who take care of something, those who left too, and those to whom it may go."""
    names, has = accounts.names(session, member.association), held(session, member.association)
    givers = [Option(one, f"{name} ({has[one].words})") for one, name in names.items() if one in has]
    heirs = [Option(one, name) for one, name in accounts.members(session, member.association)]
    return {"de_qui": givers, "a_qui": heirs}


def _unlisted(typed: Typed, options: Mapping[str, list[Option]]) -> dict[str, FieldError]:
    """Tell what was chosen out of the lists, or the same person twice."""
    chosen = {name: "".join(typed.get(name, ())[-1:]).strip() for name in options}
    missing = {"de_qui": FROM_WHOM, "a_qui": TO_WHOM}
    wrong = {name for name in options if chosen[name] not in {one.value for one in options[name]}}
    if not wrong and len(chosen) > len(set(chosen.values())):
        return {"a_qui": FieldError(SAME)}
    return {name: FieldError(missing[name]) for name in options if name in wrong}


def _page(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    *,
    case: OwnCase | None = None,
) -> Response:
    around: dict[str, Any] = surrounds(request, session, portal, member)
    options, model = _options(session, member), HandOne if case else HandAll
    shown = {name: options[name] for name in model.model_fields}
    here = (
        path_of(request.app, "associations.own.hand_over", b=case.b)
        if case
        else path_of(request.app, "associations.hand_over")
    )
    return render(
        request,
        "associations/hand_over.html",
        status=422 if mistakes else 200,
        **around,
        form=make_form(request, model, typed, mistakes, shown),
        case=case,
        here=here,
        is_possible=bool(options["de_qui"]),
    )
