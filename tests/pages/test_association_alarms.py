"""Alarms of an association: what an authority missed, and the letters that remind of it (CSP R. 1110-11).

Received on 3 March 2026: eight days end on Wednesday 11 March; the three months on 3 June, fifteen days before it on
19 May.
"""

from datetime import date

import pypdfium2
import pytest

from app.accounts.rules import MEMBERS
from app.filing.documents.missed_days import raised
from app.filing.sealed.person import WithdrawalAsked, Withdrawn
from app.filing.sealed.receipt import Acknowledged
from app.filing.status.case_status import WITHDRAWING, WITHDRAWN
from app.filing.status.duties import Duty
from app.procedure.queries import DueRow
from tests.cast import ASSOCIATION, STORY, come_in, filed_for, sign_in_member
from tests.pages.test_association_list import acts, order_of
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
LATE = f"{DESK}?etat=en_retard"
NO_ACKNOWLEDGEMENT, NO_SUMMONS = "Pas d'accusé de réception au 8e jour", "Pas de convocation au 75e jour"


@pytest.fixture
def mona(client, portal):
    """Sign in a member."""
    sign_in_member(client, portal)
    return client


def on(portal, browser, day):
    """Come back at noon of a day of 2026."""
    portal.clock.advance(days=(day - portal.clock().date()).days)
    come_in(browser, portal, f"mona@{ASSOCIATION}.exemple.fr", MEMBERS)


def acknowledge(portal, number):
    acts(
        portal, number, ("accuse_reception", Acknowledged(on=date(2026, 3, 4), channel="email", letter=(), message=""))
    )


def said(answer):
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages).replace("’", "'")


def test_nothing_is_late_before_its_day_is_past(mona, portal):
    number = filed_for(portal).number
    on(portal, mona, date(2026, 3, 11))
    assert order_of(mona.page(LATE)) == []
    assert "En retard" not in mona.page(f"{DESK}/{number}").text
    for letter in ("relance", "relance-defenseur"):
        assert mona.get(f"{DESK}/{number}/{letter}").status_code == 404


def test_what_is_late_is_listed_and_told_until_it_is_done(mona, portal):
    number, other = filed_for(portal).number, filed_for(portal).number
    acknowledge(portal, other)
    on(portal, mona, date(2026, 3, 12))
    page = mona.page(LATE)
    assert "Envoyées (2) En retard (1) Terminées (0)" in page.text
    assert order_of(page) == [number]
    told = mona.page(f"{DESK}/{number}").text.replace("’", "'")
    assert f"{NO_ACKNOWLEDGEMENT}. La date était le mercredi 11 mars 2026 (CSP R. 1110-11 al. 3)." in told
    assert NO_SUMMONS not in told
    acknowledge(portal, number)
    assert order_of(mona.page(LATE)) == []
    on(portal, mona, date(2026, 5, 20))
    assert set(order_of(mona.page(LATE))) == {number, other}
    told = mona.page(f"{DESK}/{number}").text.replace("’", "'")
    assert f"{NO_SUMMONS}. La date était le mardi 19 mai 2026 (CSP R. 1110-11 al. 5)." in told
    assert NO_ACKNOWLEDGEMENT not in told


def test_what_is_withdrawn_or_no_longer_read_is_late_for_nobody(mona, portal):
    ended, withdrawn = filed_for(portal).number, filed_for(portal).number
    mona.submit(f"{DESK}/{ended}/rendre-mandat", form="rendre-mandat")
    acts(portal, withdrawn, (WITHDRAWING, WithdrawalAsked(reason="", is_pressed=False)), (WITHDRAWN, Withdrawn()))
    on(portal, mona, date(2026, 5, 20))
    assert order_of(mona.page(LATE)) == []
    assert mona.get(f"{DESK}/{ended}/relance").status_code == 404
    assert mona.get(f"{DESK}/{withdrawn}/relance").status_code == 404


def test_the_letters_give_dates_and_numbers_and_name_no_person(mona, portal, app):
    number = filed_for(portal).number
    on(portal, mona, date(2026, 5, 20))
    shown = mona.page(f"{DESK}/{number}").text.replace("’", "'")
    for letter, addressed, asked in [
        ("relance", "Directeur de la", "Nous vous demandons de faire le nécessaire"),
        ("relance-defenseur", "Libre réponse 71120 75342 Paris CEDEX 07", "Nous vous demandons de lui rappeler"),
    ]:
        words = said(mona.get(f"{DESK}/{number}/{letter}"))
        for one in (addressed, asked, number, "Entraide Inventée, agrément n° N2024RN0001", "20 mai 2026"):
            assert one in words
        for one in ("11 mars 2026", "19 mai 2026", "3 juin 2026", "CSP R. 1110-11 al. 3", "CSP R. 1110-11 al. 5"):
            assert one in words
            assert one in shown
        for secret in ("Amina", "Canari", "Camille", STORY[:20]):
            assert secret not in words
    with SuspiciousClient(app, portal.database) as gael:
        sign_in_member(gael, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert gael.get(f"{DESK}/{number}/relance").status_code == 404


def test_while_no_authority_is_found_the_letter_goes_to_the_defender_alone(mona, portal):
    number = filed_for(portal, commune_insee="inconnue", pro_commune="Nulle-Part").number
    on(portal, mona, date(2026, 3, 12))
    assert mona.get(f"{DESK}/{number}/relance").status_code == 404
    assert "n'est pas encore connue" in said(mona.get(f"{DESK}/{number}/relance-defenseur"))


@pytest.mark.engines("sqlite")
def test_a_day_is_missed_once_the_postponed_one_is_past():
    """The strict day is a Saturday: Monday still counts."""
    days = {"D2": DueRow("", "D2", date(2026, 3, 14), date(2026, 3, 16), "", None)}
    owed = [Duty("595", "D2", date(2026, 3, 14))]
    assert raised(owed, days, date(2026, 3, 16)) == ()
    assert [one.due_on for one in raised(owed, days, date(2026, 3, 17))] == [date(2026, 3, 14)]
    assert raised([Duty("595", "D3", date(2026, 3, 14))], days, date(2026, 3, 17)) == ()
