"""What happens to the complaints of an association is told to its own software, over a true HTTPS connection."""

import base64
import hmac
import json
import re
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from standardwebhooks.webhooks import WebhookVerificationError

from app.accounts.queries import Clerk
from app.acts import mandate_end
from app.acts.kinds import ACTS, KINDS
from app.acts.turn import own_case, take_own
from app.filing.queries import filing_by_number
from app.filing.sealed.person import PersonWrote
from app.filing.status.case_status import ACKNOWLEDGED, PERSON_WROTE
from app.filing.status.conciliation import FIXED
from app.webhooks import client, service
from app.webhooks.client import HttpsSender, NotTaken
from app.webhooks.events import WebhookEvent
from app.webhooks.models import Webhook, WebhookDelivery
from app.webhooks.service import Happening
from app.webhooks.signature import body_of, headers_of
from app.webhooks.worker import WebhookWorker
from tests.cast import ASSOCIATION, filed, member
from tests.pages.test_acknowledging import delivered
from tests.support.acts import LIFE, MEETING, act
from tests.support.receiver import NAME, receiving

ROOT = Path(__file__).parents[2]
EVERY = [event.value for event in WebhookEvent]


@pytest.fixture
def receiver(tmp_path):
    with receiving(tmp_path) as opened:
        yield opened


@pytest.fixture
def worker(portal, receiver):
    sender = HttpsSender(frozenset({f"localhost:{receiver.port}"}), receiver.tls)
    return WebhookWorker(portal.database, portal.keyring, sender, portal.clock, "https://saisine.exemple.fr")


def declare(portal, url, events=EVERY, association=ASSOCIATION):
    with portal.database.write() as session:
        made = service.declare(session, portal.keyring, association, url, events, portal.clock())
    assert made
    return made


def is_signed(secret, headers, body, which=0):
    """Check a signature from the text of Standard Webhooks 1.0.0, whatever the day is."""
    content = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    made = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), content, "sha256")
    return headers["webhook-signature"].split(" ")[which] == "v1," + base64.b64encode(made).decode()


def told(portal):
    with portal.database.read() as session:
        return list(session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


def test_an_act_is_told_to_the_software_with_a_signature(portal, receiver, worker):
    _, secret = declare(portal, receiver.url())
    made = filed(portal, by_association=True, powers=["recevoir"])
    assert worker.run_once() == 1
    ((headers, body),) = receiver.received
    assert json.loads(body) == {
        "id": headers["webhook-id"],
        "type": "plainte.envoyee",
        "instant": "2026-03-03T21:41:07Z",
        "numero": made.number,
        "lien": f"https://saisine.exemple.fr/association/plaintes/{made.number}",
    }
    assert is_signed(secret, headers, body)
    assert headers["webhook-timestamp"] == str(int(portal.clock().timestamp()))
    (row,) = told(portal)
    assert (row.state, row.status, row.attempts, row.error) == ("sent", 204, 1, "")
    assert worker.run_once() == 0


def hooks(portal):
    with portal.database.read() as session:
        return list(session.scalars(select(Webhook)))


def send(portal, **more):
    return filed(portal, by_association=True, powers=["recevoir"], **more)


def test_what_is_not_chosen_not_received_or_of_another_association_is_not_told(portal, receiver, worker):
    declare(portal, receiver.url(), ["plainte.close"])
    declare(portal, receiver.url(), association="autre-association")
    send(portal)
    filed(portal, by_association=True)  # without the power to receive
    filed(portal)
    assert worker.run_once() == 0
    assert told(portal) == []


def test_an_act_that_is_not_written_is_not_told(portal, receiver):
    declare(portal, receiver.url())
    with pytest.raises(RuntimeError), portal.database.write() as session:
        service.tell(session, ASSOCIATION, happening(portal, "SA-2026-7KM4-Q9TR"))
        raise RuntimeError
    assert told(portal) == []


def happening(portal, number, event=WebhookEvent.CLOSED):
    return Happening(event, portal.clock(), number, service.path_of(number))


def tell(portal, number="SA-2026-7KM4-Q9TR", **more):
    with portal.database.write() as session:
        service.tell(session, ASSOCIATION, happening(portal, number, **more))


def test_the_end_of_the_mandate_is_the_last_thing_told(portal, receiver, worker):
    declare(portal, receiver.url())
    made = send(portal)
    with portal.database.write() as session:
        mandate_end.revoke(session, portal, filing_by_number(session, made.number))
    assert [row.kind for row in told(portal)] == ["mandat.termine"]
    with portal.database.write() as session:  # an act of the person after it
        filing = filing_by_number(session, made.number)
        take_own(session, portal, filing, PERSON_WROTE).write(PERSON_WROTE, PersonWrote(text="Bonjour"))
        case = own_case(session, portal, filing)
        case._tell_software(ACKNOWLEDGED, replace(case, at=portal.clock()))
    portal.clock.advance(seconds=1)
    worker.run_once()
    assert [json.loads(body)["type"] for _, body in receiver.received] == ["mandat.termine"]


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [(500, {}, "http-500"), (302, {"Location": "https://127.0.0.1/"}, "redirect"), (404, {}, "http-404")],
)
def test_an_answer_that_is_no_success_is_a_failure(portal, receiver, worker, status, headers, error):
    declare(portal, receiver.url())
    receiver.status, receiver.headers = status, headers
    send(portal)
    assert worker.run_once() == 1
    (row,) = told(portal)
    assert (row.state, row.attempts, row.status, row.error) == ("queued", 1, status, error)
    assert len(receiver.received) == 1  # no redirection is followed
    assert worker.run_once() == 0
    portal.clock.advance(seconds=64)
    receiver.status, receiver.headers = 200, {}
    assert worker.run_once() == 1
    (row,) = told(portal)
    assert (row.state, row.attempts, row.error) == ("sent", 2, "")
    first, second = (headers["webhook-id"] for headers, _ in receiver.received)
    assert first == second


