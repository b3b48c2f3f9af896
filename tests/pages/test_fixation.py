"""An id of a browser that somebody else knows: planted before, or read on a shared device. It opens nothing of hers."""

import pytest

from tests.cast import AMINA, Sent, begin
from tests.support.client import SuspiciousClient


@pytest.fixture
def thief(app, portal):
    with SuspiciousClient(app, portal.database) as one:
        yield one


def planted_by(thief, kind):
    """Give an id that the thief knows: made up, or given by us for a draft of the thief's own."""
    if kind == "ours":
        begin(thief)
        return thief.cookies["saisine"]
    thief.cookies.set("saisine", "C" * 43)
    return "C" * 43


@pytest.mark.parametrize("kind", ["made up", "ours"])
def test_an_id_that_was_planted_opens_neither_the_draft_nor_the_code(client, thief, kind):
    planted = planted_by(thief, kind)
    client.cookies.set("saisine", planted, domain="127.0.0.1", path="/")
    path = begin(client)
    assert client.get(path).status_code == 200
    sent = Sent(client.submit(path, dict(AMINA)))
    assert sent.code
    assert sent.code in client.get(sent.path).text
    for page in (path, sent.path):
        answer = thief.get(page, headers={"cookie": f"saisine={planted}"})
        assert answer.status_code == 404
        assert sent.code not in answer.text


def test_each_draft_begins_under_a_new_id_and_the_drafts_before_go_with_it(client):
    first = begin(client)
    known = client.cookies["saisine"]
    second = begin(client)
    assert client.cookies["saisine"] != known
    assert [client.get(path).status_code for path in (first, second)] == [200, 200]
    assert client.get(first, headers={"cookie": f"saisine={known}"}).status_code == 404
