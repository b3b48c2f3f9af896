"""An act on a complaint that left, was closed or withdrawn since its page was shown: refused, nothing is written."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.filing import acts
from app.filing.models import FilingAct, FilingEvent
from app.filing.queries import open_for
from tests.cast import Sent, send
from tests.pages.test_conciliation import at, desks
from tests.pages.test_verification import moved

__all__ = ["desks"]
WAY = {"adresse_envoi": "2 rue Inventée", "mode": "courrier_suivi", "relu": "oui"}
ROUTES = Path(__file__).parents[1] / "house" / "routes.txt"
ACTS = {
    "accuser-reception": {"canal_ar": "email"},
    "transmettre-autorite": {},
    "transmettre-professionnel": WAY,
    "repondre": {"message": "Bonjour."},
    "demander-piece": {"demande": "Une copie."},
    "traduire": {"traduction_texte": "Un texte.", "traduction_source": "humaine"},
    "reorienter": {"nouvelle_autorite": "594", "raison": "profession"},
    "confirmer-ordre": {"autre_autorite": "MED-59"},
    "exporter": {"format": "json", "usage": "Essai."},
}
"""What is typed on the page of each act that the receiver alone does."""
ANY_READER = {"attribuer": {"agent_id": "personne"}, "noter": {"note": "Essai."}}
"""Internal: whoever reads may do them, ended or not, but not once it has left."""
ELSEWHERE = {"cloturer", "recidive", "conserver", "doublon", "identifier", "nouveau-code", "preuves/{preuve}"}
"""Asked in their own tests, like all that begins with ``conciliation/``."""


def written(portal):
    with portal.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (FilingAct, FilingEvent)]


def ends(kind):
    """Give what closes or withdraws a complaint of Lille."""

    def end(portal, number):
        content = {"by": "Nour Fictive", "authority": "595", "words": "", "reason": "hors_champ"}
        with portal.database.write() as session:
            opened = open_for(session, portal.keyring, number, "595")
            acts.record(session, portal.keyring, opened, kind, content, portal.clock)

    return end


def test_no_act_of_the_desk_is_forgotten():
    start = "/agent/plaintes/{numero}/"
    lines = ROUTES.read_text(encoding="utf-8").splitlines()
    found = {line.split()[1].removeprefix(start) for line in lines if line.startswith(f"POST {start}")}
    alone = {act for act in found if not act.startswith("conciliation/")}
    assert alone == {*ACTS, *ANY_READER, *ELSEWHERE}


@pytest.mark.parametrize("act", [*ACTS, *ANY_READER])
@pytest.mark.parametrize("end", [moved, ends("cloture"), ends("retrait")], ids=["moved", "closed", "withdrawn"])
def test_what_happened_since_the_page_was_shown_refuses_the_act(client, portal, desks, monkeypatch, act, end):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    page = emile.page(at(sent, act))
    write, counts = portal.database.write, []

    @contextmanager
    def meanwhile():
        if not counts:
            counts.append(None)
            end(portal, sent.number)
            counts[0] = written(portal)
        with write() as session:
            yield session

    monkeypatch.setattr(type(portal.database), "write", lambda _self: write() if counts == [None] else meanwhile())
    button = {"button": "Marquer comme transmise"} if act == "transmettre-professionnel" else {}
    answer = emile.send_form(page, at(sent, act), {**ACTS, **ANY_READER}[act], form=f"{act}#erreurs", **button)
    monkeypatch.undo()
    assert counts, "the act was never tried"
    if act in {"exporter", *ANY_READER} and end is not moved:  # what ended is still read, and may be taken out
        assert answer.status_code in {200, 303}
        return
    assert answer.status_code in {403, 404, 409}
    assert written(portal) == counts[0]
