"""When the disk, the database or the line fails: nothing is lost, nothing is half written, and it can be sent again."""

import asyncio
import errno
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.base.errors import StorageTrouble
from app.base.heartbeat import FAILED_ROUNDS, WorkState
from app.base.storage import engines, readiness
from app.base.storage.database import Database
from app.base.storage.models import Lease
from app.base.web.addresses import Signpost
from app.evidence import store
from app.evidence.models import Evidence
from app.filing.ledger import chain
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey, LedgerEntry
from app.notifications.models import OutboxMail
from app.privacy import service as privacy
from app.procedure.models import CalendarDay
from app.runtime.workers import BackgroundWorkers
from tests.cast import AMINA, STORY, Sent, begin, send, sign_in
from tests.support.client import PlainClient
from tests.support.crowd import at_once
from tests.support.files import picture
from tests.support.html import Page

STILL_THERE = "Vérifiez que ce que vous aviez écrit y est encore."
NOT_SENT = "Votre plainte n'est pas encore envoyée. Vos réponses sont gardées. Réessayez."
PNG = picture("PNG")
OF_A_FILING = (Filing, FilingDesk, FilingEvent, FilingKey, LedgerEntry, OutboxMail, CalendarDay)


def count(portal, *models):
    with portal.database.read() as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in models]


def files(portal):
    return [path for path in portal.files.rglob("*") if path.is_file()]


@contextmanager
def refused_commits(monkeypatch, *places):
    """Refuse the commits of these places, counted from one."""
    commit, seen = Session.commit, []

    def counted(session):
        seen.append(1)
        if len(seen) in places:
            raise OperationalError("COMMIT", {}, Exception("database or disk is full"))
        commit(session)

    with monkeypatch.context() as broken:
        broken.setattr(Session, "commit", counted)
        yield seen


@contextmanager
def full_disk(portal):
    """Let the database file grow no more: SQLite then says what it says on a full disk."""
    engine = portal.database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def full(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "checkout", full)
    try:
        yield
    finally:
        event.remove(engine, "checkout", full)
        engine.dispose()


def is_kept(page):
    """Tell whether all that Amina typed is still in the form."""
    assert page.by_id("nom").get("value") == "Canari-Nom"
    assert page.by_id("email").get("value") == AMINA["email"]
    assert STORY in "".join(page.by_id("recit").itertext())
    filled = dict(next(form for form in page.forms if "recit" in form.names).fill({}))
    assert {name: filled.get(name) for name in AMINA} == AMINA


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("place", [1, 2])
def test_a_refused_commit_keeps_what_was_typed_and_sends_later(client, portal, monkeypatch, place):
    """The first commit keeps the answers, the second receives the complaint."""
    path = begin(client)
    page = client.page(path)
    with refused_commits(monkeypatch, place) as seen:
        answer = client.send_form(page, path, dict(AMINA))
    assert len(seen) == place
    assert answer.status_code == 503
    said = Page(answer.text)
    assert NOT_SENT in said.text
    assert "n’est pas encore envoyée" in answer.text
    is_kept(said)
    assert count(portal, *OF_A_FILING) == [0] * len(OF_A_FILING)
    sent = Sent(client.send_form(said, path, {}))
    assert sent.number
    assert count(portal, Filing, LedgerEntry, OutboxMail) == [1, 1, 1]


def test_a_disk_that_stays_full_then_has_room_again(client, portal):
    path = begin(client)
    page = client.page(path)
    long = dict(AMINA, recit=f"{STORY} " + "é" * 9_000)
    with full_disk(portal):
        for _ in range(2):
            answer = client.send_form(page, path, long)
            assert answer.status_code == 503
            assert NOT_SENT in Page(answer.text).text
            assert "é" * 9_000 in answer.text
        assert count(portal, *OF_A_FILING) == [0] * len(OF_A_FILING)
    sent = Sent(client.send_form(Page(answer.text), path, {}))
    assert sent.number
    assert count(portal, Filing, LedgerEntry) == [1, 1]


