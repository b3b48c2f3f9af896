"""The procedure of the director of the caisse in a browser, from the form to what the person reads at its end.

Sent on Tuesday 3 March 2026 at 22:41 in Paris; every date was worked out by hand from the articles.
"""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, opened
from tests.browser.hand import go_on
from tests.browser.keyboard import Keyboard
from tests.browser.lives import Begin, Life, begin, day, sends
from tests.journeys import FEES
from tests.pages.test_acknowledging import whole
from tests.support.client import SuspiciousClient

__all__ = ["begin"]
pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js")]


def test_a_price_alone_from_the_facts_to_a_final_sanction(
    page: Page, quick: SuspiciousClient, begin: Begin, site: Site
) -> None:
    """Facts received on 25 March: a month to answer, so the commission from 26 April (CSS R. 147-2)."""
    go_on(Keyboard(opened(page, quick, FEES, "formes")), FEES, "verifier")
    Keyboard(page).answer(FEES.declarations)
    life = begin("202")
    emile, at = life.emile, f"{life.at}/directeur"
    emile.on(3, 5).does(f"{life.at}/accuser-reception", {"canal_ar": "email"})
    emile.sees(f"{life.at}/conciliation", "La loi ne prévoit pas de réunion de conciliation pour ce dossier.")
    facts = {"mode_griefs": "courrier_recommande", **day("griefs_le", date(2026, 3, 23))}
    came = {"griefs_recus": "oui", **day("griefs_recus_le", date(2026, 3, 25))}
    emile.on(3, 23).does(f"{at}/griefs", {**facts, "griefs_recus": "non"}, press="Enregistrer la notification")
    emile.on(3, 27).does(f"{at}/griefs", came, press="Enregistrer la notification")
    expect(life.person.get_by_text("Le directeur de la caisse d’assurance maladie examine les faits.")).to_be_visible()
    wrote = {"observations_forme": "ecrites", **day("observations_le", date(2026, 4, 14))}
    emile.on(4, 15).does(f"{at}/observations", wrote, press="Enregistrer la réponse")
    advised(life)
    fined = {"decision_directeur": "sanction", "sanctions": ["penalite", "affichage"], "en_recidive": "oui"}
    fined |= {"montant": "250", "penalite_pour": "honoraires", "depassements": "125", "mois_affichage": "2"}
    emile.on(7, 20).does(f"{at}/decision", fined, press="Enregistrer la décision")
    emile.sees(f"{life.at}/conciliation", "Pénalité financière : 250 €")
    followed = {"copie": "oui", **day("copie_le", date(2026, 7, 21)), "recours": "aucun"}
    emile.on(7, 21).does(f"{at}/suites", {**followed, "definitive": "non"}, press="Enregistrer les suites")
    final = {"definitive": "oui", **day("definitive_le", date(2026, 9, 22)), "publiee": "oui"}
    final |= day("publiee_le", date(2026, 10, 1))
    emile.on(10, 2).does(f"{at}/suites", final, press="Enregistrer les suites")
    emile.sees(f"{life.at}/conciliation", "Copie à l’ordre le 21 juillet 2026 ; définitive depuis le 22")
    emile.does(f"{life.at}/cloturer", {}, press="Clore le dossier")
    end = life.person.locator("main")
    expect(end).to_contain_text("Le directeur de la caisse d’assurance maladie a pris une décision le lundi 20 juillet")
    expect(end).to_contain_text("Ce dossier est terminé depuis le vendredi 2 octobre 2026.")
    expect(end).to_contain_text("Vous gardez le droit d’aller en justice")
    assert whole(site.portal)


def advised(life: Life) -> None:
    """Ask the commission on 4 May, then the UNCAM on 12 June; each is in favour."""
    at = f"{life.at}/directeur"
    for asked, given in ((date(2026, 5, 4), date(2026, 6, 10)), (date(2026, 6, 12), date(2026, 7, 8))):
        life.emile.on(asked.month, asked.day).does(f"{at}/demande-avis", {}, press="Enregistrer la demande d’avis")
        said = {"avis_sens": "favorable", **day("avis_le", given)}
        life.emile.on(given.month, given.day).does(f"{at}/avis", said, press="Enregistrer l’avis")


def test_a_profession_without_ordre_from_the_caisse_alone_to_no_action(page: Page, begin: Begin, site: Site) -> None:
    """Received on 3 March: the director may hear the professional until 3 April (CSP L. 1110-3 al. 3)."""
    sends(page, profession="autre", profession_autre="92", pro_commune="Lyon 3e")
    expect(page.locator("main")).to_contain_text("Cette profession n’a pas d’ordre")
    life = begin("691")
    emile, at = life.emile.on(3, 5), life.at
    emile.does(f"{at}/accuser-reception", {"canal_ar": "email"})
    told = {"mode": "courrier_suivi", "relu": "oui"}
    emile.does(f"{at}/transmettre-professionnel", told, press="Marquer comme transmise")
    emile.sees(f"{at}/conciliation", "Entendre le professionnel", "Ne pas engager de procédure")
    heard = day("audition_le", date(2026, 3, 19))
    hearing = f"{at}/conciliation/professionnel"
    emile.on(3, 20).sees(hearing, "jusqu’au vendredi 3 avril 2026")
    expect(emile.page.locator("main")).not_to_contain_text("commission")
    emile.does(hearing, heard, ("releve", life.signed), press="Enregistrer l’audition")
    why = "L’orthoptiste a donné un rendez-vous deux jours après ; aucun fait de discrimination n’est établi."
    emile.on(4, 7).does(f"{at}/directeur/sans-suite", {"explication": why}, press="Enregistrer la décision")
    main = life.person.locator("main")
    for said in ("a décidé le mardi 7 avril 2026 de ne pas engager de procédure", why, "Défenseur des droits"):
        expect(main).to_contain_text(said)
    emile.sees(f"{at}/cloturer", "Le directeur n’engage pas de procédure.")
    expect(emile.page.locator("main")).not_to_contain_text("hors champ")
    emile.does(f"{at}/cloturer", {}, press="Clore le dossier")
    for said in (
        "Ce dossier est terminé depuis le mardi 7 avril 2026.",
        why,
        "Vous gardez le droit d’aller en justice",
    ):
        expect(life.person.locator("main")).to_contain_text(said)
    assert whole(site.portal)