def test_a_server_that_drips_is_left_after_the_whole_time(portal, receiver, worker, monkeypatch):
    monkeypatch.setattr(client, "WHOLE", 0.5)
    declare(portal, receiver.url())
    receiver.drips = True
    send(portal)
    began = time.monotonic()
    worker.run_once()
    assert time.monotonic() - began < 5
    assert told(portal)[0].error == "timeout"


def test_a_huge_answer_is_not_read(portal, receiver, worker):
    declare(portal, receiver.url())
    receiver.status, receiver.answer = 200, b"x" * 50_000_000
    send(portal)
    worker.run_once()
    assert told(portal)[0].state == "sent"
    assert receiver.written < len(receiver.answer)


def test_a_certificate_that_is_not_trusted_is_told(portal, receiver):
    sender = HttpsSender(frozenset({f"localhost:{receiver.port}"}))
    with pytest.raises(NotTaken, match="tls"):
        sender.post(receiver.url(), {}, b"{}")
    assert receiver.received == []


def test_a_private_address_is_never_reached(receiver):
    sender = HttpsSender(tls=receiver.tls)
    with pytest.raises(NotTaken, match="address"):
        sender.post(receiver.url(), {}, b"{}")
    assert receiver.received == []


def resolve(monkeypatch, *answers):
    """Let the name lead to each of these in turn, and count how often it is asked for."""
    left, asked = list(answers), []

    def found(host, port, *_args, **_more):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize("inside", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["169.254.169.254"], ["::ffff:10.0.0.1"]])
def test_a_name_that_leads_inside_is_refused(monkeypatch, receiver, inside):
    asked = resolve(monkeypatch, inside)
    with pytest.raises(NotTaken, match="private"):
        HttpsSender(tls=receiver.tls).post("https://logiciel.exemple.fr/", {}, b"{}")
    assert asked == [NAME]
    assert receiver.received == []


