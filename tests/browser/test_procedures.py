"""The procedures of the law in a browser, each from the form to what the person reads at its end: 360 px, then 1280 px.

Sent on Tuesday 3 March 2026 at 22:41 in Paris; every date was worked out by hand from the articles.
"""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app.acts import withdrawal
from tests.browser.conftest import Site, opened
from tests.browser.hand import go_on
from tests.browser.keyboard import Keyboard
from tests.browser.lives import Begin, appoints, begin, day, fixes, meets, passes, reports, sends, tells
from tests.journeys import DENTIST, HOSPITAL, Journey
from tests.pages.test_acknowledging import whole
from tests.support.client import SuspiciousClient

__all__ = ["begin"]
pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js")]


def test_a_withdrawal_once_the_chamber_has_it_stops_nothing(page: Page, begin: Begin, site: Site) -> None:
    """CSP R. 1110-13: once seized, the chamber decides; the page says no more than that."""
    appoints(site.portal)
    sends(page)
    life = begin("595", "MED-59")
    fatou, where = life.fatou, f"{life.at}/conciliation"
    meets(life)
    reports(life, "desaccord", points_desaccord="Le prix.")
    fatou.on(7, 1)
    passes(life, "non")
    person = life.person
    person.locator("summary", has_text="Mes informations").press("Enter")
    Keyboard(person).press("Retirer ma plainte")
    main = page.locator("main")
    expect(main).to_contain_text("La chambre disciplinaire a déjà reçu votre dossier.")
    expect(main).not_to_contain_text("La procédure s’arrête")
    Keyboard(page).answer({"retrait": "oui"})
    expect(main).to_contain_text("Votre demande de retrait est enregistrée")
    fatou.on(7, 2)
    site.portal.clock.advance(minutes=1)  # type: ignore[attr-defined]
    with site.portal.database.write() as session:
        assert withdrawal.settle_due(session, site.portal) == 1
    fatou.sees(life.at, "Prévenez aussi la chambre disciplinaire")
    decided = {**day("decision_le", date(2026, 11, 17)), "decision_sens": "Rejet inventé.", "sanction": "non"}
    fatou.on(11, 20).does(f"{where}/decision", decided, press="Enregistrer la décision")
    fatou.sees(where, "Rejet inventé.")
    end = (
        "Vous avez retiré votre plainte le jeudi 2 juillet 2026. La chambre disciplinaire a rendu une décision le mardi"
    )
    expect(life.person.locator("main")).to_contain_text(end)
    assert whole(site.portal)


def test_in_mayotte_the_ordre_alone_reconciles(page: Page, quick: SuspiciousClient, begin: Begin, site: Site) -> None:
    """CSP L. 1110-3-1: sent on 4 March there; the commission of the council meets by 4 June."""
    there = {**DENTIST.pages, "professionnel/decrire": {"pro_nom": "Durand-Fictif", "pro_commune": "Mamoudzou"}}
    journey = Journey(
        {**there, "lieu": {"lieu_refus": "cabinet", "profession": "medecin"}}, "ordre des médecins de Mayotte"
    )
    go_on(Keyboard(opened(page, quick, journey, "formes")), journey, "verifier")
    main = page.locator("main")
    expect(main).to_contain_text("J’ai compris que l’ordre et le professionnel recevront ma plainte")
    expect(main).not_to_contain_text("CPAM")
    Keyboard(page).answer(journey.declarations)
    expect(main).to_contain_text("Au plus tard le jeudi 4 juin 2026 : la conciliation devant la commission de l’ordre")
    expect(main).not_to_contain_text("CPAM")
    appoints(site.portal, *(("MED-976", name) for name in ("Nour Fictive", "Lise Exemple", "Max Inventé")))
    life = begin("MED-976")
    clerk_there, at = life.emile.on(3, 5), life.at
    own = "conciliation devant la commission de l’ordre"
    clerk_there.sees(f"{at}/accuser-reception", f"Une {own} sera organisée au plus tard le 4 juin 2026.")
    clerk_there.does(f"{at}/accuser-reception", {"canal_ar": "email"})
    told = {"mode": "courrier_suivi", "relu": "oui"}
    clerk_there.sees(f"{at}/transmettre-professionnel", f"la loi prévoit d’abord une {own}")
    clerk_there.does(f"{at}/transmettre-professionnel", told, press="Marquer comme transmise")
    clerk_there.on(4, 1).sees(f"{at}/conciliation/seance", "(CSP L. 1110-3-1, R. 1521-1, R. 1541-1)")
    fixes(clerk_there, f"{at}/conciliation")
    expect(life.person.locator("main")).to_contain_text("La réunion de conciliation est le jeudi 28 mai 2026 à 14 h 30")
    assert whole(site.portal)


