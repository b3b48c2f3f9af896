"""The software of an association, as a test writes it: an access, a token, requests that carry it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.routing import Match

from app.accounts.models import Account
from app.accounts.queries import SignedInMember
from app.accounts.queries import member as member_of
from app.api import clients
from app.api.rules import ApiScope
from app.api.web import complaints, drafts, files, mandate, sending
from app.api.web.described import ApiRefusal
from app.associations import registry
from app.associations.models import Agrement
from app.base.portal import Portal
from tests.cast import ASSOCIATION, member
from tests.journeys import DENTIST, PNG
from tests.support.client import SuspiciousClient

FIRST_REFUSAL = 400
PARTS = (complaints, drafts, files, mandate, sending)
ROUTES = [one for part in PARTS for one in part.router.routes if isinstance(one, APIRoute)]
TOKEN, DRAFTS = "/api/v1/jeton", "/api/v1/brouillons"
GRANT = {"grant_type": "client_credentials"}


def manager_of(portal: Portal, association: str = ASSOCIATION, name: str = "Rita Fictive") -> SignedInMember:
    """Make an association known, agreed until June 2028, and one who answers for it."""
    member(portal, name, association, "responsable_association")
    with portal.database.write() as session:
        if registry.known(session, association) is None:
            registry.add(session, {"name": f"Entraide Inventée {association}"}, association)
            days = {"starts_on": date(2024, 1, 1), "ends_on": date(2028, 6, 1)}
            session.add(Agrement(number=f"N-{association}", association=association, level="national", **days))
        account = session.scalars(select(Account.id).where(Account.name == name)).one()
        found = member_of(session, account)
    assert found is not None
    return found


def as_described(method: str, path: str, answer: Any) -> Any:
    """Check an answer against what OpenAPI says of its address; give it back."""
    asked = {"type": "http", "method": method, "path": urlsplit(path).path, "root_path": ""}
    route = next((one for one in ROUTES if one.matches(asked)[0] is Match.FULL), None)
    if route is None:
        return answer
    described = route.responses.get(answer.status_code)
    if answer.status_code >= FIRST_REFUSAL:
        assert described is not None, (method, path, answer.status_code)
        ApiRefusal.model_validate(answer.json())
    elif described is not None:
        described["model"].model_validate(answer.json())
    return answer


@dataclass(frozen=True)
class Software:
    """A program with an access; it keeps no cookie."""

    client: SuspiciousClient
    id: str
    secret: str

    def token(self, scope: str = "") -> Any:
        """Ask for a token, with HTTP Basic."""
        asked = GRANT | ({"scope": scope} if scope else {})
        return self.client.post(TOKEN, data=asked, auth=(self.id, self.secret))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request with a fresh token; ``headers``: names with underscores."""
        given = self.token()
        assert given.status_code == 200, given.text
        sent = {"authorization": f"Bearer {given.json()['access_token']}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.request(method, path, headers=sent, **({} if body is None else {"json": body}))
        return as_described(method, path, answer)

    def give(self, path: str, *files: Any, **said: str) -> Any:
        """Send files (name, content, type) to a draft, with what is said of them."""
        headers = {"authorization": f"Bearer {self.token().json()['access_token']}"}
        answer = self.client.post(path, headers=headers, files=[("fichiers", one) for one in files], data=said)
        return as_described("POST", path, answer)


def software(
    client: SuspiciousClient,
    portal: Portal,
    manager: SignedInMember,
    scopes: Sequence[ApiScope] = tuple(ApiScope),
    *,
    sandbox: bool = False,
) -> Software:
    """Give a program an access."""
    with portal.database.write() as session:
        row, secret = clients.open_client(
            session, manager, "Antenne fictive / essai", scopes, portal.clock(), sandbox=sandbox
        )
        return Software(client, row.id, secret)


WHOLE = {
    **{name: value for fields in DENTIST.pages.values() for name, value in fields.items()},
    "mandat_portee": ["saisir"],
    "mandat_mode": "papier",
    "mandat_date_jour": "2",
    "mandat_date_mois": "mars",
    "mandat_date_annee": "2026",
}
"""All that the form asks but the signed paper."""
DECLARED = {"declare_vrai": True, "compris_transmission": True}
SIGNED = ("mandat.png", PNG, "image/png")
