"""Who opened, noted and changed what cannot be rewritten by whoever may write in the database and has no key."""

import hashlib

import pytest
import rfc8785
from sqlalchemy import text

from app.runtime.monitor import Monitor
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, send, sign_in
from tests.support.guards import lift_guards
from tests.support.html import Page
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")


@pytest.fixture
def sql(portal):
    def run(words, **values):
        with portal.database.engine.execution_options(writes=True).begin() as connection:
            return connection.execute(text(words), values)

    return run


@pytest.fixture
def two_days(run, client, portal):
    """Two days of a complaint: opened and noted by a clerk, each day; each day ended by the point of the next one."""
    return lived(run, portal, client, "two_days", lambda: live_two_days(client, portal))


def live_two_days(client, portal):
    sent = Sent(send(client))
    sign_in(client, portal, "595")
    for note in ("Appelé la personne", "Rappeler jeudi"):
        assert sent.number in Page(client.get(f"/agent/plaintes/{sent.number}").text).text
        client.submit(f"/agent/plaintes/{sent.number}/noter", {"note": note})
        portal.clock.advance(minutes=5)
    portal.clock.advance(days=1)
    Monitor(portal).publish()
    lift_guards(portal.database)
    sign_in(client, portal, "597", name="Paul Fictif")
    return sent.number


def problems(portal):
    found = verify(portal, trust_of(portal.settings, portal.keyring))
    return {(one.table, one.column) for one in found.problems}


def test_a_day_that_ended_is_in_the_ledger(portal, sql, two_days):
    ended = sql("SELECT number, commitment FROM ledger WHERE kind = 'journal'").all()
    last = sql("SELECT hash FROM access_line WHERE day = '2026-03-03' ORDER BY n DESC LIMIT 1").scalar_one()
    assert [tuple(row) for row in ended] == [("2026-03-03", last)]
    assert problems(portal) == set()
    Monitor(portal).publish()
    portal.clock.advance(days=1)
    Monitor(portal).publish()
    assert sql("SELECT count(*) FROM ledger WHERE kind = 'journal'").scalar_one() in {1, 2}
    assert problems(portal) == set()


ATTACKS = {
    "the last line": "DELETE FROM access_line WHERE n = (SELECT max(n) FROM access_line WHERE day = '2026-03-03')",
    "the whole day": "DELETE FROM access_line WHERE day = '2026-03-03'",
    "every line": "DELETE FROM access_line",
    "another name": "UPDATE access_line SET by = 'Ada Inventée' WHERE kind = 'note'",
    "no reason": "UPDATE access_line SET why = NULL WHERE why IS NOT NULL",
    "a note less": "DELETE FROM filing_event WHERE kind = 'note'",
    "an opening less": "DELETE FROM filing_event WHERE kind = 'ouverte'",
    "a note of another": "UPDATE filing_event SET by = 'Faux Agent' WHERE kind = 'note'",
    "a note without words": "UPDATE filing_event SET why = NULL WHERE kind = 'note'",
    "a note before": "UPDATE filing_event SET at = '2026-03-03 21:45:00.000000+00:00' WHERE kind = 'note'",
    "a false note": (
        "INSERT INTO filing_event (filing_id, at, kind, by, authority) "
        "SELECT filing_id, at, 'note', 'Faux Agent', authority FROM filing_event WHERE kind = 'ouverte'"
    ),
    "a false line": (
        "INSERT INTO access_line (day, at, by, place, kind, subject, hash) "
        "SELECT day, at, 'Faux Agent', place, kind, subject, hash FROM access_line WHERE kind = 'note'"
    ),
    "a mail that left": "UPDATE outbox SET sent_at = '2026-03-03 21:45:00.000000+00:00'",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_rewritten_is_told(portal, sql, two_days, attack):
    sql(ATTACKS[attack])
    assert problems(portal) & {("access_line", "hash"), ("access_line", "bound"), ("filing_event", "kind"),
                               ("filing_event", "bound"), ("outbox", "bound")}  # fmt: skip


def test_a_chain_computed_again_without_the_key_is_told(portal, sql, two_days):
    """Another name in the first line, and every hash of the day made to fit."""
    sql("UPDATE access_line SET by = 'Ada Inventée' WHERE n = (SELECT min(n) FROM access_line)")
    before = ""
    for row in sql("SELECT * FROM access_line ORDER BY n").mappings().all():
        day, at = str(row["day"])[:10], row["at"]
        at = at if not isinstance(at, str) else at.replace(" ", "T")
        said = {
            **{name: row[name] for name in ("by", "place", "kind", "subject")},
            "at": at if isinstance(at, str) else at.isoformat(),
            "why": bytes(row["why"]).hex() if row["why"] else "",
            "before": before or day,
        }
        before = hashlib.sha256(rfc8785.dumps(said)).hexdigest()
        sql("UPDATE access_line SET hash = :hash WHERE n = :n", hash=before, n=row["n"])
    assert ("access_line", "bound") in problems(portal)
