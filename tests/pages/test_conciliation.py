"""The conciliation of a complaint, page by page, on both databases; every date was worked out by hand from the law.

Received on Tuesday 3 March 2026: told by 11 March, heard by 3 April, met by 3 June. Met on Thursday 28 May:
summons by 13 May, report by 5 June; after a failure, chamber by 28 August. After a first sanction: chamber by 3 June.
"""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from app.accounts.models import AccessLine, Account
from app.accounts.queries import Clerk
from app.acts import withdrawal
from app.base.i18n import FRENCH
from app.base.web.language_prefix import localized
from app.commission import queries, service
from app.commission.models import Member
from app.filing.models import Filing, FilingAct
from app.notifications.mail import MemoryMailer
from app.notifications.worker import Worker
from app.privacy.queries import ends_on
from app.privacy.rules import Periods
from app.procedure.queries import calendar_of
from tests.cast import AMINA, Sent, begin, clerk, come_in
from tests.journeys import PNG
from tests.pages.test_acknowledging import whole
from tests.support.acts import FAILED, FIXED, PASSED_ON, SENT, act, day
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")
RECORD, NOTICE, SIGNED, OPINION = (
    [(f"{name}.png", PNG + name.encode(), "image/png")] for name in ("releve", "avis", "signe", "motive")
)
MEETING = {"heure_seance": "14 h 30", "mode": "presentiel", "lieu": "1 rue Fictive\n59000 Lille", "lieu_convenu": "oui"}
LILLE, ORDRE = ("Nour Fictive", "Max Inventé"), ("Lise Exemple", "Paul Fictif")


class Desk:
    """A clerk who comes to work on some days."""

    def __init__(self, browser, portal, authority, name):
        """Make the account."""
        self.browser, self.portal = browser, portal
        self.email, _seed = clerk(portal, authority, name)

    def on(self, month, when, hour=9):
        """Be signed in on a day of 2026; give the browser."""
        self.portal.clock.now = max(self.portal.clock.now, datetime(2026, month, when, hour, tzinfo=UTC))
        self.portal.clock.advance(minutes=1)
        self.browser.cookies.clear()
        come_in(self.browser, self.portal, self.email)
        return self.browser


@pytest.fixture
def desks(app, portal):
    """Open the desk of the CPAM of Lille-Douai, then that of the council of the Nord."""
    with SuspiciousClient(app, portal.database) as one, SuspiciousClient(app, portal.database) as other:
        yield Desk(one, portal, "595", "Émile Exemple"), Desk(other, portal, "MED-59", "Fatou Exemple")


@pytest.fixture
def told(run, client, portal, desks):
    """Send a complaint, and keep the three duties of the eight days on 4 March."""
    return lived(run, portal, client, "told", lambda: sent_and_told(client, portal, desks))


def sent_and_told(client, portal, desks, code=FRENCH):
    with portal.database.write() as session:
        for authority, names in (("595", LILLE), ("MED-59", ORDRE)):
            for name in names:
                service.appoint(session, authority, "", name, "titulaire", date(2025, 1, 10))
    sent = Sent(client.submit(localized(begin(client), code), AMINA))
    emile = desks[0].on(3, 4)
    emile.submit(at(sent, "accuser-reception"), {"canal_ar": "email"})
    emile.submit(at(sent, "transmettre-autorite"), form="transmettre-autorite#erreurs")
    there = {"adresse_envoi": "2 rue Inventée", "mode": "courrier_suivi", "relu": "oui"}
    form = "transmettre-professionnel#erreurs"
    emile.submit(at(sent, "transmettre-professionnel"), there, button="Marquer comme transmise", form=form)
    return sent


def at(sent, act=""):
    return f"/agent/plaintes/{sent.number}{act and '/'}{act}"


def step(sent, name=""):
    return at(sent, f"conciliation{name and '/'}{name}")


def due(portal, sent):
    """Give the days of the calendar, and which are ticked."""
    with portal.database.read() as session:
        days = calendar_of(session, sent.number)
    return {row.code: row.due_strict for row in days}, {row.code for row in days if row.done_at}


def members(page, field="membres"):
    """Read the boxes of the members, by their names."""
    labels = {label.get("for"): words(label).split(" — ")[0] for label in page.all("label")}
    boxes = [box for box in page.all("input") if box.get("name") == field]
    return {labels[box.get("id")]: box.get("value") for box in boxes}


def fix(browser, sent, on, names=(LILLE[0], ORDRE[0]), **more):
    """Fix the meeting before these members, who have no link with the parties."""
    boxes = members(browser.page(step(sent, "seance")))
    chosen = [boxes[name] for name in names]
    typed = {**MEETING, **day("date_seance", on), "membres": chosen, "sans_lien": chosen, **more}
    return browser.submit(step(sent, "seance"), typed, form="seance#erreurs")


def summon(desk, sent, came=(date(2026, 5, 6), date(2026, 5, 11))):
    """Summon both parties on 4 May; note when each has its letter."""
    emile = desk.on(5, 4)
    for party in ("personne", "professionnel"):
        where = step(sent, f"convocations/{party}/envoi")
        emile.submit(where, {"mode": "courrier_recommande"}, form="envoi#erreurs")
    emile = desk.on(5, 15)
    for party, on in zip(("personne", "professionnel"), came, strict=True):
        where = step(sent, f"convocations/{party}/reception")
        notice = [(f"{party}.png", PNG + party.encode(), "image/png")]
        emile.submit(where, day("recue_le", on), {"preuve": notice}, form="reception#erreurs")


