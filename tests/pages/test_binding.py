"""Whoever may write in the database, and has no key, moves no right to another row, and forges no word of proof."""

from datetime import timedelta
from threading import Event

import pyotp
import pytest
from sqlalchemy import Date, LargeBinary, inspect, select, text
from sqlalchemy.exc import DBAPIError

from app.accounts import service
from app.accounts.models import Account
from app.accounts.service import calendar_links
from app.accounts.service.invitations import Membership
from app.accounts.service.links import make_link
from app.base.crypto.row_binding import KeyringNeeded, bind_all, every_bound, is_bound
from app.base.storage.database import Base, Instant
from app.base.storage.migrate import BOUND_SINCE, upgrade
from app.filing.models import Filing
from app.runtime.timestamping import TimestampWorker
from app.saisine import mandate_requests, returning
from app.stamping.models import Stamp
from app.stamping.trust import trust_of
from app.verification.service import verify
from app.webhooks import service as webhooks
from tests.cast import AMINA, ASSOCIATION, PASSWORD, Sent, begin, clerk, member, send, sign_in
from tests.support.api import manager_of, software
from tests.support.client import SuspiciousClient
from tests.support.guards import lift_guards
from tests.support.pdf import bare, text_of

TABLES = (
    *("access_line", "account", "account_link", "auth_session", "draft", "filing", "filing_act_seen"),
    *("filing_event", "invitation", "outbox", "return_link", "stamp"),
)
BOUND_FROM_THE_FIRST = ("api_client", "calendar_link", "mandate_request", "webhook")
"""Tables that came after rows were bound."""
FORGED, VICTIM = "Tiers Fictif SA", "CANARI-VICTIME"


def problems(portal):
    found = verify(portal, trust_of(portal.settings, portal.keyring))
    return {(one.number, one.table, one.column) for one in found.problems}


@pytest.fixture
def sql(portal):
    """Write in the database as an insider does: no key, no trigger of ours."""

    def run(words, **values):
        with portal.database.engine.execution_options(writes=True).begin() as connection:
            return connection.execute(text(words), values)

    return run


@pytest.fixture
def two(client, portal, app):
    """Two complaints of two people; the second has a story of its own."""
    mine = Sent(send(client))
    with SuspiciousClient(app, portal.database) as other:
        theirs = Sent(
            send(other, recit="CANARI-VICTIME, ce récit est celui d'une autre personne.", email="b@exemple.fr")
        )
    return mine, theirs


def test_a_code_moved_to_another_complaint_opens_nothing(app, portal, sql, two):
    mine, theirs = two
    code = sql("SELECT code_hash FROM filing WHERE number = :n", n=mine.number).scalar_one()
    sql("UPDATE filing SET code_hash = 'autre' WHERE number = :n", n=mine.number)
    sql("UPDATE filing SET code_hash = :code WHERE number = :n", code=code, n=theirs.number)
    with SuspiciousClient(app, portal.database) as insider:
        answered = insider.submit("/reprendre", {"code": mine.code})
        assert answered.url.path == "/reprendre"
        assert VICTIM not in insider.get("/suivi").text
    assert problems(portal) == {(one.number, "filing", "bound") for one in two}


def test_an_address_moved_to_another_complaint_receives_no_link(client, portal, sql, two):
    mine, theirs = two
    sql("UPDATE filing SET email_key = (SELECT email_key FROM filing WHERE number = :m) WHERE number = :t",
        m=mine.number, t=theirs.number)  # fmt: skip
    client.submit("/reprendre/perdu", {"email": AMINA["email"]})
    with portal.database.read() as session:
        subjects = session.execute(text("SELECT subject FROM return_link")).scalars().all()
        own = session.scalars(select(Filing.id).where(Filing.number == mine.number)).all()
    assert subjects == own


def test_a_session_moved_to_another_complaint_opens_nothing(client, portal, sql, two):
    mine, theirs = two
    client.submit("/reprendre", {"code": mine.code})
    assert client.get("/suivi").url.path == "/suivi"
    sql(
        "UPDATE auth_session SET subject = (SELECT id FROM filing WHERE number = :t) WHERE kind = 'suivi'",
        t=theirs.number,
    )
    assert client.get("/suivi").url.path == "/reprendre"
    assert ("", "auth_session", "bound") in problems(portal)


@pytest.mark.parametrize(
    "change",
    [
        "authority = '597'",
        "role = 'admin', authority = ''",
        "association = 'autre-association'",
        "email = 'x@exemple.fr'",
    ],
)
def test_an_account_that_was_changed_signs_in_no_more(client, portal, sql, two, change):
    sign_in(client, portal, "595")
    assert client.get("/agent/plaintes").status_code == 200
    sql(f"UPDATE account SET {change} WHERE authority = '595'")
    assert client.get("/agent/plaintes").url.path == "/agent/connexion"
    assert problems(portal) == {("", "account", "bound")}


