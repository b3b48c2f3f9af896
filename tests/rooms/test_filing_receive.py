"""The heart of the service: a draft is received once, at a certain instant, by those who may read it."""

import hashlib
import json
import logging
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from sqlalchemy import select

from app.base.crypto.vault import PORTAL, DecryptionError, unseal
from app.base.secrets import new_token, typed
from app.evidence import service as evidence
from app.evidence.store import Received
from app.filing import queries
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey, LedgerEntry
from app.filing.receipt import competence
from app.filing.receipt.mails import Words
from app.filing.receipt.receive import PersonalCode, receive
from app.filing.sealed import payload
from app.notifications.models import OutboxMail
from app.procedure.models import CalendarDay
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.models import Draft
from app.saisine.press import PagePress
from app.saisine.short_form import COURT
from tests.cast import AMINA, STORY

RECEIVED = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)
WORDS = Words(str, "https://saisine.exemple.fr")


def ready(portal, **changes):
    """Write a complete draft; give it opened, with the complaint that it holds."""
    form = {name: [value] for name, value in {**AMINA, **changes}.items()}
    visitor = new_token()
    with portal.database.write() as session:
        made = drafting.start(session, portal.keyring, visitor, portal.clock, shared_device=False)
        draft = drafts.open_draft(session, portal.keyring, made.public, visitor, made.created_at)
        drafting.save(session, draft.id, draft.key, form, PagePress(COURT), portal.clock)
        settled = competence.settle(session, form, COURT.parse(form).values)
    assert settled.complaint is not None, settled.mistakes
    return draft, settled.complaint


def send(portal, draft, complaint, clock=None):
    code = PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        return receive(session, portal.keyring, draft, complaint, code, clock or portal.clock, WORDS)


def rows(portal, model):
    with portal.database.read() as session:
        return list(session.scalars(select(model).order_by(*model.__table__.primary_key.columns)))


def salted_of(portal, filing):
    with portal.database.read() as session:
        opened = queries.open_for_person(session, portal.keyring, filing)
    return unseal(opened.key, filing.payload, f"filing|{filing.id}|payload|1")


def together(*jobs):
    """Start each job at the same instant in its own thread; give what they gave."""
    gate, given = threading.Barrier(len(jobs)), dict.fromkeys(range(len(jobs)))

    def run(place, job):
        gate.wait(10)
        try:
            given[place] = job()
        except Exception as trouble:  # noqa: BLE001 - told by the test
            given[place] = trouble

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not [found for found in given.values() if isinstance(found, Exception)], given
    return list(given.values())


@pytest.fixture
def sent(portal):
    return send(portal, *ready(portal))


def test_the_commitment_is_that_of_the_sealed_bytes_and_of_the_ledger(portal, sent):
    salted = salted_of(portal, sent)
    entry = rows(portal, LedgerEntry)[0]
    assert hashlib.sha256(b"\0" + salted).hexdigest() == sent.commitment == entry.commitment
    content = salted[32:]
    assert rfc8785.dumps(json.loads(content)) == content
    document = json.loads(content)
    assert document["number"] == sent.number == entry.number
    assert document["received_at"] == "2026-03-03T21:41:07.000000Z"
    assert document["person"] == document["filer"] == "Amina Canari-Nom"
    assert next(row["answer"] for row in document["complaint"] if row["name"] == "recit") == STORY
    assert [row["name"] for row in document["contact"]] == ["moyens", "email"]


def test_the_same_words_never_have_the_same_commitment(portal):
    first, second = (send(portal, *ready(portal)) for _ in range(2))
    assert salted_of(portal, first)[:32] != salted_of(portal, second)[:32]
    assert first.commitment != second.commitment


def test_the_entries_are_chained_as_the_records_say(portal):
    for _ in range(3):
        send(portal, *ready(portal))
        portal.clock.advance(seconds=1)
    prev = "0" * 64
    for n, entry in enumerate(rows(portal, LedgerEntry), 1):
        written = {
            "n": n,
            "kind": "depot",
            "number": entry.number,
            "commitment": entry.commitment,
            "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "prev": prev,
        }
        assert entry.prev == prev
        assert entry.hash == hashlib.sha256(b"\x01" + rfc8785.dumps(written)).hexdigest()
        prev = entry.hash


def test_the_calendar_is_the_one_worked_out_by_hand(portal, sent):
    found = {day.code: (day.due_strict, day.due_postponed, day.done_at) for day in rows(portal, CalendarDay)}
    assert {day.filing_number for day in rows(portal, CalendarDay)} == {sent.number}
    wednesday, friday, june = date(2026, 3, 11), date(2026, 4, 3), date(2026, 6, 3)
    assert found == {
        "D1": (date(2026, 3, 4), date(2026, 3, 4), RECEIVED),
        "D2": (wednesday, wednesday, None),
        "D3": (wednesday, wednesday, None),
        "D4": (wednesday, wednesday, None),
        "D5": (friday, friday, None),
        "D7": (june, june, None),
        "D13": (date(2026, 5, 19), date(2026, 5, 19), None),
    }