def plain(page):
    """Give the words of a page, or of an answer, with straight marks."""
    text = page.text if isinstance(page, Page) else Page(page.text).text
    return " ".join(text.replace("’", "'").split())


def signs(browser, sent, typed):
    """Add the signed report."""
    named = {"button": "Enregistrer le compte rendu", "form": "releve#erreurs"}
    return browser.submit(step(sent, "releve"), typed, {"signatures": SIGNED}, **named)


def judged(browser, sent, on, **more):
    """Say that a sanction is final since a day."""
    told_of = {"sanction_autorite": "CANARI-JUGE", "source": "Registre inventé", "recidive": "oui", **more}
    return browser.submit(at(sent, "recidive"), {**told_of, **day("sanction_date", on)}, form="recidive#erreurs")


def report(desk, sent, issue, **more):
    """Write the signed report on the day of the meeting, 28 May; send it on 1 June."""
    emile = desk.on(5, 28, hour=16)
    here = {"presents": more.pop("presents", ["personne", "professionnel", "m0", "m1"]), "issue": issue, **more}
    emile.submit(
        step(sent, "releve"),
        here,
        {"signatures": SIGNED},
        button="Enregistrer le compte rendu",
        form="releve#erreurs",
    )
    emile = desk.on(6, 1)
    return emile.submit(step(sent, "envoi-releve"), {"a_tous": "oui"}, form="envoi-releve#erreurs")


def sentence(client, sent):
    """Read what the person reads."""
    return Page(client.submit("/reprendre", {"code": sent.code}).text).text


