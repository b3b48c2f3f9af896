"""The letters of the director, where their act is done and afterwards; received on Tuesday 3 March 2026."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from app.accounts.models import Account
from app.filing.queries import filing_by_number, read_for
from app.filing.sealed.act import of_kind
from app.filing.sealed.director import FactsNotified
from app.intake.service import document_of
from tests.cast import filed
from tests.pages.test_acknowledging import whole
from tests.pages.test_conciliation import at, desks, plain, step
from tests.pages.test_director import advised, alone, does, notified
from tests.support.acts import day
from tests.support.pdf import bare, text_of

__all__ = ["alone", "desks"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
TO: dict[str, Any] = {"lettre_ici": "oui", "adresse_professionnel": "Camille Fictif\n2 rue Inventée\n59000 Lille"}
TO |= {"signataire": "Dominique Fictive", "signataire_qualite": "directrice"}
SENT = {"mode_griefs": "courrier_recommande", "griefs_recus": "non"}
ACCUSED = {**TO, "faits": "Un rendez-vous refusé CANARI-FAITS.", "penalite_pour": "discrimination"}
ACCUSED |= {"sanctions": ["penalite", "affichage"], "mois_affichage": "2"}
GIVE = "Télécharger la lettre (PDF)"
FINED = {"decision_directeur": "sanction", "sanctions": ["penalite"], "en_recidive": "non", "montant": "1 000"}
FINED |= {"penalite_pour": "discrimination", "mois_affichage": ""}
COURT = {**TO, "motifs": "Le refus est établi CANARI-MOTIFS.", "tribunal": "Tribunal inventé\n3 place Fictive"}


def given(browser, sent, step, **typed):
    """Press the button that gives the letter."""
    return browser.submit(at(sent, f"directeur/{step}"), typed, form=f"{step}#erreurs", button=GIVE)


def fetched(browser, sent, code):
    """Ask for a letter once its act is done."""
    return browser.get(at(sent, f"directeur/lettres/{code}"))


def says(answer, *words):
    """Look for words in a letter."""
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.content)
    assert [one for one in words if bare(one) not in text] == []
    return text


def test_the_notification_is_read_before_it_leaves_and_kept_once_it_left(portal, desks, alone):
    emile = desks[0].on(3, 30)
    typed = {**SENT, **ACCUSED, **day("griefs_le", date(2026, 3, 30))}
    says(given(emile, alone, "griefs", **typed), "CANARI-FAITS", "Dominique Fictive", "Lille, le 30 mars 2026")
    assert "Griefs notifiés" not in plain(emile.page(step(alone)))
    does(emile, alone, "griefs", **typed)
    assert "Notification des faits reprochés, au professionnel (PDF)" in plain(emile.page(step(alone)))
    says(fetched(emile, alone, "griefs"), "CANARI-FAITS", "Dominique Fictive", "30 mars 2026", "texte scellé")
    came = {"griefs_recus": "oui", **day("griefs_recus_le", date(2026, 4, 1))}
    does(desks[0].on(4, 2), alone, "griefs", **came)
    says(fetched(emile, alone, "griefs"), "CANARI-FAITS", "Dominique Fictive", "30 mars 2026", "texte scellé")
    assert whole(portal)


def test_a_notification_of_another_day_is_not_the_letter_that_was_kept(portal, desks, alone):
    emile = desks[0].on(3, 30)
    does(emile, alone, "griefs", **SENT, **ACCUSED, **day("griefs_le", date(2026, 3, 30)))
    does(desks[0].on(4, 2), alone, "griefs", **SENT, **day("griefs_le", date(2026, 4, 2)))
    assert fetched(emile, alone, "griefs").status_code == 409


def test_a_letter_asks_for_each_fact_that_it_must_say(desks, alone):
    emile = desks[0].on(3, 30)
    lacking = plain(given(emile, alone, "griefs", **SENT, adresse_professionnel="", signataire=""))
    for one in ("les faits reprochés", "ce que le directeur reproche", "au moins une sanction", "qui signe la lettre"):
        assert one in lacking
    assert "Écrivez le nom et l'adresse du professionnel." in lacking
    fees = {**ACCUSED, "penalite_pour": "honoraires", "depassements_nombre": "deux", "depassements": "45"}
    assert "en chiffres" in plain(given(emile, alone, "griefs", **SENT, **fees))
    assert "en chiffres" in plain(given(emile, alone, "griefs", **SENT, **fees | {"depassements_nombre": "0"}))
    says(given(emile, alone, "griefs", **SENT, **fees | {"depassements_nombre": "2"}), "90 € au plus", "reprochés : 2")
    assert "laissez ce champ vide" in plain(given(emile, alone, "griefs", **SENT, **ACCUSED, plafond="9000"))
    shown = ACCUSED | {"sanctions": ["affichage"]}
    assert "L'affichage s'ajoute à une autre sanction" in plain(given(emile, alone, "griefs", **SENT, **shown))
    assert "Griefs notifiés" not in plain(emile.page(step(alone)))


def test_no_letter_comes_before_its_act_nor_to_another_desk(portal, desks):
    sent, (lille, ordre) = filed(portal), desks
    emile = lille.on(3, 4)
    for code in ("griefs", "commission", "decision", "personne", "ordre"):
        refused = fetched(emile, sent, code)
        assert (refused.status_code, "elle s'écrit avec son acte" in plain(refused)) == (409, True)
    assert fetched(emile, sent, "autre").status_code == 404
    notified(lille, sent)
    assert fetched(lille.browser, sent, "griefs").status_code == 409  # noted without its letter
    does(lille.on(5, 4), sent, "decision", decision_directeur="abandon", **TO)
    says(fetched(lille.browser, sent, "decision"), "abandonne la procédure")
    for code in ("griefs", "commission", "decision", "personne", "ordre"):
        assert fetched(ordre.on(5, 5), sent, code).status_code == 404
    assert fetched(lille.on(5, 5), sent, "ordre").status_code == 409  # nothing was pronounced


def test_a_sanction_says_its_grounds_and_its_remedies_and_its_copy_goes_to_the_council(portal, desks):
    sent, lille = filed(portal), desks[0]
    notified(lille, sent)
    advised(lille, sent)
    emile = lille.on(7, 6)
    says(fetched(emile, sent, "commission"), "Saisine de la commission", "5 mai 2026", "entendu par la commission")
    wrong = plain(given(emile, sent, "decision", **FINED, **TO))
    assert "une sanction est motivée" in wrong
    assert "la lettre dit où la sanction se conteste" in wrong
    says(given(emile, sent, "decision", **FINED, **COURT), "CANARI-MOTIFS", "Tribunal inventé, 3 place Fictive")
    assert "Sanction prononcée" not in plain(emile.page(step(sent)))
    does(emile, sent, "decision", **FINED, **COURT, explication="Le directeur a décidé CANARI-DIT.")
    says(fetched(emile, sent, "decision"), "CANARI-MOTIFS", "1\u202f000 €", "deux mois", "Dominique Fictive")
    to_council = says(fetched(emile, sent, "ordre"), "R. 147-17", "copie de la décision", "Conseil départemental")
    to_person = says(fetched(emile, sent, "personne"), "CANARI-DIT", "a pris une décision le 6 juillet 2026")
    assert "CANARI-MOTIFS" not in to_council + to_person
    assert "sanction" not in to_person
    assert whole(portal)


@pytest.mark.parametrize("announced", [[], ["affichage"], ["publication"], ["affichage", "publication"]])
def test_what_the_notification_did_not_announce_is_not_decided(portal, desks, announced):
    """A display and a publication are announced with the facts, or not decided (CSS R. 147-14, R. 147-16)."""
    sent, lille = filed(portal), desks[0]
    accused = ACCUSED | {"sanctions": ["penalite", *({"affichage"} & set(announced))]}
    accused |= {"mois_affichage": "2" if "affichage" in announced else "", "publication": ""}
    if "publication" in announced:
        accused["publication"] = "dans un journal inventé"
    does(lille.on(3, 30), sent, "griefs", **SENT, **accused, **day("griefs_le", date(2026, 3, 30)))
    came = {"griefs_recus": "oui", **day("griefs_recus_le", date(2026, 4, 1))}
    does(lille.on(4, 2), sent, "griefs", **SENT | came, **day("griefs_le", date(2026, 3, 30)))
    advised(lille, sent)
    decided = FINED | {"sanctions": ["penalite", "affichage"], "mois_affichage": "2", "en_recidive": "oui"}
    said = plain(does(lille.on(7, 6), sent, "decision", **decided, publication="dans un journal inventé"))
    assert ("n'annonçait pas d'affichage" in said) == ("affichage" not in announced)
    assert ("n'annonçait pas de publication" in said) == ("publication" not in announced)
    assert ("Sanction prononcée" in plain(lille.browser.page(step(sent)))) == (len(announced) == 2)


def test_a_caisse_alone_tells_the_person_and_copies_no_council(portal, desks, alone):
    emile = desks[0].on(3, 20)
    does(emile, alone, "sans-suite", explication="Les honoraires sont ceux de la convention.")
    told = says(fetched(emile, alone, "personne"), "ne pas engager de procédure de sanction", "ceux de la convention")
    assert "conciliation" not in told
    assert fetched(emile, alone, "ordre").status_code == 409


def test_a_letter_without_the_mentions_of_its_sender_is_not_given(portal, desks, alone):
    emile = desks[0].on(3, 20)
    does(emile, alone, "sans-suite", explication="Les honoraires sont ceux de la convention.")
    with portal.database.write() as session:
        session.execute(update(Account).values(quality=""))
    refused = fetched(emile, alone, "personne")
    assert (refused.status_code, "mentions obligatoires" in plain(refused)) == (409, True)


def test_the_export_that_may_go_to_the_council_leaves_the_letters_out(portal, desks, alone):
    emile = desks[0].on(3, 30)
    does(emile, alone, "griefs", **SENT, **ACCUSED, **day("griefs_le", date(2026, 3, 30)))
    with portal.database.read() as session:
        filing = filing_by_number(session, alone.number)
        opened = read_for(session, portal.keyring, alone.number, filing.receiver)
        assert [act.sealed.letter is None for act in of_kind(opened.acts, FactsNotified)] == [False]
        written = document_of(opened).decode()
    assert "CANARI-FAITS" not in written
    assert "2026-03-30" in written