def test_overseas_the_day_is_that_of_the_place(portal):
    sent = send(portal, *ready(portal, pro_commune="97411"))
    found = {day.code: day.due_strict for day in rows(portal, CalendarDay)}
    assert sent.zone == "Indian/Reunion"  # 4 March there, at 1:41
    assert (found["D2"], found["D7"]) == (date(2026, 3, 12), date(2026, 6, 4))


def test_both_authorities_have_it_on_their_desk_and_one_holds_the_key(portal, sent):
    desks = {desk.authority: (desk.role, desk.next_code, desk.next_due_on) for desk in rows(portal, FilingDesk)}
    assert desks == {
        "595": ("destinataire", "D2", date(2026, 3, 11)),
        "MED-59": ("informee", "", date.max),
    }
    assert {key.holder for key in rows(portal, FilingKey)} == {PORTAL, "autorite:595"}
    assert [(e.kind, e.authority, e.by, e.at) for e in rows(portal, FilingEvent)] == [("recue", "595", "", RECEIVED)]
    assert (sent.received_at, sent.state, sent.channel, sent.outcome) == (RECEIVED, "recue", "patient", "resolu")


def test_another_holder_opens_nothing(portal, sent):
    wrapped = {key.holder: key.wrapped for key in rows(portal, FilingKey)}
    for holder in ("autorite:599", "autorite:MED-59", "association:595", PORTAL):
        with pytest.raises(DecryptionError):
            portal.keyring.unwrap(wrapped["autorite:595"], holder)
    with portal.database.read() as session:
        assert queries.read_for(session, portal.keyring, sent.number, "595").payload["number"] == sent.number
        for stranger in ("MED-59", "599", "AIGUILLAGE", ""):
            assert queries.read_for(session, portal.keyring, sent.number, stranger) is None


def test_contents_moved_to_another_filing_do_not_open(portal, sent):
    other = send(portal, *ready(portal))
    with portal.database.read() as session:
        key = queries.open_for_person(session, portal.keyring, sent).key
    with pytest.raises(DecryptionError):
        payload.unlock(key, other.id, sent.payload)
    with pytest.raises(DecryptionError):
        payload.unlock_summary(key, sent.id, sent.payload)


def test_the_mail_is_queued_with_the_act_and_says_nothing_in_clear(portal, sent):
    (mail,) = rows(portal, OutboxMail)
    assert (mail.filing_number, mail.kind, mail.state, mail.attempts) == (sent.number, "receipt", "queued", 0)
    assert mail.not_before == RECEIVED
    assert b"canari" not in mail.sealed.lower()


def test_without_an_e_mail_nothing_is_queued_and_the_clerk_is_told(portal):
    sent = send(portal, *ready(portal, moyens="telephone", telephone="06 00 00 00 00", email=""))
    assert rows(portal, OutboxMail) == []
    with portal.database.read() as session:
        key = queries.open_for_person(session, portal.keyring, sent).key
    assert "sans_email" in payload.unlock_summary(key, sent.id, sent.summary)["signs"].split()


def test_the_draft_is_emptied_and_keeps_the_code(portal):
    draft, complaint = ready(portal)
    sent = send(portal, draft, complaint)
    with portal.database.read() as session:
        row = session.get_one(Draft, draft.id)
        code = drafts.sent_code(session, portal.keyring, draft.id)
    assert unseal(draft.key, row.answers, drafts.answers_place(draft.id)) == b"{}"
    assert portal.keyring.code_hash(typed(code)) == sent.code_hash


def test_files_are_named_with_their_fingerprint_in_what_is_sealed(portal):
    draft, complaint = ready(portal)
    file = Received("a" * 32, "photo.png", "image/png", 7, "b" * 64)
    with portal.database.write() as session:
        evidence.attach(session, draft.id, draft.key, [file], portal.clock)
    sent = send(portal, draft, complaint)
    assert json.loads(salted_of(portal, sent)[32:])["files"] == [
        {
            "id": "a" * 32,
            "name": "photo.png",
            "title": "",
            "size": 7,
            "sha256": "b" * 64,
            "media_type": "image/png",
            "purpose": "preuve",
        }
    ]