def test_the_button_that_sends_what_was_kept_keeps_it_too(client, portal, monkeypatch):
    path = begin(client)
    client.submit(path, {**AMINA, "declare_vrai": None, "compris_transmission": None})
    token = dict(next(form for form in client.page(path).forms if form.method == "post").fill({}))["csrf"]
    pressed = {"csrf": token, "declare_vrai": "oui", "compris_transmission": "oui"}
    with refused_commits(monkeypatch, 1):
        answer = client.post(path.replace("court", "envoyer"), data=pressed)
    assert answer.status_code == 503
    assert NOT_SENT in Page(answer.text).text
    is_kept(Page(answer.text))
    assert count(portal, Filing) == [0]
    assert Sent(client.post(path.replace("court", "envoyer"), data=pressed)).number


@pytest.fixture
def hurried(monkeypatch):
    """Short waits, for the database that is opened after."""
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.5)


@pytest.mark.engines("sqlite", "postgresql")
def test_while_another_process_holds_the_turn_the_words_are_kept_then_sent(hurried, client, portal):
    del hurried
    path = begin(client)
    page = client.page(path)
    other = Database(portal.database.url.render_as_string(hide_password=False))
    with other.write() as session:
        chain.take_turn(session)
        session.execute(select(1))
        answer = client.send_form(page, path, dict(AMINA))
        assert answer.status_code == 503
        assert NOT_SENT in Page(answer.text).text
        is_kept(Page(answer.text))
        assert ready(client) == (503, "cannot write")
    other.close()
    assert Sent(client.send_form(Page(answer.text), path, {})).number


@pytest.fixture
def without_wal(monkeypatch):
    """Readers wait for whoever writes, and for long, in the database that is opened after."""
    monkeypatch.setattr(engines, "wal_is_safe", lambda _version: False)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 90)


@pytest.mark.engines("sqlite")
def test_a_page_that_waits_for_the_database_keeps_no_other_waiting(without_wal, app, client, portal, monkeypatch):
    del without_wal
    path = begin(client).replace("court", "qui")
    is_waiting = threading.Event()

    async def seen(*given):
        is_waiting.set()
        return await run_in_threadpool(*given)

    monkeypatch.setattr("app.saisine.web.form.run_in_threadpool", seen)
    with PlainClient(app, cookies=client.cookies) as one, portal.database.engine.connect() as other:
        driver = other.connection.driver_connection
        driver.execute("BEGIN EXCLUSIVE")
        with ThreadPoolExecutor() as beside:
            waits = beside.submit(one.get, path)
            assert is_waiting.wait(60)
            assert beside.submit(one.get, "/accessibilite").result(60).status_code == 200
            assert not waits.done()
            driver.execute("ROLLBACK")
            assert waits.result(60).status_code == 200


@pytest.mark.engines("postgresql")
def test_many_who_press_while_the_turn_is_held_wait_a_little_then_get_the_calm_page(hurried, app, client, portal):
    """As many as would take every connection: none has an error, and the state of the service answers meanwhile."""
    del hurried
    path = begin(client)
    page = client.page(path)
    other = Database(portal.database.url.render_as_string(hide_password=False))

    fields = dict(next(form for form in page.forms if "recit" in form.names).fill(AMINA))
    headers = {"sec-fetch-site": "same-origin", "origin": "null"}

    def press():
        began = time.monotonic()
        answer = crowd.post(path, files=[(name, (None, value)) for name, value in fields.items()], headers=headers)
        return answer, time.monotonic() - began

    def look():
        time.sleep(0.2)
        return ready(crowd), 0.0

    with PlainClient(app, cookies=client.cookies) as crowd, other.write() as session:
        chain.take_turn(session)
        *pressed, (state, _) = at_once([press] * 24 + [look])
    other.close()
    assert {answer.status_code for answer, _ in pressed} == {503}
    assert max(waited for _, waited in pressed) < 20
    assert state == (503, "cannot write")
    for answer, _ in pressed:
        is_kept(Page(answer.text))
    assert Sent(client.send_form(Page(pressed[0][0].text), path, {})).number


