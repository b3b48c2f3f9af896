"""« Confirmer l'ordre »: the receiver stays, a person names the council; on both databases.

Received on Tuesday 3 March 2026: the other authority must be told by 11 March, known or not.
"""

import pytest

from app.filing.models import Filing, FilingDesk
from app.filing.rules import AIGUILLAGE
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.pages.test_conciliation import at, desks

__all__ = ["desks"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
FORM = "confirmer-ordre#erreurs"


@pytest.fixture
def nurse(client):
    """Send a complaint about a nurse of Lille: the council, an interdépartemental one, is not certain."""
    return Sent(send(client, profession="infirmier"))


def filing_of(portal):
    with portal.database.read() as session:
        return session.query(Filing).one()


def is_whole(portal):
    return verify(portal, trust_of(portal.settings, portal.keyring), ()).problems == []


def acknowledged(desk, portal, sent):
    """Acknowledge by mail; give what the person reads."""
    desk.submit(at(sent, "accuser-reception"), {"canal_ar": "email"})
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return " ".join(post.letters[-1].text.replace("’", "'").split())


def test_the_day_is_owed_before_the_council_is_known_and_leads_to_its_act(nurse, portal, desks):
    assert (filing_of(portal).receiver, filing_of(portal).informed) == ("595", "")
    emile = desks[0].on(3, 4)
    page = emile.page(at(nurse))
    assert "Transmettre la plainte à l'autre autorité" in page.text.replace("’", "'")
    assert "Confirmer l'ordre" in page.text.replace("’", "'")
    assert "Confirmer l'ordre" in emile.page(at(nurse, "confirmer-ordre")).h1.replace("’", "'")
    assert at(nurse, "confirmer-ordre") in page.source
    assert emile.get(at(nurse, "transmettre-autorite")).url.path == at(nurse, "confirmer-ordre")
    told = acknowledged(emile, portal, nurse)
    assert "et au conseil de l'ordre dès qu'il est identifié" in told


def test_the_council_is_named_then_told_and_the_receiver_stays(nurse, portal, desks):
    emile, received = desks[0].on(3, 4), filing_of(portal).received_at
    council = next(code for code in filing_of(portal).candidates.split() if code != "595")
    emile.submit(at(nurse, "confirmer-ordre"), {"autre_autorite": council}, form=FORM)
    now = filing_of(portal)
    assert (now.receiver, now.informed, now.received_at) == ("595", council, received)
    page = emile.page(at(nurse))
    assert "Une personne doit vérifier" not in page.text
    assert "Autre autorité confirmée" in page.text
    assert emile.get(at(nurse, "transmettre-autorite")).url.path == at(nurse, "transmettre-autorite")
    with portal.database.read() as session:
        found = {desk.authority: (desk.role, desk.next_code) for desk in session.query(FilingDesk)}
    assert found == {"595": ("destinataire", "D2"), council: ("informee", "")}
    assert is_whole(portal)


def test_the_administration_reads_which_council_was_confirmed_where(nurse, client, portal, desks):
    council = next(code for code in filing_of(portal).candidates.split() if code != "595")
    emile = desks[0].on(3, 4)
    emile.submit(at(nurse, "confirmer-ordre"), {"autre_autorite": council}, form=FORM)
    other = Sent(send(client, profession="infirmier"))
    emile.submit(at(other, "confirmer-ordre"), {"autre_autorite": council}, form=FORM)
    alone = Sent(send(client, profession="infirmier"))
    emile.submit(at(alone, "confirmer-ordre"), {"autre_autorite": "AUCUNE", "pourquoi_aucune": "Non"}, form=FORM)
    sign_in(client, portal, AIGUILLAGE, "Ada Imaginaire", "admin")
    page = client.page("/administration/aiguillage")
    told = page.text.partition("Conseils confirmés par les agents")[2]
    assert told.count("Lille (59350) Infirmier") == 1
    assert f"({council}) Émile Exemple 2 " in told
    assert nurse.number not in page.source


def test_there_may_be_none_for_a_reason_that_is_kept(nurse, portal, desks):
    emile = desks[0].on(3, 4)
    assert emile.submit(at(nurse, "confirmer-ordre"), {"autre_autorite": "AUCUNE"}, form=FORM).status_code == 422
    typed = {"autre_autorite": "AUCUNE", "pourquoi_aucune": "Elle n'est pas inscrite."}
    emile.submit(at(nurse, "confirmer-ordre"), typed, form=FORM)
    page = emile.page(at(nurse))
    assert "Elle n'est pas inscrite." in page.text.replace("’", "'")
    assert emile.get(at(nurse, "transmettre-autorite")).status_code == 409
    assert "dès qu'il est identifié" not in acknowledged(emile, portal, nurse)
    assert is_whole(portal)


def test_nobody_else_confirms(nurse, desks):
    assert desks[1].on(3, 4).get(at(nurse, "confirmer-ordre")).status_code == 404
