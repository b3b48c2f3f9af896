"""An act on a complaint that left, was closed or withdrawn since its page was shown: refused, nothing is written.

Every address that records an act is pressed: the page is opened, the complaint ends or leaves after the guard of the
page let the press through, and the act meets what happened in its turn.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import Clerk
from app.acts.kinds import KINDS
from app.acts.rules import DESK
from app.evidence import service as evidence
from app.evidence.antivirus import Scan
from app.evidence.models import Evidence
from app.filing import acts
from app.filing.models import FilingAct, FilingEvent, LedgerEntry
from app.filing.queries import open_for
from app.intake.moving import Why
from app.notifications.models import OutboxMail
from app.privacy.rules import Periods
from tests.cast import AMINA, Sent, begin, send
from tests.journeys import PNG
from tests.pages.test_conciliation import at, day, desks
from tests.support.acts import move
from tests.support.html import Page
from tests.support.listed import listed

__all__ = ["desks"]
ROUTES = Path(__file__).parents[1] / "house" / "routes.txt"
PAPER = [("papier.png", PNG + b"papier", "image/png")]
ON = "2026-03-04"


def did(kind, **content):
    """Give an act of Lille, as it is sealed."""
    return kind, {"by": "Nour Fictive", "authority": "595", "words": "", "on": ON, **content}


TOLD = (
    did("accuse_reception", channel="email"),
    did("transmise_autorite", is_shared=True),
    did("transmise_professionnel"),
)
MEMBERS = [{"side": one, "authority": one, "name": f"Membre {one}"} for one in ("595", "MED-59")]
FIXED = did("seance", hour="14:30", place="1 rue Fictive", mode="presentiel", members=MEMBERS, needs="", why_late="")
SUMMONED = did("convocation", party="personne", mode="remise", reference="")
FAILED = did("releve", issue="desaccord", presents=[], points="", absent="")
SENT = did("releve_envoye", reference="")
PASSED_ON = did("avis_motive", court="Cour inventée", joins="non")
TODAY = date(2026, 3, 4)
POST = {"moyens": ["courrier"], "adresse_rue": "1 rue Fictive"}
POST |= {"adresse_code_postal": "59000", "adresse_ville": "Lille"}


@dataclass(frozen=True)
class Press:
    """A press on the button of an act: what was done before, who presses, what is typed."""

    kind: str
    typed: dict[str, Any] = field(default_factory=dict)
    before: tuple[Any, ...] = ()
    files: dict[str, Any] | None = None
    button: str | None = None
    at_council: bool = False
    month: int = 3


PRESSES = {
    "accuser-reception": Press("accuse_reception", {"canal_ar": "email"}),
    "transmettre-autorite": Press("transmise_autorite"),
    "transmettre-professionnel": Press(
        "transmise_professionnel",
        {"adresse_envoi": "2 rue Inventée", "mode": "courrier_suivi", "relu": "oui"},
        button="Marquer comme transmise",
    ),
    "repondre": Press("message_autorite", {"message": "Bonjour CANARI-TAPE."}),
    "demander-piece": Press("demande_piece", {"demande": "Une copie CANARI-TAPE."}),
    "traduire": Press("traduction", {"traduction_texte": "Un texte CANARI-TAPE.", "traduction_source": "humaine"}),
    "reorienter": Press("reorientation", {"nouvelle_autorite": "594", "raison": "profession"}),
    "confirmer-ordre": Press("confirmation_ordre", {"autre_autorite": "MED-59"}),
    "exporter": Press("exportee", {"format": "json", "usage": "Essai."}),
    "attribuer": Press("attribuee", {"agent_id": "personne"}),
    "noter": Press("note", {"note": "Essai CANARI-TAPE."}),
    "identifier": Press("identification", button="C'est ce professionnel"),
    "doublon": Press("doublon", button="Suivre ensemble"),
    "nouveau-code": Press("code_poste", {"code_demande": "oui"}),
    "conserver": Press("conservation", {"raison": "Une affaire CANARI-TAPE."}),
    "preuves/{preuve}": Press("preuve_dangereuse", {"motif": "Comparer CANARI-TAPE."}),
    "cloturer": Press("cloture", {"explication": "Ce dossier est hors champ CANARI-TAPE."}, TOLD),
    "recidive": Press("recidive", {"recidive": "non"}, TOLD),
    "conciliation/professionnel": Press("audition", day("audition_le", TODAY), TOLD, {"releve": PAPER}),
    "conciliation/seance": Press("seance", {}, TOLD),
    "conciliation/convocations/{partie}/envoi": Press("convocation", {"mode": "remise"}, (*TOLD, FIXED)),
    "conciliation/convocations/{partie}/reception": Press(
        "convocation_recue", day("recue_le", TODAY), (*TOLD, FIXED, SUMMONED), {"preuve": PAPER}
    ),
    "conciliation/convocations/{partie}/reponse": Press(
        "reponse_reunion", {"presence": "oui"}, (*TOLD, FIXED, SUMMONED)
    ),
    "conciliation/releve": Press(
        "releve",
        {"presents": ["personne", "professionnel", "m0", "m1"], "issue": "retrait"},
        (*TOLD, FIXED),
        {"signatures": PAPER},
        "Enregistrer le compte rendu",
    ),
    "conciliation/envoi-releve": Press("releve_envoye", {"a_tous": "oui"}, (*TOLD, FIXED, FAILED)),
    "conciliation/avis-motive": Press(
        "avis_motive", {"s_associe": "non"}, (*TOLD, FIXED, FAILED, SENT), {"avis": PAPER}, at_council=True
    ),
    "conciliation/decision": Press(
        "decision_chambre",
        {**day("decision_le", TODAY), "decision_sens": "Blâme CANARI-TAPE."},
        (*TOLD, FIXED, FAILED, SENT, PASSED_ON),
        at_council=True,
    ),
    "conciliation/carence": Press("carence", {"suite": "attente"}, (*TOLD, FIXED, FAILED, SENT), month=7),
}
"""Each act of the desk, and of what follows; the page of the meeting is filled by hand."""
COUNTED = (LedgerEntry, FilingAct, OutboxMail, FilingEvent)


def written(portal):
    with portal.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in COUNTED]


def records(portal, number, *done):
    """Record acts of Lille on a complaint that it holds."""
    with portal.database.write() as session:
        for kind, content in done:
            opened = open_for(session, portal.keyring, number, "595")
            acts.record(session, portal.keyring, opened, kind, content, portal.clock)


def moved(portal, number, to="597"):
    """Send a complaint of Lille elsewhere, as a colleague does."""
    clerk = Clerk("n" * 32, "Nour Fictive", "nour@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    move(portal, clerk, number, nouvelle_autorite=to, raison=Why.TABLEAU)


ENDS = {
    "moved": moved,
    "closed": lambda portal, number: records(portal, number, did("cloture", reason="hors_champ")),
    "withdrawn": lambda portal, number: records(portal, number, did("retrait")),
}


def test_no_act_of_the_desk_is_forgotten():
    start = "/agent/plaintes/{numero}/"
    lines = ROUTES.read_text(encoding="utf-8").splitlines()
    found = {line.split()[1].removeprefix(start) for line in lines if line.startswith(f"POST {start}")}
    assert found == set(PRESSES)
    desk = {code for code, kind in KINDS.items() if kind.by & DESK}
    assert {press.kind for press in PRESSES.values()} | {"doublon_annule", "ouverte", "courrier_poste"} == desk


@pytest.fixture
def place(client, portal, desks, tmp_path, monkeypatch):
    """Prepare the page of an act; give who presses, its number, its address, what is typed and its form."""
    monkeypatch.setattr("app.privacy.holding.periods_of", lambda _portal: Periods(1, 1))

    def prepared(act):
        press = PRESSES[act]
        typed, file = dict(press.typed), ""
        photo = {"fichiers": [("photo.png", PNG, "image/png")]} if act.startswith("preuves") else {}
        sent = Sent(client.submit(begin(client), {**AMINA, **(POST if act == "nouveau-code" else {})}, photo))
        with portal.database.write() as session:
            for account in session.scalars(select(Account)):
                account.role = "responsable"
            for file in session.scalars(select(Evidence.id)).all():
                evidence.note_scan(session, file, Scan.SUSPECT)
        if act == "doublon":
            typed["doublon_de"] = Sent(send(client)).number
        browser = desks[0].on(3, 4)
        records(portal, sent.number, *press.before)
        browser = desks[1 if press.at_council else 0].on(press.month, 4, 10)
        where = at(sent, act.format(numero=sent.number, partie="personne", preuve=file))
        page = browser.page(where)
        if act == "identifier":
            listed(portal.database, tmp_path)
            page = Page(browser.submit(where, {"q": "durant", "ou": "Lille"}, button="Chercher dans l'annuaire").text)
            typed["pro_id"] = next(one.get("value") for one in page.all("input") if one.get("name") == "pro_id")
        if act == "conciliation/seance":
            typed = meeting(portal, browser, where)
            page = browser.page(where)
        return browser, sent.number, where, page, typed

    return prepared


def meeting(portal, browser, where):
    """Type a meeting that the law allows."""
    from app.conciliation import service  # noqa: PLC0415 - one page alone needs members

    with portal.database.write() as session:
        for authority in ("595", "MED-59"):
            service.appoint(session, authority, "", f"Membre {authority}", "titulaire", date(2025, 1, 10))
    boxes = [box.get("value") for box in browser.page(where).all("input") if box.get("name") == "membres"]
    typed = {"heure_seance": "14 h 30", "mode": "presentiel", "lieu": "1 rue Fictive CANARI-TAPE"}
    return {**typed, **day("date_seance", date(2026, 5, 28)), "membres": boxes, "sans_lien": boxes}


@pytest.mark.parametrize("act", PRESSES)
@pytest.mark.parametrize("end", ENDS)
def test_what_happened_since_the_page_was_shown_refuses_the_act(portal, place, monkeypatch, act, end):
    press = PRESSES[act]
    browser, number, where, page, typed = place(act)
    write, counts = portal.database.write, []

    @contextmanager
    def meanwhile():
        if not counts:
            counts.append(None)
            if end == "moved" and press.at_council:
                moved(portal, number, "MED-62")
            else:
                ENDS[end](portal, number)
            counts[0] = written(portal)
        with write() as session:
            yield session

    if act.startswith("preuves"):  # a file has a policy of its own
        monkeypatch.setattr(browser, "check", lambda _answer: None)
    monkeypatch.setattr(type(portal.database), "write", lambda _self: write() if counts == [None] else meanwhile())
    answer = browser.send_form(
        page, where, typed, press.files, form=f"{where.rpartition('/')[2]}#erreurs", button=press.button
    )
    monkeypatch.undo()
    assert counts, "the act was never tried"
    if KINDS[press.kind].after and end != "moved" and (act, end) not in NOT_TWICE:
        assert answer.status_code in {200, 303}
        assert written(portal) != counts[0]
        return
    assert answer.status_code == 409
    assert written(portal) == counts[0]
    page = Page(answer.text)
    said = {"moved": SENT_AWAY, "closed": CLOSED, "withdrawn": "La personne a retiré sa plainte le 4"}[end]
    assert said in page.text or press.at_council, page.text
    assert "CANARI-TAPE" in page.text or not any("CANARI-TAPE" in str(value) for value in typed.values())
    assert "Reprendre ou suivre ma plainte" not in page.text
    assert "Revenir à la liste des plaintes" in page.links
    assert (f"Revenir au dossier {number}" in page.links) is (end != "moved")


SENT_AWAY, CLOSED = "Ce dossier a été envoyé à CPAM de Roubaix-Tourcoing le 4", "Ce dossier est clos depuis le 4"
NOT_TWICE = {("cloturer", "closed"), ("cloturer", "withdrawn"), ("conciliation/decision", "withdrawn")}
"""A closed file is not closed again; a withdrawn one is closed as such, and not as what its page had announced."""


def test_what_stays_possible_on_an_ended_file_has_its_reason():
    kept = {code for code, kind in KINDS.items() if kind.after and kind.by & DESK}
    assert kept == {
        *("note", "attribuee", "exportee", "preuve_dangereuse", "code_poste", "conservation"),
        *("cloture", "decision_chambre", "courrier_poste"),
    }


def test_a_page_opened_before_the_complaint_left_says_where_it_went(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    page = emile.page(at(sent, "repondre"))
    moved(portal, sent.number)
    answer = emile.send_form(page, at(sent, "repondre"), {"message": "CANARI-TAPE"}, form="repondre#erreurs")
    assert answer.status_code == 404
    said = Page(answer.text)
    assert f"{SENT_AWAY} mars 2026 à" in said.text
    assert "par Nour Fictive" in said.text
    assert "CANARI-TAPE" in said.text
    assert "Votre message" in said.text
    assert desks[1].on(3, 4).get(at(sent, "repondre")).status_code == 404
    stranger = Page(desks[1].browser.get("/agent/plaintes/SA-2026-7KM4-Q9TR").text)
    assert "Cette page n'existe pas" in stranger.text
    assert "Revenir à la liste des plaintes" in stranger.links


def test_a_refusal_names_who_did_it_and_when(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    there = at(sent, "accuser-reception")
    page = emile.page(there)
    for expected in (200, 409):
        answer = emile.send_form(page, there, {"canal_ar": "email"}, form="accuser-reception#erreurs")
        assert answer.status_code == expected
    text = Page(answer.text).text
    assert "Accusé de réception envoyé : déjà fait par Émile Exemple le 4 mars 2026 à 10 h 01." in text


def test_two_clerks_who_give_it_away_the_second_sees_what_changed(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    there = at(sent, "attribuer")
    page = emile.page(there)
    emile.send_form(page, there, {"agent_id": "personne"}, form="attribuer#erreurs")
    before = written(portal)
    late = emile.send_form(page, there, {"note": "CANARI-TAPE"}, form="attribuer#erreurs")
    assert late.status_code == 409
    said = Page(late.text).text
    assert "Attribuée, par Émile Exemple le 4 mars 2026 à 10 h 01, depuis que votre page est ouverte" in said
    assert "À personne" in said, said
    assert "CANARI-TAPE" in said
    assert written(portal) == before
    assert emile.submit(there, {"note": "Relue."}, form="attribuer#erreurs").status_code == 200


def test_two_clerks_who_fix_the_meeting_the_second_sees_what_changed(portal, place):
    browser, _number, where, page, typed = place("conciliation/seance")
    assert browser.send_form(page, where, typed, form="seance#erreurs").status_code == 200
    before = written(portal)
    late = browser.send_form(page, where, {**typed, **day("date_seance", date(2026, 5, 27))}, form="seance#erreurs")
    assert late.status_code == 409
    said = Page(late.text).text
    assert "Réunion fixée, par Émile Exemple le 4 mars 2026 à" in said
    assert "jeudi 28 mai 2026 à 14 h 30. Rien n'a été remplacé." in said
    assert written(portal) == before
    again = browser.page(where)
    moved_to = {**typed, **day("date_seance", date(2026, 5, 27))}
    assert browser.send_form(again, where, moved_to, form="seance#erreurs").status_code == 200
