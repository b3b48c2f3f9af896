"""What an authority missed, as the person reads it: who is late, the letter to it, the Défenseur des droits.

Received on 3 March 2026: eight days end on Wednesday 11 March, the three months on Wednesday 3 June, fifteen days
before it on 19 May; a report of 28 May is due on 5 June (CSP R. 1110-11, R. 1110-12).
"""

from datetime import date

import pytest

from app.filing.documents.missed_days import missed_of_person
from app.filing.status.case_status import CaseStatus
from app.printing import pdf as printing
from app.procedure.days import LegalDay
from app.procedure.queries import DueRow
from tests.cast import AMINA, filed
from tests.pages.test_acts import records
from tests.pages.test_association_alarms import said
from tests.pages.test_demonstration import marks
from tests.support.acts import MEETING, TOLD, did
from tests.support.html import words

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LETTER = "/suivi/relance/595"
HELD = did("seance", **MEETING, on="2026-05-28")
WITHDRAWAL = did("retrait_demande", reason="", is_pressed=False)


@pytest.fixture
def followed(client, portal):
    sent = filed(portal)
    client.submit("/reprendre", {"code": sent.code})
    return sent


def on(client, clock, sent, day):
    """Come back on a day of 2026, and read who is late."""
    clock.advance(days=(day - clock().date()).days)
    client.submit("/reprendre", {"code": sent.code})
    return late(client.page("/suivi"))


def late(page):
    return [words(one) for one in page.all("section") if one.get("aria-labelledby", "").startswith("retard-")]


def test_nothing_is_late_on_the_day_itself(client, clock, followed):
    assert on(client, clock, followed, date(2026, 3, 11)) == []
    answer = client.get(LETTER)
    assert answer.status_code == 409
    assert "Aucun délai n’est dépassé" in answer.text.replace("'", "’")


def test_the_day_after_the_caisse_is_late_and_its_letter_is_ready(client, clock, followed):
    (box,) = on(client, clock, followed, date(2026, 3, 12))
    for told in (
        "La CPAM de Lille-Douai a dépassé le délai de la loi",
        "Pas d'accusé de réception au 8e jour. La date était le mercredi 11 mars 2026 (CSP R. 1110-11 al. 3).",
        "09 69 39 00 00",
        "Libre réponse 71120, 75342 Paris CEDEX 07",
    ):
        assert told in box.replace("’", "'")
    letter = said(client.get(client.page("/suivi").links["Télécharger la lettre de relance (PDF)"]))
    for told in ("Directeur de la CPAM de Lille-Douai", followed.number, "reçue le 3 mars 2026", "12 mars 2026"):
        assert told in letter
    for told in ("au plus tard le 11 mars 2026 (CSP R. 1110-11 al. 3)", f"{AMINA['prenom']} {AMINA['nom']}"):
        assert told in letter
    assert AMINA["recit"][:20] not in letter
    assert AMINA["pro_nom"] not in letter


def test_what_is_done_is_late_no_more(client, portal, clock, followed):
    assert len(on(client, clock, followed, date(2026, 3, 12))) == 1
    records(portal, followed.number, *TOLD)
    assert late(client.page("/suivi")) == []
    assert client.get(LETTER).status_code == 409


def test_an_acknowledgement_alone_leaves_the_rest_late(client, portal, clock, followed):
    records(portal, followed.number, TOLD[0])
    (box,) = on(client, clock, followed, date(2026, 3, 12))
    assert "accusé" not in box
    assert "Le professionnel n'est pas informé au 8e jour" in box.replace("’", "'")


def test_only_who_is_late_is_written_to(client, clock, followed):
    on(client, clock, followed, date(2026, 3, 12))
    assert client.get(LETTER).status_code == 200
    for other in ("MED-59", "inconnue"):
        assert client.get(f"/suivi/relance/{other}").status_code == 409


def test_a_meeting_that_nobody_fixed_is_told_once(client, portal, clock, followed):
    records(portal, followed.number, *TOLD)
    assert on(client, clock, followed, date(2026, 5, 19)) == []
    (box,) = on(client, clock, followed, date(2026, 5, 20))
    assert "Pas de convocation au 75e jour" in box
    (box,) = on(client, clock, followed, date(2026, 6, 4))
    assert "Pas de réunion au bout de trois mois" in box
    assert "convocation" not in box


def test_a_report_that_nobody_sent_is_late_after_the_meeting(client, portal, clock, followed):
    records(portal, followed.number, *TOLD, HELD)
    assert on(client, clock, followed, date(2026, 6, 5)) == []
    (box,) = on(client, clock, followed, date(2026, 6, 6))
    assert "Pas de compte rendu huit jours après la réunion" in box


def test_a_complaint_being_withdrawn_is_late_for_nobody(client, portal, clock, followed):
    records(portal, followed.number, WITHDRAWAL)
    assert on(client, clock, followed, date(2026, 3, 12)) == []


def test_while_no_authority_is_found_only_the_defender_is_named(client, portal, clock):
    sent = filed(portal, commune_insee="inconnue", pro_commune="Nulle-Part")
    (box,) = on(client, clock, sent, date(2026, 3, 12))
    assert "l'autorité n'est pas encore connue" in box.replace("’", "'")
    assert "09 69 39 00 00" in box
    assert "Télécharger" not in box


@pytest.mark.engines("sqlite")
def test_an_article_that_would_tell_a_sanction_is_never_told():
    now = CaseStatus("595", "MED-59")
    day = date(2026, 3, 11)
    for basis, told in (("CSP R. 1110-14", ()), ("CSP R. 1110-11 al. 3", (LegalDay.TRANSMIT,))):
        days = {"D3": DueRow("", "D3", day, day, basis, None)}
        assert tuple(one.code for one in missed_of_person(now, days, date(2026, 3, 12))) == told


@pytest.mark.engines("sqlite")
def test_the_letter_of_the_demonstration_is_a_specimen(client, clock, followed):
    on(client, clock, followed, date(2026, 3, 12))
    assert not any(marks(client.get(LETTER).content))
    printing.print_for(demo=True)
    assert all(marks(client.get(LETTER).content))
