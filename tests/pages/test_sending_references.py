"""« Référence de l'envoi »: what a clerk typed as proof of a sending is read again, wherever the act is told."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from app.filing.acts import act_store
from app.filing.queries import read_for
from app.filing.status.act_codes import SEALED
from app.filing.status.conciliation import PROCEDURE_ACTS
from app.filing.status.director import DIRECTOR_ACTS
from app.intake.desk.act_page import ActPage
from tests.cast import filed, sign_in
from tests.support.acts import FIXED, TOLD, did

pytestmark = pytest.mark.engines("sqlite", "postgresql")
LABEL = "Référence de l'envoi"
KEEPING = {code for code, sealed in SEALED.items() if "reference" in {one.name for one in fields(sealed)}}
SENT = {
    "transmise_autorite": did("transmise_autorite", is_shared=False, mode="courrier_suivi"),
    "transmise_professionnel": did("transmise_professionnel", mode="courrier_suivi"),
    "convocation": did("convocation", party="personne", mode="courrier_recommande"),
    "releve_envoye": did("releve_envoye"),
    "griefs_notifies": did("griefs_notifies", mode="recommande", came_on="", letter=None),
}


def pages(page=ActPage):
    """Give the class of each page of an act."""
    for one in page.__subclasses__():
        yield one
        yield from pages(one)


def asks(model):
    hints = get_type_hints(model, include_extras=True).values()
    return any(getattr(one, "label", "") == LABEL for hint in hints for one in getattr(hint, "__metadata__", ()))


def test_each_form_that_asks_a_reference_seals_it(app):
    assert app
    asking = {page.kind for page in pages() if hasattr(page, "model") and asks(page.model)}
    assert asking == KEEPING == set(SENT)


def test_each_reference_is_read_again(client, portal):
    number = filed(portal).number
    references = {code: f"1A 234 {n:03}" for n, code in enumerate(sorted(KEEPING))}
    with portal.database.write() as session:
        for kind, content in (TOLD[0], FIXED, *SENT.values()):
            opened = read_for(session, portal.keyring, number, "595")
            kept = {"reference": references[kind]} if kind in references else {}
            act_store.record(session, portal.keyring, opened, kind, {**content, **kept}, portal.clock)
    sign_in(client, portal, "595")
    history = client.page(f"/agent/plaintes/{number}").text
    procedure = client.page(f"/agent/plaintes/{number}/conciliation").text
    for code, reference in references.items():
        said = f"{LABEL} : {reference}"
        assert said in history, code
        assert (said in procedure) is (code in {*PROCEDURE_ACTS, *DIRECTOR_ACTS}), code
    assert (
        f"{LABEL} : {references['convocation']}"
        in client.page(f"/agent/plaintes/{number}/conciliation/convocations").text
    )
