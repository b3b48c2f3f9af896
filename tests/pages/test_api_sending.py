"""Sending by an association's software: the mandate, then the same receipt as from the form."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from app.api.rules import ApiScope
from app.filing.models import Filing
from app.filing.queries import filing_by_number, open_for_person
from app.saisine.models import MandateRequest
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered
from tests.pages.test_mandate_online import YES, read, reply
from tests.support.api import DECLARED, DRAFTS, SIGNED, WHOLE, manager_of, software
from tests.support.client import SuspiciousClient

pytestmark = pytest.mark.engines("sqlite", "postgresql")
BY_MAIL = {**WHOLE, "mandat_mode": "email"}
MISSING = "Il manque le mandat de Léa Exemple. La plainte est gardée."


@pytest.fixture
def program(client, portal):
    return software(client, portal, manager_of(portal))


def begin(program, **changes):
    made = program.ask("POST", DRAFTS, {"reponses": {**WHOLE, **changes}}, idempotency_key=str(changes))
    assert made.status_code == 201, made.text
    return made.headers["location"]


def signed(program, **changes):
    here = begin(program, **changes)
    assert program.give(f"{here}/pieces", SIGNED, usage="mandat").status_code == 201
    return here


def send(program, here, **changes):
    return program.ask("POST", f"{here}/envoi", {**DECLARED, **changes})


def sent_count(portal):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(Filing))


def test_a_complaint_is_sent_with_a_paper_mandate(program, portal, clock):
    here = signed(program)
    assert program.ask("GET", here).json()["etat"] == "pret"
    assert program.ask("GET", f"{here}/mandat").json() == {"etat": "papier", "phrase": "Le mandat signé est ajouté."}
    sent = send(program, here)
    told = sent.json()
    assert sent.status_code == 201, sent.text
    assert (datetime.fromisoformat(told["recue_le"]), told["essai"]) == (clock().astimezone(UTC), False)
    assert sent.headers["location"] == f"/api/v1/plaintes/{told['numero']}"
    assert program.ask("GET", told["recepisse"]).content.startswith(b"%PDF")
    clock.advance(hours=1)
    again = send(program, here)
    assert (again.status_code, again.json()) == (200, told)
    with portal.database.read() as session:
        filing = filing_by_number(session, told["numero"])
        sealed = open_for_person(session, portal.keyring, filing).payload
    assert (filing.channel, sealed["association"]["mandate"]["signed_on"]) == ("association", "2026-03-02")
    assert [file["purpose"] for file in sealed["files"]] == ["mandat"]
    assert "member" not in sealed["association"]
    assert sealed["association"]["software"] == "Antenne fictive / essai"
    assert sent_count(portal) == 1
    assert program.ask("GET", here).json()["etat"] == "envoyee"
    for method, path in (("GET", f"{here}/pieces"), ("GET", f"{here}/mandat"), ("POST", f"{here}/mandat/demande")):
        assert program.ask(method, path).status_code == 409
    assert program.give(f"{here}/pieces", SIGNED).status_code == 409
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_what_lacks_is_told_by_field_and_nothing_is_sent(program, portal):
    here = begin(program, recit=None, nom=None)
    refused = send(program, here, declare_vrai=None)
    assert (refused.status_code, refused.json()["code"]) == (422, "incomplete")
    assert {"recit", "nom", "mandat_fichier", "declare_vrai"} == set(refused.json()["erreurs"])
    assert "nom" in program.ask("POST", f"{here}/envoi", {"nom": "Fictive"}).json()["erreurs"]
    assert sent_count(portal) == 0


def test_without_mandate_or_agreement_nothing_is_sent(program, portal, clock):
    by_mail = begin(program, mandat_mode="email")
    refused = send(program, by_mail)
    assert (refused.status_code, refused.json()["code"]) == (409, "mandat_manquant")
    assert refused.json()["title"] == MISSING
    here = signed(program)
    with portal.database.write() as session:
        session.execute(text("UPDATE agrement SET ends_on = '2026-03-03'"))
    clock.advance(days=1)
    ended = send(program, here)
    assert (ended.status_code, ended.json()["code"]) == (409, "agrement_termine")
    assert program.ask("POST", f"{by_mail}/mandat/demande").json()["code"] == "agrement_termine"
    assert sent_count(portal) == 0


def test_the_mandate_is_asked_by_mail_and_confirmed(program, portal, app, clock):
    here = begin(program, mandat_mode="email")
    assert program.ask("GET", f"{here}/mandat").json()["etat"] == "aucun"
    asked = program.ask("POST", f"{here}/mandat/demande")
    code = asked.json()["code"]
    assert asked.status_code == 201
    assert re.fullmatch(r"\d{6}", code)
    assert program.ask("GET", f"{here}/mandat").json()["etat"] == "demande"
    with portal.database.engine.connect() as connection:
        kept = repr(
            [connection.execute(text(f"SELECT * FROM {one}")).all() for one in ("mandate_request", "api_answer")]
        )
    assert f"'{code}'" not in kept
    (mail,) = delivered(portal).to("lea@exemple.fr")
    with SuspiciousClient(app, portal.database) as lea:
        link = re.search(r"/mandat/[\w-]+", mail.text).group()
        read(lea, link, code)
        reply(lea, link, YES)
    state = program.ask("GET", f"{here}/mandat").json()
    assert state["etat"] == "donne"
    assert state["phrase"].startswith("Mandat confirmé le 3 mars 2026")
    assert program.ask("POST", f"{here}/mandat/demande").json()["code"] == "mandat_donne"
    program.give(f"{here}/pieces", ("photo.png", PNG, "image/png"))
    assert program.ask("GET", f"{here}/mandat").json()["etat"] == "a_confirmer"
    refused = send(program, here)
    assert (refused.status_code, refused.json()["code"]) == (409, "mandat_manquant")
    (piece,) = program.ask("GET", f"{here}/pieces").json()["pieces"]
    program.ask("DELETE", f"{here}/pieces/{piece['id']}")
    assert send(program, here).status_code == 201


def test_the_yes_of_the_person_sends_when_the_program_declared_so(program, portal, app):
    here = begin(program, mandat_mode="email", envoi_auto=True)
    lacking = program.ask("POST", f"{here}/mandat/demande")
    assert (lacking.status_code, set(lacking.json()["erreurs"])) == (422, set(DECLARED))
    wrong = program.ask("POST", f"{here}/mandat/demande", {**DECLARED, "nom": "Fictive"})
    assert (wrong.status_code, set(wrong.json()["erreurs"])) == (422, {"nom"})
    asked = program.ask("POST", f"{here}/mandat/demande", DECLARED)
    assert (asked.status_code, asked.json()["envoi_auto"]) == (201, True)
    (mail,) = delivered(portal).to("lea@exemple.fr")
    with SuspiciousClient(app, portal.database) as lea:
        link = re.search(r"/mandat/[\w-]+", mail.text).group()
        read(lea, link, asked.json()["code"])
        assert "Votre plainte est envoyée." in reply(lea, link, YES).text
    assert sent_count(portal) == 1
    assert program.ask("GET", here).json()["etat"] == "envoyee"


@pytest.mark.engines("sqlite")
def test_a_program_that_may_not_send_asks_for_no_yes_that_sends(client, portal):
    writes = [ApiScope.READ_DRAFTS, ApiScope.WRITE_DRAFTS, ApiScope.WRITE_MANDATES]
    narrow = software(client, portal, manager_of(portal), writes)
    here = begin(narrow, mandat_mode="email", envoi_auto=True)
    told = narrow.ask("POST", f"{here}/mandat/demande", DECLARED)
    assert told.status_code == 403
    assert 'scope="plaintes:envoyer"' in told.headers["www-authenticate"]


@pytest.mark.engines("sqlite")
def test_declaring_for_a_draft_that_its_yes_does_not_send_is_refused(program):
    here = begin(program, mandat_mode="email")
    told = program.ask("POST", f"{here}/mandat/demande", DECLARED)
    assert (told.status_code, set(told.json()["erreurs"])) == (422, set(DECLARED))
    assert program.ask("POST", f"{here}/mandat/demande").json()["envoi_auto"] is False


@pytest.mark.engines("sqlite")
def test_a_mandate_is_asked_only_when_it_may_be(program):
    paper = program.ask("POST", f"{signed(program)}/mandat/demande")
    assert (paper.status_code, paper.json()["code"]) == (409, "mandat_papier")
    short = program.ask("POST", f"{begin(program, mandat_mode='email', recit=None)}/mandat/demande")
    assert (short.status_code, list(short.json()["erreurs"])) == (422, ["recit"])


@pytest.mark.engines("sqlite")
def test_a_trial_is_checked_whole_and_sends_nothing(client, portal):
    trial = software(client, portal, manager_of(portal), sandbox=True)
    incomplete = send(trial, begin(trial))
    assert (incomplete.status_code, list(incomplete.json()["erreurs"])) == (422, ["mandat_fichier"])
    here = signed(trial, nom="Fictive")
    sent = send(trial, here)
    assert sent.status_code == 201, sent.text
    assert sent.json()["essai"] is True
    assert sent.json()["numero"] == f"ESSAI-{here.rpartition('/')[2]}"
    assert sent.json()["recepisse"] is None
    by_mail = begin(trial, mandat_mode="email")
    asked = trial.ask("POST", f"{by_mail}/mandat/demande")
    assert (asked.status_code, asked.json()["essai"]) == (201, True)
    assert send(trial, by_mail).status_code == 201
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(MandateRequest)) == 0
        assert session.execute(text("SELECT count(*) FROM ledger WHERE kind = 'depot'")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM outbox")).scalar() == 0
    assert sent_count(portal) == 0
    assert trial.ask("GET", "/api/v1/plaintes").json()["plaintes"] == []
    with portal.database.write() as session:
        session.execute(text("UPDATE agrement SET ends_on = '2026-03-02'"))
    assert send(trial, here).json()["code"] == "agrement_termine"
