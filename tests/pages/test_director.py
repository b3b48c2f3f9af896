"""The procedure of the director of the caisse, page by page, on both databases; every date was worked out by hand.

Received on Tuesday 3 March 2026. Facts received on 1 April: answer by 1 May, commission from 2 May.
"""

from datetime import date

import pytest

from tests.cast import filed
from tests.pages.test_acknowledging import whole
from tests.pages.test_conciliation import at, desks, due, plain, sentence, step
from tests.support.acts import day
from tests.support.html import Page

__all__ = ["desks"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
WHY = "Les honoraires demandés sont ceux de la convention."


@pytest.fixture
def alone(portal):
    """File a complaint about a professional without ordre: the caisse alone receives it."""
    return filed(portal, profession="autre", profession_autre="91")


def does(browser, sent, step, **typed):
    """Press the button of an act of the director."""
    return browser.submit(at(sent, f"directeur/{step}"), typed, form=f"{step}#erreurs")


def notified(desk, sent):
    """Notify the facts on 30 March, then say that they came on 1 April."""
    typed = {"mode_griefs": "courrier_recommande", **day("griefs_le", date(2026, 3, 30))}
    does(desk.on(3, 30), sent, "griefs", griefs_recus="non", **typed)
    came = {"griefs_recus": "oui", **day("griefs_recus_le", date(2026, 4, 1))}
    return does(desk.on(4, 2), sent, "griefs", **typed, **came)


def advised(desk, sent, last="favorable"):
    """Ask the commission on 5 May and the UNCAM on 2 June; note both opinions."""
    whose = "Qui donne cet avis : {}.".format
    assert whose("Commission des pénalités") in plain(desk.on(5, 5).page(at(sent, "directeur/demande-avis")))
    does(desk.browser, sent, "demande-avis")
    assert whose("Commission des pénalités") in plain(desk.browser.page(at(sent, "directeur/avis")))
    does(desk.on(5, 29), sent, "avis", avis_sens="favorable", **day("avis_le", date(2026, 5, 29)))
    assert whose("Directeur général de l'UNCAM") in plain(desk.on(6, 2).page(at(sent, "directeur/demande-avis")))
    does(desk.browser, sent, "demande-avis")
    does(desk.on(6, 30), sent, "avis", avis_sens=last, **day("avis_le", date(2026, 6, 30)))


def test_no_procedure_is_an_end_that_the_person_reads_and_not_out_of_scope(client, portal, desks, alone):
    emile = desks[0].on(3, 20)
    home = plain(emile.page(step(alone)))
    assert "La loi ne prévoit pas de réunion de conciliation pour ce dossier." in home
    assert "S'il n'engage pas de procédure, notez-le d'abord" in plain(emile.page(at(alone, "cloturer")))
    short = does(emile, alone, "sans-suite", explication="Trop court")
    assert "en 20 caractères au moins" in plain(short)
    does(emile, alone, "sans-suite", explication=WHY)
    read = sentence(client, alone)
    assert "de ne pas engager de procédure" in read
    assert WHY in read
    closing = plain(emile.page(at(alone, "cloturer")))
    assert "Le directeur n'engage pas de procédure." in closing
    assert "hors champ" not in closing
    emile.submit(at(alone, "cloturer"), {}, form="cloturer#erreurs")
    read = sentence(client, alone)
    assert "Ce dossier est terminé depuis le" in read
    assert WHY in read
    assert whole(portal)


def test_the_caisse_may_hear_a_professional_without_ordre(portal, desks, alone):
    """CSP L. 1110-3 al. 3 is about a refusal; received on 3 March: until 3 April."""
    assert due(portal, alone)[0]["D5"] == date(2026, 4, 3)
    assert "Entendre le professionnel" in plain(desks[0].on(3, 4).page(step(alone)))
    assert "commission" not in plain(desks[0].browser.page(step(alone, "professionnel")))
    assert whole(portal)


def test_the_whole_procedure_to_a_sanction(client, portal, desks, alone):
    lille = desks[0]
    notified(lille, alone)
    assert "Ce pouvoir n'attend pas" not in plain(lille.browser.page(at(alone, "directeur/griefs")))
    days = due(portal, alone)[0]
    assert (days["D16"], days["D19"]) == (date(2026, 5, 1), date(2026, 5, 16))
    assert "pris une décision" not in sentence(client, alone)
    early = does(lille.on(5, 1), alone, "demande-avis")
    assert "La commission est saisie à partir du 2 mai 2026" in plain(early)
    heard = {"observations_forme": "ecrites", **day("observations_le", date(2026, 4, 20))}
    does(lille.browser, alone, "observations", **heard)
    sanction = {"decision_directeur": "sanction", "sanctions": ["penalite", "affichage"], "en_recidive": "non"}
    sanction |= {"montant": "1 000", "penalite_pour": "discrimination", "mois_affichage": "2"}
    assert "Une sanction demande l'avis de la commission" in plain(does(lille.on(5, 4), alone, "decision", **sanction))
    advised(lille, alone)
    assert {"D16", "D19", "D20"} <= due(portal, alone)[1]
    emile = lille.on(7, 6)
    assert "Au plus 8010 € en 2026 : deux fois le plafond mensuel" in plain(emile.page(at(alone, "directeur/decision")))
    above = plain(does(emile, alone, "decision", **sanction | {"montant": "8010,01"}))
    assert "Ce montant dépasse le plafond de cette pénalité, 8010 € (CSS R. 147-15)." in above
    fees = sanction | {"penalite_pour": "honoraires", "depassements": "45,50", "montant": "91,01"}
    assert "le plafond de cette pénalité, 91 €" in plain(does(emile, alone, "decision", **fees))
    assert "laissez ce champ vide" in plain(does(emile, alone, "decision", **sanction | {"plafond": "9000"}))
    assert "de 1 à 3" in plain(does(emile, alone, "decision", **sanction | {"mois_affichage": "4"}))
    does(emile, alone, "decision", **sanction)
    home = plain(emile.page(step(alone)))
    assert "Pénalité financière : 1000 €" in home
    assert "Sanction prononcée, le 6 juillet 2026" in home
    assert "peut décider d'une sanction" not in home
    assert "en plus d'une autre sanction : 2 mois" in home
    read = sentence(client, alone)
    assert "a pris une décision le" in read
    assert "Pénalité" not in read
    emile.submit(at(alone, "cloturer"), {}, form="cloturer#erreurs")
    assert "Vous gardez le droit d'aller en justice" in sentence(client, alone)
    followed = {"copie": "sans_ordre", "recours": "forme", "definitive": "oui", "publiee": "oui"}
    followed |= day("recours_le", date(2026, 7, 20)) | day("definitive_le", date(2026, 9, 1))
    followed |= day("publiee_le", date(2026, 9, 2))
    emile = lille.on(9, 3)
    assert "ne se publie qu'en récidive" in plain(does(emile, alone, "suites", **followed))
    wrong = {**followed, **day("definitive_le", date(2026, 7, 19))}
    assert "Cette date est avant le recours, le 20 juillet 2026." in plain(does(emile, alone, "suites", **wrong))
    does(emile, alone, "suites", **{**followed, "publiee": "non"})
    noted = "Recours formé le 20 juillet 2026 ; définitive depuis le 1er septembre 2026"
    assert plain(emile.page(step(alone))).count(noted) == 1
    does(emile, alone, "suites", copie="sans_ordre", publiee="non")
    assert plain(emile.page(step(alone))).count(noted) == 2
    assert whole(portal)


def test_a_silence_is_noted_once_the_time_of_the_opinion_has_passed(portal, desks, alone):
    """Two months for the commission, asked on 5 May; one for the UNCAM, asked on 6 July (CSS R. 147-2 II and III)."""
    lille = desks[0]
    notified(lille, alone)
    does(lille.on(5, 5), alone, "demande-avis")
    silent = {"avis_sens": "repute_rendu"}
    early = does(lille.on(7, 4), alone, "avis", **silent, **day("avis_le", date(2026, 7, 4)))
    assert "le délai ne passe que le 5 juillet 2026 (CSS R. 147-2)" in plain(early)
    does(lille.on(7, 6), alone, "avis", **silent, **day("avis_le", date(2026, 7, 5)))
    does(lille.browser, alone, "demande-avis")
    early = does(lille.on(8, 5), alone, "avis", **silent, **day("avis_le", date(2026, 8, 5)))
    assert "le délai ne passe que le 6 août 2026" in plain(early)
    does(lille.on(8, 6), alone, "avis", **silent, **day("avis_le", date(2026, 8, 6)))
    assert "Directeur général de l'UNCAM, le 6 août 2026 : Le délai est passé sans avis" in plain(
        lille.browser.page(at(alone, ""))
    )
    assert whole(portal)


def test_an_opinion_that_binds_leaves_the_abandonment_alone(client, portal, desks, alone):
    lille = desks[0]
    notified(lille, alone)
    advised(lille, alone, last="defavorable")
    emile = lille.on(7, 6)
    sanction = {"decision_directeur": "sanction", "sanctions": ["penalite"], "en_recidive": "non"}
    sanction |= {"montant": "45", "penalite_pour": "honoraires", "depassements": "22,50"}
    assert "Une sanction demande l'avis de la commission" in plain(does(emile, alone, "decision", **sanction))
    does(emile, alone, "decision", decision_directeur="abandon", explication="Le directeur a abandonné.")
    assert "Le directeur a abandonné." in sentence(client, alone)
    assert whole(portal)


def test_beside_a_conciliation_the_director_acts_and_the_meeting_goes_on(client, portal, desks):
    sent, (lille, ordre) = filed(portal), desks
    notified(lille, sent)
    assert "D7" in due(portal, sent)[0]
    assert "D19" in due(portal, sent)[0]
    assert "pris une décision" not in sentence(client, sent)
    assert "Ce pouvoir n'attend pas" in plain(lille.on(4, 2).page(at(sent, "directeur/griefs")))
    assert ordre.on(4, 3).get(at(sent, "directeur/griefs")).status_code == 404
    does(lille.on(5, 4), sent, "decision", decision_directeur="abandon")
    assert "D19" not in due(portal, sent)[0]
    assert Page(lille.browser.get(at(sent, "conciliation/seance")).text).h1
    assert whole(portal)
