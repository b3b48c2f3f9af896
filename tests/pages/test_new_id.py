"""Sending gives the browser a new id: a lost answer loses nothing, and whoever knew the old id is soon shut out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.accounts.models import AuthSession
from app.accounts.rules import DRAFT, LEAVING
from app.accounts.service import handover, sessions
from app.base.errors import StorageTrouble
from app.filing.models import Filing
from app.filing.receipt.receive import PersonalCode
from app.saisine.models import Draft
from tests.cast import AMINA, Sent, begin, sign_in_member
from tests.journeys import DENTIST, TRUE, follow
from tests.pages.test_associations import agree, prepare
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
RECEIPT = ("confirmation", "recepisse", "feuille-de-suivi")


def knowing(client, portal, known):
    """Give another browser that keeps this id."""
    other = SuspiciousClient(client.app, portal.database)
    other.cookies.set("saisine", known, domain="127.0.0.1", path="/")
    return other


class Press:
    """« Envoyer », pressed on a page that is open; its answer comes, or not."""

    def __init__(self, client, path, fields):
        """Keep the page as it is on the screen, and the id of the browser."""
        self.client, self.path, self.fields = client, path, dict(fields)
        self.receipt = f"{path.rpartition('/')[0]}/confirmation"
        self.page, self.old = Page(client.get(path).text), client.cookies["saisine"]

    def by(self, browser):
        """Press in this browser, and read what follows."""
        return browser.send_form(self.page, self.path, dict(self.fields), button="Envoyer ma plainte")

    def alone(self):
        """Press: the answer comes with the new id, and the page that it leads to is not read."""
        self.client.follow_redirects = False
        answer = self.by(self.client)
        self.client.follow_redirects = True
        assert answer.status_code == 303
        assert self.client.cookies["saisine"] != self.old
        return answer.headers["location"]


def short(client):
    return Press(client, begin(client), AMINA)


def detailed(client):
    return Press(client, follow(client, DENTIST).url.path, DENTIST.declarations)


def on_shared(client):
    opened = client.submit(
        "/avant-de-commencer", {"appareil_partage": "oui"}, button="Formulaire court, sur une seule page"
    )
    return Press(client, opened.url.path, AMINA)


FORMS = pytest.mark.parametrize("form", [short, detailed])


def beside(path, name):
    return path.replace("confirmation", name)


@FORMS
def test_a_phone_that_lost_the_answer_finds_the_same_receipt_with_the_old_id(client, portal, form):
    press = form(client)
    where = press.alone()
    phone = knowing(client, portal, press.old)
    first = Sent(press.by(phone))
    portal.clock.advance(hours=23, minutes=59)
    again = Sent(press.by(phone))
    assert first.code
    assert (again.number, again.code, again.path) == (first.number, first.code, where)
    assert phone.cookies["saisine"] == press.old
    assert phone.get(beside(where, "recepisse")).content[:4] == b"%PDF"
    assert phone.get(beside(where, "feuille-de-suivi")).content[:4] == b"%PDF"
    with portal.database.read() as session:
        assert session.query(Filing).count() == 1
    assert Sent(client.get(where)).code == first.code


@FORMS
def test_the_old_id_opens_the_receipt_for_ten_minutes_once_the_new_one_was_used(client, portal, form):
    press = form(client)
    where = press.alone()
    portal.clock.advance(hours=1)
    sent = Sent(client.get(where))
    known = knowing(client, portal, press.old)
    portal.clock.advance(minutes=9)
    assert Sent(client.get(where)).number == sent.number  # a later use does not begin the ten minutes again
    assert Sent(known.get(where)).code == sent.code
    assert Sent(press.by(known)).number == sent.number
    portal.clock.advance(minutes=2)
    for name in RECEIPT:
        answer = known.get(beside(where, name))
        assert answer.status_code == 404
        assert sent.code not in answer.text
        assert client.get(beside(where, name)).status_code == 200
    assert press.by(known).status_code == 404


@pytest.mark.parametrize("which", ["old", "new"])
@pytest.mark.parametrize(
    ("form", "shown", "after"),
    [(short, timedelta(hours=24), 200), (on_shared, timedelta(minutes=30), 404)],
    ids=["own device", "shared device"],
)
def test_the_code_is_shown_as_long_under_both_ids(client, portal, which, form, shown, after):
    press = form(client)
    where = press.alone()
    browser = client if which == "new" else knowing(client, portal, press.old)
    portal.clock.now += shown - timedelta(minutes=1)
    sent = Sent(browser.get(where))
    assert sent.code
    portal.clock.advance(minutes=2)
    answer = browser.get(where)
    assert answer.status_code == after
    assert sent.code not in answer.text


def test_the_old_id_opens_nothing_else_and_the_new_one_all_that_it_opened(client, portal):
    followed = Sent(short(client).by(client))
    client.submit("/reprendre", {"code": followed.code})
    other = begin(client)
    press = short(client)
    where = press.alone()
    known = knowing(client, portal, press.old)
    assert known.get(other).status_code == 200  # the phone never read the answer: nothing of its own is lost
    client.get(where)
    assert [known.get(path).status_code for path in (where, other, followed.path)] == [200, 404, 404]
    assert known.get("/suivi").url.path == "/reprendre"
    assert [client.get(path).status_code for path in (where, other, followed.path)] == [200, 200, 200]
    assert client.get("/suivi").url.path == "/suivi"


def test_what_somebody_opened_with_the_old_id_since_does_not_come_to_the_person(client, portal):
    press = short(client)
    where = press.alone()
    portal.clock.advance(minutes=1)
    thief = knowing(client, portal, press.old)
    planted = begin(thief)
    Sent(client.get(where))
    assert client.get(planted).status_code == 404
    assert thief.get(where).status_code == 200
    portal.clock.advance(minutes=11)
    assert thief.get(where).status_code == 404


def test_several_complaints_one_after_the_other_stay_with_the_last_id(client, portal):
    known, sent = [], []
    for _ in range(3):
        press = short(client)
        known.append(press.old)
        sent.append(Sent(press.by(client)))
    assert len({one.number for one in sent}) == 3
    assert [Sent(client.get(one.path)).code for one in sent] == [one.code for one in sent]
    portal.clock.advance(minutes=11)
    assert [Sent(client.get(one.path)).number for one in sent] == [one.number for one in sent]
    for old in known:
        thief = knowing(client, portal, old)
        assert [thief.get(one.path).status_code for one in sent] == [404] * 3


def test_a_receipt_whose_answer_was_lost_follows_the_next_complaint(client, portal):
    lost = short(client)
    where = lost.alone()
    phone = knowing(client, portal, lost.old)
    sent = Sent(short(phone).by(phone))
    assert [phone.get(path).status_code for path in (where, sent.path)] == [200, 200]


@FORMS
def test_a_browser_that_kept_the_id_but_lost_the_page_may_press_again(client, form):
    press = form(client)
    where = press.alone()
    again = press.by(client)  # the page of before, signed for the old id
    assert Sent(again).path == where


def test_the_page_of_another_draft_must_be_loaded_again(client):
    other = Press(client, begin(client), AMINA)
    short(client).by(client)
    assert other.by(client).status_code == 403
    assert Sent(client.submit(other.path, AMINA)).number


def test_a_press_that_another_one_overtook_gets_its_receipt_and_draws_no_id(client, portal, monkeypatch):
    press, draw = short(client), PersonalCode.draw
    twin, numbers = knowing(client, portal, press.old), []

    def overtaken(keyring):
        monkeypatch.setattr(PersonalCode, "draw", draw)
        numbers.append(Sent(press.by(twin)).number)
        return draw(keyring)

    monkeypatch.setattr(PersonalCode, "draw", overtaken)
    client.check = lambda _answer: None  # its request is open while the other one is answered
    assert [Sent(press.by(client)).number] == numbers
    assert client.cookies["saisine"] == press.old
    assert twin.cookies["saisine"] != press.old
    portal.clock.advance(minutes=11)
    assert [one.get(press.receipt).status_code for one in (client, twin)] == [404, 200]


def test_a_press_that_another_device_overtook_keeps_its_own_id(client, portal, monkeypatch):
    press, draw = short(client), PersonalCode.draw
    with portal.database.write() as session:
        draft, day = session.query(Draft).one(), timedelta(days=1)
        sessions.open_session(session, DRAFT, draft.id, token="B" * 43, idle=day, absolute=day, now=portal.clock())
    first = Press(knowing(client, portal, "B" * 43), press.path, AMINA)

    def overtaken(keyring):
        monkeypatch.setattr(PersonalCode, "draw", draw)
        first.alone()
        return draw(keyring)

    monkeypatch.setattr(PersonalCode, "draw", overtaken)
    client.check = lambda _answer: None  # its request is open while the other one is answered
    assert Sent(press.by(client)).number
    assert client.cookies["saisine"] == press.old
    assert first.client.get(first.receipt).status_code == 200
    portal.clock.advance(minutes=11)
    mine, theirs = (knowing(client, portal, one.old).get(press.receipt).status_code for one in (press, first))
    assert (mine, theirs) == (200, 404)


def test_the_first_looks_of_the_new_id_may_come_at_once(client, portal):
    where = short(client).alone()
    twins = [PlainClient(client.app, cookies=dict(client.cookies)) for _ in range(6)]
    with ThreadPoolExecutor(len(twins)) as pool:
        assert [answer.status_code for answer in pool.map(lambda one: one.get(where), twins)] == [200] * 6
    with portal.database.read() as session:
        assert sorted(row.kind for row in session.query(AuthSession)) == sorted([LEAVING, DRAFT])


def test_a_window_that_began_another_draft_meanwhile_does_not_stop_the_receipt(client, portal, monkeypatch):
    press, hand_over = short(client), handover.hand_over

    def moved(session, token, draft_id, now):
        sessions.move(session, token, "A" * 43)
        return hand_over(session, token, draft_id, now)

    monkeypatch.setattr(handover, "hand_over", moved)
    press.by(client)
    assert Sent(knowing(client, portal, "A" * 43).get(press.receipt)).code


def test_a_full_disk_shows_the_receipt_and_the_next_look_closes_the_old_id(client, portal, monkeypatch):
    press = short(client)
    where = press.alone()

    def full(*_):
        raise StorageTrouble

    with monkeypatch.context() as patched:
        patched.setattr(handover, "arrive", full)
        assert Sent(client.get(where)).code
    assert Sent(client.get(where)).code
    portal.clock.advance(minutes=11)
    assert knowing(client, portal, press.old).get(where).status_code == 404


@pytest.mark.parametrize("is_read", [True, False])
@pytest.mark.parametrize("way", ["erase the device", "close the complaint"])
def test_leaving_closes_the_old_id_at_once(client, portal, is_read, way):
    press = short(client)
    where = press.alone()
    if is_read:
        client.get(where)
    if way == "erase the device":
        client.submit("/effacer-cet-appareil")
    else:
        token = dict(client.page("/avant-de-commencer").forms[0].fill({}))["csrf"]
        client.post(where.replace("confirmation", "fermer"), data={"csrf": token})
    assert client.get(where).status_code == 404
    assert knowing(client, portal, press.old).get(where).status_code == 404


def test_the_id_of_a_member_is_that_of_the_account(client, portal):
    sign_in_member(client, portal)
    agree(portal)
    last, known = prepare(client), client.cookies["saisine"]
    sent = Sent(client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs"))
    assert sent.code == ""
    assert client.cookies["saisine"] == known
    assert client.get(sent.path).status_code == 200


def test_nothing_waits_once_the_new_id_was_used_and_the_old_one_swept(client, portal):
    press = short(client)
    press.by(client)
    portal.clock.advance(minutes=11)
    with portal.database.write() as session:
        sessions.sweep(session, portal.clock())
        assert [row.kind for row in session.query(AuthSession)] == [DRAFT]
