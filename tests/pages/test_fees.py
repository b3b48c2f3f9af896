"""A complaint about a price alone, page by page: the caisse receives it, and no text sends it to the professional."""

from datetime import date

import pytest

from tests.cast import Sent, sign_in
from tests.journeys import FEES, follow
from tests.pages.test_acknowledging import state, whole
from tests.pages.test_conciliation import sentence
from tests.support.acts import day
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
MAY_WRITE = "La CPAM peut écrire au professionnel."


def test_nobody_is_told_that_the_professional_receives_it(app, client, portal):
    last = follow(client, FEES)
    page = Page(last.text)
    assert "J'ai compris que la CPAM recevra ma plainte avec mon nom et peut écrire au professionnel." in page.text
    assert "La CPAM lira cette partie. Elle peut écrire au professionnel." in page.text
    sent = Sent(client.send_form(page, last.url.path, FEES.declarations, form="/envoyer#erreurs"))
    assert MAY_WRITE in sent.page.text
    assert "est transmise au professionnel" not in sent.page.text
    with SuspiciousClient(app, portal.database) as desk:
        sign_in(desk, portal, FEES.desk)
        there = f"/agent/plaintes/{sent.number}"
        file = desk.page(there)
        assert "Informer le professionnel" not in file.text
        assert "sera transmise au professionnel" not in file.text
        assert "(CRPA R. 112-11-2, huit jours par prudence)." in file.text
        refused = desk.get(f"{there}/transmettre-professionnel")
        assert "Marquer comme transmise" not in refused.text
        ask = desk.page(f"{there}/accuser-reception")
        assert MAY_WRITE in ask.text
        assert "Nous la transmettons" not in ask.text
        desk.submit(f"{there}/accuser-reception", {"canal_ar": "email"})
        assert state(portal, sent.number) == ("au_directeur", "", {"D1", "D2"})
        assert MAY_WRITE in sentence(client, sent)
        assert "Ce qui va se passer" not in sentence(client, sent)
        facts = {"mode_griefs": "remise", "griefs_recus": "non", **day("griefs_le", date(2026, 3, 3))}
        desk.submit(f"{there}/directeur/griefs", facts, form="griefs#erreurs")
        assert sent.number in desk.page("/agent/plaintes?etat=procedure_directeur").links
        assert "Griefs notifiés" in desk.page(there).text
    read = sentence(client, sent)
    assert "Le directeur de la caisse d'assurance maladie examine les faits." in read
    assert "griefs" not in read.lower()
    assert whole(portal)