def test_a_password_put_in_place_of_another_does_not_open_the_account(client, portal, sql):
    email, _ = clerk(portal, "595", "Émile Exemple")
    insider, seed = clerk(portal, "597", "Ivan Inventé")
    sql("UPDATE account SET password_hash = (SELECT password_hash FROM account WHERE email = :i) WHERE email = :e",
        i=insider, e=email)  # fmt: skip
    code = pyotp.TOTP(seed).at(portal.clock())
    refused = client.submit("/agent/connexion", {"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
    assert refused.url.path == "/agent/connexion"
    assert client.get("/agent/plaintes").url.path == "/agent/connexion"


def test_the_word_qualified_cannot_be_forged(client, portal, sql, two):
    mine, _ = two
    with portal.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM stamp")).scalar_one() == 0
    assert TimestampWorker(portal).step(Event()) == 2
    client.submit("/reprendre", {"code": mine.code})
    assert bare("Horodatage non qualifié du") in text_of(client.get("/suivi/recepisse").content)
    sql("UPDATE stamp SET qualified = :forged", forged=FORGED)
    said = text_of(client.get("/suivi/recepisse").content)
    assert bare(FORGED) not in said
    assert bare("Horodatage qualifié") not in said
    assert bare("Horodatage à vérifier") in said
    assert problems(portal) == {(one.number, "stamp", "bound") for one in two}


@pytest.fixture
def every_row(client, portal, app, two):
    """At least one row in each bound table."""
    TimestampWorker(portal).step(Event())
    begin(client)
    member(portal)
    software(client, portal, manager_of(portal))
    with portal.database.write() as session:
        account = session.scalars(select(Account.id)).first()
        make_link(session, account, portal.clock())
        calendar_links.make(session, account, portal.clock())
        service.invite(session, portal.keyring, "i@exemple.fr", Membership("agent", "595", ""), "", portal.clock)
        returning.make_link(session, "suivi", "0" * 32, portal.clock())
        mandate_requests.ask(session, portal.keyring, "0" * 32, bytes(32), portal.clock())
        told = ("https://logiciel.exemple.fr/", ["plainte.envoyee"])
        webhooks.declare(session, portal.keyring, ASSOCIATION, *told, portal.clock())
    client.submit("/reprendre", {"code": two[0].code})
    client.submit("/suivi/message", {"message": "Un mot de plus"})
    sign_in(client, portal, "595")
    client.get(f"/agent/plaintes/{two[0].number}")
    client.get(f"/agent/plaintes/{two[0].number}/messages")


def other(column, value, now):
    """Give another value that the column takes."""
    if isinstance(value, bool):
        return not value
    if isinstance(column.type, Instant):
        return (value or now) + timedelta(minutes=1)
    if isinstance(column.type, Date):
        return value + timedelta(days=1)
    if isinstance(column.type, LargeBinary):
        return (value or b"") + b"x"
    return value + 1000 if isinstance(value, int | float) else f"{value or ''}x"[-8:]


@pytest.mark.engines("sqlite", "postgresql")
def test_every_fact_of_every_bound_table_is_bound(portal, every_row):
    lift_guards(portal.database)
    models = {inspect(model).local_table.name: model for model in every_bound(Base)}
    assert set(models) == {*TABLES, *BOUND_FROM_THE_FIRST}
    assert problems(portal) == set()
    unseen = []
    for table, model in models.items():
        columns = inspect(model).local_table
        pointed_to = {"id"} if table == "filing" else {one.name for one in columns.c if one.foreign_keys}
        for name in sorted(set(model.BINDS) - pointed_to):
            with portal.database.engine.execution_options(writes=True).connect() as connection:
                row = connection.execute(columns.select().order_by("bound").limit(1)).mappings().one()
                own, value = columns.c.bound == row["bound"], other(columns.c[name], row[name], portal.clock())
                for written in (value, row[name]):
                    connection.execute(columns.update().where(own).values({name: written}))
                    connection.commit()
                    if written is value and (table, "bound") not in {one[1:] for one in problems(portal)}:
                        unseen.append((table, name))
    assert unseen == []
    assert problems(portal) == set()


@pytest.mark.engines("sqlite", "postgresql")
def test_a_database_made_before_is_bound_once_by_whoever_migrates(client, portal, app, sql, two):
    mine, _ = two
    sign_in(client, portal, "595")
    head = sql("SELECT version_num FROM alembic_version").scalar_one()
    since = {"account": ["ends_at", "exception"], "invitation": ["access_ends_at", "exception"]}
    for table in TABLES:
        for column in ("bound", *since.get(table, ())):
            sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    sql("UPDATE alembic_version SET version_num = :before", before=f"{int(BOUND_SINCE) - 1:04d}")
    with pytest.raises(KeyringNeeded):
        upgrade(portal.database, to=BOUND_SINCE)
    upgrade(portal.database, portal.keyring, to=BOUND_SINCE)
    sql("UPDATE alembic_version SET version_num = :head", head=head)
    assert problems(portal) == set()
    with pytest.raises(DBAPIError, match="filing_event cannot be changed"):
        sql("UPDATE filing_event SET by = 'Faux Agent'")
    assert client.get("/agent/plaintes").status_code == 200
    with SuspiciousClient(app, portal.database) as person:
        assert person.submit("/reprendre", {"code": mine.code}).url.path == "/suivi"
    sql("UPDATE filing SET bound = NULL WHERE number = :n", n=mine.number)
    upgrade(portal.database, portal.keyring)
    assert (mine.number, "filing", "bound") in problems(portal), "nothing is bound again after that"


@pytest.mark.engines("sqlite", "postgresql")
def test_binding_an_empty_database_needs_no_key(database):
    with database.engine.execution_options(writes=True).begin() as connection:
        bind_all(connection, None, every_bound(Base))
        assert connection.execute(text("SELECT count(*) FROM account")).scalar_one() == 0


@pytest.mark.engines("sqlite", "postgresql")
def test_a_row_may_be_completed_by_the_transaction_that_made_it(portal):
    with portal.database.write() as session:
        row = Stamp(n=1, state="attend", attempts=0, first_at=portal.clock(), next_at=portal.clock())
        session.add(row)
        session.flush()
        row.state, row.token, row.gap = "obtenu", b"token", 0.5
        session.flush()
        assert is_bound(session, row)
        row.gap = None
    with portal.database.read() as session:
        assert is_bound(session, session.get_one(Stamp, 1))
