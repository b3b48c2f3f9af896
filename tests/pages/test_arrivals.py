"""What came on the desk since a list was shown: counted as the list is asked, and no session lives longer for it."""

import pytest
from sqlalchemy import event, select

from app.accounts.models import AuthSession
from app.acts.kinds.lines import RECORDED
from app.filing.models import FilingEvent
from app.filing.queries import filing_by_number
from app.filing.status.case_status import MOVED
from tests.cast import sign_in
from tests.rooms.test_intake_desk import HAINAUT, LILLE, Given, put
from tests.support.client import page_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LIST, ARRIVALS = "/agent/plaintes", "/agent/arrivees"


@pytest.fixture
def desk(client, portal):
    """A clerk of Lille, with one complaint."""
    put(portal)
    sign_in(client, portal, LILLE)
    return client


def asked(page):
    return next(link.get("data-arrivals") for link in page.all("a") if link.get("data-arrivals"))


def told(client, address):
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text.replace("\u00a0", " ")


def test_what_came_since_is_counted_and_only_what_the_list_asks_for(desk, portal):
    whole, late = asked(desk.page(LIST)), asked(desk.page(f"{LIST}?echeance=retard"))
    assert told(desk, whole) == told(desk, late) == ""
    put(portal, Given(days=-3))
    put(portal, Given(HAINAUT, ""))
    assert told(desk, whole) == told(desk, late) == "1 nouvelle plainte – Afficher"
    put(portal, Given(days=8))
    assert told(desk, whole) == "2 nouvelles plaintes – Afficher"
    assert told(desk, late) == "1 nouvelle plainte – Afficher"
    assert told(desk, asked(desk.page(LIST))) == ""


def test_what_came_is_at_the_top_of_what_is_shown(desk, portal):
    for n in range(25):
        put(portal, Given(days=n - 3))
    portal.clock.advance(minutes=1)
    new, _ = put(portal, Given(days=30))
    page = desk.page(f"{LIST}?canal=patient&page=2")
    shown = next(link.get("href") for link in page.all("a") if link.get("data-arrivals"))
    assert shown == f"{LIST}?canal=patient&tri=-recue"
    first = next(link for link in desk.page(shown).links.values() if link.startswith(f"{LIST}/SA-"))
    assert first == f"{LIST}/{new}"


def test_one_sent_here_by_another_authority_is_new_and_one_recorded_here_is_not(desk, portal):
    number, _ = put(portal, Given(days=8))
    address = asked(desk.page(LIST))
    for kind, authority, said in [
        (RECORDED, LILLE, ""),
        (MOVED, LILLE, ""),
        (MOVED, HAINAUT, "1 nouvelle plainte – Afficher"),
    ]:
        with portal.database.write() as session:
            filing = filing_by_number(session, number).id
            session.add(FilingEvent(filing_id=filing, at=portal.clock(), kind=kind, authority=authority))
        assert told(desk, address) == said


@pytest.mark.parametrize("line", ["", "x", "-1", "9" * 19, "²", "1 or 1", "%00"])
def test_a_line_that_cannot_be_one_tells_nothing(desk, line):
    assert told(desk, f"{ARRIVALS}?depuis={line}") == ""
    assert told(desk, ARRIVALS) == ""


def test_it_is_counted_in_one_statement(desk, portal):
    address, said = asked(desk.page(LIST)), []
    desk.get(address)
    event.listen(portal.database.engine, "before_cursor_execute", lambda *words: said.append(words[2]))
    desk.get(address)
    assert sum("filing_event" in one or "filing_desk" in one for one in said) == 1


def seen_at(portal):
    with portal.database.read() as session:
        return session.scalars(select(AuthSession.seen_at).where(AuthSession.kind == "agent")).one()


def test_a_page_that_asks_by_itself_keeps_no_session_alive(desk, portal):
    address, before = asked(desk.page(LIST)), seen_at(portal)
    for _ in range(40):
        portal.clock.advance(minutes=1)
        desk.get(address, follow_redirects=False)
    assert seen_at(portal) == before
    assert desk.get(address, follow_redirects=False).status_code == 303
    assert page_of(desk.get(LIST)).h1 != "Plaintes reçues"


def test_opening_a_page_still_keeps_it_alive(desk, portal):
    before = seen_at(portal)
    portal.clock.advance(minutes=2)
    desk.get(LIST)
    assert seen_at(portal) > before


def test_a_search_by_words_asks_for_nothing(desk):
    page = page_of(desk.submit(LIST, {"q": "fictive"}, form=LIST))
    assert not [link for link in page.all("a") if link.get("data-arrivals")]