def test_a_confirmation_is_never_shown_before_the_disk_has_it(client, portal, monkeypatch):
    path = begin(client)
    page = client.page(path)
    with refused_commits(monkeypatch, 2):
        client.send_form(page, path, dict(AMINA))
        for where in ("confirmation", "recepisse"):
            answer = client.get(path.replace("court", where))
            assert "SA-2026" not in answer.text
    assert client.get(path.replace("court", "confirmation")).url.path == path


def test_a_draft_that_cannot_be_begun_says_so(client, portal, monkeypatch):
    page = client.page("/avant-de-commencer")
    with refused_commits(monkeypatch, 1):
        answer = client.send_form(page, "/avant-de-commencer", {}, button="Commencer ma plainte")
    assert answer.status_code == 503
    assert client.send_form(page, "/avant-de-commencer", {}, button="Commencer ma plainte").status_code == 200


def test_a_database_that_cannot_be_read_is_a_calm_page(client, portal, monkeypatch):
    path = begin(client)

    def gone(*_given, **_named):
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    with monkeypatch.context() as broken:
        broken.setattr(Session, "scalar", gone)
        broken.setattr(Session, "scalars", gone)
        broken.setattr(Session, "execute", gone)
        for where in (path, "/reprendre", "/", "/suivi"):
            answer = client.get(where)
            assert answer.status_code in {200, 503}, where
            assert "disk" not in answer.text
            assert STILL_THERE not in Page(answer.text).text  # it was read, nothing was typed
        assert client.get(path).status_code == 503
        assert client.get("/etat").status_code == 503
    assert client.get(path).status_code == 200


def test_the_file_of_a_refused_commit_goes_with_the_sweep(client, portal, monkeypatch):
    """It is not removed at once: a commit may have passed although its answer was lost."""
    path = begin(client)
    page = client.page(path)
    with refused_commits(monkeypatch, 1):
        client.send_form(page, path, dict(AMINA), {"fichiers": [("photo.png", PNG, "image/png")]})
    assert count(portal, Evidence) == [0]
    with portal.database.read() as session:
        found = privacy.orphans(session, portal.files, datetime.now(UTC) + timedelta(hours=25))
    assert privacy.remove(portal.files, found) == 1
    assert files(portal) == []


def test_files_that_were_kept_before_go_with_the_second_press(client, portal, monkeypatch):
    path = begin(client)
    page = client.page(path)
    with refused_commits(monkeypatch, 2):
        answer = client.send_form(page, path, dict(AMINA), {"fichiers": [("photo.png", PNG, "image/png")]})
    assert "photo.png" in answer.text
    assert count(portal, Evidence, Filing) == [1, 0]
    assert Sent(client.send_form(Page(answer.text), path, {})).number
    assert count(portal, Evidence, Filing) == [1, 1]
    assert len(files(portal)) == 1


def test_a_disk_nearly_full_refuses_files_and_takes_complaints(client, portal, monkeypatch):
    path = begin(client)
    page = client.page(path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=store.ROOM_LEFT - 1))
    answer = client.send_form(page, path, dict(AMINA), {"fichiers": [("photo.png", PNG, "image/png")]})
    said = Page(answer.text)
    assert answer.status_code == 422
    assert "“photo.png” n'a pas pu être enregistré : le service manque de place." in said.text
    assert "Vous pourrez le donner à l'autorité après l'envoi." in said.text
    is_kept(said)
    assert files(portal) == []
    assert Sent(client.send_form(said, path, {})).number
    assert count(portal, Evidence, Filing) == [0, 1]


