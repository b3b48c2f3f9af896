"""Accounts of clerks: made, recognised by a password and a code, disabled."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.accounts import queries, service
from app.accounts.models import Account
from app.accounts.rules import TOO_SHORT, WAIT, code_at
from app.accounts.service.clerks import EmailTaken, PasswordRefused
from app.base.crypto.vault import DecryptionError

EMILE, PASSWORD = "emile@caisse.exemple.fr", "tulipe moteur falaise"


@pytest.fixture
def emile(portal):
    """Émile, clerk of the caisse; Fatou, clerk of the ordre, is always there too."""
    with portal.database.write() as session:
        made = service.add_clerk(
            session, portal.keyring, EMILE, "Émile Exemple", "595", "agent", PASSWORD, portal.clock
        )
        service.add_clerk(
            session,
            portal.keyring,
            "fatou@ordre.exemple.fr",
            "Fatou Exemple",
            "MED-59",
            "responsable",
            PASSWORD,
            portal.clock,
        )
    return made


def recognised(portal, email, password):
    with portal.database.read() as session:
        return service.account_by_password(session, email, password)


def tries(portal, account_id, code):
    with portal.database.write() as session:
        return service.sign_in(session, portal.keyring, account_id, code, portal.clock)


def code_of(emile, portal):
    return code_at(emile.seed, portal.clock())


def test_a_new_account_shows_its_seed_once_and_keeps_it_sealed(real_passwords, emile, portal):
    asked = urlsplit(emile.otpauth)
    assert (asked.scheme, parse_qs(asked.query)["issuer"]) == ("otpauth", ["Saisine"])
    assert parse_qs(asked.query)["secret"] == [emile.seed]
    with portal.database.read() as session:
        row = session.get(Account, emile.id)
        assert emile.seed.encode() not in row.totp_seed
        assert PASSWORD not in row.password_hash
        assert row.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        with pytest.raises(DecryptionError):
            portal.keyring.unseal(row.totp_seed, "account:another")


def test_the_password_opens_in_any_case_of_the_address(emile, portal):
    assert recognised(portal, "Emile@Caisse.exemple.fr", PASSWORD) == emile.id


@pytest.mark.parametrize(
    ("email", "password"), [(EMILE, PASSWORD + " "), (EMILE, PASSWORD.upper()), ("gael@ailleurs.exemple.fr", PASSWORD)]
)
@pytest.mark.usefixtures("emile")
def test_anything_else_is_nobody(portal, email, password):
    assert recognised(portal, email, password) is None


def test_a_code_serves_once_even_inside_its_thirty_seconds(emile, portal):
    first = tries(portal, emile.id, code_of(emile, portal))
    assert first.token
    assert not tries(portal, emile.id, code_of(emile, portal)).token
    portal.clock.advance(seconds=30)
    again = tries(portal, emile.id, code_of(emile, portal))
    assert again.token not in {None, first.token}


def test_a_code_of_someone_else_does_not_fit(emile, portal):
    wrong = f"{(int(code_of(emile, portal)) + 1) % 10**6:06}"
    portal.clock.advance(minutes=5)
    assert not tries(portal, emile.id, wrong).token


def test_wrong_codes_make_the_next_one_wait_for_a_time(emile, portal):
    for _ in range(5):
        assert tries(portal, emile.id, "").wait_until is None
    right = tries(portal, emile.id, code_of(emile, portal))
    assert right.token is None
    assert right.wait_until == portal.clock() + WAIT
    portal.clock.advance(minutes=15)
    assert tries(portal, emile.id, code_of(emile, portal)).token
    assert tries(portal, emile.id, "").wait_until is None


def test_the_session_gives_the_clerk_with_the_rights_of_now(emile, portal):
    token = tries(portal, emile.id, code_of(emile, portal)).token
    with portal.database.read() as session:
        opened = service.opened_by(session, token, "agent", portal.clock())
        clerk = queries.clerk(session, opened.subject)
    assert (clerk.name, clerk.authority, clerk.role) == ("Émile Exemple", "595", "agent")
    assert clerk.authority_name not in {"", "595"}


def test_a_disabled_account_is_out_at_once(emile, portal):
    token = tries(portal, emile.id, code_of(emile, portal)).token
    with portal.database.write() as session:
        service.disable(session, emile.id, portal.clock)
    with portal.database.read() as session:
        assert service.opened_by(session, token, "agent", portal.clock()) is None
        assert queries.clerk(session, emile.id) is None
    assert recognised(portal, EMILE, PASSWORD) is None
    portal.clock.advance(minutes=1)
    assert not tries(portal, emile.id, code_of(emile, portal)).token


@pytest.mark.usefixtures("emile")
def test_two_accounts_never_share_an_address(portal):
    with pytest.raises(EmailTaken), portal.database.write() as session:
        service.add_clerk(
            session, portal.keyring, " EMILE@caisse.exemple.fr", "X", "595", "agent", PASSWORD, portal.clock
        )


def test_a_weak_password_or_an_unknown_role_makes_no_account(portal):
    with pytest.raises(PasswordRefused) as refused, portal.database.write() as session:
        service.add_clerk(session, portal.keyring, EMILE, "X", "595", "agent", "court", portal.clock)
    assert refused.value.says == TOO_SHORT
    with pytest.raises(ValueError, match="role"), portal.database.write() as session:
        service.add_clerk(session, portal.keyring, EMILE, "X", "595", "directeur", PASSWORD, portal.clock)
