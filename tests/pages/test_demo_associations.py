"""The demonstration files as an association: one agreed today, one whose agreement has ended."""

import pyotp
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import seed_of
from app.demo import accounts, associations
from tests.cast import Sent
from tests.journeys import TRUE
from tests.pages.test_associations import prepare
from tests.support.html import Page


def fill(portal):
    with portal.database.write() as session:
        if not accounts.exist(session):
            accounts.add_all(session, portal, portal.clock)
        associations.add_all(session, portal, portal.clock)
        return session.scalar(select(func.count()).select_from(Account))


def sign_in(client, portal, email):
    with portal.database.read() as session:
        seed = seed_of(portal.keyring, session.scalars(select(Account).where(Account.email == email)).one())
    code = pyotp.TOTP(seed).at(portal.clock())
    typed = {"email": email, "mot_de_passe": accounts.PASSWORD, "code_otp": code}
    client.submit("/association/connexion", typed)


def test_the_association_that_is_agreed_sends(client, portal):
    assert fill(portal) == fill(portal)
    sign_in(client, portal, "noe@entraide-sante.exemple.fr")
    last = prepare(client)
    assert Sent(client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")).number


def test_the_association_whose_agreement_has_ended_prepares_and_does_not_send(client, portal):
    fill(portal)
    sign_in(client, portal, associations.OLD_MEMBER[0])
    assert "a pris fin le" in client.page("/association/plaintes").text
    last = prepare(client)
    refused = client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    assert (refused.status_code, "a pris fin le" in Page(refused.text).text) == (409, True)
