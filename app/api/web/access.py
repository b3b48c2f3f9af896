"""Who asks: the access behind a bearer token (RFC 6750), with the scope that the address needs."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import OAuth2
from sqlalchemy.orm import Session

from app.api import clients
from app.api.clients import ApiCaller
from app.api.problems import NO_SCOPE, NO_TOKEN, ApiProblem
from app.api.rules import ApiScope
from app.api.tokens import read_token
from app.api.web.answering import count
from app.base.web.pages import AddressOf, PortalOf, ReadOf

SCHEME = OAuth2(
    flows={"clientCredentials": {"tokenUrl": "/api/v1/jeton", "scopes": {one.value: one.label for one in ApiScope}}},
    scheme_name="jeton",
    description="RFC 6749, 4.4",
    auto_error=False,
)
BEARER, REALM = "bearer", 'Bearer realm="saisine"'


def calling(scope: ApiScope) -> Callable[..., ApiCaller]:
    """Make the dependency of an address that needs a scope.

    It raises :class:`ApiProblem`: 401 without a token that opens now, 403 without the scope.
    """

    def find(
        request: Request,
        session: ReadOf,
        portal: PortalOf,
        address: AddressOf,
        _token: Annotated[str | None, Security(SCHEME, scopes=[scope.value])],
    ) -> ApiCaller:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        token = read_token(portal.keyring, given.strip(), portal.clock()) if kind.lower() == BEARER else None
        count(request, token.client if token else address)
        found = clients.caller(session, token.client, token.scopes, portal.clock()) if token else None
        if found is None:
            more = ', error="invalid_token"' if given else ""
            raise ApiProblem(401, NO_TOKEN, headers={"WWW-Authenticate": REALM + more})
        expect(found, scope)
        _let_go(request, session)
        return found

    return find


def expect(caller: ApiCaller, scope: ApiScope) -> None:
    """Raise :class:`ApiProblem` (403) without a scope."""
    if scope.value not in caller.scopes:
        more = f', error="insufficient_scope", scope="{scope.value}"'
        raise ApiProblem(403, NO_SCOPE, headers={"WWW-Authenticate": REALM + more}, scope=scope.value)


def _let_go(request: Request, session: Session) -> None:
    """Give back the connection of whoever writes: a body, then a write, follow."""
    if request.method != "GET":
        session.close()


DraftReaderOf = Annotated[ApiCaller, Depends(calling(ApiScope.READ_DRAFTS))]
MandateWriterOf = Annotated[ApiCaller, Depends(calling(ApiScope.WRITE_MANDATES))]
SenderOf = Annotated[ApiCaller, Depends(calling(ApiScope.SEND))]
ComplaintReaderOf = Annotated[ApiCaller, Depends(calling(ApiScope.READ_COMPLAINTS))]
DraftWriterOf = Annotated[ApiCaller, Depends(calling(ApiScope.WRITE_DRAFTS))]
