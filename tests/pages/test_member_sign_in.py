"""The door of associations: a password or a link, always the code; nothing of a clerk opens there, nor the contrary."""

from datetime import timedelta

import pytest

from app.accounts.rules import code_at
from app.accounts.service import disable
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from tests.cast import PASSWORD, begin, clerk, member, sign_in
from tests.support.client import SuspiciousClient
from tests.support.html import Page

HERE, DESK = "/association/connexion", "/association"
LINK = "Recevoir un lien de connexion"


@pytest.fixture
def mona(portal):
    return member(portal)


@pytest.fixture
def enters(client, portal, mona):
    def signs(path=HERE, **changed):
        typed = {"email": mona[0], "mot_de_passe": PASSWORD, "code_otp": code_at(mona[1], portal.clock())}
        return client.submit(path, typed | changed)

    return signs


@pytest.fixture
def mails(portal):
    """Send what waits; give the mails that left."""
    mailer = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, mailer, portal.clock, "saisine.example")

    def sent():
        worker.run_once()
        return mailer.letters

    return sent


def linked(letter):
    """Give the path of the link of a mail."""
    return next(word for word in letter.text.split() if word.startswith("http")).partition(":8000")[2]


def test_the_page_says_who_may_file_and_how_an_account_is_opened(client):
    page = client.page("/association")
    assert page.h1 == "Espace associations"
    for words in ("mandat exprès", "agréée", "L. 1114-1", "Comment ouvrir un compte ?"):
        assert words in page.text
    assert client.page("/").links["Espace associations"] == "/association"


def test_the_right_three_answers_open_the_desk_under_a_new_id(client, enters):
    before = client.get(HERE) and client.cookies["saisine"]
    answer = enters()
    assert answer.url.path == DESK
    assert "Mona Inventée" in Page(answer.text).text
    (cookie,) = [c for one in answer.history for c in one.headers.get_list("set-cookie") if c.startswith("saisine=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert client.cookies["saisine"] != before
    assert client.get(HERE).url.path == DESK


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": "gael@ailleurs.exemple.fr"}, "L'adresse ou le mot de passe ne correspondent pas."),
        ({"mot_de_passe": "un autre mot de passe"}, "L'adresse ou le mot de passe ne correspondent pas."),
        ({"code_otp": "000000"}, "Ce code n'est plus valable. Essayez le code suivant."),
        ({"mot_de_passe": None}, "Écrivez votre mot de passe."),
    ],
)
def test_what_does_not_fit_is_told_and_the_address_stays(enters, mona, changed, told):
    answer = enters(**changed)
    assert answer.status_code == 422
    assert told in Page(answer.text).text
    assert changed.get("email", mona[0]) in answer.text


def test_a_draft_begun_before_signing_in_stays_open_until_signing_out(client, enters):
    draft = begin(client)
    enters()
    assert client.get(draft).status_code == 200
    client.submit("/association", form="/association/deconnexion")
    assert client.get(draft).status_code == 404
    assert client.get(HERE).url.path == HERE


def test_a_session_ends_after_thirty_idle_minutes_or_twelve_hours(client, enters, portal):
    enters()
    end = portal.clock() + timedelta(hours=12)
    while portal.clock.advance(minutes=25) < end:
        assert client.get(HERE).url.path == DESK
    assert client.get(HERE).url.path == HERE
    enters()
    portal.clock.advance(minutes=30)
    assert client.get(HERE).url.path == HERE


def test_each_space_opens_with_its_own_accounts(client, app, portal, mona):
    email, seed = clerk(portal, "595")
    wrong = {"mot_de_passe": PASSWORD}
    assert client.submit(HERE, wrong | {"email": email, "code_otp": code_at(seed, portal.clock())}).status_code == 422
    typed = wrong | {"email": mona[0], "code_otp": code_at(mona[1], portal.clock())}
    assert client.submit("/agent/connexion", typed).status_code == 422
    with SuspiciousClient(app, portal.database) as other:
        sign_in(other, portal, "MED-59", "Fatou Fictive")
        assert other.get(HERE).url.path == HERE


def test_a_disabled_member_is_out_at_the_next_page(client, enters, portal):
    enters()
    with portal.database.write() as session:
        (found,) = session.connection().exec_driver_sql("SELECT id FROM account").all()
        disable(session, found.id, portal.clock)
    assert client.get(HERE).url.path == HERE
    assert enters().status_code == 422


def test_a_link_replaces_the_password_once_and_never_the_code(client, app, portal, mona, mails):
    answer = client.submit(HERE, {"email": mona[0].upper()}, button=LINK)
    assert "Il sert une seule fois, pendant 15 minutes." in Page(answer.text).text
    (letter,) = mails()
    assert letter.to == mona[0]
    path = linked(letter)
    with SuspiciousClient(app, portal.database) as scanner:
        for prefetch in ({}, {"sec-purpose": "prefetch"}):
            assert scanner.get(path, headers=prefetch).status_code == 200
        assert super(SuspiciousClient, scanner).request("HEAD", path).status_code == 200
        assert scanner.get(HERE).url.path == HERE
    assert "Mona" not in client.get(path).text
    assert mona[0] not in client.get(path).text
    assert client.submit(path, {"code_otp": ""}).status_code == 422
    assert client.submit(path, {"code_otp": "000000"}).status_code == 422
    assert client.submit(path, {"code_otp": code_at(mona[1], portal.clock())}).url.path == DESK
    again = client.get(path)
    assert again.status_code == 410
    assert "Ce lien a expiré. Demandez-en un autre." in Page(again.text).text


def test_a_link_ends_after_fifteen_minutes_and_when_another_one_is_asked(client, portal, mona, mails):
    for _ in range(2):
        client.submit(HERE, {"email": mona[0]}, button=LINK)
    first, second = (linked(letter) for letter in mails())
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    portal.clock.advance(minutes=15)
    assert client.get(second).status_code == 410


def test_an_unknown_address_reads_the_same_and_receives_nothing(client, portal, mona, mails):
    known = client.submit(HERE, {"email": mona[0]}, button=LINK)
    email, _ = clerk(portal, "595")
    for unknown in ("gael@ailleurs.exemple.fr", email):
        answer = client.submit(HERE, {"email": unknown}, button=LINK)
        assert Page(answer.text).text == Page(known.text).text
    assert [letter.to for letter in mails()] == [mona[0]]
    assert "Écrivez votre adresse e-mail" in Page(client.submit(HERE, {"email": ""}, button=LINK).text).text


def test_links_that_are_asked_for_too_often_wait(client, mona):
    for _ in range(5):
        assert client.submit(HERE, {"email": mona[0]}, button=LINK).status_code == 200
    assert client.submit(HERE, {"email": mona[0]}, button=LINK).status_code == 429


def test_wrong_codes_make_the_link_wait(client, portal, mona, mails):
    client.submit(HERE, {"email": mona[0]}, button=LINK)
    path = linked(mails()[0])
    for _ in range(5):
        assert client.submit(path, {"code_otp": "1"}).status_code == 422
    assert client.submit(path, {"code_otp": code_at(mona[1], portal.clock())}).status_code == 429
