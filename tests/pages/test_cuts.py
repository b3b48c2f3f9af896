"""A long list is cut, and the page says so: with the bound lowered to one, two rows are one too many."""

import pytest

from app.accounts import service
from app.accounts.service import Membership
from app.accounts.service.access import Access, note
from app.associations import registry
from app.directory.models import Edition
from app.routing.models import CpamException
from tests.cast import Sent, send, sign_in
from tests.pages.test_acknowledging import POST
from tests.pages.test_posting import prepares, text_of

CUT = "Seules les 1 premières lignes sont montrées."


@pytest.fixture
def cut_to_one(monkeypatch):
    return lambda bound: monkeypatch.setattr(bound, 1)


def is_cut(client, address, bound, cut_to_one):
    """Ask before the bound is lowered, then after."""
    assert CUT not in client.page(address).text
    cut_to_one(bound)
    return client.page(address).text.count(CUT)


def test_letters_that_wait(client, portal, cut_to_one):
    first, other = (Sent(send(client, **POST)) for _ in range(2))
    sign_in(client, portal, "595")
    for sent in (first, other):
        portal.clock.advance(seconds=1)
        prepares(client, sent)
    assert is_cut(client, "/agent/a-poster", "app.filing.acts.postal_letters.MOST", cut_to_one) == 1
    assert first.number in client.page("/agent/a-poster").text
    assert other.number not in client.page("/agent/a-poster").text
    assert len(text_of(client.get("/agent/a-poster/courriers").content)) == 1


def test_members_of_the_commission(client, portal, cut_to_one):
    sign_in(client, portal, "595")
    day = {"nomme_le_jour": "1", "nomme_le_mois": "3", "nomme_le_annee": "2026"}
    for name in ("Alix Fictive", "Sacha Inventé"):
        client.submit("/agent/commission", {"nom": name, "rang": "titulaire", "profession": "toutes", **day})
    assert is_cut(client, "/agent/commission", "app.commission.queries.MOST", cut_to_one) == 1


def associations(session, portal):
    for n in range(2):
        registry.add(session, {"name": f"Association Inventée {n}", "rna": f"W00000000{n}"}, f"connue-{n}")


def invitations(session, portal):
    for n in range(2):
        email = f"invited{n}@service.exemple.fr"
        service.invite(session, portal.keyring, email, Membership("agent", "595"), "", portal.clock)


def decisions(session, portal):
    for n in range(2):
        named = {"origin": "decision", "scope": "commune", "scope_code": f"0000{n}", "scope_name": "Ville Inventée"}
        more = {"departement": "59", "caisses": "595", "status": "certain", "confidence": "confirmed", "source": ""}
        session.add(CpamException(**named, **more, decided_at=portal.clock()))


def editions(session, portal):
    for n in range(2):
        at = portal.clock()
        session.add(Edition(state="ancienne", taken_on=at.date(), file_name=f"invente-{n}.csv", loaded_at=at))


KEPT = {
    "associations": (associations, "/administration/associations", "app.associations.registry.MOST"),
    "invitations": (invitations, "/administration/utilisateurs", "app.accounts.queries.PEOPLE_MOST"),
    "decisions": (decisions, "/administration/aiguillage", "app.administration.queries.MOST"),
    "editions": (editions, "/administration/annuaire", "app.administration.queries.MOST"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_an_administrator_lists(client, portal, cut_to_one, name):
    add, address, bound = KEPT[name]
    with portal.database.write() as session:
        add(session, portal)
    sign_in(client, portal, "", "Ada Exemple", "admin")
    assert is_cut(client, address, bound, cut_to_one) == 1


def test_counts_of_the_journal(client, portal, cut_to_one):
    sign_in(client, portal, "", "Ada Exemple", "admin")
    with portal.database.write() as session:
        for kind in ("compte_invite", "compte_role"):
            note(session, Access("Ada Exemple", "595", kind, "x"), portal.clock())
    assert is_cut(client, "/administration/journal", "app.administration.journal.MOST", cut_to_one) == 1
