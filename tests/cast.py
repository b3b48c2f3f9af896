"""The cast: the same people in every test, so that a test of rights reads as a sentence.

Amina complains (she has the CSS), Bilal helps her, Émile is a clerk of the CPAM of Lille-Douai, Fatou of the council
of the ordre des médecins du Nord, Gaël is a stranger who must never see anything.
"""

import re
from typing import Any

from app.accounts.rules import CLERKS, MEMBERS, Space
from app.accounts.service import add_clerk, add_member
from app.accounts.service.signing_in import account_by_email
from app.accounts.service.signing_in import begin as begin_session
from app.accounts.sign_in.current_user import cookie_name
from app.base.portal import Portal
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words

STORY = "La secrétaire CANARI-RECIT m'a dit qu'il n'y avait plus de place pour les personnes qui ont la CSS."
AMINA: dict[str, str] = {
    "qualite": "moi",
    "prenom": "Amina",
    "nom": "Canari-Nom",
    "moyens": "email",
    "email": "amina.canari@exemple.fr",
    "profession": "medecin",
    "pro_nom": "Camille Canari-Pro",
    "pro_commune": "Lille",
    "recit": STORY,
    "destinataire": "cpam",
    "declare_vrai": "oui",
    "compris_transmission": "oui",
}
PASSWORD = "un-mot-de-passe-invente"

VISITOR = "saisine"
"""Cookie of a visitor, which a member keeps when signed in: what was begun before is theirs."""


class Sent:
    """A complaint that was sent, as the person holds it."""

    def __init__(self, response: Any) -> None:
        """Read the confirmation page."""
        self.page = Page(response.text)
        self.path = response.url.path
        found = re.search(r"SA-\d{4}-\w{4}-\w{4}", self.page.text)
        assert found, self.page.text
        self.number = found.group()
        shown = self.page.by_id("code-personnel")
        self.code = words(shown) if shown is not None else ""


def begin(client: SuspiciousClient) -> str:
    """Open a draft; give the path of its form."""
    opened = client.submit("/avant-de-commencer", button="Formulaire court, sur une seule page")
    return str(opened.url.path)


def send(client: SuspiciousClient, **changes: str | list[str]) -> Any:
    """File with the short form; give the page that follows."""
    return client.submit(begin(client), {**AMINA, **changes})


def clerk(portal: Portal, authority: str, name: str = "Émile Exemple", role: str = "agent") -> tuple[str, str]:
    """Give an authority a clerk; give the address and the seed of the codes."""
    email = f"{name.split(maxsplit=1)[0].lower().replace('é', 'e')}@{authority.lower() or 'service'}.exemple.fr"
    with portal.database.write() as session:
        made = add_clerk(session, portal.keyring, email, name, authority, role, PASSWORD, portal.clock)
    return email, made.seed


def sign_in(
    client: SuspiciousClient, portal: Portal, authority: str, name: str = "Émile Exemple", role: str = "agent"
) -> None:
    """Be signed in as a new clerk of this authority."""
    email, _seed = clerk(portal, authority, name, role)
    come_in(client, portal, email)


def come_in(client: SuspiciousClient, portal: Portal, email: str, space: Space = CLERKS) -> None:
    """Be signed in with this address: the session is opened as the page of sign-in opens it, once it recognised one.

    That page, its password and its code have tests of their own.
    """
    with portal.database.write() as session:
        account = account_by_email(session, email, space)
        assert account is not None
        token = begin_session(session, account[0], space, portal.clock())
    name = cookie_name(portal.settings) if space is CLERKS else VISITOR
    client.cookies.delete(name)
    client.cookies.set(name, token, domain="127.0.0.1", path="/")


ASSOCIATION = "association-canari"
"""Id of the association of the tests."""


def member(
    portal: Portal, name: str = "Mona Inventée", association: str = ASSOCIATION, role: str = "membre_association"
) -> tuple[str, str]:
    """Give an association a member; give the address and the seed of the codes."""
    email = f"{name.split(maxsplit=1)[0].lower()}@{association}.exemple.fr"
    with portal.database.write() as session:
        made = add_member(session, portal.keyring, email, name, association, role, PASSWORD, portal.clock)
    return email, made.seed


def sign_in_member(
    client: SuspiciousClient,
    portal: Portal,
    name: str = "Mona Inventée",
    association: str = ASSOCIATION,
    role: str = "membre_association",
) -> None:
    """Be signed in as a new member of this association."""
    email, _seed = member(portal, name, association, role)
    come_in(client, portal, email, MEMBERS)