def mails(portal, to):
    post = MemoryMailer()
    worker = Worker(portal.database, portal.keyring, post, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    return post.to(to)


def test_no_agreement_then_the_chamber(client, portal, desks, told):
    lille, ordre = desks
    emile = lille.on(3, 20)
    emile.submit(
        step(told, "professionnel"),
        day("audition_le", date(2026, 3, 19)),
        {"releve": RECORD},
        form="professionnel#erreurs",
    )
    fixed = Page(fix(lille.on(4, 1), told, date(2026, 5, 28)).text)
    assert "jeudi 28 mai 2026 à 14 h 30" in fixed.text
    days, done = due(portal, told)
    assert (days["D6"], days["D8"]) == (date(2026, 5, 13), date(2026, 6, 5))
    assert done == {"D1", "D2", "D3", "D4", "D5"}
    assert "La réunion de conciliation est le jeudi 28 mai 2026 à 14 h 30, 1 rue Fictive, 59000 Lille." in sentence(
        client, told
    )
    summon(lille, told)
    shown = lille.browser.page(step(told, "convocations")).text
    assert "Reçue 22 jours avant" in shown
    assert "Reçue 17 jours avant" in shown
    after = Page(report(lille, told, "desaccord", points_desaccord="Le prix demandé.").text)
    assert "Aucune date à tenir ici" in after.text
    assert due(portal, told)[0]["D9"] == date(2026, 8, 28)
    assert "Il n'y a pas eu d'accord. L'ordre transmet votre plainte à la chambre disciplinaire." in sentence(
        client, told
    )
    fatou = ordre.on(7, 1)
    page = fatou.page(step(told, "avis-motive"))
    assert "au plus tard le vendredi 28 août 2026" in page.text
    proposed = next(form for form in page.forms if form.action.endswith("avis-motive#erreurs")).fill({})
    assert "ordre des médecins, Hauts-de-France" in dict(proposed)["juridiction"]
    bundle = zipfile.ZipFile(io.BytesIO(fatou.get(step(told, "avis-motive/pieces")).content))
    files = {"pieces/piece-04.png", "pieces/piece-08.png", "pieces/piece-09.png", "pieces/piece-11.png"}
    papers = {f"pieces/piece-{n:02d}.pdf" for n in (0, 1, 2, 3, 5, 6, 7, 10, 12)}
    assert set(bundle.namelist()) == {"liste-des-pieces.pdf", *papers, *files, "empreintes.txt"}
    fatou.submit(step(told, "avis-motive"), {"s_associe": "oui"}, {"avis": OPINION}, form="avis-motive#erreurs")
    assert due(portal, told)[1] == {"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"}
    assert "Directeur informé de la transmission, le 1er juillet 2026" in plain(fatou.page(at(told)))
    assert "L'ordre a transmis votre plainte à la chambre disciplinaire le mercredi 1er juillet 2026." in sentence(
        client, told
    )
    fatou = ordre.on(11, 20)
    decided = {**day("decision_le", date(2026, 11, 17)), "decision_sens": "Blâme inventé."}
    asked = fatou.submit(step(told, "decision"), decided, form="decision#erreurs")
    assert "Dites si la chambre a prononcé une sanction." in plain(asked)
    early = {**decided, "sanction": "oui", **day("definitive_le", date(2026, 11, 16))}
    asked = fatou.submit(step(told, "decision"), early, form="decision#erreurs")
    assert "Cette date est avant la décision." in plain(asked)
    said = fatou.submit(step(told, "decision"), {**decided, "sanction": "oui"}, form="decision#erreurs")
    assert said.status_code == 200, plain(said)
    assert kept_until(portal, told) == date(2032, 11, 17)  # six years after the decision, until it is known as final
    emile = lille.on(11, 21)
    assert "Blâme inventé." in emile.page(step(told)).text
    assert "Directeur informé de la décision, le 20 novembre 2026" in plain(emile.page(at(told)))
    emile.submit(at(told, "cloturer"), form="cloturer#erreurs")
    ended = "Ce dossier est terminé depuis le samedi 21 novembre 2026."
    said_of_chamber = "La chambre disciplinaire a rendu une décision le mardi 17 novembre 2026."
    assert f"{ended} {said_of_chamber}" in sentence(client, told)
    assert whole(portal)


def test_a_sanction_that_becomes_final_is_kept_six_years_from_that_day(portal, desks, told):
    """CSP R. 1110-14. Received 3 March 2026: six years end on 3 March 2032; final 9 January 2027: 9 January 2033."""
    _, ordre = desks
    before_the_chamber(portal, told)
    decided = {**day("decision_le", date(2026, 11, 17)), "decision_sens": "Blâme inventé.", "sanction": "oui"}
    ordre.on(11, 20).submit(step(told, "decision"), decided, form="decision#erreurs")
    portal.clock.now = datetime(2027, 2, 1, 9, tzinfo=UTC)
    come_in(ordre.browser, portal, ordre.email)
    final = {**decided, **day("definitive_le", date(2027, 1, 9))}
    ordre.browser.submit(step(told, "decision"), final, form="decision#erreurs")
    assert kept_until(portal, told) == date(2033, 1, 9)
    with portal.database.read() as session:
        assert ends_on(session, told.number, Periods(received=6, withdrawn=1)) == date(2033, 1, 9)
    assert whole(portal)


def before_the_chamber(portal, sent):
    """Bring a complaint to the chamber by its acts."""
    lille = Clerk("e" * 32, "Émile Exemple", "emile@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    council = Clerk("f" * 32, "Fatou Exemple", "fatou@med.exemple.fr", "MED-59", "Ordre inventé", "agent")
    for code, content in (FIXED, FAILED, SENT):
        act(portal, lille, sent.number, code, **{"warnings": [], **content})
    code, content = PASSED_ON
    act(portal, council, sent.number, code, **content)


def kept_until(portal, sent):
    with portal.database.read() as session:
        return session.scalars(select(Filing.kept_until).where(Filing.number == sent.number)).one()


def test_a_withdrawal_does_not_stop_the_chamber_that_has_the_complaint(client, portal, desks, told):
    """CSP R. 1110-13: once seized, the chamber decides; the portal cannot say that everything stops."""
    lille, ordre = desks
    before_the_chamber(portal, told)
    client.submit("/reprendre", {"code": told.code})
    page = client.page("/suivi/retirer")
    assert "La chambre disciplinaire a déjà reçu votre dossier." in plain(page)
    assert "La procédure s'arrête" not in plain(page)
    client.submit("/suivi/retirer", {"retrait": "oui"}, form="/suivi/retirer#erreurs")
    portal.clock.advance(hours=25)
    with portal.database.write() as session:
        assert withdrawal.settle_due(session, portal) == 1
    assert "peut encore décider" in sentence(client, told)
    emile = lille.on(7, 20)
    assert "Prévenez aussi la chambre disciplinaire" in plain(emile.page(at(told)))
    decided = {**day("decision_le", date(2026, 7, 20)), "decision_sens": "Rejet inventé.", "sanction": "non"}
    fatou = ordre.on(7, 21)
    assert fatou.submit(step(told, "decision"), decided, form="decision#erreurs").status_code == 200
    assert whole(portal)


def test_the_other_authority_may_say_that_there_is_a_first_sanction(portal, desks, told):
    _, ordre = desks
    fatou = ordre.on(4, 2)
    page = fatou.page(at(told, "recidive"))
    assert "devenue définitive du mardi 3 mars 2020 au lundi 2 mars 2026, veille de la réception" in plain(page)
    of_the_day = judged(fatou, told, date(2026, 3, 3))
    assert "devenue définitive après la réception" in plain(of_the_day)
    asked = judged(fatou, told, date(2026, 3, 2))
    fatou.send_form(Page(asked.text), asked.url.path, {}, form="recidive#erreurs")
    assert "D10" in due(portal, told)[0]
    assert whole(portal)


def test_both_authorities_may_agree_that_the_other_keeps_the_secretariat(portal, desks, told):
    """CSP R. 1110-10: the receiver keeps it, unless both agree otherwise."""
    lille, ordre = desks
    emile = lille.on(4, 1)
    refused = emile.submit(step(told, "secretariat"), {}, form="secretariat#erreurs")
    assert "une fois que l'autre autorité a dit oui" in plain(refused)
    emile.submit(step(told, "secretariat"), {"accord_autorite": "oui"}, form="secretariat#erreurs")
    given = plain(emile.page(step(told)))
    assert "L'autre autorité tient le secrétariat, d'un commun accord" in given
    assert "Confié au Conseil départemental de l'ordre des médecins du Nord, par accord du 1er avril 2026" in given
    assert emile.get(step(told, "seance")).status_code == 404
    fatou = ordre.on(4, 2)
    assert step(told, "seance") in fatou.page(at(told)).source
    fix(fatou, told, date(2026, 5, 28))
    letter = plain(fatou.page(step(told, "convocations/personne/envoi")))
    assert "Dites-nous si vous venez" in letter
    assert "Conseil départemental" in letter
    fatou.submit(step(told, "secretariat"), {"accord_autorite": "oui"}, form="secretariat#erreurs")
    assert fatou.get(step(told, "seance")).status_code == 404
    assert lille.on(4, 3).get(step(told, "seance")).status_code == 200
    assert whole(portal)


def test_an_agreement_ends_the_procedure(client, portal, desks, told):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    report(lille, told, "retrait")
    days, done = due(portal, told)
    assert "D9" not in days
    assert {"D6", "D7", "D8"} <= done
    assert "Vous avez retiré votre plainte à la réunion : la procédure est terminée." in sentence(client, told)
    emile = lille.on(6, 2)
    assert "La conciliation a abouti." in emile.page(at(told, "cloturer")).text
    assert whole(portal)


def test_a_party_that_does_not_come_is_a_failure(portal, desks, told):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    emile = lille.on(5, 28, hour=16)
    wrong = {
        "presents": ["personne", "professionnel", "m0", "m1"],
        "issue": "absence",
        "partie_absente": "professionnel",
    }
    again = emile.submit(
        step(told, "releve"),
        wrong,
        {"signatures": SIGNED},
        button="Enregistrer le compte rendu",
        form="releve#erreurs",
    )
    assert again.status_code == 422
    page = Page(again.text)
    assert "Vous avez noté cette partie comme présente." in page.text
    assert "Déjà reçu : signe.png" in page.text
    kept = {**wrong, "presents": ["personne", "m0", "m1"]}
    emile.send_form(page, again.url.path, kept, button="Enregistrer le compte rendu", form="releve#erreurs")
    assert due(portal, told)[0]["D9"] == date(2026, 8, 28)
    assert "signe.png" in emile.page(step(told)).text
    assert whole(portal)


def test_a_party_that_wrote_why_it_cannot_come_has_answered(portal, desks, told):
    """CSP R. 1110-12: no conciliation when a party does not answer; observations are an answer."""
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    emile = lille.on(5, 28, hour=16)
    wrote = {"presence": "non", "empechement": "Un empêchement inventé", "observations": "Des observations"}
    emile.submit(step(told, "convocations/professionnel/reponse"), wrote, form="reponse#erreurs")
    absent = {"presents": ["personne", "m0", "m1"], "issue": "absence", "partie_absente": "professionnel"}
    told_so = signs(emile, told, absent)
    assert told_so.status_code == 422
    assert "Cette partie a répondu à la convocation." in plain(told_so)
    without = {**absent, "issue": "desaccord", "points_desaccord": "Le tarif", "partie_absente": []}
    form = {"button": "Enregistrer le compte rendu", "form": "releve#erreurs"}
    assert emile.send_form(Page(told_so.text), told_so.url.path, without, **form).status_code == 200
    assert "D9" in due(portal, told)[0]
    assert whole(portal)


def test_the_meeting_is_at_the_receiver_s_or_where_both_agree_and_says_who_enlightens_it(portal, desks, told):
    """CSP R. 1110-10, R. 1110-12."""
    lille, _ = desks
    emile = lille.on(4, 1)
    elsewhere = {"lieu": "3 place Inventée\n59000 Lille", "lieu_convenu": []}
    refused = fix(emile, told, date(2026, 5, 28), **elsewhere)
    assert refused.status_code == 422
    assert "Sans accord de l'autre autorité, la réunion a lieu chez l'autorité qui a reçu la plainte" in plain(refused)
    named = {**elsewhere, "lieu_convenu": "oui", "personnes_qualifiees": "Dr Ève Inventée, médecin-conseil\n"}
    assert fix(emile, told, date(2026, 5, 28), **named).status_code == 200
    letter = plain(emile.page(step(told, "convocations/professionnel/envoi")))
    for said in (
        "sans prendre part à la conciliation (même code, article R. 1110-10) : Dr Ève Inventée, médecin-conseil.",
        "Un accord veut dire que la plainte est retirée",
        "tenues au secret (même code, article R. 1110-10)",
        "Si une partie ne répond pas à sa convocation, il n'y a pas de conciliation (même code, article R. 1110-12).",
    ):
        assert said in letter
    assert "ne vient pas" not in letter
    person = plain(emile.page(step(told, "convocations/personne/envoi")))
    assert "une association agréée" in person
    assert "Vous êtes libre de ne pas être d'accord" in person
    assert whole(portal)


def test_an_absence_after_a_late_summons_is_warned_of_and_sealed_with_it(portal, desks, told):
    """Met on 28 May: fifteen days before it is 13 May, and this letter came on the 14th."""
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    before = lille.browser.submit(
        step(told, "convocations/personne/envoi"),
        {"mode": "remise", **day("envoyee_le", date(2026, 3, 31))},
        form="envoi#erreurs",
    )
    assert "Cette date est avant le jour où la réunion a été fixée, le 1er avril 2026." in Page(before.text).text
    summon(lille, told, (date(2026, 5, 6), date(2026, 5, 14)))
    emile = lille.on(5, 28, hour=16)
    absent = {"presents": ["personne", "m0", "m1"], "issue": "absence", "partie_absente": "professionnel"}
    asked = signs(emile, told, absent)
    assert asked.status_code == 422
    words = "Le professionnel : convocation reçue 14 jours avant la réunion. La loi en demande 15."
    assert words in Page(asked.text).text
    read = {**absent, "avertissements_lus": "oui"}
    emile.send_form(Page(asked.text), asked.url.path, read, button="Enregistrer le compte rendu", form="releve#erreurs")
    assert words in emile.page(step(told)).text
    sent = emile.submit(
        step(told, "envoi-releve"),
        {"a_tous": "oui", **day("envoye_le", date(2026, 5, 27))},
        form="envoi-releve#erreurs",
    )
    assert "Cette date est avant la réunion, le 28 mai 2026." in Page(sent.text).text
    assert whole(portal)


def test_what_a_party_answers_to_the_clerk_is_noted_beside_its_summons(desks, portal, told):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    emile = lille.on(5, 20)
    where = step(told, "convocations/professionnel/reponse")
    refused = emile.submit(where, {"presence": "non"}, form="reponse#erreurs")
    assert (refused.status_code, "Écrivez pourquoi" in Page(refused.text).text) == (422, True)
    noted = emile.submit(where, {"presence": "oui", "observations": "CANARI-OBSERVATION"}, form="reponse#erreurs")
    assert noted.status_code == 200
    for said in ("Sera là", "CANARI-OBSERVATION"):
        assert said in Page(noted.text).text
    assert whole(portal)


@pytest.mark.parametrize(
    ("issue", "more", "says"),
    [
        ("retrait", {}, ["La plainte est retirée : la procédure est terminée."]),
        (
            "desaccord",
            {"points_desaccord": "CANARI-POINT"},
            ["Il n’y a pas eu d’accord.", "CANARI-POINT", "Points de désaccord qui restent"],
        ),
        (
            "absence",
            {"presents": ["personne", "m0", "m1"], "partie_absente": "professionnel"},
            ["Une partie n’a pas répondu à la convocation.", "N’a pas répondu à la convocation"],
        ),
    ],
)
def test_the_report_to_sign_is_made_in_session_for_each_end(desks, portal, told, issue, more, says):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    emile = lille.on(5, 28, hour=16)
    typed = {"presents": ["personne", "professionnel", "m0", "m1"], "issue": issue, **more}
    press = {"button": "Télécharger le compte rendu à signer (PDF)", "form": "releve#erreurs"}
    made = emile.submit(step(told, "releve"), typed, **press)
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
    text = text_of(made.content)
    for one in (*says, "Présents", "Amina Canari-Nom", LILLE[0], ORDRE[0], "Signatures"):
        assert bare(one) in text, one
    assert bare("N’a pas répondu à la convocation") not in text or issue == "absence"
    refused = emile.submit(step(told, "releve"), {**typed, "presents": ["personne", "m0"]}, **press)
    assert refused.status_code == 422
    assert whole(portal)
    with portal.database.read() as session:
        assert "releve" not in session.scalars(select(FilingAct.kind)).all()


def test_a_first_sanction_takes_the_meeting_away_and_the_person_never_reads_of_it(client, portal, desks, told):
    lille, ordre = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    mails(portal, "amina.canari@exemple.fr")
    emile = lille.on(4, 2)
    old = judged(emile, told, date(2020, 3, 2))
    assert "Cette sanction a plus de six ans : la procédure normale s'applique." in Page(old.text).text
    asked = judged(emile, told, date(2020, 3, 3))
    assert "Confirmez-vous la récidive ?" in Page(asked.text).text
    assert "D7" in due(portal, told)[0]
    emile.send_form(Page(asked.text), asked.url.path, {}, form="recidive#erreurs")
    days, done = due(portal, told)
    assert days == {code: days[code] for code in ("D1", "D2", "D3", "D4", "D10")}
    assert (days["D3"], days["D10"]) == (date(2026, 3, 11), date(2026, 6, 3))
    assert done == {"D1", "D2", "D3", "D4"}
    read = sentence(client, told)
    assert "il est transmis sans réunion de conciliation" in read
    assert "écidive" not in read
    assert "CANARI-JUGE" not in read
    assert len(mails(portal, "amina.canari@exemple.fr")) == 1
    fatou = ordre.on(4, 3)
    fatou.submit(step(told, "avis-motive"), {"s_associe": "non"}, {"avis": OPINION}, form="avis-motive#erreurs")
    assert "D10" in due(portal, told)[1]
    assert whole(portal)


def test_when_the_council_does_not_act_the_director_may(client, portal, desks, told):
    lille, ordre = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told)
    report(lille, told, "desaccord", points_desaccord="Tout.")
    assert lille.on(8, 28).get(step(told, "carence")).status_code == 409
    emile = lille.on(8, 29)
    page = emile.page(step(told, "carence"))
    assert "L'ordre n'a pas transmis. Le directeur peut engager une sanction." in page.text
    days = {**day("decision_le", date(2026, 8, 29)), **day("ordre_informe_le", date(2026, 8, 28))}
    wrong = emile.submit(step(told, "carence"), {"suite": "sanction", **days}, form="carence#erreurs")
    assert "Cette date est avant la décision, le 29 août 2026." in Page(wrong.text).text
    days |= day("ordre_informe_le", date(2026, 8, 29))
    emile.submit(step(told, "carence"), {"suite": "sanction", **days}, form="carence#erreurs")
    assert ordre.on(8, 30).get(step(told, "carence")).status_code == 404
    assert "Une sanction est prononcée" in ordre.browser.page(step(told)).text
    assert "sanction" not in sentence(client, told)
    assert whole(portal)


def test_the_council_is_late_once_the_next_working_day_has_passed(portal, desks, told):
    lille, _ordre = desks
    fix(lille.on(4, 1), told, date(2026, 5, 29))
    summon(lille, told)
    here = {"presents": ["personne", "professionnel", "m0", "m1"], "issue": "desaccord", "points_desaccord": "Tout."}
    assert signs(lille.on(5, 29, hour=16), told, here).status_code == 200
    assert due(portal, told)[0]["D9"] == date(2026, 8, 29)  # a Saturday: the next working day is Monday 31
    assert lille.on(8, 31).get(step(told, "carence")).status_code == 409
    page = lille.on(9, 1).page(step(told, "carence"))
    assert "La date limite de l'ordre était le lundi 31 août 2026." in page.text
    assert "À confirmer : le jour d'où partent les trois mois" in page.text
    early = lille.on(9, 1).submit(
        step(told, "carence"),
        {"suite": "attente", **day("decision_le", date(2026, 8, 30))},
        form="carence#erreurs",
    )
    assert "Cette date est avant la fin du délai de l'ordre, le 31 août 2026." in Page(early.text).text


@pytest.mark.parametrize(
    ("names", "on", "said"),
    [
        (LILLE, date(2026, 5, 28), "Choisissez au moins un membre de chaque côté."),
        (
            (*LILLE, ORDRE[0]),
            date(2026, 5, 28),
            "La commission doit compter autant de membres de la CPAM que de l'ordre.",
        ),
        ((LILLE[0], ORDRE[0]), date(2026, 4, 15), "Choisissez une réunion à partir du 16 avril 2026."),
        ((LILLE[0], ORDRE[0]), date(2026, 3, 2), "Cette date est avant la réception."),
        ((LILLE[0], ORDRE[0]), date(2026, 6, 4), "Cette date dépasse le 3 juin 2026. Écrivez pourquoi."),
        ((LILLE[0], ORDRE[0]), date(2026, 5, 1), "Le vendredi 1er mai 2026 n'est pas un jour ouvré."),
        ((LILLE[0], ORDRE[0]), date(2028, 1, 11), "Le mandat de Nour Fictive ne couvre pas le 11 janvier 2028."),
    ],
)
def test_a_meeting_that_the_law_does_not_allow_is_explained(desks, told, names, on, said):
    answer = fix(desks[0].on(4, 1), told, on, names)
    assert answer.status_code == 422
    assert said in Page(answer.text).text


def test_at_a_distance_only_if_both_agree(desks, told):
    emile = desks[0].on(4, 1)
    apart = {"mode": "visio", "raison_distance": "Distance inventée", "accord_personne": "oui"}
    wrong = fix(emile, told, date(2026, 5, 28), **apart)
    assert "Il faut l'accord des deux parties pour une réunion à distance." in Page(wrong.text).text
    assert fix(emile, told, date(2026, 5, 28), **apart, accord_professionnel="oui").status_code == 200


def test_a_summons_that_comes_too_late_says_what_to_do(desks, told):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    summon(lille, told, (date(2026, 5, 13), date(2026, 5, 14)))
    page = lille.browser.page(step(told, "convocations"))
    assert "Reçue 15 jours avant" in page.text
    assert "Reçue 14 jours avant" in page.text
    assert page.text.count("Trop tard : il faut 15 jours.") == 1


def test_two_clerks_at_once_fix_one_meeting(portal, desks, told):
    lille, _ = desks
    emile = lille.on(4, 1)
    first = emile.page(at(told, "recidive"))
    emile.submit(
        at(told, "cloturer"), {"explication": "Ce dossier est hors champ, pour l'essai."}, form="cloturer#erreurs"
    )
    late = emile.send_form(first, at(told, "recidive"), {"recidive": "non"}, form="recidive#erreurs")
    assert late.status_code == 409
    assert "Ce dossier est clos depuis le 1er avril 2026, par Émile Exemple." in Page(late.text).text
    assert whole(portal)


def test_a_file_closed_as_out_of_scope_is_explained_to_the_person(client, portal, desks, told):
    emile = desks[0].on(4, 1)
    short = emile.submit(at(told, "cloturer"), {"explication": "Trop court"}, form="cloturer#erreurs")
    assert "Expliquez à la personne pourquoi, en 20 caractères au moins." in Page(short.text).text
    why = "Cette demande porte sur un remboursement, pas sur un refus de soins."
    emile.submit(at(told, "cloturer"), {"explication": why}, form="cloturer#erreurs")
    read = sentence(client, told)
    assert "Ce dossier est terminé depuis le mercredi 1er avril 2026." in read
    assert why in read
    assert emile.get(at(told, "cloturer")).status_code == 409
    assert whole(portal)


def test_members_are_appointed_for_three_years_two_of_a_rank(desks, told):
    emile = desks[0].on(4, 1)
    new = {"nom": "Zoé Inventée", "rang": "titulaire", "profession": "toutes", **day("nomme_le", date(2026, 4, 1))}
    full = emile.submit("/agent/commission", new, form="commission#erreurs")
    assert "Deux membres de ce rang sont déjà nommés à cette date." in Page(full.text).text
    made = emile.submit("/agent/commission", {**new, "rang": "suppleant"}, form="commission#erreurs")
    assert "du 1 avril 2026 au 1 avril 2029" in Page(made.text).text.replace("1er", "1")
    assert Page(made.text).done == "Le membre est nommé."


def test_a_member_appointed_twice_by_the_same_page_takes_one_seat(portal, desks, told):
    emile, page = desks[0].on(4, 1), desks[0].on(4, 1).page("/agent/commission")
    new = {"nom": "Zoé Inventée", "rang": "suppleant", "profession": "toutes", **day("nomme_le", date(2026, 4, 1))}
    for _ in range(2):
        assert emile.send_form(page, "/agent/commission", new, form="commission#erreurs").status_code == 200
    with portal.database.read() as session:
        assert [one.name for one in queries.members_of(session, "595")].count("Zoé Inventée") == 1
    assert noted(portal, "membre_nomme") == ["Émile Exemple"]


def test_a_term_that_is_over_already_is_not_given(portal, desks, told):
    """A term of three years from 31 March 2023 ended on 31 March 2026 (CSP R. 1110-9)."""
    emile = desks[0].on(4, 1)
    new = {"nom": "Zoé Inventée", "rang": "suppleant", "profession": "toutes"}
    typed = {**new, **day("nomme_le", date(2023, 3, 31))}
    over = emile.submit("/agent/commission", typed, form="commission#erreurs")
    assert over.status_code == 422
    assert "Ce mandat de trois ans est terminé depuis le 31 mars 2026. Vérifiez l'année." in plain(over)
    assert "Zoé Inventée" in [box.get("value") for box in Page(over.text).all("input")]
    last = emile.submit("/agent/commission", {**new, **day("nomme_le", date(2023, 4, 1))}, form="commission#erreurs")
    assert "du 1er avril 2023 au 1er avril 2026" in plain(last)
    assert noted(portal, "membre_nomme") == ["Émile Exemple"]


def test_the_end_of_a_term_is_confirmed_on_its_own_page_and_noted_once(portal, desks, told):
    emile = desks[0].on(4, 1)
    with portal.database.read() as session:
        known = {one.name: one.id for one in queries.members_of(session, "595")}
        (elsewhere,) = [one.id for one in queries.members_of(session, "MED-59") if one.name == ORDRE[0]]
    where = emile.page("/agent/commission").links[f"Mettre fin au mandat : {LILLE[0]}"]
    assert where == f"/agent/commission/{known[LILLE[0]]}/fin"
    page = emile.page(where)
    assert page.h1 == "Voulez-vous mettre fin à ce mandat ?"
    assert f"{LILLE[0]} : mandat jusqu'au 10 janvier 2028." in page.text
    assert "Ce mandat s'arrêtera le 1er avril 2026." in page.text
    assert noted(portal, "mandat_membre_fini") == []
    for _ in range(2):  # pressed twice
        ended = emile.send_form(page, where, {}, form="/fin")
        assert (ended.url.path, Page(ended.text).done) == ("/agent/commission", "Le mandat de ce membre est terminé.")
    assert emile.page(where).h1 == "Membres de la commission"
    tomorrow = desks[0].on(4, 2)
    assert "Mandat terminé" in tomorrow.page("/agent/commission").text
    assert noted(portal, "mandat_membre_fini") == ["Émile Exemple"]
    for unknown in (elsewhere, "0" * 32, "x"):
        assert tomorrow.get(f"/agent/commission/{unknown}/fin").status_code == 404


def noted(portal, kind):
    with portal.database.read() as session:
        return list(session.scalars(select(AccessLine.by).where(AccessLine.kind == kind)))


def test_a_member_whose_term_ends_before_the_meeting_is_told(portal, desks, told):
    """The meeting of 27 May cannot be held before Fatou's council replaces who left on 5 May (CSP R. 1110-9)."""
    emile = desks[0].on(4, 6)
    fix(emile, told, date(2026, 5, 27))
    gone = f"Le mandat de {ORDRE[0]} ne couvre plus le jour de la réunion."
    assert gone not in plain(emile.page(step(told)))
    with portal.database.write() as session:
        (member,) = [one for one in queries.members_of(session, "MED-59") if one.name == ORDRE[0]]
        service.end_term(member, date(2026, 5, 5))
    assert gone in plain(desks[0].on(5, 6).page(step(told)))
    assert gone not in plain(desks[1].on(5, 6).page(step(told)))  # the secretariat alone may change the meeting
    fix(desks[0].on(5, 6), told, date(2026, 5, 28), names=(LILLE[0], ORDRE[1]))
    assert gone not in plain(desks[0].browser.page(step(told)))


def change_commission(browser, sent, names, free=None):
    """Choose who sits from now on, at the meeting that is fixed."""
    boxes = members(browser.page(step(sent, "commission")))
    chosen = [boxes[name] for name in names]
    typed = {"membres": chosen, "sans_lien": chosen if free is None else [boxes[name] for name in free]}
    return browser.submit(step(sent, "commission"), typed, form="commission#erreurs")


def test_a_substitute_sits_five_days_before_and_the_summons_stay(portal, desks, told):
    """Each member has a substitute (CSP R. 1110-9); met on 28 May, summoned in time, no new summons could be."""
    fix(desks[0].on(4, 1), told, date(2026, 5, 28))
    summon(desks[0], told)
    emile = desks[0].on(5, 23)
    assert emile.get(step(told, "commission")).status_code == 200
    assert desks[1].on(5, 23).get(step(told, "commission")).status_code == 404, "the secretariat alone changes it"
    emile = desks[0].on(5, 23)
    uneven = change_commission(emile, told, (LILLE[0], *ORDRE[:2]))
    assert "La commission doit compter autant de membres de la CPAM que de l'ordre." in plain(uneven)
    linked = change_commission(emile, told, (LILLE[0], ORDRE[1]), free=(LILLE[0],))
    assert "Cochez “pas de lien” pour chaque membre qui siège" in plain(linked)
    change_commission(emile, told, (LILLE[0], ORDRE[1]))
    summons = plain(emile.page(step(told, "convocations")))
    assert "Reçue 22 jours avant" in summons
    assert "Reçue 17 jours avant" in summons
    report = members(desks[0].on(5, 28).page(step(told, "releve")), "presents")
    assert any(ORDRE[1] in name for name in report)
    assert not any(ORDRE[0] in name for name in report)
    assert "Commission changée" in plain(emile.page(at(told)))
    assert whole(portal)


def test_the_person_says_who_comes_and_that_proves_the_summons(client, portal, desks, told):
    lille, _ = desks
    fix(lille.on(4, 1), told, date(2026, 5, 28))
    lille.on(5, 4).submit(
        step(told, "convocations/personne/envoi"), {"mode": "courrier_recommande"}, form="envoi#erreurs"
    )
    portal.clock.now = datetime(2026, 5, 8, 9, tzinfo=UTC)
    home = Page(client.submit("/reprendre", {"code": told.code}).text)
    where = home.links["Dire si je viens à la réunion"]
    assert "jeudi 28 mai 2026 à 14 h 30" in client.page(where).text
    words = [("faux.jpg", b"Je donne mandat.", "image/jpeg")]
    named = {"presence": "represente", "representant": "Dina Inventée"}
    refused = client.submit(where, named, {"mandat": words}, form="reunion#erreurs")
    assert "ni une photo ni un PDF" in Page(refused.text).text
    empty = client.submit(where, {"presence": "represente"}, {"mandat": NOTICE}, form="reunion#erreurs")
    assert "Écrivez le nom de la personne qui vous représente." in Page(empty.text).text
    named = {"presence": "represente", "representant": "Dina Inventée", "observations": "CANARI-OBSERVATIONS"}
    sent = client.send_form(Page(empty.text), where, named, form="reunion#erreurs")
    assert "Votre dernière réponse : Une personne me représentera : Dina Inventée." in Page(sent.text).text
    shown = lille.on(5, 9).page(step(told, "convocations"))
    assert "Reçue 20 jours avant" in shown.text
    assert "Sera représenté par Dina Inventée" in shown.text
    assert "CANARI-OBSERVATIONS" in shown.text
    assert "avis.png" in lille.browser.page(step(told)).text
    told_of = [letter for letter in mails(portal, "emile@595.exemple.fr") if "Du nouveau" in letter.subject]
    assert told_of
    assert all("CANARI" not in letter.text for letter in told_of)
    portal.clock.now = datetime(2026, 5, 29, 9, tzinfo=UTC)
    client.submit("/reprendre", {"code": told.code})
    assert client.get(where).status_code == 409
    assert whole(portal)


def test_a_director_who_does_not_read_here_is_told_by_a_letter_whose_day_is_asked(portal, desks, told):
    """CSP R. 1110-13: the director is informed of the transmission, and of the decision."""
    lille, ordre = desks
    for content in (FIXED, FAILED, SENT):
        whom = Clerk("e" * 32, "Émile Exemple", lille.email, "595", "CPAM de Lille-Douai", "agent")
        act(portal, whom, told.number, content[0], **{"warnings": [], **content[1]})
    with portal.database.write() as session:
        session.scalars(select(Account).where(Account.email == lille.email)).one().disabled_at = portal.clock()
    fatou = ordre.on(7, 2)
    where, form = step(told, "avis-motive"), "avis-motive#erreurs"
    passed_on = {"s_associe": "non", **day("transmis_le", date(2026, 7, 1))}
    early = {**passed_on, **day("directeur_informe_le", date(2026, 6, 30))}
    assert "Cette date est avant la transmission." in plain(fatou.submit(where, early, {"avis": OPINION}, form=form))
    late = {**passed_on, **day("directeur_informe_le", date(2026, 7, 3))}
    assert "Cette date n'est pas encore passée." in plain(fatou.submit(where, late, {"avis": OPINION}, form=form))
    fatou.submit(where, passed_on | day("directeur_informe_le", date(2026, 7, 2)), {"avis": OPINION}, form=form)
    assert "Directeur informé de la transmission, le 2 juillet 2026" in plain(fatou.page(at(told)))
    fatou = ordre.on(11, 20)
    decided = {**day("decision_le", date(2026, 11, 17)), "decision_sens": "Rejet inventé.", "sanction": "non"}
    fatou.submit(step(told, "decision"), decided, form="decision#erreurs")
    assert "Directeur informé de la décision" not in plain(fatou.page(at(told)))
    informed = day("directeur_informe_le", date(2026, 11, 18))
    fatou.submit(step(told, "decision"), decided | informed, form="decision#erreurs")
    assert "Directeur informé de la décision, le 18 novembre 2026" in plain(fatou.page(at(told)))
    assert whole(portal)


def test_a_meeting_without_a_list_of_members_says_it_where_they_are_chosen(portal, desks, told):
    with portal.database.write() as session:
        session.execute(delete(Member))
    typed = day("date_seance", date(2026, 5, 28)) | MEETING
    refused = desks[0].on(3, 20).submit(step(told, "seance"), typed, form="seance#erreurs")
    assert refused.status_code == 422
    page = Page(refused.text)
    assert "Aucun membre n'est nommé pour votre autorité." in page.text
    assert "Choisissez" in words(page.by_id("membres"))
