"""The agenda of the desk: meetings at their hours, the first day owed, and what cannot be held together."""

from datetime import date

import pytest
from sqlalchemy import event

from app.intake.planning import queries
from tests.cast import Sent, send
from tests.pages.test_acts import records
from tests.pages.test_conciliation import desks, fix, step, told
from tests.support.acts import TOLD, did
from tests.support.html import Page, words

__all__ = ["desks", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
AGENDA = "/agent/agenda"
MAY = f"{AGENDA}?vue=mois&jour=2026-05-01"
DAY = f"{AGENDA}?vue=jour&jour=2026-05-28"


def entries(page):
    """Give what the agenda says of each day that holds something."""
    return [words(one) for one in page.all("li") if "agenda__day" in (one.get("class") or "") and list(one.iter("ul"))]


def test_a_month_shows_the_meeting_and_the_first_day_owed(told, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28), heure_fin="16 h")
    for where in (MAY, f"{AGENDA}?vue=semaine&jour=2026-05-28", DAY):
        said = " ".join(entries(emile.page(where))).replace("\u00a0", " ")
        assert f"{told.number} Réunion de 14 h 30 à 16 h 00 1 rue Fictive 59000 Lille" in said
    month = entries(emile.page(MAY))
    assert len(month) == 2
    assert "mercredi 13" in month[0]
    assert "Convocations reçues" in month[0]
    page = emile.page(MAY)
    assert f"{AGENDA}?vue=jour&jour=2026-05-28" in page.links.values()
    assert f"{AGENDA}?vue=mois&jour=2026-04-30" in page.links.values()
    assert entries(emile.page(f"{AGENDA}?vue=mois&jour=2026-06-01")) == []
    assert "Réunion de 14" in " ".join(entries(desks[1].on(3, 6).page(DAY))).replace("\u00a0", " ")


def test_a_desk_sees_its_own_dates_alone(client, desks):
    sent = Sent(send(client))
    (own,) = entries(desks[0].on(3, 4).page(f"{AGENDA}?vue=mois&jour=2026-03-04"))
    assert sent.number in own
    assert "mercredi 11" in own
    assert entries(desks[1].on(3, 4).page(f"{AGENDA}?vue=mois&jour=2026-03-04")) == []


def test_an_address_that_asks_for_nonsense_shows_today(desks):
    emile = desks[0].on(3, 4)
    for wrong in ("?vue=siecle", "?jour=hier", "?jour=0001-01-01", "?vue=%00"):
        page = emile.page(AGENDA + wrong)
        assert "est affiché" in page.text, wrong
        assert "mars 2026" in page.h1


@pytest.fixture
def other(client, portal):
    """Another complaint that was told to all."""
    sent = Sent(send(client))
    records(portal, sent.number, *TOLD)
    return sent


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"heure_seance": "15 h 15", "lieu": "Salle 2"}, "Nour Fictive, Lise Exemple siège à la même heure"),
        ({"heure_seance": "14 h"}, "siège à la même heure"),
    ],
)
def test_a_meeting_that_clashes_is_told_and_may_be_kept(told, other, desks, more, said):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    refused = fix(emile, other, date(2026, 5, 28), **more)
    assert refused.status_code == 422
    assert f"{told.number} : " in Page(refused.text).text
    assert said in Page(refused.text).text
    kept = emile.send_form(Page(refused.text), "seance#erreurs", {"avertissements_lus": "oui"})
    assert kept.status_code == 200
    shown = " ".join(entries(emile.page(DAY)))
    assert f"{told.number} : Nour Fictive" in shown
    assert f"{other.number} : Nour Fictive" in shown


def test_several_meetings_of_one_morning_are_normal(told, other, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28), heure_seance="9 h", heure_fin="10 h")
    assert fix(emile, other, date(2026, 5, 28), heure_seance="10 h").status_code == 200
    shown = " ".join(entries(emile.page(DAY))).replace("\u00a0", " ")
    assert shown.index("de 9 h 00 à 10 h 00") < shown.index("de 10 h 00 à 11 h 00")
    assert "à la même heure" not in shown


def test_a_meeting_ends_after_it_begins(told, desks):
    emile = desks[0].on(3, 5)
    refused = fix(emile, told, date(2026, 5, 28), heure_seance="14 h 30", heure_fin="14 h 30")
    assert refused.status_code == 422
    assert "La réunion finit après son début." in Page(refused.text).text
    fix(emile, told, date(2026, 5, 28), heure_fin="17 h 15")
    assert "DTEND:20260528T151500Z" in emile.get("/agent/calendrier.ics").text
    assert 'value="17 h 15"' in emile.get(step(told, "seance")).text


def test_the_agenda_is_bounded_and_says_what_it_leaves_out(client, desks, monkeypatch):
    for _ in range(5):
        Sent(send(client))
    emile = desks[0].on(3, 4)
    march = f"{AGENDA}?vue=mois&jour=2026-03-04"
    assert "… et 2 de plus" in " ".join(entries(emile.page(march))).replace("\u00a0", " ")
    monkeypatch.setattr(queries, "DATES", 4)
    assert "… et 1 ligne de plus" in emile.page(march).text.replace("\u00a0", " ")


def test_the_agenda_costs_the_same_whatever_it_holds(told, other, portal, desks):
    emile, heard = desks[0].on(3, 5), []
    fix(emile, told, date(2026, 5, 28))
    event.listen(portal.database.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
    costs = []
    for _ in range(2):
        heard.clear()
        emile.get(MAY)
        costs.append(len(heard))
        fix(emile, other, date(2026, 5, 28), heure_seance="9 h")
    assert costs[0] == costs[1] <= 10, heard


def test_a_meeting_that_is_withdrawn_leaves_the_agenda(told, portal, desks):
    emile = desks[0].on(3, 5)
    fix(emile, told, date(2026, 5, 28))
    records(portal, told.number, did("cloture", reason="autre", explanation=""))
    assert entries(emile.page(DAY)) == []
