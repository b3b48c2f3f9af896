"""A database that earlier rules laid: whole as it is, and laid again, whole, when the service starts."""

import pytest
from sqlalchemy import delete, select, update

from app.filing import desk_rows
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingWord
from app.filing.queries import filing_by_number, open_for_person
from app.filing.sealed import payload
from app.filing.upkeep.rebuild_desks import lay_again
from app.intake.filters import Filters
from app.intake.queries import Asking, inbox
from app.runtime.housekeeping import Housekeeping
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.journeys import CARDIOLOGIST, follow
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")


def laid(portal):
    """Give the desks and the duties."""
    with portal.database.read() as session:
        places = session.execute(select(FilingDesk.__table__).order_by(FilingDesk.filing_id, FilingDesk.authority))
        duties = session.execute(select(FilingDuty.__table__).order_by(FilingDuty.filing_id, FilingDuty.code))
        return places.all(), duties.all()


def verified(portal):
    """Give how many problems there are, and how many complaints wait to be laid again."""
    found = verify(portal, trust_of(portal.settings, portal.keyring), ())
    return len(found.problems), found.laid_before


def test_what_earlier_rules_laid_is_laid_again(client, portal):
    Sent(send(client))
    Sent(send(client))
    wanted = laid(portal)
    with portal.database.write() as session:
        session.execute(delete(FilingDuty))
        session.execute(update(FilingDesk).where(FilingDesk.role == "informee").values(next_code="D3"))
        session.execute(update(Filing).values(state="transmise"))
        session.execute(update(FilingDesk).values(laid_by=0, state="transmise"))
    assert laid(portal) != wanted
    assert verified(portal) == (0, 2)
    Housekeeping(portal).step()
    assert laid(portal) == wanted
    assert verified(portal) == (0, 0)
    assert lay_again(portal.database, portal.keyring) == 0


def signs_of_those_with_needs(portal):
    """Give the signs of the complaints that the receiver finds by « Avec des besoins »."""
    with portal.database.read() as session:
        asking = Asking("595", portal.clock().date())
        return [row.signs for row in inbox(session, portal.keyring, asking, Filters(besoin="oui")).rows]


def before_signs_were_sealed(portal, number):
    """Put a complaint as the first edition had it: two words for the list, and no needs in the index."""
    with portal.database.write() as session:
        filing = filing_by_number(session, number)
        opened = open_for_person(session, portal.keyring, filing)
        words = {name: opened.payload[name] for name in ("person", "professional")}
        filing.summary = payload.lock_summary(opened.key, filing.id, words)
        session.execute(delete(FilingWord))
        session.execute(update(FilingDesk).values(laid_by=1))


def test_signs_are_sealed_and_found_whatever_was_done_before_it_is_laid_again(client, portal):
    found = follow(client, CARDIOLOGIST)
    sent = Sent(client.send_form(Page(found.text), found.url.path, dict(CARDIOLOGIST.declarations)))
    wanted = [("urgence", "protege", "besoins", "sans_email")]
    assert signs_of_those_with_needs(portal) == wanted
    before_signs_were_sealed(portal, sent.number)
    assert signs_of_those_with_needs(portal) == []
    sign_in(client, portal, "595")
    typed = {"canal_ar": "courrier", "poste_le_jour": "3", "poste_le_mois": "mars", "poste_le_annee": "2026"}
    client.submit(f"/agent/plaintes/{sent.number}/accuser-reception", typed)
    assert verified(portal) == (0, 1)
    Housekeeping(portal).step()
    assert signs_of_those_with_needs(portal) == wanted
    assert verified(portal) == (0, 0)


def test_a_sign_taken_out_of_the_words_of_a_list_is_seen(client, portal):
    sent = Sent(send(client))
    before_signs_were_sealed(portal, sent.number)
    with portal.database.write() as session:
        session.execute(update(FilingDesk).values(laid_by=desk_rows.LAID))
    assert verified(portal) == (1, 0)