def test_a_refusal_in_a_public_hospital_says_who_may_seize_the_chamber(
    page: Page, quick: SuspiciousClient, begin: Begin, site: Site
) -> None:
    """CSP L. 4124-2: the council decides of it on the page of the avis motivé, and the person knows that it does."""
    named = {"pro_nom": "Durand-Fictif", "pro_lieu": "Hôpital Inventé", "pro_commune": "75013"}
    pages = {**HOSPITAL.pages, "etablissement": {"pro_connu": "oui"}, "professionnel/decrire": named}
    journey = Journey(pages, HOSPITAL.receiver)
    go_on(Keyboard(opened(page, quick, journey, "verifier")), journey, "verifier")
    Keyboard(page).answer(journey.declarations)
    seized = "Vous ne pouvez pas saisir vous-même la chambre disciplinaire"
    expect(page.locator("main")).to_contain_text(seized)
    appoints(site.portal, ("751", "Nour Fictive"), ("MED-75", "Lise Exemple"))
    life = begin("751", "MED-75")
    meets(life)
    reports(life, "desaccord", points_desaccord="Le rendez-vous.")
    expect(life.person.locator("main")).to_contain_text(seized)
    life.fatou.on(7, 1).sees(f"{life.at}/conciliation/avis-motive", "(CSP L. 4124-2)")
    passes(life, "oui")
    expect(life.person.locator("main")).to_contain_text("à la chambre disciplinaire le mercredi 1er juillet 2026")
    assert whole(site.portal)


def test_a_first_sanction_that_the_other_authority_knows_of(page: Page, begin: Begin, site: Site) -> None:
    """CSP R. 1110-14: no meeting, the chamber within three months of 3 March; both authorities read it."""
    sends(page)
    life = begin("595", "MED-59")
    tells(life)
    first = {"sanction_autorite": "Chambre inventée", "source": "Registre inventé", "recidive": "oui"}
    fatou = life.fatou.on(4, 2)
    fatou.page.goto(f"{site.url}{life.at}/recidive")
    Keyboard(fatou.page).answer({**first, **day("sanction_date", date(2024, 5, 14))})
    expect(fatou.page.get_by_text("Confirmez‑vous la récidive ?")).to_be_visible()
    Keyboard(fatou.page).press("Confirmer la récidive")
    without = "Récidive : pas de réunion de conciliation."
    for one in (life.emile, life.fatou):
        one.on(4, 3).sees(f"{life.at}/conciliation", without, "définitive depuis le 14 mai 2024, Chambre inventée")
    expect(life.fatou.page.locator("main")).not_to_contain_text("secrétariat")
    life.fatou.sees(life.at, "avant la fin du mercredi 3 juin 2026")
    passes(life, "oui")
    main = life.person.locator("main")
    expect(main).to_contain_text("sans réunion de conciliation. L’ordre l’a transmis à la chambre disciplinaire")
    expect(main).to_contain_text("chambre disciplinaire le vendredi 3 avril 2026")
    expect(main).not_to_contain_text("écidive")
    assert whole(site.portal)


def test_a_party_that_wrote_and_did_not_come_leaves_the_end_open(page: Page, begin: Begin, site: Site) -> None:
    """CSP R. 1110-12: observations are an answer to the summons, so the absence is no failure by itself."""
    appoints(site.portal)
    sends(page)
    life = begin("595", "MED-59")
    meets(life)
    where = f"{life.at}/conciliation"
    wrote = {"presence": "non", "empechement": "Un empêchement inventé", "observations": "Le rendez-vous était donné."}
    answered = f"{where}/convocations/professionnel/reponse"
    life.emile.on(5, 20).does(answered, wrote, press="Noter la réponse")
    desk = life.emile.on(5, 28)
    desk.page.goto(f"{site.url}{where}/releve")
    for name in ("personne", "m0", "m1"):
        desk.page.locator(f'[name=presents][value="{name}"]').check()
    desk.page.locator("[name=issue][value=absence]").check()
    desk.page.locator("[name=partie_absente][value=professionnel]").check()
    desk.page.get_by_role("button", name="Enregistrer le compte rendu").press("Enter")
    expect(desk.page.locator(".govuk-error-summary")).to_contain_text("Cette partie a répondu à la convocation.")
    reports(life, "desaccord", presents=["personne", "m0", "m1"], points_desaccord="La date du rendez-vous.")
    expect(life.person.locator("main")).to_contain_text("Il n’y a pas eu d’accord. L’ordre transmet votre plainte")
    assert whole(site.portal)
