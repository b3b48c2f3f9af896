"""An association files six complaints for three persons, and each person does what she wants of hers: in a browser."""

import re
from http.client import CONFLICT, NOT_FOUND
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.rules import MEMBERS
from app.notifications.mail import ReadyMail
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.browser.conftest import Server, Site
from tests.browser.keyboard import Keyboard
from tests.cast import ASSOCIATION, Sent, come_in, sign_in
from tests.cast import member as add_member
from tests.journeys import TRUE, choose_receiver
from tests.pages.test_acknowledging import delivered
from tests.pages.test_associations import ANSWERS, PAPER, PERSON, agree, prepare
from tests.pages.test_mandate_givers import ADDRESS, CHILD, HOMELESS, OF_CHILD, RECEIVES, THROUGH, write_address
from tests.pages.test_mandate_online import BY_MAIL
from tests.support.client import SuspiciousClient
from tests.support.clock import StoppedClock
from tests.support.html import Page as Read
from tests.support.html import words
from tests.support.pressed import Watched

pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js"), pytest.mark.engines("sqlite", "postgresql")]
YES = {"mandat_reponse": "oui", "mandat_accord": "oui"}
ERROR = {"mandat_reponse": "corriger", "mandat_remarque": "Ce n'était pas un devis."}


class Story:
    """The member, the browser of the persons, and what happens between them."""

    def __init__(self, site: Site, member: SuspiciousClient, page: Page, clock: StoppedClock) -> None:
        """Begin with an association that is agreed and has an address."""
        self.portal, self.member, self.page, self.clock = site.portal, member, page, clock
        self.mails: list[ReadyMail] = []
        agree(self.portal)
        write_address(self.portal, address=ADDRESS, email="contact@entraide.exemple.fr")
        self.email, _seed = add_member(self.portal, "Mona Inventée", ASSOCIATION, "membre_association")
        self.back()

    def back(self) -> None:
        """Open a session of the member: hers are short, and days pass."""
        come_in(self.member, self.portal, self.email, MEMBERS)

    def link(self, to: str, kind: str) -> str:
        """Give the last link of this kind that was mailed to somebody."""
        self.mails += delivered(self.portal).letters
        texts = [one.text for one in self.mails if one.to == to]
        return next(found.group() for text in reversed(texts) if (found := re.search(rf"{kind}[\w-]+", text)))

    def on_paper(self, person: dict[str, str], answers: dict[str, Any]) -> str:
        """Fill in, bring the paper and send; give the number."""
        return self.send(str(prepare(self.member, person=person, answers=answers, files=PAPER).url.path))

    def online(self, person: dict[str, str], answers: dict[str, Any] = ANSWERS) -> str:
        """Fill in, choose the mandate by e-mail, come to the last page; give its path."""
        where = str(prepare(self.member, person=person, answers=answers, until="mandat").url.path)
        after = self.member.send_form(self.member.page(where), where, {**BY_MAIL})
        return str(choose_receiver(self.member, after).url.path)

    def ask(self, last: str) -> tuple[str, str]:
        """Ask for the mandate; give the link of the mail and the code to tell."""
        shown = self.member.send_form(self.member.page(last), last, {}, form="/mandat/demander#erreurs")
        return self.link(PERSON["pers_email"], "/mandat/"), words(Read(shown.text).by_id("code-mandat"))

    def answer(self, link: str, code: str, said: dict[str, str], heading: str) -> None:
        """Let the person open the link on her phone, type the code and answer."""
        self.page.context.clear_cookies()
        self.page.goto(link)
        keyboard = Keyboard(self.page)
        keyboard.answer({"mandat_code": code})
        title = self.page.get_by_role("heading", level=1)
        expect(title).to_contain_text("Donnez‑vous ce mandat")
        keyboard.answer(said)
        expect(title).to_contain_text(heading)

    def send(self, last: str) -> str:
        """Press the last button; give the number."""
        answer = self.member.send_form(self.member.page(last), last, {**TRUE}, form="/envoyer#erreurs")
        self.clock.advance(minutes=1)  # the next one is later, as for anybody
        return Sent(answer).number

    def refused(self, last: str) -> str:
        """Press the last button in vain; give what the page says."""
        answer = self.member.send_form(self.member.page(last), last, {**TRUE}, form="/envoyer#erreurs")
        assert answer.status_code == CONFLICT
        return Read(answer.text).text

    def own_link(self) -> str:
        """Give the link by which the person has her own follow-up, of the last complaint that was sent for her."""
        return self.link(PERSON["pers_email"], "/reprendre/lien/")

    def follow(self, link: str) -> None:
        """Let the person open her follow-up by her link, which serves once."""
        self.page.context.clear_cookies()
        self.page.goto(link)
        Keyboard(self.page).press("Ouvrir mon dossier")
        expect(self.page.locator("#code-personnel")).to_be_visible()


