"""The desk in the database: own authority only, nearest date first, and a key for who may read."""

import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import rfc8785
from sqlalchemy import event

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.crypto.vault import PORTAL, new_key
from app.base.dates import local_day
from app.base.secrets import draw
from app.filing import desk_rows
from app.filing.ledger.chain import instant
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingEvent, FilingKey
from app.filing.queries import read_for
from app.filing.rules import AIGUILLAGE, INFORMED, RECEIVER, authority_holder
from app.filing.sealed import payload
from app.intake import queries, service
from app.intake.filters import Filters
from app.intake.rows import desk_line
from app.procedure import service as procedure

LILLE, HAINAUT, ORDRE = "595", "599", "MED-59"
TODAY = date(2026, 3, 3)
EMILE = Clerk("emile", "Émile Exemple", "emile@caisse.exemple.fr", LILLE, "CPAM", "agent")


@dataclass
class Given:
    """A filing to put on a desk; what is not said goes without saying."""

    receiver: str = LILLE
    informed: str = ORDRE
    days: int = 8
    person: str = "Léa Fictive"
    professional: str = "Camille Exemple-Durand"
    profession: str = "10"
    state: str = "recue"
    signs: str = ""
    to_confirm: str = ""
    candidates: str = ""
    zone: str = "Europe/Paris"
    files: tuple = ()
    story: str = "On m'a dit non.\nDeux fois."


def number_of():
    return f"SA-2026-{draw(4)}-{draw(4)}"


def _contact(code):
    return {"code": code, "kind": "ordre_departemental" if "-" in code else "cpam"} if code else {}


def put(portal, given=None, number=None):
    """Put a sealed filing on its desks, as receipt does; gives its number and its content key."""
    given, number, now = given or Given(), number or number_of(), portal.clock()
    filing_id, key = uuid.uuid4().hex, new_key()
    content = {
        "number": number,
        "person": given.person,
        "professional": given.professional,
        "town": "Lille",
        "receiver": given.receiver,
        "informed": given.informed,
        "outcome": "resolu",
        "authorities": {"receiver": _contact(given.receiver), "informed": _contact(given.informed), "proposed": []},
        "received_at": instant(now),
        "zone": given.zone,
        "complaint": [{"name": "recit", "label": "Que s'est-il passé ?", "answer": given.story, "shown": given.story}],
        "contact": [
            {"name": "email", "label": "E-mail", "answer": "lea@exemple.invalid", "shown": "lea@exemple.invalid"}
        ],
        "files": list(given.files),
        "signs": given.signs,
    }
    salted = payload.salted(rfc8785.dumps(content))
    sealed, summary = payload.lock(key, filing_id, salted, payload.summary_of(content))
    filing = Filing(
        id=filing_id, draft_id=uuid.uuid4().hex, number=number, received_at=now, zone=given.zone, state=given.state,
        channel="patient", profession=given.profession, commune="59350", town="Lille",
        outcome="deux", to_confirm=given.to_confirm, candidates=given.candidates, receiver=given.receiver,
        informed=given.informed, commitment="0" * 64, payload=sealed, summary=summary,
        code_hash=hashlib.sha256(filing_id.encode()).hexdigest(),
    )  # fmt: skip
    due = local_day(now, PARIS) + timedelta(days=given.days)
    with portal.database.write() as session:
        session.add(filing)
        session.flush()
        for holder in {PORTAL, authority_holder(given.receiver)}:
            session.add(FilingKey(filing_id=filing_id, holder=holder, wrapped=portal.keyring.wrap(key, holder)))
        on_desk = {"filing_id": filing_id, "next_due_on": due, **desk_rows.copied(filing, given.state)}
        session.add(FilingDesk(authority=given.receiver, role=RECEIVER, next_code="D2", **on_desk))
        if given.informed:
            waits = {**on_desk, "next_due_on": date.max}
            session.add(FilingDesk(authority=given.informed, role=INFORMED, next_code="", **waits))
        for code in ("D2", "D3") if given.informed else ("D2",):
            duty = {"authority": given.receiver, "code": code, "due_on": due, "until": date.max}
            session.add(FilingDuty(filing_id=filing_id, **duty))
        session.add(FilingEvent(filing_id=filing_id, at=now, kind="recue", authority=given.receiver))
        procedure.open_calendar(session, number, now, zone=given.zone)
    return number, key


@pytest.fixture
def noise(portal):
    """Other people's complaints, on other desks, always."""
    for receiver, informed in [(HAINAUT, "CD-59"), (HAINAUT, ""), ("CD-59", HAINAUT), (AIGUILLAGE, "")]:
        put(portal, Given(receiver, informed, days=1, person="Gaël Étranger"))


