"""Drafts: stopped, resumed on another phone, erased; nothing typed is lost, nobody else reads it."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.evidence.receiving import read_files
from app.notifications.mail import MemoryMailer
from app.notifications.models import OutboxMail
from app.notifications.worker import Worker
from app.runtime.housekeeping import tidy
from app.saisine.models import Draft
from app.saisine.web import current_draft
from tests.cast import AMINA, Sent, begin
from tests.journeys import CARDIOLOGIST, DENTIST, PNG, follow
from tests.support.client import SuspiciousClient, without_tokens
from tests.support.html import Page

STORY = "Une voix au téléphone a dit CANARI que le cabinet ne prenait plus personne."


@pytest.fixture
def phone(app, portal):
    """Another phone."""
    with SuspiciousClient(app, portal.database) as other:
        yield other


def count(portal):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(Draft))


def pause(client, path):
    """Press « Finir plus tard »; give the page."""
    return Page(client.submit(path, button="pause").text)


def code_on(page):
    return re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", page.text).group()


def letters(portal, clock):
    """Send what is due; give the mails."""
    mailer = MemoryMailer()
    Worker(portal.database, portal.keyring, mailer, clock, "saisine.exemple.fr").run_once()
    return mailer.letters


def test_a_draft_goes_on_from_another_phone(client, phone):
    there = follow(client, DENTIST, until="recit")
    kept = client.submit(there.url.path, {"date_precision": "ne_sait_pas", "recit": STORY}, button="pause")
    code = code_on(Page(kept.text))
    opened = phone.submit("/reprendre", {"code": f" {code.lower().replace('-', ' ')} "})
    assert opened.url.path.endswith("/motifs")
    assert STORY in phone.get(there.url.path).text
    assert code_on(pause(phone, there.url.path)) == code


def test_what_is_not_finished_is_kept_too(client):
    there = follow(client, DENTIST, until="recit")
    assert "pas encore envoyée" in Page(client.submit(there.url.path, {"recit": "trop court"}, button="pause").text).h1
    again = Page(client.get(there.url.path).text)
    assert "trop court" in "".join(again.by_id("recit").itertext())


def test_two_tabs_that_save_two_pages_keep_both(client):
    there = follow(client, DENTIST, until="recit").url.path
    other = there.replace("recit", "formes")
    story, forms = client.page(there), client.page(other)
    client.send_form(forms, other, {"formes": ["delai_eleve"], "delai_propose": "à Noël 2027"})
    client.send_form(story, there, {"recit": STORY})
    assert "à Noël 2027" in client.get(other).text
    assert STORY in client.get(there).text


def test_two_drafts_never_mix(client):
    one, two = (follow(client, DENTIST, until="recit").url.path for _ in range(2))
    client.submit(one, {"recit": STORY})
    assert STORY not in client.get(two).text
    assert STORY in client.get(one).text


def test_the_story_saves_itself(client):
    there = follow(client, DENTIST, until="recit").url.path
    page = client.page(there)
    token = dict(page.forms[0].fill({}))["csrf"]
    said = client.post(there, data={"csrf": token, "recit": STORY, "enregistrement": "oui"})
    assert said.text == "Enregistré à 22 h 41"
    assert STORY in client.get(there).text


def test_a_page_opened_out_of_order_leads_to_the_one_to_answer(client):
    there = follow(client, DENTIST, until="lieu").url.path
    for later in ("besoins", "motifs", "enfant", "destinataire", "professionnel", "professionnel/decrire"):
        assert client.get(there.replace("lieu", later)).url.path == there
    assert "Il manque une réponse" in client.page(there.replace("lieu", "verifier")).text


def test_erasing_leaves_nothing(client, portal, phone):
    there = follow(client, DENTIST, until="preuves").url.path
    client.submit(there, {}, {"fichiers": [("p.png", PNG, "image/png")]}, button="ajouter")
    code = code_on(pause(client, there))
    asked = client.page(there.replace("preuves", "effacer"))
    assert asked.h1 == "Voulez-vous effacer vos réponses ?"
    assert "effacées" in Page(client.submit(there.replace("preuves", "effacer"), button="Oui, tout effacer").text).h1
    assert count(portal) == 0
    assert not [path for path in portal.files.rglob("*") if path.is_file()]
    assert client.get(there).status_code == 404
    assert "ne correspond à aucune plainte" in Page(phone.submit("/reprendre", {"code": code}).text).text


def test_a_draft_lives_thirty_days_after_its_last_change(client, portal, clock):
    """Begun on 3 March 2026: kept through 2 April, erased on the 3rd."""
    there = follow(client, DENTIST, until="recit").url.path
    assert "jeudi 2 avril 2026" in pause(client, there).text
    clock.advance(days=30)
    tidy(portal)
    assert count(portal) == 1
    clock.advance(days=1)
    tidy(portal)
    assert count(portal) == 0


def test_the_reminder_comes_once_a_week_before(client, portal, clock):
    """Day 23 of a draft of 3 March is 26 March 2026."""
    there = follow(client, DENTIST, until="recit").url.path
    client.submit(there, button="pause")
    client.submit(there.replace("recit", "pause"), {"email_reprise": "Lea@Exemple.fr"})
    sent = letters(portal, clock)
    assert [letter.subject for letter in sent] == ["Votre code pour reprendre"]
    for _ in range(22):
        clock.advance(days=1)
        tidy(portal)
    assert letters(portal, clock) == []
    clock.advance(days=1)
    assert clock().date() == date(2026, 3, 26)
    for _ in range(3):
        tidy(portal)
    reminded = letters(portal, clock)
    assert [letter.subject for letter in reminded] == ["Votre dossier n’est pas envoyé"]
    assert "jeudi 2 avril 2026" in reminded[0].text
    assert not re.search(r"refus|médecin|dentiste", reminded[0].text.lower())


def test_the_code_by_mail_opens_the_draft(client, portal, clock, phone):
    there = follow(client, DENTIST, until="recit").url.path
    pause(client, there)
    wrong = Page(client.submit(there.replace("recit", "pause"), {"email_reprise": "lea@"}).text)
    assert "Écrivez une adresse e-mail complète, par exemple nom@exemple.fr." in wrong.text
    told = client.submit(there.replace("recit", "pause"), {"email_reprise": "lea@exemple.fr"})
    assert "lea@exemple.fr" in Page(told.text).text
    code = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", letters(portal, clock)[0].text).group()
    assert phone.submit("/reprendre", {"code": code}).url.path == there


def test_a_sent_draft_opens_no_more_and_says_so(client, phone):
    there = follow(client, CARDIOLOGIST, until="verifier").url.path
    code = code_on(Page(client.get(there.replace("verifier", "pause")).text))
    sent = Sent(client.submit(there, dict(CARDIOLOGIST.declarations), form="/envoyer#erreurs"))
    assert sent.code != code
    for page in ("soins", "recit", "verifier", "pause", "effacer", "court"):
        assert Page(client.get(there.replace("verifier", page)).text).h1 == "Votre plainte est déjà envoyée"
    assert "Cette plainte est déjà envoyée" in Page(phone.submit("/reprendre", {"code": code}).text).text
    assert phone.submit("/reprendre", {"code": sent.code}).url.path == "/suivi"


def test_a_draft_stopped_after_its_first_page_resumes_in_the_form_it_was_begun_in(client):
    there = follow(client, DENTIST, until="soins").url.path
    assert client.get(there.removesuffix("/soins")).url.path == there


def test_a_shared_device_forgets_in_half_an_hour(client, clock):
    opened = client.submit("/avant-de-commencer", {"appareil_partage": "oui"}, button="Commencer ma plainte")
    there = opened.url.path
    clock.advance(minutes=29)
    assert client.get(there).status_code == 200
    client.submit(there, {"qualite": "moi"})
    clock.advance(minutes=31)
    gone = client.get(there)
    assert gone.status_code == 404
    assert "Cette plainte n'est pas ouverte sur cet appareil, ou ne l'est plus." in Page(gone.text).text


def test_a_file_that_is_long_in_coming_keeps_a_shared_device_open(client, clock, monkeypatch):
    """The half hour counts from the end of what was sent, however soon after the page before it began."""

    async def slowly(*asked):
        clock.advance(minutes=25)
        return await read_files(*asked)

    short = "Formulaire court, sur une seule page"
    there = client.submit("/avant-de-commencer", {"appareil_partage": "oui"}, button=short).url.path
    monkeypatch.setattr(current_draft, "read_files", slowly)
    sent = client.submit(there, {}, {"fichiers": [("capture.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    assert "capture.png" in sent.text
    clock.advance(minutes=29)
    assert client.get(there).status_code == 200


@pytest.mark.parametrize("lost", ["time", "cookie"])
@pytest.mark.parametrize(
    ("page", "fields"),
    {
        "recit": {"recit": STORY},
        "court": {"recit": STORY, "prenom": "Amina"},
        "decrire": {"pro_adresse": STORY[:150]},
    }.items(),
)
def test_what_was_typed_on_a_page_that_closed_can_still_be_copied(client, clock, page, fields, lost):
    """With files or without, and whatever was lost: the half hour of a shared device, or its cookie."""
    opened = client.submit("/avant-de-commencer", {"appareil_partage": "oui"}, button="Commencer ma plainte")
    there = opened.url.path.replace("qui", {"decrire": "professionnel/decrire"}.get(page, page))
    token = dict(client.page(opened.url.path).forms[0].fill({}))["csrf"]
    if lost == "cookie":
        client.cookies.clear()
    clock.advance(minutes=31)
    files = {"fichiers": ("capture.png", PNG, "image/png")} if page == "court" else None
    answer = client.post(there, data={"csrf": token, **fields}, files=files, headers={"cookie": "theme=dark"})
    assert answer.status_code == 404
    shown = "".join(Page(answer.text).by_id("ecrit").itertext())
    assert shown == max(fields.values(), key=len)


@pytest.mark.parametrize("kind", ["draft", "filing"])
def test_a_lost_code_is_replaced_by_a_link_that_serves_once(client, portal, clock, phone, kind):
    if kind == "draft":
        there = follow(client, DENTIST, until="recit").url.path
        pause(client, there)
        client.submit(there.replace("recit", "pause"), {"email_reprise": AMINA["email"]})
    else:
        old = Sent(client.submit(begin(client), dict(AMINA))).code
    letters(portal, clock)
    said = Page(phone.submit("/reprendre/perdu", {"email": AMINA["email"].upper()}).text)
    assert "Si cette adresse est dans un dossier" in said.text
    [letter] = letters(portal, clock)
    link = re.search(r"/reprendre/lien/\S+", letter.text).group()
    for _ in range(2):
        assert phone.page(link).h1 == "Retrouver mon dossier"
    opened = phone.submit(link)
    if kind == "draft":
        assert opened.url.path == there
    else:
        fresh = code_on(Page(opened.text))
        assert fresh != old
        assert "ne correspond à aucune plainte" in Page(client.submit("/reprendre", {"code": old}).text).text
        assert client.submit("/reprendre", {"code": fresh}).url.path == "/suivi"
    assert Page(phone.get(link).text).h1 == "Ce lien ne sert plus"


def test_a_link_ends_after_half_an_hour(client, portal, clock, phone):
    Sent(client.submit(begin(client), dict(AMINA)))
    letters(portal, clock)
    phone.submit("/reprendre/perdu", {"email": AMINA["email"]})
    link = re.search(r"/reprendre/lien/\S+", letters(portal, clock)[0].text).group()
    page = phone.page(link)
    clock.advance(minutes=31)
    assert Page(phone.get(link).text).h1 == "Ce lien ne sert plus"
    assert Page(phone.send_form(page, link, {}).text).h1 == "Ce lien ne sert plus"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, portal, phone):
    Sent(client.submit(begin(client), dict(AMINA)))
    known = phone.submit("/reprendre/perdu", {"email": AMINA["email"]})
    unknown = phone.submit("/reprendre/perdu", {"email": "inconnue@exemple.fr"})
    assert without_tokens(known.text) == without_tokens(unknown.text)
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxMail).where(OutboxMail.kind == "link")) == 1


def test_links_are_asked_slowly(client):
    for n in range(5):
        assert client.submit("/reprendre/perdu", {"email": f"n{n}@exemple.fr"}).status_code == 200
    page = client.page("/reprendre/perdu")
    assert client.send_form(page, "/reprendre/perdu", {"email": "n9@exemple.fr"}).status_code == 429


def test_a_number_nobody_needs_is_pointed_out_once_and_kept(client):
    there = follow(client, DENTIST, until="recit").url.path
    number = "255011416802508"
    digits = number[:13]
    text = f"Mon numéro est {digits}{97 - int(digits) % 97:02} et on m'a refusé le rendez-vous."
    shown = client.submit(there, {"date_precision": "ne_sait_pas", "recit": text})
    assert shown.url.path == there
    assert "Ce numéro n'est pas nécessaire. Vous pouvez l'effacer." in Page(shown.text).text
    assert client.send_form(Page(shown.text), there, {}).url.path != there
    assert digits in client.get(there).text


def test_a_likely_typo_is_offered_and_never_forced(client):
    there = follow(client, DENTIST, until="identite").url.path
    asked = client.submit(there, {"nom": "Exemple", "prenom": "Léa", "moyens": ["email"], "email": "lea@gmial.com"})
    assert "Vouliez-vous écrire lea@gmail.com ?" in Page(asked.text).text
    kept = client.send_form(Page(asked.text), there, {}, button="Non, garder")
    assert kept.url.path != there
    assert 'value="lea@gmial.com"' in client.get(there).text
    asked = client.submit(there, {"email": "lea@gmial.com"})
    client.send_form(Page(asked.text), there, {}, button="Oui, corriger")
    assert 'value="lea@gmail.com"' in client.get(there).text


def test_a_change_comes_back_to_its_row(client):
    last = follow(client, CARDIOLOGIST, until="verifier").url.path
    page = client.page(last)
    link = next(a.get("href") for a in page.all("a") if "/recit?" in a.get("href", ""))
    back = client.submit(link, {"date_precision": "ne_sait_pas"})
    assert back.url.path == last
    assert back.url.fragment == "ligne-recit"
    assert page.by_id("ligne-recit") is not None
    assert "Je ne sais pas" in Page(back.text).text


def test_a_change_that_opens_a_question_asks_it_first(client):
    last = follow(client, DENTIST, until="verifier").url.path
    asked = client.submit(last.replace("verifier", "qui") + "?modifier=oui", {"qualite": "enfant"})
    assert asked.url.path.endswith("/enfant")
    assert asked.url.query == b"modifier=oui"


def test_changing_ones_mind_twice_loses_nothing(client):
    last = follow(client, CARDIOLOGIST, until="verifier").url.path
    who = last.replace("verifier", "qui")
    client.submit(who, {"qualite": "moi"})
    assert client.get(last.replace("verifier", "mesure")).url.path != last.replace("verifier", "mesure")
    client.submit(who, {"qualite": "protege"})
    assert "checked" in client.get(last.replace("verifier", "mesure")).text
    assert Page(client.get(last).text).h1.startswith("Vérifiez")


def test_days_pass_on_the_draft_not_on_the_clock_of_the_person(client, portal, clock):
    there = follow(client, DENTIST, until="recit").url.path
    clock.advance(days=29)
    client.submit(there, {"recit": STORY})
    with portal.database.read() as session:
        assert session.scalar(select(Draft.expires_on)) == date(2026, 3, 3) + timedelta(days=59)
