"""The cast: the same people in every test, so that a test of rights reads as a sentence.

Amina complains (she has the CSS), Bilal helps her, Émile is a clerk of the CPAM of Lille-Douai, Fatou of the council
of the ordre des médecins du Nord, Gaël is a stranger who must never see anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.rules import CLERKS, MEMBERS, Space
from app.accounts.service import add_clerk, add_member
from app.accounts.service.signing_in import account_by_email
from app.accounts.service.signing_in import begin as begin_session
from app.accounts.sign_in.current_user import cookie_name
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import new_token
from app.demo.accounts import CARD
from app.filing.queries import filing_by_number
from app.filing.receipt import competence
from app.filing.receipt.mails import Words
from app.filing.receipt.receive import PersonalCode, receive
from app.routing.service import fill_card
from app.saisine import service as drafting
from app.saisine.models import Draft
from app.saisine.queries import OpenDraft, open_draft
from app.saisine.short_form import COURT
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


@dataclass(frozen=True)
class Filed:
    """A complaint that was received: its number, and the code of the person."""

    number: str
    code: str


MANDATED: dict[str, Any] = {
    "id": "association-canari",
    "name": "Entraide Inventée",
    "rna": "W000000001",
    "siren": "",
    "email": "contact@entraide.exemple.fr",
    "phone": "",
    "agreement": {
        "number": "N2024RN0001",
        "level": "national",
        "region": "",
        "starts_on": "2024-01-01",
        "ends_on": "2028-06-01",
    },
    "mandate": {
        "mode": "papier",
        "text": "1",
        "scope": ["saisir"],
        "signed_on": "2026-03-02",
        "warnings": [],
        "files": [],
    },
}
"""What is sealed of an association that files, without the paper of its mandate."""


def mandated(*powers: str) -> dict[str, Any]:
    """Return what is sealed of an association whose mandate gives these powers beside that of filing."""
    return {**MANDATED, "mandate": {**MANDATED["mandate"], "scope": ["saisir", *powers]}}


def filed(
    portal: Portal, *, by_association: bool = False, powers: Sequence[str] = (), **changes: str | list[str]
) -> Filed:
    """File what the short form would, without its pages: for tests of what comes after.

    ``by_association``: for the person, under a mandate that has tests of its own; ``powers``: as for :func:`mandated`.
    """
    visitor = new_token()
    with portal.database.write() as session, pytest.MonkeyPatch.context() as patch:
        if by_association:
            patch.setattr("app.filing.receipt.mandate.statement", lambda *_: mandated(*powers))
        public = drafting.start(session, portal.keyring, visitor, portal.clock, shared_device=False).public
        session.flush()
        draft = open_draft(session, portal.keyring, public, visitor, portal.clock())
        assert draft is not None
        return receive_draft(session, portal, draft, **changes)


def receive_draft(session: Session, portal: Portal, draft: OpenDraft, **changes: str | list[str]) -> Filed:
    """Receive a draft with the answers of Amina, as « Envoyer » does."""
    typed = {name: value if isinstance(value, list) else [value] for name, value in {**AMINA, **changes}.items()}
    settled = competence.settle(session, typed, COURT.parse(typed).values)
    assert settled.complaint is not None
    code, words = PersonalCode.draw(portal.keyring), Words(translate, portal.settings.address)
    made = receive(session, portal.keyring, draft, settled.complaint, code, portal.clock, words)
    return Filed(made.number, code.code)


def filed_for(portal: Portal, name: str = "Mona Inventée", *powers: str, **changes: str | list[str]) -> Filed:
    """File under a mandate with these powers, for the desk of a member who is known, by the name."""
    made = filed(portal, by_association=True, powers=powers, **changes)
    with portal.database.write() as session:
        filing = filing_by_number(session, made.number)
        assert filing is not None
        draft = session.get_one(Draft, filing.draft_id)
        draft.association = ASSOCIATION
        draft.member = session.scalars(select(Account.id).where(Account.name == name)).one()
    return made


def clerk(
    portal: Portal, authority: str, name: str = "Émile Exemple", role: str = "agent", *, is_complete: bool = True
) -> tuple[str, str]:
    """Give an authority a clerk, and a complete card; give the address and the seed of the codes."""
    email = f"{name.split(maxsplit=1)[0].lower().replace('é', 'e')}@{authority.lower() or 'service'}.exemple.fr"
    with portal.database.write() as session:
        quality = "gestionnaire de réclamations" if is_complete else ""
        who = (email, name, authority, role, PASSWORD)
        made = add_clerk(session, portal.keyring, *who, portal.clock, quality=quality)
        if is_complete:
            fill_card(session, authority, CARD)
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