def test_the_address_that_was_checked_is_the_one_that_is_reached(monkeypatch, receiver):
    """The name leads elsewhere a moment later: it is not asked for again, and the certificate still bears it."""
    asked = resolve(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    sender = HttpsSender(frozenset({f"{NAME}:{receiver.port}"}), receiver.tls)
    assert sender.post(receiver.url(NAME), {}, b"{}") == 204
    assert asked == [NAME]
    assert receiver.names == [NAME]
    assert receiver.received[0][0]["host"] == f"{NAME}:{receiver.port}"


def test_no_proxy_of_the_environment_is_used(monkeypatch, receiver):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    sender = HttpsSender(frozenset({f"localhost:{receiver.port}"}), receiver.tls)
    assert sender.post(receiver.url(), {}, b"{}") == 204


def test_a_name_that_is_unknown_and_a_closed_door_are_told(monkeypatch, receiver):
    with pytest.raises(NotTaken, match="unreachable"):
        HttpsSender(frozenset({"localhost:9"}), receiver.tls).post("https://localhost:9/", {}, b"{}")
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(NotTaken, match="name"):
        HttpsSender(tls=receiver.tls).post("https://logiciel.exemple.fr/", {}, b"{}")


def refuse(*_args, **_more):
    raise socket.gaierror


def test_two_workers_never_send_the_same(portal, receiver, worker):
    declare(portal, receiver.url())
    for n in range(8):
        tell(portal, f"SA-2026-0000-000{n}")
    threads = [threading.Thread(target=worker.run_once) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    ids = [headers["webhook-id"] for headers, _ in receiver.received]
    assert len(ids) == len(set(ids)) == 8


def test_an_address_that_fails_keeps_no_other_waiting(portal, receiver, worker):
    declare(portal, "https://localhost:9/")  # refused before anything is sent
    declare(portal, receiver.url())
    for n in range(3):
        tell(portal, f"SA-2026-0000-000{n}")
    assert worker.run_once() == 4
    assert len(receiver.received) == 3
    assert sorted(row.attempts for row in told(portal) if row.state == "queued") == [0, 0, 1]


def test_after_three_days_of_failure_the_address_is_paused_and_those_who_answer_are_told(portal, receiver, worker):
    member(portal)
    rita, _ = member(portal, "Rita Fictive", role="responsable_association")
    member(portal, "Gaël Fictif", "autre-association", "responsable_association")
    declare(portal, receiver.url())
    receiver.status = 500
    tell(portal)
    tries = 0
    while tries < 20 and not hooks(portal)[0].paused_at:
        portal.clock.advance(hours=12, minutes=40)
        tries += worker.run_once()
    (row,) = hooks(portal)
    assert row.is_paused_by_failures
    assert tries == 7
    (mail,) = delivered(portal).letters
    assert (mail.to, mail.subject) == (rita, "Les messages à votre logiciel sont arrêtés")
    assert "Le 7 mars 2026, nous avons arrêté les envois à une de ses adresses." in mail.text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert NAME not in mail.text
    portal.clock.advance(days=2)
    assert worker.run_once() == 0
    receiver.status = 204
    with portal.database.write() as session:
        service.resume(session.get_one(Webhook, row.id))
    assert worker.run_once() == 1
    assert hooks(portal)[0].failing_since is None


def test_a_row_that_was_altered_sends_nothing(portal, receiver, worker):
    id_, _ = declare(portal, receiver.url(), association="autre-association")
    with portal.database.write() as session:
        session.execute(update(Webhook).where(Webhook.id == id_).values(association=ASSOCIATION))
    tell(portal)
    assert worker.run_once() == 0
    assert receiver.received == []
    assert (told(portal)[0].state, told(portal)[0].error) == ("failed", "locked")


def test_what_was_told_is_forgotten_in_time_and_with_the_complaint(portal, receiver, worker):
    declare(portal, receiver.url())
    tell(portal, "SA-2026-0000-0001")
    worker.run_once()
    tell(portal, "SA-2026-0000-0002")
    with portal.database.write() as session:
        service.forget_past(session, portal.clock() + timedelta(seconds=1))
    assert [row.number for row in told(portal)] == ["SA-2026-0000-0002"]
    with portal.database.write() as session:
        service.forget(session, "SA-2026-0000-0002")
    assert told(portal) == []


def test_a_meeting_is_fixed_then_moved(portal, receiver):
    declare(portal, receiver.url())
    made = send(portal)
    who = Clerk("id", "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM inventée", "agent")
    for code in ("accuse_reception", "transmise_autorite", "transmise_professionnel"):
        act(portal, who, made.number, code, **dict(LIFE)[code])
    for on in ("2026-05-28", "2026-05-29"):
        act(portal, who, made.number, FIXED, **MEETING, on=on)
    assert [row.kind for row in told(portal)][4:] == ["reunion.fixee", "reunion.deplacee"]


UNTOLD = {
    *("convocation", "convocation_recue", "reponse_reunion", "audition", "releve", "releve_envoye"),
    *("secretariat", "commission"),
    *("griefs_notifies", "griefs_observations", "avis_demande", "avis_rendu"),
    *("sans_suite", "decision_directeur", "suites_sanction"),
    *("decision_chambre", "carence", "recidive", "confirmation_ordre", "appel", "doublon", "doublon_annule"),
    *("identification", "traduction", "conservation", "message_personne", "preuves_ajoutees", "coordonnees"),
    *("retrait_demande", "retrait_annule", "passage_masque", "zone_masquee", "masque_retire"),
}
"""Acts that no software is told of: the person did them, they are of a desk alone, or no event says them yet."""
BESIDE_ACTS = {
    "plainte.envoyee",
    "mandat.donne",
    "mandat.refuse",
    "mandat.erreur_signalee",
    "mandat.expire",
    "date.depassee",
}


def test_each_act_is_told_or_listed_as_untold():
    assert {code for code in ACTS if not KINDS[code].event} == UNTOLD
    of_acts = {event for kind in KINDS.values() for event in (kind.event, kind.event_again) if event}
    assert of_acts | BESIDE_ACTS == set(WebhookEvent)
    assert not of_acts & BESIDE_ACTS


def test_the_example_of_the_docs_checks_a_signature():
    printed = (ROOT / "docs" / "api.md").read_text("utf-8").partition("## Webhooks")[2]
    (example,) = re.findall(r"```python\n(.*?)```", printed, re.DOTALL)
    known = {}
    exec(example, known)
    secret, now = service.new_secret(), datetime.now(UTC)
    body = body_of("id-1", "plainte.close", now, "SA-2026-7KM4-Q9TR", "https://saisine.exemple.fr/")
    headers = headers_of("id-1", body, [service.new_secret(), secret], now)
    assert known["read"](secret, headers, body)["type"] == "plainte.close"
    with pytest.raises(WebhookVerificationError):
        known["read"](secret, headers, body + b" ")
    with pytest.raises(WebhookVerificationError):
        known["read"](service.new_secret(), headers, body)