def inbox(portal, authority, filters=None, today=TODAY):
    with portal.database.read() as session:
        return queries.inbox(session, portal.keyring, queries.Asking(authority, today), filters or Filters())


def people(found):
    return [row.person for row in found.rows]


@pytest.mark.usefixtures("noise")
def test_the_nearest_date_comes_first_and_only_our_own(portal):
    for days, person in [(8, "Ida"), (-2, "Noé"), (3, "Ana")]:
        put(portal, Given(days=days, person=person))
    found = inbox(portal, LILLE)
    assert people(found) == ["Noé", "Ana", "Ida"]
    assert found.total == 3
    assert inbox(portal, "974").total == 0


@pytest.mark.usefixtures("noise")
def test_the_informed_authority_sees_that_it_exists_and_nobody(portal):
    number, _ = put(portal)
    (row,) = inbox(portal, ORDRE).rows
    assert (row.number, row.role, row.person, row.professional) == (number, INFORMED, "", "")
    with portal.database.read() as session:
        assert read_for(session, portal.keyring, number, ORDRE) is None


@pytest.mark.usefixtures("noise")
def test_the_box_of_aiguillage_reads_with_the_key_of_the_portal(portal):
    put(portal, Given(AIGUILLAGE, "", person="Ana"))
    assert sorted(people(inbox(portal, AIGUILLAGE))) == ["Ana", "Gaël Étranger"]


@pytest.mark.usefixtures("noise")
@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(echeance="retard"), ["Noé"]),
        (Filters(echeance="3j"), ["Noé", "Ana"]),
        (Filters(echeance="8j"), ["Noé", "Ana", "Ida"]),
        (Filters(profession="40"), ["Ana"]),
        (Filters(etat="accusee"), ["Ida"]),
        (Filters(role="informee"), ["", ""]),
        (Filters(role="destinataire", etat="recue", echeance="3j"), ["Noé", "Ana"]),
        (Filters(etat="close"), []),
    ],
)
def test_filters_keep_what_they_say(portal, filters, kept):
    put(portal, Given(days=-2, person="Noé"))
    put(portal, Given(days=3, person="Ana", profession="40"))
    put(portal, Given(days=8, person="Ida", state="accusee"))
    for _ in range(2):
        put(portal, Given(HAINAUT, LILLE, days=40))
    found = inbox(portal, LILLE, filters)
    assert people(found) == kept
    assert found.total == len(kept)


@pytest.mark.usefixtures("noise")
def test_pages_follow_one_another_without_loss_and_a_page_too_far_is_the_last(portal):
    expected = {put(portal, Given(days=n % 3))[0] for n in range(28)}
    first, second = inbox(portal, LILLE), inbox(portal, LILLE, Filters(page=2))
    assert (len(first.rows), len(second.rows), first.pages) == (25, 3, 2)
    assert {row.number for row in first.rows + second.rows} == expected
    assert inbox(portal, LILLE, Filters(page=9999)) == second
    searched = [inbox(portal, LILLE, Filters(profession="10", page=page)) for page in (1, 2, 9999)]
    assert [(one.total, one.rows, one.filters.page) for one in searched] == [
        (one.total, one.rows, one.filters.page) for one in (first, second, second)
    ]


def test_the_list_opens_no_story(portal, monkeypatch):
    put(portal)
    monkeypatch.setattr(payload, "unlock", None)
    statements = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    assert inbox(portal, LILLE).rows
    assert not any("payload" in statement for statement in statements)


@pytest.mark.usefixtures("noise")
@pytest.mark.parametrize("authority", [HAINAUT, AIGUILLAGE, "CD-59", "", "autorite:595"])
def test_another_desk_finds_nothing(portal, authority):
    number, _ = put(portal)
    with portal.database.read() as session:
        assert desk_line(session, number, LILLE).role == RECEIVER
        assert desk_line(session, number, authority) is None
        assert read_for(session, portal.keyring, number, authority) is None


def test_an_opening_leaves_one_line_a_day_for_each_clerk(portal, clock):
    number, _ = put(portal)
    other = Clerk("awa", "Awa Exemple", "awa@caisse.exemple.fr", LILLE, "CPAM", "agent")
    with portal.database.read() as session:
        filing_id = desk_line(session, number, LILLE).filing_id

    def opens(clerk):
        with portal.database.write() as session:
            service.opened(session, filing_id, clerk, clock)

    opens(EMILE), opens(EMILE), opens(other)
    clock.advance(hours=2)  # it is now Wednesday in Paris
    opens(EMILE)
    with portal.database.read() as session:
        lines = session.query(FilingEvent).filter_by(filing_id=filing_id, kind="ouverte").order_by(FilingEvent.id)
        assert [line.by for line in lines] == ["Émile Exemple", "Awa Exemple", "Émile Exemple"]


