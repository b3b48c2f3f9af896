"""What the command makes: the keyring, the accounts of clerks, the demonstration."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import sqlalchemy as sa

from app.accounts.models import Account
from app.accounts.queries import seed_of
from app.base.crypto.vault import Keyring
from app.filing.models import Filing
from app.notifications.models import OutboxMail

pytestmark = pytest.mark.engines("sqlite")
"""What reaches the database says by itself that it is tried on both."""
PASSWORD = "tulipe moteur falaise"
AWA = ("agent", "add", "--email", "awa@exemple.fr", "--name", "Awa Exemple", "--authority", "595")


def test_the_keyring_is_made_once_and_never_overwritten(saisine, tmp_path):
    done = saisine("keys", "init")
    path = tmp_path / "data-keyring.json"
    assert (done.status, done.err) == (0, "")
    assert str(path) in done.out
    made = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o400
    assert not any(key["key"] in done.out for keys in json.loads(made)["families"].values() for key in keys)
    saisine("keys", "init").refuses(str(path), "exists already: nothing was changed")
    assert path.read_bytes() == made


def test_the_keyring_goes_where_it_is_told(saisine, monkeypatch, tmp_path):
    monkeypatch.setenv("SAISINE_KEYRING", str(tmp_path / "safe" / "keys.json"))
    assert saisine("keys", "init").status == 0
    assert Keyring.load(tmp_path / "safe" / "keys.json")
    assert not (tmp_path / "data-keyring.json").exists()


def test_a_clerk_is_added_once_and_holds_the_codes(on, reference, keyring):
    saisine = on(reference)
    done = saisine(*AWA, typed=f"{PASSWORD}\n")
    assert (done.status, done.err) == (0, "")
    assert PASSWORD not in done.out
    seed = parse_qs(urlsplit(done.out.split()[-1]).query)["secret"][0]
    with reference.read() as session:
        account = session.scalars(sa.select(Account)).one()
    assert (account.email, account.name, account.authority, account.role) == (AWA[3], AWA[5], "595", "agent")
    assert not account.is_demo
    assert seed_of(keyring, account) == seed
    assert len(pyotp.TOTP(seed).now()) == 6
    again = saisine(*AWA, typed="un autre mot de passe\n")
    again.refuses("Un compte existe déjà avec cette adresse e-mail.")
    with reference.read() as session:
        assert session.scalars(sa.select(Account.password_hash)).all() == [account.password_hash]


@pytest.mark.parametrize(
    ("changes", "typed", "told"),
    [
        ({"--authority": "XXX"}, PASSWORD, "no authority has the code XXX"),
        ({"--email": "awa"}, PASSWORD, "--email"),
        ({"--email": ""}, PASSWORD, "--email"),
        ({"--role": "chef"}, PASSWORD, "chef"),
        (
            {"--association": "inconnue", "--role": "membre_association"},
            PASSWORD,
            "no association has the id inconnue",
        ),
        ({}, "court", "au moins 12 caractères"),
        ({}, "", "au moins 12 caractères"),
    ],
    ids=str,
)
def test_a_clerk_who_cannot_be_is_told_and_not_added(on, reference, keyring, changes, typed, told):
    words = dict(zip(AWA[2::2], AWA[3::2], strict=True)) | changes
    on(reference)("agent", "add", *(word for pair in words.items() for word in pair), typed=typed).refuses(told)
    with reference.read() as session:
        assert session.scalars(sa.select(Account.id)).all() == []


def test_the_demonstration_is_loaded_once_and_its_accounts_are_shown(on, reference):
    saisine = on(reference)
    counts = []
    for _ in range(2):
        done = saisine("demo", "load")
        assert (done.status, done.out) == (0, "ready\n")
        with reference.read() as session:
            tables = (Filing, Account, OutboxMail)
            counts.append([session.scalar(sa.select(sa.func.count()).select_from(one)) for one in tables])
    assert counts[0] == counts[1]
    assert counts[0][0] >= 20
    accounts = saisine("demo", "accounts", "--json").json
    assert len(accounts) == counts[0][1]
    assert all(re.fullmatch(r"\d{6}", account["code"]) for account in accounts)
    said = saisine("demo", "accounts").out
    assert all(account["email"] in said and account["password"] in said for account in accounts)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"families": {}}', '{"families": {"portail": [{"name": "v1", "key": ""}]}}']
)
def test_a_keyring_that_is_none_is_told(on, reference, tmp_path, content):
    (tmp_path / "data-keyring.json").write_text(content)
    on(reference)("demo", "accounts").refuses("data-keyring.json", "saisine keys init")
