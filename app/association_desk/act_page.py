"""The page of an act of the association: what it asks, and what its button does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.current_user import MemberOf
from app.acts.turn import take_mandated
from app.association_desk.frame import surrounds
from app.association_desk.own_acts import OWN_ACTS, OwnAct, TooOften
from app.association_desk.own_filing import OwnFilingOf
from app.base.errors import NotFound
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, render, see, versioned
from app.evidence import store
from app.evidence.purposes import EVIDENCE
from app.evidence.store import Received
from app.filing.queries import OpenFiling, open_for_association
from app.filing.web.uploads import Papers, receive

router = APIRouter()


def _opened(session: ReadOf, portal: PortalOf, member: MemberOf, filing: OwnFilingOf) -> OpenFiling:
    opened = open_for_association(session, portal.keyring, filing, member.association)
    if opened is None:
        raise NotFound
    return opened


OpenedOf = Annotated[OpenFiling, Depends(_opened)]


async def _papers(request: Request, session: ReadOf, portal: PortalOf, opened: OpenedOf) -> Papers:
    session.close()
    return await receive(request, portal, opened, EVIDENCE.value)


PapersOf = Annotated[Papers, Depends(_papers)]


def _routes(act: OwnAct) -> None:
    """Declare the page of an act, and what its button does."""
    path, name = f"/association/plaintes/{{numero}}/{act.name}", f"associations.{act.name}"

    def ask(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, opened: OpenedOf) -> Response:
        return _show(request, session, portal, member, _Shown(act, opened))

    def press(
        request: Request, session: ReadOf, portal: PortalOf, member: MemberOf, opened: OpenedOf, papers: PapersOf
    ) -> Response:
        parsed = parse(act.model, papers.form.typed, papers.known)
        mistakes = papers.told("fichiers", parsed.errors)
        if parsed.values is None or mistakes:
            return _show(request, session, portal, member, _Shown(act, opened, papers, mistakes))
        try:
            twice = _keep(portal, member, act, opened, parsed.values, papers)
        except TooOften as told:
            field, sentence = told.args
            return _show(request, session, portal, member, _Shown(act, opened, papers, {field: FieldError(sentence)}))
        for file in twice:
            store.remove(portal.files, file.id)
        return see(request, "associations.filing", numero=opened.number)

    for endpoint in (ask, press):
        endpoint.__module__ = type(act).__module__  # what was typed is shown again under the questions of its module
    router.add_api_route(path, ask, methods=["GET"], name=name)
    router.add_api_route(path, press, methods=["POST"], name=f"{name}.do")


def _keep(
    portal: Portal, member: SignedInMember, act: OwnAct, opened: OpenFiling, said: Answers, papers: Papers
) -> list[Received]:
    with portal.database.write() as session:
        case = take_mandated(session, portal, member, opened.filing, act.code, papers.form.seen)
        if not act.is_possible(case.opened, portal):
            raise NotFound
        return act.do(case, said, list(papers.files))


@dataclass(frozen=True)
class _Shown:
    """What a page of an act shows."""

    act: OwnAct
    opened: OpenFiling
    papers: Papers | None = None
    mistakes: Mapping[str, FieldError] | None = None


def _show(request: Request, session: Session, portal: Portal, member: SignedInMember, shown: _Shown) -> Response:
    """Show the page of an act. Raises :class:`~app.base.errors.NotFound` for one that is not possible."""
    act, opened = shown.act, shown.opened
    if not act.is_possible(opened, portal):
        raise NotFound
    typed = shown.papers.form.typed if shown.papers else {}
    return render(
        request,
        "associations/act.html",
        status=422 if shown.mistakes else 200,
        **surrounds(request, session, portal, member),
        form=versioned(request, act.model, typed, shown.mistakes, version=opened.version),
        heading=act.heading,
        button_words=act.button,
        about=[translate(one) for one in act.about(opened)],
        number=opened.number,
        papers=shown.papers,
        here=path_of(request.app, f"associations.{act.name}", numero=opened.number),
    )


for _act in OWN_ACTS:
    _routes(_act)
