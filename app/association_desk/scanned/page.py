"""« Déposer des mandats signés »: the whole stack that came from the scanner, in one form."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.accounts.sign_in.current_user import MemberOf
from app.association_desk.frame import surrounds
from app.association_desk.scanned.joining import Joining
from app.association_desk.scanned.told import PageTold
from app.base.errors import N_
from app.base.forms.fields import FieldError, FieldErrors
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, make_form, network, render
from app.evidence import rules, store
from app.evidence.purposes import MANDAT
from app.evidence.receiving import intake_for, read_files
from app.evidence.store import Intake

router = APIRouter()
KEY_BYTES = 32
NO_FILE = N_("Choisissez le fichier du scanner, ou des photos.")


class SignedStack(Answers):
    """One field: the files."""

    fichiers: Annotated[
        tuple[()],
        Files(
            label=N_("Les mandats signés"),
            hint=N_("Un PDF de 30 pages au plus, ou des photos : un mandat par page. 15 Mo par fichier."),
            accept=rules.ACCEPT_PAPERS,
            optional=False,
        ),
    ]


@dataclass(frozen=True)
class _Stack:
    """What came, sealed under a key that nobody keeps."""

    key: bytes
    files: Intake


async def _received(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> _Stack:
    del member  # only members send files here
    session.close()
    key = secrets.token_bytes(KEY_BYTES)
    intake = intake_for(portal, key, rules.Room(), MANDAT.value)
    await read_files(request, portal, intake)
    return _Stack(key, intake)


@router.get("/association/mandats/numeriser", name="associations.scanned")
def ask(request: Request, session: ReadOf, portal: PortalOf, member: MemberOf) -> Response:
    """Ask for the files."""
    return _show(request, session, portal, member)


@router.post("/association/mandats/numeriser", name="associations.scanned.join")
def join(
    request: Request,
    session: ReadOf,
    portal: PortalOf,
    member: MemberOf,
    visitor: VisitorOf,
    stack: Annotated[_Stack, Depends(_received)],
) -> Response:
    """Join each page to the draft that its square names, and tell what became of it; nothing of the rest is kept."""
    came = stack.files
    try:
        joining = Joining(portal, member.association, visitor, network(request), stack.key)
        pages = list(joining.all(came.done))
    finally:
        for file in came.done:
            store.remove(portal.files, file.id)
    mistakes = came.mistakes if pages or came.mistakes else [FieldError(NO_FILE)]
    return _show(request, session, portal, member, pages, {"fichiers": FieldErrors(mistakes)} if mistakes else {})


def _show(
    request: Request,
    session: Session,
    portal: Portal,
    member: SignedInMember,
    pages: Sequence[PageTold] = (),
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    return render(
        request,
        "associations/scanned.html",
        status=422 if mistakes else 200,
        **surrounds(request, session, portal, member),
        form=make_form(request, SignedStack, {}, mistakes),
        pages=pages,
        joined=sum(one.is_joined for one in pages),
    )
