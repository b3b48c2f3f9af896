"""The mandate given online: asked by e-mail, opened with a code told by voice, answered once, sealed when sent."""

import re

import pytest
from sqlalchemy import func, select

from app.filing.queries import filing_by_number, open_for_person
from app.runtime.housekeeping import tidy
from app.saisine.models import Draft, MandateRequest
from app.saisine.service import erase
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import Sent, begin, sign_in, sign_in_member
from tests.journeys import TRUE, choose_receiver
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import PAPER, PERSON, SIGNED, agree, prepare
from tests.support.client import SuspiciousClient
from tests.support.html import Page, words
from tests.support.pdf import bare, text_of
from tests.support.rewind import lived

pytestmark = pytest.mark.engines("sqlite", "postgresql")
BY_MAIL: dict[str, str | list[str]] = {"mandat_portee": ["saisir", "recevoir"], "mandat_mode": "email"}
YES = {"mandat_reponse": "oui", "mandat_accord": "oui"}
PROFESSIONAL = "Durand-Fictif"
OVER = "Ce lien a expiré. Demandez à l'association de vous en envoyer un autre."
CHANGED = "La plainte a changé depuis que la personne a dit oui. Demandez-lui de confirmer encore."


def plain(page):
    """Give the words of a page, or of an answer, with straight marks."""
    text = page.text if isinstance(page, Page) else Page(page.text).text
    return " ".join(text.replace("’", "'").split())


@pytest.fixture
def last(run, client, portal):
    """Come to the last page of a complaint whose mandate is asked by e-mail; give its path."""
    return lived(run, portal, client, "mandate_online", lambda: prepared(client, portal))