@pytest.fixture
def story(page: Page, site: Site, quick: SuspiciousClient, clock: StoppedClock) -> Story:
    return Story(site, quick, page, clock)


@pytest.fixture
def desks(server: Server, site: Site) -> tuple[SuspiciousClient, SuspiciousClient]:
    """The council and the caisse, signed in."""
    both = (
        SuspiciousClient(Watched(server.app), site.portal.database),
        SuspiciousClient(Watched(server.app), site.portal.database),
    )
    for one, (code, name) in zip(both, (("CD-2B", "Émile Exemple"), ("202", "Fatou Exemple")), strict=True):
        one.base_url = site.url
        sign_in(one, site.portal, code, name)
    return both


def test_six_complaints_for_three_persons(
    story: Story, page: Page, site: Site, desks: tuple[SuspiciousClient, SuspiciousClient]
) -> None:
    numbers = {"paper": story.on_paper(PERSON, {**ANSWERS, "mandat": RECEIVES})}
    story.follow(story.own_link())
    page.goto("/suivi/mandat/annuler")
    Keyboard(page).answer({"mandat_annuler": "oui"})
    expect(page.get_by_role("heading", level=1)).to_have_text("Le mandat est annulé")
    assert story.member.get(f"/association/plaintes/{numbers['paper']}").status_code == NOT_FOUND

    last = story.online(PERSON)
    story.answer(*story.ask(last), YES, "Merci, votre mandat est donné")
    numbers["yes"] = story.send(last)
    story.follow(story.own_link())
    page.goto("/suivi/retirer")
    Keyboard(page).answer({"retrait": "oui"})
    expect(page.locator("main")).to_contain_text("retrait")

    last = story.online(PERSON)
    story.answer(*story.ask(last), {"mandat_reponse": "non"}, "Merci")
    assert "Il manque le mandat" in story.refused(last)

    last = story.online(PERSON)
    story.answer(*story.ask(last), ERROR, "Merci")
    assert "Ce n’était pas un devis." in story.member.page(last).text.replace("'", "’")
    story.answer(*story.ask(last), YES, "Merci, votre mandat est donné")
    numbers["error, then yes"] = story.send(last)
    hers = story.own_link()

    unanswered = story.online(PERSON)
    story.ask(unanswered)

    last = story.online(CHILD, OF_CHILD)
    story.answer(*story.ask(last), YES, "Merci, votre mandat est donné")
    numbers["minor"] = story.send(last)
    numbers["homeless"] = story.on_paper(HOMELESS, {**THROUGH, "mandat": RECEIVES})

    read_by_both(desks, numbers)
    where = f"/agent/plaintes/{numbers['error, then yes']}"
    desks[0].submit(f"{where}/repondre", {"message": "Avez‑vous gardé le papier ?"})
    story.follow(hers)
    page.goto("/suivi/message")
    Keyboard(page).answer({"message": "Oui, le voici bientôt."})
    expect(page.locator("main")).to_contain_text("Votre message est envoyé.")
    assert "Oui, le voici bientôt." in desks[0].page(where).text

    story.clock.advance(days=16)
    story.back()
    assert "Il manque le mandat" in story.refused(unanswered)
    assert "La personne n’a pas répondu." in story.member.page(unanswered).text.replace("'", "’")
    assert not verify(site.portal, trust_of(site.portal.settings, site.portal.keyring)).problems


def read_by_both(desks: tuple[SuspiciousClient, SuspiciousClient], numbers: dict[str, str]) -> None:
    """Open each complaint as the two authorities, with who filed it and its mandate."""
    for name, number in numbers.items():
        where = f"/agent/plaintes/{number}"
        desks[0].submit(f"{where}/transmettre-autorite", form="transmettre-autorite#erreurs")
        for desk in desks:
            text = desk.page(where).text
            assert "Entraide Inventée" in text, name
            assert "Texte du mandat" in text, name
            assert ("Mandat terminé le" in text) is (name == "paper"), name