def plans(portal, filters):
    """Give what SQLite reads for each statement of a list that is counted in it, in its order."""
    said = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *words: said.append(words[2:4]))
    with portal.database.read() as session:
        queries.inbox(session, portal.keyring, queries.Asking(LILLE, TODAY), filters)
    with portal.database.engine.connect() as connection:
        for statement, values in [one for one in said if "count(" in one[0]]:
            steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            yield [step for step in steps if re.match(r"SEARCH|SCAN (?!anon|found)|USE TEMP B-TREE FOR GROUP", step)]


VIEWS_READ = [
    "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_standing (authority=?)",
    "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_list (authority=? AND next_due_on<?)",  # those late
    "SEARCH filing_duty USING COVERING INDEX ix_filing_duty_due (authority=? AND due_on<?)",
    "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_filing (authority=? AND filing_id=?)",
    "SEARCH filing_mention USING COVERING INDEX sqlite_autoindex_filing_mention_1 (account=?)",
    "SEARCH post_letter USING COVERING INDEX ix_post_letter_waiting (authority=? AND posted_on=?)",
    "SEARCH tag USING INDEX ix_tag_holder (holder=?)",  # a few rows, whatever the list holds
    "SEARCH filing_event",
]
OF_WORDS = "SEARCH filing_word USING PRIMARY KEY (authority=? AND word=?)"
BY_COMPLAINT = "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_filing (authority=? AND filing_id=?)"
DAYS_OF_RECEIPT = (
    "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_received (authority=? AND received_at>? AND received_at<?)"
)
WHOLE_DESK = "SEARCH filing_desk USING COVERING INDEX ix_filing_desk_received (authority=?)"


@pytest.mark.parametrize(
    ("filters", "apart"),
    [
        (Filters(), []),
        (Filters(etat="recue", role="destinataire"), []),
        (Filters(etat="transmise", attribution="moi"), []),
        (Filters(suite="a_fixer"), []),
        (Filters(echeance="retard"), []),
        (Filters(suite="terminees", profession="10", canal="patient"), [WHOLE_DESK]),
        (Filters(recue_du="2026-02-01", recue_au="2026-02-10"), [DAYS_OF_RECEIPT]),
        (Filters(recue_du="2026-02-01", recue_au="2026-02-10", tri="-recue"), [DAYS_OF_RECEIPT]),
        (Filters(besoin="oui", profession="10"), [BY_COMPLAINT, OF_WORDS]),
        (Filters(forme="rdv_refuse", motif="c2s", tri="numero"), [OF_WORDS, OF_WORDS]),
        (Filters(forme="rdv_refuse", canal="patient"), [BY_COMPLAINT, OF_WORDS]),
    ],
    ids=lambda given: "-".join(given.pairs) if isinstance(given, Filters) else "",
)
@pytest.mark.engines("sqlite")
def test_what_is_filtered_is_counted_in_indexes_and_no_row_is_read(portal, filters, apart):
    """One passage adds up the views, and the list when it can; else the list is looked for once, with its page."""
    assert list(plans(portal, filters)) == [VIEWS_READ, *([apart] if apart else [])]


@pytest.mark.parametrize("tri", ["", "-echeance", "numero", "-numero", "recue", "-recue"])
@pytest.mark.engines("sqlite")
def test_a_list_is_read_in_the_order_of_an_index(portal, tri):
    said = []
    put(portal)
    event.listen(portal.database.engine, "before_cursor_execute", lambda *words: said.append(words[2:4]))
    with portal.database.read() as session:
        queries.inbox(session, portal.keyring, queries.Asking(LILLE, TODAY), Filters(tri=tri))
    statement, values = next(one for one in said if "ORDER BY filing_desk" in one[0])
    with portal.database.engine.connect() as connection:
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    column = {"numero": "number", "recue": "received"}.get(tri.removeprefix("-"), "list")
    assert steps == [f"SEARCH filing_desk USING COVERING INDEX ix_filing_desk_{column} (authority=?)"]


@pytest.mark.engines("sqlite")
def test_what_is_late_is_found_by_the_days_of_the_authority_at_once(portal):
    plans = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *said: plans.append(said[2:4]))
    with portal.database.read() as session:
        queries.inbox(session, portal.keyring, queries.Asking(LILLE, TODAY), Filters(echeance="retard"))
    statement, values = next(said for said in plans if "count(" in said[0])
    with portal.database.engine.connect() as connection:
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert not any("CORRELATED" in step for step in steps), steps
