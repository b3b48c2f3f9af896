"""Guessing codes and passwords, many at once and from many addresses: what is looked at never exceeds the limit."""

from collections import Counter

import pytest

from app.accounts import service
from app.accounts.rules import code_at
from app.accounts.service import add_clerk
from app.accounts.sign_in import credentials
from app.base.crypto.vault import Keyring
from app.base.secrets import by_fours, new_code
from app.followup import routes as followup
from tests.support.client import PlainClient, SuspiciousClient
from tests.support.crowd import at_once, seen_from
from tests.support.html import Page

EMAIL, PASSWORD, WRONG = "emile@caisse.exemple.fr", "tulipe moteur falaise", "une autre phrase longue"
SIGN_IN = "/agent/connexion"
CROWD = 40


@pytest.fixture
def emile(portal):
    with portal.database.write() as session:
        return add_clerk(session, portal.keyring, EMAIL, "Émile Exemple", "595", "agent", PASSWORD, portal.clock)


@pytest.fixture
def hashed(monkeypatch):
    """Count what reaches the hashes."""
    count = Counter()
    code_hashes, by_password = Keyring.code_hashes, service.account_by_password

    def of_code(keyring, code):
        count["code"] += 1
        return code_hashes(keyring, code)

    def of_password(*given):
        count["password"] += 1
        return by_password(*given)

    monkeypatch.setattr(Keyring, "code_hashes", of_code)
    monkeypatch.setattr(service, "account_by_password", of_password)
    return count


def all_at_once(app, path, fields, address="192.0.2.1"):
    """Send the form of a page once for each set of fields, all at the same time."""
    with PlainClient(seen_from(app, address)) as crowd:
        inputs = Page(crowd.get(path).text).all("input")
        token = next(one.get("value") for one in inputs if one.get("name") == "csrf")
        headers = {"sec-fetch-site": "same-origin", "origin": "null"}
        jobs = [lambda one=one: crowd.post(path, data=one | {"csrf": token}, headers=headers) for one in fields]
        return [answer.status_code for answer in at_once(jobs)]


def test_many_codes_at_once_are_no_more_than_the_limit(app, hashed):
    told = all_at_once(app, "/reprendre", [{"code": by_fours(new_code())} for _ in range(CROWD)])
    assert hashed["code"] == followup.TRIES
    assert Counter(told) == {422: followup.TRIES, 429: CROWD - followup.TRIES}


def test_the_addresses_of_one_ipv6_subscriber_are_one(app, portal, hashed):
    for number in range(followup.TRIES + 5):
        with SuspiciousClient(seen_from(app, f"2001:db8:0:1::{number:x}"), portal.database) as one:
            one.submit("/reprendre", {"code": by_fours(new_code())})
    assert hashed["code"] == followup.TRIES


def test_many_passwords_at_once_are_no_more_than_the_limit(app, emile, hashed):
    fields = {"email": EMAIL, "mot_de_passe": WRONG, "code_otp": "123456"}
    told = all_at_once(app, SIGN_IN, [fields] * CROWD)
    assert hashed["password"] == credentials.PASSWORD_TRIES
    assert Counter(told) == {422: credentials.PASSWORD_TRIES, 429: CROWD - credentials.PASSWORD_TRIES}


def signed(app, portal, emile, address, password=PASSWORD):
    """Sign in from an address; give the path where that leads."""
    portal.clock.advance(seconds=30)
    fields = {"email": EMAIL, "mot_de_passe": password, "code_otp": code_at(emile.seed, portal.clock())}
    with SuspiciousClient(seen_from(app, address), portal.database) as one:
        return one.submit(SIGN_IN, fields).url.path


def test_passwords_from_many_addresses_are_counted_together(app, portal, emile, hashed):
    assert signed(app, portal, emile, "198.51.100.4") == "/agent/plaintes"
    assert signed(app, portal, emile, "198.51.100.5") == "/agent/plaintes"
    hashed.clear()
    for number in range(credentials.ACCOUNT_TRIES + 8):
        signed(app, portal, emile, f"192.0.2.{number}", WRONG)
    assert hashed["password"] == credentials.ACCOUNT_TRIES
    assert signed(app, portal, emile, "192.0.2.200") == SIGN_IN, "even the right one, from nowhere known"
    assert signed(app, portal, emile, "198.51.100.4") == "/agent/plaintes", "its owner is not kept out"
    assert signed(app, portal, emile, "198.51.100.5") == "/agent/plaintes"
