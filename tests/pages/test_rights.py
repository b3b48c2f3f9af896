"""Who may open what: ``docs/droits.md`` is the source, each of its lines is tried by each kind of visitor."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from app.accounts import service
from app.accounts.models import Account, Invitation
from app.accounts.queries import member as member_of
from app.api import clients
from app.api.rules import ApiScope
from app.association_desk import desk
from app.associations import registry
from app.associations.rules import Agreement
from app.commission import service as commission
from app.filing.acts import act_store
from app.filing.queries import filing_by_number, read_for
from app.filing.rules import AIGUILLAGE
from app.intake import saved_views
from app.intake.filters import Filters
from app.intake.message_templates.service import Wording, create
from app.intake.models import SavedView
from app.intake.tags import service as tags
from app.procedure.models import CalendarDay
from app.webhooks import service as webhooks
from tests.cast import AMINA, ASSOCIATION, Sent, begin, filed_for, send, sign_in, sign_in_member
from tests.journeys import PNG
from tests.pages.test_evidence import examine
from tests.support.acts import FIXED, SUMMONED, TOLD
from tests.support.client import SuspiciousClient
from tests.support.routes import LIST
from tests.support.source import HOME

SHEET = HOME / "docs" / "droits.md"
LINE = re.compile(r"\| (GET|POST) `([^`]+)` \|(.*)\|")
VISITORS = {
    "destinataire": ("595", "agent"),
    "responsable": ("595", "responsable"),
    "secrétariat": ("595", "secretariat"),
    "lecture seule": ("595", "lecteur"),
    "informée": ("MED-59", "agent"),
    "informée, avant": ("MED-59", "agent"),
    "ailleurs": ("594", "agent"),
    "aiguillage": (AIGUILLAGE, "agent"),
    "administrateur": ("", "admin"),
}
KNOWN = "association-connue"
OTHER = "autre-association"
MEMBERS = {
    "membre": (ASSOCIATION, "membre_association"),
    "membre non chargé": (ASSOCIATION, "membre_association"),
    "responsable d'association": (ASSOCIATION, "responsable_association"),
    "ancien membre": (ASSOCIATION, "membre_association"),
    "autre association": (OTHER, "responsable_association"),
}
"""The complaint is that of the member, or of one that the manager sees; the agreement of the association is over."""
NAMES = (
    "Émile Exemple",
    "Rita Fictive",
    "Sara Inventée",
    "Léo Inventé",
    "Fatou Exemple",
    "Farah Fictive",
    "Gaël Fictif",
    "Lou Fictive",
    "Ada Exemple",
)


def lines():
    """Give the lines of the sheet: method, address, and what each kind of visitor may do; nothing unless it is said."""
    kinds = ["inconnu", "personne", *VISITORS, *MEMBERS]
    found, head = {}, []
    for line in SHEET.read_text(encoding="utf-8").splitlines():
        if line.startswith("| adresse |"):
            head = [cell.strip() for cell in line.strip("|").split("|")][1:]
            assert set(head) <= set(kinds), head
        for method, path, rights in LINE.findall(line):
            line_of = found.setdefault((method, path), dict.fromkeys(kinds, "non"))
            line_of.update(zip(head, (cell.strip() for cell in rights.split("|")), strict=True))
    return found


def open_to_all():
    """Give the beginnings of the addresses that the sheet leaves to other tests."""
    text = SHEET.read_text(encoding="utf-8").partition("## Ouvertes à tous")[2]
    return tuple(re.findall(r"`(/[^`]*)`", text))


def test_each_address_is_in_the_sheet_once():
    known = {tuple(line.split()[:2]) for line in LIST.read_text(encoding="utf-8").splitlines()}
    guarded = {
        (method, path)
        for method, path in known
        if path.startswith(("/agent", "/administration", "/association", "/suivi")) and path not in open_to_all()
    }
    assert set(lines()) == guarded
    elsewhere = {path for method, path in known - guarded if not path.startswith(open_to_all()) and path != "/"}
    assert elsewhere == set()


def verdict(answer):
    """Say what an answer lets do: ``oui``, ``existence`` (nothing but that it is there), or ``non``."""
    if answer.status_code in {403, 404}:
        return "non"
    if answer.status_code == 303 and answer.headers["location"].startswith(
        ("/agent/connexion", "/association/connexion", "/reprendre")
    ):
        return "non"
    return "existence" if "Transmission attendue avant" in answer.text else "oui"


def _kept(portal, place):
    """Give an account of a place, and an invitation that waits there."""
    new = (
        service.Membership("agent", "595")
        if place == "595"
        else service.Membership("membre_association", "", ASSOCIATION)
    )
    names = ("Émile Exemple", "Membre0 Exemple")
    with portal.database.write() as session:
        service.invite(session, portal.keyring, f"invited@{place}.exemple.fr", new, "", portal.clock)
        waiting = session.scalar(select(Invitation.id).where(Invitation.email == f"invited@{place}.exemple.fr"))
        return {
            "compte": session.scalar(select(Account.id).where(Account.name == names[place != "595"])),
            "invitation": waiting,
        }


def _view(portal):
    """Give the authority a view of its list."""
    with portal.database.write() as session:
        saved_views.save(session, "595", "Essai", Filters(etat="recue"))
        return session.scalars(select(SavedView.id)).one()


def _seat(portal):
    """Give the authority a member of its commission."""
    with portal.database.write() as session:
        return commission.appoint(session, "595", "", "Nour Fictive", "titulaire", portal.clock().date()).id


def _program(portal):
    """Give the association a piece of software."""
    with portal.database.write() as session:
        account = session.scalars(select(Account.id).where(Account.name == "Membre2 Exemple")).one()
        manager = member_of(session, account)
        row, _ = clients.open_client(session, manager, "Essai", list(ApiScope), portal.clock(), sandbox=False)
        return row.id


def _webhook(portal):
    """Give the association an address that is told."""
    with portal.database.write() as session:
        declared = (ASSOCIATION, "https://logiciel.exemple.fr/", ["plainte.envoyee"])
        made = webhooks.declare(session, portal.keyring, *declared, portal.clock())
        assert made is not None
        return made[0]


def _complaints(portal):
    """File two complaints for each visitor of an association, one with a meeting ahead, one whose eight days passed.

    Give the number of the first, the address of its draft, the number of the second.

    The member and the manager read theirs; the former member and the others find none of them.
    """
    with portal.database.write() as session:
        registry.add(session, {"name": "Association Inventée", "rna": "W000000001"}, KNOWN)
        registry.add(session, {"name": "Entraide Inventée", "rna": "W000000002"}, ASSOCIATION)
        over = Agreement("N2019RN0001", "national", "", date(2019, 1, 1), date(2023, 12, 31))
        registry.agree(session, ASSOCIATION, over)
    theirs = {}
    for name in MEMBERS:
        late = filed_for(portal, "Membre0 Exemple").number
        number = filed_for(portal, "Membre0 Exemple", "recevoir", "representer").number
        with portal.database.write() as session:
            filing = filing_by_number(session, number)
            assert filing is not None
            for kind, content in (*TOLD, FIXED, SUMMONED):
                opened = read_for(session, portal.keyring, number, filing.receiver)
                act_store.record(session, portal.keyring, opened, kind, content, portal.clock)
            theirs[name] = (number, desk.public_of(session, filing), late)
            missed = update(CalendarDay).where(CalendarDay.filing_number == late, CalendarDay.code == "D2")
            session.execute(missed.values(due_postponed=date(2026, 1, 1)))
    with portal.database.write() as session:
        former = session.scalars(select(Account).where(Account.name == "Membre3 Exemple")).one()
        former.disabled_at = portal.clock()
    return theirs


@pytest.fixture
def found(client, app, portal):
    """Try every line as every kind of visitor; give what was found."""
    path = begin(client)
    client.submit(path, {}, {"fichiers": [("photo.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    told = Sent(client.submit(path, AMINA))
    untold = Sent(send(client))
    examine(portal)
    portal.clock.advance(seconds=1)
    browsers = {"personne": client, "inconnu": SuspiciousClient(app, portal.database)}
    for (name, (authority, role)), who in zip(VISITORS.items(), NAMES, strict=True):
        browsers[name] = SuspiciousClient(app, portal.database)
        sign_in(browsers[name], portal, authority, who, role)
    for n, (name, (association, role)) in enumerate(MEMBERS.items()):
        browsers[name] = SuspiciousClient(app, portal.database)
        sign_in_member(browsers[name], portal, f"Membre{n} Exemple", association, role)
    theirs = _complaints(portal)
    kept = {place: _kept(portal, place) for place in ("595", "association")}
    view = _view(portal)
    seat = _seat(portal)
    hook, program = _webhook(portal), _program(portal)
    with portal.database.write() as session:
        asked = registry.ask(session, portal.keyring, {"nom": "Autre", "courriel": "a@exemple.fr"}, portal.clock())
    with portal.database.write() as session:
        tag = tags.create(session, portal.keyring, "595", "Essai")
        template = create(session, "595", "message_autorite", Wording("Essai", "Essai", "Essai", portal.clock()))
    where = f"/agent/plaintes/{told.number}"
    browsers["destinataire"].submit(f"{where}/transmettre-autorite", form="transmettre-autorite#erreurs")
    piece = next(
        link for link in browsers["destinataire"].page(where).links.values() if link.endswith("/apercu")
    ).split("/")[-2]
    client.submit("/reprendre", {"code": told.code})

    tokens = {}

    def token(browser):
        """Give the token of the forms of a browser, read again when its cookies change."""
        session = id(browser), *sorted(browser.cookies.items())
        if session not in tokens:
            form = next(form for form in browser.page("/reprendre").forms if form.method == "post")
            tokens[session] = dict(form.fill({}))["csrf"]
        return tokens[session]

    def tried(visitor, method, path):
        usual = untold.number if visitor == "informée, avant" else told.number
        number, draft, late = theirs.get(visitor, (usual, theirs["membre"][1], usual))
        number = late if "/relance" in path else number
        ids = {
            "autorite": "595",
            "membre": piece,
            "partie": "personne",
            "lettre": "griefs",
            "tableau": "mois",
            "association": KNOWN,
            "demande": asked,
            "modele": template,
            "absence": "0" * 32,
            "etiquette": tag,
        }
        ids |= kept["association" if path.startswith("/association") else "595"]
        ids |= {"membre": seat} if path.startswith("/agent/commission") else {}
        ids |= {"vue": view, "logiciel": program, "adresse": hook, "b": draft}
        address = path.format(numero=number, preuve=piece, page="0", **ids)
        browser = browsers[visitor]
        plain = super(SuspiciousClient, browser).request  # the manners of answers are looked at elsewhere
        if method == "GET":
            return verdict(plain("GET", address, follow_redirects=False))
        typed = {"csrf": token(browser), "motif": "Essai"}
        return verdict(plain("POST", address, data=typed, follow_redirects=False))

    return {line: {visitor: tried(visitor, *line) for visitor in rights} for line, rights in lines().items()}


@pytest.mark.engines("sqlite", "postgresql")
def test_each_visitor_may_do_what_the_sheet_says_and_nothing_else(found):
    wanted = lines()
    wrong = [
        (*line, who, said) for line, them in found.items() for who, said in them.items() if said != wanted[line][who]
    ]
    assert wrong == []
    assert set(found) == set(wanted)