def prepared(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    page = prepare(client, until="mandat")
    after = client.send_form(Page(page.text), page.url.path, BY_MAIL)
    after = choose_receiver(client, after)
    assert str(after.url.path).endswith("/verifier")
    return str(after.url.path)


@pytest.fixture
def amina(app, portal):
    with SuspiciousClient(app, portal.database) as browser:
        yield browser


def ask(client, portal, last):
    """Ask for the mandate; give the link of the mail and the code that the member tells."""
    code, mail = asked(client, portal, last)
    return re.search(r"/mandat/[\w-]+", mail.text).group(), code


def asked(client, portal, last):
    shown = client.submit(last, {}, form="/mandat/demander#erreurs")
    (mail,) = delivered(portal).to(PERSON["pers_email"])
    return words(Page(shown.text).by_id("code-mandat")), mail


def back(client, portal):
    """Sign in again, as one who answers for the association: a session of a member is short."""
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")


def read(browser, link, code):
    """Open the complaint with the code; give its page."""
    return Page(browser.submit(link, {"mandat_code": code}).text)


def reply(browser, link, said):
    return browser.submit(link, said, form="/repondre#erreurs")


def send(client, last):
    page = client.page(last)
    return client.send_form(page, last, TRUE, form="/envoyer#erreurs")


def is_whole(portal):
    return not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_a_yes_is_sealed_with_the_complaint_and_both_authorities_read_it(client, portal, app, clock, last, amina):
    assert "Il manque le mandat de Amina Canari-Nom" in plain(send(client, last))
    link, code = ask(client, portal, last)
    assert "Mandat demandé le" in plain(client.page(last))
    shown = plain(read(amina, link, code))
    told = ("Donnez-vous ce mandat ?", PROFESSIONAL, PERSON["pers_email"])
    assert [one for one in (*told, "Recevoir les courriers : oui.", "Canari-Nom") if one not in shown] == []
    clock.advance(minutes=10)
    thanks = reply(amina, link, YES)
    assert "Merci, votre mandat est donné" in plain(thanks)
    copy = text_of(amina.get(Page(thanks.text).links["Télécharger le mandat (PDF)"]).content)
    assert bare("Mandat donné en ligne, le 3 mars 2026") in copy
    clock.advance(days=1)
    back(client, portal)
    assert "Mandat confirmé le 3 mars 2026 à" in plain(client.page(last))
    sent = Sent(send(client, last))
    with portal.database.read() as session:
        filing = filing_by_number(session, sent.number)
        sealed = open_for_person(session, portal.keyring, filing).payload["association"]["mandate"]
    assert {name: sealed[name] for name in ("mode", "text", "scope", "signed_on", "files")} == {
        "mode": "en_ligne",
        "text": "3",
        "scope": ["saisir", "recevoir"],
        "signed_on": "2026-03-03",
        "files": [],
    }
    assert sealed["given_at"].startswith("2026-03-03T")
    assert sealed["words"][0].replace("’", "'") == "Je m'appelle Amina Canari-Nom."
    assert "Mandat donné en ligne, le 3 mars 2026" in sealed["words"][-1].replace("\u00a0", " ")
    assert is_whole(portal)
    where = f"/agent/plaintes/{sent.number}"
    with SuspiciousClient(app, portal.database) as council, SuspiciousClient(app, portal.database) as caisse:
        sign_in(council, portal, "CD-2B")
        sign_in(caisse, portal, "202", "Fatou Exemple")
        council.submit(f"{where}/transmettre-autorite", form="transmettre-autorite#erreurs")
        for page in (plain(council.page(where)), plain(caisse.page(where))):
            assert "Donné en ligne, le 3 mars 2026" in page
            assert "Le papier signé est joint" not in page


def test_the_link_alone_says_who_asks_and_whatever_reads_it_uses_nothing_up(client, portal, last, amina):
    code, mail = asked(client, portal, last)
    link = re.search(r"/mandat/[\w-]+", mail.text).group()
    assert mail.subject.replace("’", "'") == "Entraide Inventée vous demande un mandat"
    for _ in range(5):
        said = plain(amina.page(link))
        assert "Entraide Inventée vous demande un mandat" in said
        assert "agréée : n° N2024RN0001" in said
        super(SuspiciousClient, amina).request("HEAD", link)  # its answer is no page
    for text in (said, mail.text, mail.subject):
        assert [one for one in (PROFESSIONAL, "Canari-Nom", "devis", code) if one in text] == []
    assert PROFESSIONAL in plain(read(amina, link, code))


def test_the_code_is_shown_for_half_an_hour_and_to_the_member_alone(client, portal, clock, last, amina):
    _, code = ask(client, portal, last)
    assert re.fullmatch(r"\d{6}", code)
    there = last.replace("verifier", "mandat/demander")
    assert code in client.page(there).text
    assert delivered(portal).to(PERSON["pers_email"]) == []
    assert code not in amina.get(there).text
    clock.advance(minutes=15)
    client.page("/association/plaintes")
    assert code in client.page(there).text
    clock.advance(minutes=15)
    again = client.get(there)
    assert again.url.path == last
    assert code not in again.text


def test_a_no_is_told_to_the_association_and_nothing_leaves(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    told = reply(amina, link, {"mandat_reponse": "non"})
    assert "Merci, votre réponse est enregistrée" in plain(told)
    assert amina.get(f"{link}/mandat.pdf").status_code == 404
    assert "Mandat refusé" in plain(client.page(last))
    assert send(client, last).status_code == 409


def test_an_error_is_corrected_then_the_person_says_yes(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, {"mandat_reponse": "corriger", "mandat_remarque": "Le refus date de janvier."})
    where = last.replace("verifier", "mandat")
    for page in (last, where):
        assert "La personne dit qu'il y a une erreur : Le refus date de janvier." in plain(client.page(page))
    assert send(client, last).status_code == 409
    change(client, last)
    second, code = ask(client, portal, last)
    assert amina.get(link).status_code == 410
    assert PROFESSIONAL not in plain(amina.page(second))  # what was opened before is closed
    assert "janvier 2026" in plain(read(amina, second, code))
    reply(amina, second, YES)
    assert Sent(send(client, last)).number


def change(client, last):
    where = last.replace("verifier", "date")
    client.submit(where, {"date_precision": "approx", "date_approx": "janvier 2026"})


def test_a_complaint_that_changed_since_the_yes_is_not_sent(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, YES)
    change(client, last)
    assert CHANGED in plain(client.page(last))
    refused = send(client, last)
    assert (refused.status_code, CHANGED in plain(refused)) == (409, True)
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, YES)
    assert Sent(send(client, last)).number


def test_what_is_added_to_the_last_press_is_not_what_the_person_read(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, YES)
    (form,) = [one for one in client.page(last).forms if one.action.endswith("/envoyer#erreurs")]
    typed = {**dict(form.fill(TRUE)), "date_approx": "un jour que la personne n'a pas lu"}
    sent = Sent(client.post(form.action, data=typed, headers={"origin": "null", "sec-fetch-site": "same-origin"}))
    with portal.database.read() as session:
        opened = open_for_person(session, portal.keyring, filing_by_number(session, sent.number))
    assert "mi-février 2026" in str(opened.payload)
    assert "n'a pas lu" not in str(opened.payload)


def test_a_complaint_that_changes_while_she_reads_is_read_again(client, portal, last, amina):
    link, code = ask(client, portal, last)
    page = read(amina, link, code)
    change(client, last)
    told = amina.send_form(page, link, YES, form="/repondre#erreurs")
    assert told.status_code == 409
    assert "La plainte vient de changer. Relisez-la, puis répondez." in plain(told)
    assert "janvier 2026" in plain(told)
    assert "Merci" in plain(amina.send_form(Page(told.text), link, YES, form="/repondre#erreurs"))


def test_yes_asks_to_have_read_and_an_error_asks_which(client, portal, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    for said, wanted in (
        ({"mandat_reponse": "oui"}, "Cochez cette case après avoir lu la plainte."),
        ({"mandat_reponse": "corriger"}, "Écrivez ce qu'il faut corriger."),
        ({}, "Choisissez une réponse."),
    ):
        told = reply(amina, link, said)
        assert (told.status_code, wanted in plain(told)) == (422, True)


def test_five_wrong_codes_end_the_request_and_the_member_is_told(client, portal, last, amina):
    link, code = ask(client, portal, last)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(4):
        told = amina.submit(link, {"mandat_code": wrong})
        assert (told.status_code, PROFESSIONAL in told.text) == (422, False)
    told = amina.submit(link, {"mandat_code": wrong})
    assert (told.status_code, OVER in plain(told)) == (410, True)
    assert amina.get(link).status_code == 410
    assert "mal écrit cinq fois" in plain(client.page(last))
    link, code = ask(client, portal, last)
    assert PROFESSIONAL in plain(read(amina, link, f"{code[:3]} {code[3:]}"))


def test_the_fifth_code_may_be_the_right_one(client, portal, last, amina):
    link, code = ask(client, portal, last)
    for _ in range(4):
        amina.submit(link, {"mandat_code": f"{(int(code) + 1) % 10**6:06}"})
    assert PROFESSIONAL in plain(read(amina, link, code))


def test_a_link_that_was_answered_says_only_when(client, portal, app, clock, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, YES)
    with SuspiciousClient(app, portal.database) as other:
        assert "Merci, votre mandat est donné" in plain(amina.page(link)), "the page of the answer, loaded again"
        assert PROFESSIONAL not in plain(amina.page(link))
        clock.advance(minutes=15)
        client.page("/association/plaintes")
        clock.advance(minutes=15)
        for browser in (amina, other):
            again = plain(browser.page(link))
            assert "Vous avez déjà répondu le 3 mars 2026" in again
            assert PROFESSIONAL not in again
        assert other.get(f"{link}/mandat.pdf").status_code == 404
    assert Sent(send(client, last)).number
    assert "Vous avez déjà répondu le 3 mars 2026" in plain(amina.page(link))


def test_the_complaint_opens_in_one_browser_for_half_an_hour(client, portal, app, clock, last, amina):
    link, code = ask(client, portal, last)
    page = read(amina, link, code)
    with SuspiciousClient(app, portal.database) as other:
        assert PROFESSIONAL not in plain(other.page(link))
    clock.advance(minutes=29)
    assert PROFESSIONAL in plain(amina.page(link))
    clock.advance(minutes=2)
    assert PROFESSIONAL not in plain(amina.page(link))
    back(client, portal)
    amina.send_form(page, link, YES, form="/repondre#erreurs")
    assert "Mandat demandé" in plain(client.page(last))


@pytest.mark.parametrize(("days", "status"), [(14, 200), (15, 410)])
def test_a_request_lasts_fifteen_days(client, portal, clock, last, amina, days, status):
    link, _ = ask(client, portal, last)
    clock.advance(days=days)
    answered = amina.get(link)
    assert (answered.status_code, OVER in plain(answered)) == (status, status == 410)
    back(client, portal)
    waits = "La personne n'a pas répondu. Vous pouvez relancer ou passer au mandat papier."
    assert (waits in plain(client.page(last))) is (status == 410)


def test_whoever_does_not_answer_is_reminded_twice_with_the_same_link(client, portal, clock, last, amina):
    link, code = ask(client, portal, last)
    told = []
    for _ in range(14):
        clock.advance(days=1)
        for _ in range(2):
            tidy(portal)
        told.append([link in one.text for one in delivered(portal).to(PERSON["pers_email"])])
    assert told == [[True] if day in {3, 7} else [] for day in range(1, 15)]
    assert PROFESSIONAL in plain(read(amina, link, code))


def test_whoever_answered_or_signs_on_paper_is_not_reminded(client, portal, clock, last, amina):
    link, code = ask(client, portal, last)
    read(amina, link, code)
    reply(amina, link, {"mandat_reponse": "non"})
    clock.advance(days=4)
    tidy(portal)
    back(client, portal)
    ask(client, portal, last)
    client.submit(last.replace("verifier", "mandat"), {**BY_MAIL, "mandat_mode": "papier", **SIGNED}, PAPER)
    clock.advance(days=4)
    tidy(portal)
    assert not delivered(portal).to(PERSON["pers_email"])


def test_an_unknown_link_says_no_more(amina, client):
    begin(client)
    for link in ("/mandat/inconnu", "/mandat/" + "A" * 43):
        assert amina.get(link).status_code == 410


def test_another_association_and_a_person_s_own_draft_ask_nothing(client, portal, app, last):
    ask(client, portal, last)
    with SuspiciousClient(app, portal.database) as other:
        own = begin(other)
        assert other.get(own.replace("court", "mandat/demander")).status_code == 404
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert other.get(last.replace("verifier", "mandat/demander")).status_code == 404


def test_it_needs_an_address_and_the_power_to_file(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    person = {**PERSON, "pers_email": "", "pers_telephone": "06 12 34 56 78"}
    where = prepare(client, until="mandat", person=person).url.path
    told = client.submit(where, BY_MAIL)
    assert (told.status_code, "Écrivez l'adresse e-mail de la personne." in plain(told)) == (422, True)
    told = client.submit(where, {**BY_MAIL, "mandat_portee": ["recevoir"]})
    assert (told.status_code, "Faire cette plainte en mon nom" in plain(told)) == (422, True)


def test_paper_may_take_its_place(client, portal, last):
    ask(client, portal, last)
    where = last.replace("verifier", "mandat")
    client.submit(where, {**BY_MAIL, "mandat_mode": "papier", **SIGNED}, PAPER)
    assert "Demander le mandat" not in plain(client.page(last))
    sent = Sent(send(client, last))
    with portal.database.read() as session:
        opened = open_for_person(session, portal.keyring, filing_by_number(session, sent.number))
    assert opened.payload["association"]["mandate"]["mode"] == "papier"


def test_a_request_goes_with_its_draft(client, portal, last):
    ask(client, portal, last)
    with portal.database.write() as session:
        erase(session, session.scalars(select(Draft.id)).one())
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(MandateRequest)) == 0
    assert is_whole(portal)