def test_a_file_that_the_disk_refuses_is_told_and_the_rest_is_kept(client, portal, monkeypatch):
    path = begin(client)
    page = client.page(path)
    whole = store._write_all

    def refuses(file, content):
        if len(content) > 1000:
            raise OSError(28, "No space left on device")
        whole(file, content)

    monkeypatch.setattr(store, "_write_all", refuses)
    given = {"fichiers": [("grande.png", PNG + b"\0" * 5000, "image/png"), ("petite.png", PNG, "image/png")]}
    said = Page(client.send_form(page, path, dict(AMINA), given).text)
    assert "“grande.png” n'a pas pu être enregistré" in said.text
    assert "petite.png" in said.text
    assert count(portal, Evidence) == [1]
    assert len(files(portal)) == 1


def upload_cut(app, path, cookie, body, boundary, *, how):
    """Send the beginning of a form to the application, then nothing; give the status of its answer."""
    said = []
    pieces = [
        {"type": "http.request", "body": body[i : i + 5000], "more_body": True} for i in range(0, len(body), 5000)
    ]

    async def receive():
        if pieces:
            return pieces.pop(0)
        if how == "gone":
            return {"type": "http.disconnect"}
        if how == "short":
            return {"type": "http.request", "body": b"", "more_body": False}
        raise asyncio.CancelledError

    async def answer(message):
        said.append(message)

    headers = [
        (b"host", b"127.0.0.1:8000"),
        (b"cookie", cookie.encode()),
        (b"content-type", f"multipart/form-data; boundary={boundary}".encode()),
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip

    async def run():
        await app(scope, receive, answer)

    if how == "cancelled":
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(run())
        return None
    asyncio.run(run())
    return next(message["status"] for message in said if message["type"] == "http.response.start")


@pytest.mark.parametrize("how", ["gone", "short", "cancelled"])
@pytest.mark.parametrize("cut", [0.3, 0.7, 0.95])
def test_an_upload_cut_in_the_middle_leaves_nothing(client, app, portal, how, cut):
    path = begin(client)
    cookie = f"saisine={client.cookies['saisine']}"
    part = 'Content-Disposition: form-data; name="fichiers"; filename="{}.png"\r\nContent-Type: image/png\r\n\r\n'
    body = b""
    for n in range(2):
        body += b"--xyz\r\n" + part.format(n).encode() + PNG + bytes([n]) * 40_000 + b"\r\n"
    body += b'--xyz\r\nContent-Disposition: form-data; name="nom"\r\n\r\nCanari\r\n--xyz--\r\n'
    status = upload_cut(app, path, cookie, body[: int(len(body) * cut)], "xyz", how=how)
    assert status in {400, None}
    assert files(portal) == []
    assert count(portal, Evidence, Filing) == [0, 0]
    assert Sent(client.submit(path, dict(AMINA))).number


def test_a_form_without_its_token_leaves_no_file(client, app, portal):
    path = begin(client)
    body = (
        b'--xyz\r\nContent-Disposition: form-data; name="fichiers"; filename="a.png"\r\n\r\n' + PNG + b"\r\n--xyz--\r\n"
    )
    answer = client.post(path, content=body, headers={"content-type": "multipart/form-data; boundary=xyz"})
    assert answer.status_code == 403
    assert "Votre page était ouverte depuis longtemps" in Page(answer.text).text
    assert files(portal) == []


def test_after_any_trouble_another_person_is_served(client, app, portal, monkeypatch):
    path = begin(client)
    page = client.page(path)
    with refused_commits(monkeypatch, 2):
        client.send_form(page, path, dict(AMINA))
    client.cookies.clear()
    assert Sent(send(client)).number
    assert count(portal, Filing) == [1]


def ready(client):
    answer = client.get("/etat", headers={"accept": "application/json"})
    return answer.status_code, answer.json()["status"]


@pytest.fixture
def tried_again(monkeypatch):
    """Let no time pass between two tries."""
    monkeypatch.setattr(readiness, "AGAIN_SECONDS", 0)


@pytest.mark.engines("sqlite", "postgresql")
def test_after_a_refused_send_the_service_is_not_ready_until_a_write_passes(client, portal, monkeypatch, tried_again):
    assert ready(client) == (200, "ok")
    path = begin(client)
    page = client.page(path)

    def refuse(_session):
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(Session, "commit", refuse)
        assert client.send_form(page, path, dict(AMINA)).status_code == 503
        assert [ready(client) for _ in range(2)] == [(503, "cannot write")] * 2
        assert "ne peut pas recevoir de plainte" in client.get("/etat").text
    assert ready(client) == (200, "ok")


def test_a_work_in_trouble_is_shown_and_complaints_are_still_received(client, portal):
    BackgroundWorkers(portal)
    for _ in range(FAILED_ROUNDS):
        portal.heartbeats.note("tokens", WorkState.FAILING)
    portal.heartbeats.end("mails", is_told=False)
    portal.heartbeats.note("files")
    told = client.get("/etat", headers={"accept": "application/json"})
    assert (told.status_code, told.json()["status"]) == (200, "ok")
    workers = told.json()["workers"]
    some = [workers[work] for work in ("tokens", "mails", "files", "tidying")]
    assert some == ["failing", "late", "ok", "elsewhere"]
    assert told.json()["alarms"] == ["travail_en_retard", "travail_en_echec"]
    page = Page(client.get("/etat").text)
    for words in ("Horodatage échoue", "Envoi des courriels en retard ou arrêté", "Examen des fichiers fonctionne"):
        assert words in page.text
    assert "Vous pouvez envoyer une plainte" in page.text


def test_a_folder_that_takes_no_file_is_not_ready(client, portal, monkeypatch, tried_again):
    def refuse(*_):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr("app.runtime.health.os.fsync", refuse)
        assert ready(client) == (503, "cannot write")
    assert ready(client) == (200, "ok")
    assert files(portal) == []


def test_telling_the_state_is_no_write_each_time(client, portal):
    assert ready(client) == (200, "ok")
    with portal.database.read() as session:
        before = session.scalars(select(Lease.until)).all()
    for _ in range(3):
        assert ready(client) == (200, "ok")
    with portal.database.read() as session:
        assert session.scalars(select(Lease.until)).all() == before != []


def test_what_was_typed_is_said_to_be_there_only_where_it_is(client):
    gone = client.get("/invitation/inconnue")
    assert (gone.status_code, STILL_THERE in Page(gone.text).text) == (410, False)
    form = {"code": "H7KD-2MPX-9WQ4-VT3R"}
    client.get("/reprendre")
    expired = client.post("/reprendre", data=form, headers={"origin": "null", "sec-fetch-site": "same-origin"})
    assert (expired.status_code, STILL_THERE in Page(expired.text).text) == (403, True)
    tried = [client.submit("/reprendre", form) for _ in range(11)][-1]
    assert (tried.status_code, STILL_THERE in Page(tried.text).text) == (429, False)


@pytest.mark.parametrize("kept", [0, 4096])
def test_a_damaged_file_is_a_calm_page_for_who_reads_and_who_sends(client, portal, kept):
    """SQLite then says that it is no database, or that its image is malformed, and names no more exact trouble."""
    path = begin(client)
    page = client.page(path)
    sign_in(client, portal, "595")
    portal.database.close()
    file = Path(portal.database.url.database)
    whole = file.read_bytes()
    file.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    answers = [client.get(path), client.get("/agent/plaintes"), client.send_form(page, path, dict(AMINA))]
    portal.database.close()
    file.write_bytes(whole)
    assert [answer.status_code for answer in answers] == [503] * 3
    assert all("Vos réponses" in Page(answer.text).text for answer in answers)
    assert client.get(path).status_code == 200


def test_what_storage_refuses_outside_of_a_page_is_no_surprise(client, portal, monkeypatch):
    """What is read, or drawn, around the routes asks the database too, or may one day."""

    def refuse(*_given):
        raise StorageTrouble("no connection is free")

    monkeypatch.setattr(Signpost, "few", refuse)
    assert client.get("/").status_code == 503
