"""Routes of the pages of clerks and of associations: the cookie, and who is behind it."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries, service
from app.accounts.queries import Clerk, SignedInMember
from app.accounts.rules import AGENT, ASSOCIATION
from app.base.errors import N_, NotFound, Refusal, StorageTrouble
from app.base.portal import Portal
from app.base.settings import Settings
from app.base.web.addresses import page_asked, path_of
from app.base.web.pages import PortalOf, ReadOf, VisitorOf, let_go

TOKEN_MOST = 64
Who = TypeVar("Who", Clerk, SignedInMember)


class NotYours(Refusal):
    """The role of this clerk does not go that far."""

    code, status, way_out = "droit_absent", 403, "intake.list"
    heading = N_("Cette action ne vous est pas ouverte")
    says = N_("Votre rôle ne permet pas cette action. Demandez à la personne responsable de votre service.")


class SignInFirst(Refusal):
    """Nobody is signed in: go to the sign-in page, then to what was asked for; what was typed is given back."""

    code, status, keeps_typed = "connexion_demandee", 303, True
    heading = N_("Vous n'êtes plus connecté")
    says = N_(
        "Rien n'a été fait. Copiez ce que vous aviez écrit, connectez-vous, puis recommencez. Si votre compte a été"
        " désactivé, demandez à la personne responsable."
    )
    way_words = N_("Se connecter")

    def __init__(self, request: Request, sign_in: str = "accounts.signin") -> None:
        """Remember the page, when it can be shown again."""
        super().__init__(self.code)
        query = {}
        if asked := page_asked(request):
            query["suite"] = asked
        if request.method != "GET":
            query["perdu"] = "oui"
        self.address = path_of(request.app, sign_in) + (f"?{urlencode(query, safe='/')}" if query else "")


def cookie_name(settings: Settings) -> str:
    """Return the cookie; over https the browser itself binds it to this host."""
    return "__Host-agent" if settings.is_https else "agent"


def keep(response: Response, settings: Settings, token: str) -> None:
    """Give the token to the browser; the cookie ends with it."""
    is_https = settings.is_https
    response.set_cookie(cookie_name(settings), token, path="/", httponly=True, samesite="strict", secure=is_https)


def forget(response: Response, settings: Settings) -> None:
    """Take the token back."""
    response.delete_cookie(cookie_name(settings), path="/", httponly=True, samesite="strict", secure=settings.is_https)


def token_of(request: Request, settings: Settings) -> str:
    """Read the token that the browser keeps, or nothing."""
    token = request.cookies.get(cookie_name(settings), "")
    return token if len(token) <= TOKEN_MOST else ""


def clerk_behind(session: Session, portal: Portal, token: str, *, is_alone: bool = False) -> Clerk | None:
    """Find who holds this token, and push back the idle end at most once a minute.

    ``is_alone``: the page asks by itself, which says nothing of anybody before it: the idle end stays.
    """
    if not token:
        return None
    opened = service.opened_by(session, token, AGENT, portal.clock())
    found = queries.clerk(session, opened.subject) if opened else None
    if opened is None or found is None:
        return None
    if opened.is_stale and not is_alone:
        _touch(session, portal, token, AGENT)
    return replace(found, proved_at=opened.proved_at)


def _touch(session: Session, portal: Portal, token: str, kind: str) -> None:
    """Push back the idle end; a disk that says no must not keep anybody from reading."""
    session.close()
    with suppress(StorageTrouble), portal.database.write() as writing:
        service.touch(writing, token, kind, portal.clock())


def signed_in(request: Request, session: ReadOf, portal: PortalOf) -> Clerk:
    """Return the clerk of this request. Raises :class:`SignInFirst`."""
    return _clerk_of(request, session, portal, is_alone=False)


def still_signed_in(request: Request, session: ReadOf, portal: PortalOf) -> Clerk:
    """Return the clerk of a page that asks by itself: a session ends as if it had asked nothing.

    Raises :class:`SignInFirst`.
    """
    return _clerk_of(request, session, portal, is_alone=True)


def _clerk_of(request: Request, session: Session, portal: Portal, *, is_alone: bool) -> Clerk:
    found = clerk_behind(session, portal, token_of(request, portal.settings), is_alone=is_alone)
    if found is None:
        raise SignInFirst(request)
    return _let_in(request, session, found)


def _let_in(request: Request, session: Session, found: Who) -> Who:
    """Remember who it is, for the page of a trouble that comes later."""
    request.state.signed_in = found
    let_go(request, session)
    return found


ClerkOf = Annotated[Clerk, Depends(signed_in)]
StillSignedIn = Annotated[Clerk, Depends(still_signed_in)]


def member_behind(session: Session, portal: Portal, visitor: str) -> SignedInMember | None:
    """Find the member of an association who signed in in this browser; rights are read at each request.

    The session hangs on the visitor's own cookie (``SameSite=Lax``), like the drafts that the member opens.
    """
    opened = service.opened_by(session, visitor, ASSOCIATION, portal.clock())
    found = queries.member(session, opened.subject) if opened else None
    if opened is None or found is None:
        return None
    if opened.is_stale:
        _touch(session, portal, visitor, ASSOCIATION)
    return replace(found, proved_at=opened.proved_at)


def member_signed_in(request: Request, session: ReadOf, portal: PortalOf, visitor: VisitorOf) -> SignedInMember:
    """Return the member of an association of this request.

    Raises :class:`SignInFirst`, and :class:`NotFound` for a clerk, who has no complaint to find there.
    """
    found = member_behind(session, portal, visitor)
    if found is not None:
        return _let_in(request, session, found)
    if clerk_behind(session, portal, token_of(request, portal.settings)):
        raise NotFound
    raise SignInFirst(request, "accounts.member.signin")


MemberOf = Annotated[SignedInMember, Depends(member_signed_in)]