def test_a_second_press_gets_the_first_filing_hour_and_code(portal):
    draft, complaint = ready(portal)
    first = send(portal, draft, complaint)
    portal.clock.advance(hours=3)
    second = send(portal, draft, complaint)
    assert (second.id, second.number, second.received_at, second.code_hash) == (
        first.id,
        first.number,
        first.received_at,
        first.code_hash,
    )
    for model, n in ((Filing, 1), (LedgerEntry, 1), (OutboxMail, 1), (FilingEvent, 1), (FilingDesk, 2)):
        assert len(rows(portal, model)) == n, model


def test_two_presses_at_once_make_one_filing(portal):
    for _ in range(3):
        draft, complaint = ready(portal)
        first, second = together(*[lambda: send(portal, draft, complaint)] * 2)  # noqa: B023 - joined in the loop
        assert first.number == second.number
    assert len(rows(portal, Filing)) == len(rows(portal, LedgerEntry)) == len(rows(portal, OutboxMail)) == 3


def test_many_people_at_once_are_numbered_in_the_order_of_their_hours(portal):
    """Eight threads; the clock is the machine's turned to that evening, so that it really goes on."""
    lock, now = threading.Lock(), [RECEIVED]

    def ticking():
        with lock:
            now[0] += timedelta(microseconds=3)
            return now[0]

    prepared = [ready(portal) for _ in range(8)]
    together(*[lambda pair=pair: send(portal, pair[0], pair[1], clock=ticking) for pair in prepared])
    entries = rows(portal, LedgerEntry)
    assert [entry.n for entry in entries] == list(range(1, 9))
    assert [entry.at for entry in entries] == sorted({entry.at for entry in entries})
    assert all(entry.read_at is None for entry in entries)
    assert [a.hash for a in entries[:-1]] == [b.prev for b in entries[1:]]
    received = {filing.number: filing.received_at for filing in rows(portal, Filing)}
    assert received == {entry.number: entry.at for entry in entries}


@pytest.mark.parametrize("back", [timedelta(0), timedelta(microseconds=1), timedelta(hours=2)])
def test_when_the_clock_goes_back_the_order_holds_and_the_reading_is_kept(portal, back, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("saisine"), "propagate", True)
    send(portal, *ready(portal))
    portal.clock.now = RECEIVED - back
    second = send(portal, *ready(portal))
    entry = rows(portal, LedgerEntry)[1]
    assert entry.at == second.received_at == RECEIVED + timedelta(microseconds=1)
    assert entry.read_at == RECEIVED - back
    assert "the clock went back" in caplog.text


def test_what_fails_on_the_way_leaves_nothing_and_can_be_sent_again(portal, monkeypatch):
    draft, complaint = ready(portal)
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "close", lambda *_: (_ for _ in ()).throw(RuntimeError("last step")))
        with pytest.raises(RuntimeError):
            send(portal, draft, complaint)
    for model in (Filing, LedgerEntry, OutboxMail, FilingEvent, FilingDesk, FilingKey, CalendarDay):
        assert rows(portal, model) == [], model
    sent = send(portal, draft, complaint)
    assert [entry.number for entry in rows(portal, LedgerEntry)] == [sent.number]


def test_the_longest_answers_that_the_form_accepts_are_received(portal):
    """A database that counts characters must not lose what the form accepted."""
    longest = {
        "qualite": "enfant",
        "pers_prenom": "é" * 100,
        "pers_nom": "É" * 100,
        "prenom": "é" * 100,
        "nom": "É" * 100,
        "email": f"{'a' * 60}@{'b' * 60}.exemple.fr",
        "profession": "autre",
        "profession_autre": "inconnue",
        "profession_autre_texte": "é" * 80,
        "pro_nom": "é" * 80,
        "pro_lieu": "é" * 120,
        "pro_adresse": "é" * 200,
        "pro_commune": "Ç" * 120,
        "commune_insee": "inconnue",
        "recit": "é" * 10_000,
    }
    sent = send(portal, *ready(portal, **longest))
    assert sent.town == "Ç" * 120
    assert sent.receiver == "AIGUILLAGE"
    assert json.loads(salted_of(portal, sent)[32:])["professional"] == "é" * 80


def test_the_most_uncertain_places_are_received_too(portal):
    """The longest lists of candidates fit where they are kept."""
    tried = [("pharmacien", "Paris"), ("ne_sait_pas", "Lille"), ("autre", "Marseille"), ("pharmacien", "Cayenne")]
    for profession, town in tried:
        more = {"profession_autre": "inconnue", "profession_autre_texte": "?"} if profession == "autre" else {}
        more |= {"pharmacie_type": "ne_sait_pas"} if profession == "pharmacien" else {}
        sent = send(portal, *ready(portal, profession=profession, pro_commune=town, **more))
        assert len(sent.candidates) <= 200
        portal.clock.advance(seconds=1)
    assert len(rows(portal, Filing)) == len(tried)
