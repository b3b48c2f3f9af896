"""The detailed form, page after page, without a script: whole journeys of the people it is made for."""

import pytest

from tests.cast import Sent
from tests.journeys import JOURNEYS, follow
from tests.support.html import Page


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_whole_journey(client, name):
    journey = JOURNEYS[name]
    last = follow(client, journey)
    assert last.url.path.endswith("/verifier"), Page(last.text).text
    page = Page(last.text)
    assert "Pas de réponse" in page.text
    sent = Sent(client.send_form(page, last.url.path, journey.declarations, button="Envoyer ma plainte"))
    assert sent.number
    assert journey.receiver in sent.page.text
