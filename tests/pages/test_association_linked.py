"""Several complaints of an association about one professional: each page leads to the others, that the member reads."""

from datetime import date
from typing import Any

import pytest

from app.filing.sealed.receipt import Identified, Professional
from app.filing.status.annotations import IDENTIFIED
from tests.cast import filed, filed_for, sign_in_member
from tests.pages.test_association_list import acts
from tests.support.acts import FOUND
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
TOLD = "Autres plaintes de votre association au sujet de ce professionnel : {n}"


def others(browser, number):
    """Give the numbers that the page of a complaint leads to, and check how many it tells."""
    page = browser.page(f"{DESK}/{number}")
    found = {text for text in page.links if text.startswith("SA-")}
    told = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert (TOLD.format(n=len(found)) in told, "Autres plaintes" in told) == (bool(found), bool(found))
    return found


@pytest.fixture
def rita(client, portal):
    sign_in_member(client, portal)
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


def test_the_complaints_about_one_professional_lead_to_each_other(rita, portal, app):
    one, monas = filed_for(portal, "Rita Fictive").number, filed_for(portal).number
    of_person = filed(portal).number
    namesake = filed_for(portal, "Rita Fictive", pro_commune="Bastia").number
    other = filed_for(portal, "Rita Fictive", pro_nom="Tout-Autre").number
    assert others(rita, one) == {monas}
    assert others(rita, monas) == {one}
    assert others(rita, namesake) == others(rita, other) == set()
    assert of_person not in rita.page(f"{DESK}/{one}").source
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        mine = filed_for(portal, "Noé Imaginaire").number
        assert others(noe, mine) == set()  # those of colleagues are not theirs to read
    rita.submit(f"{DESK}/{mine}/rendre-mandat", form="rendre-mandat")
    assert others(rita, one) == {monas}


def test_a_professional_who_was_identified_is_known_by_the_number(rita, portal):
    one = filed_for(portal, "Rita Fictive").number
    elsewhere = filed_for(portal, "Rita Fictive", pro_nom="Nom inconnu", pro_commune="Bastia").number
    assert others(rita, one) == set()
    told: dict[str, Any] = {**FOUND, "taken_on": date(2026, 3, 1)}
    sealed = Identified(professional=Professional(**told))
    for number in (one, elsewhere):
        acts(portal, number, (IDENTIFIED, sealed))
    assert others(rita, one) == {elsewhere}
    assert others(rita, elsewhere) == {one}
