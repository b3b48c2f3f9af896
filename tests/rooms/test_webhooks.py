"""What happens to the complaints of an association is told to its own software, over a true HTTPS connection."""

import base64
import hmac
import json

import pytest
from sqlalchemy import select

from app.webhooks import service
from app.webhooks.client import HttpsSender
from app.webhooks.events import WebhookEvent
from app.webhooks.models import WebhookDelivery
from app.webhooks.worker import WebhookWorker
from tests.cast import ASSOCIATION, filed
from tests.support.receiver import receiving

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
