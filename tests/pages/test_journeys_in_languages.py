"""Six journeys in each language, without a script: what the person reads is said in it, what is kept is the same.

Each is told beside the same one in French: the same pages, the same fields, the same answers, word for word.
"""

import re
from dataclasses import dataclass, field
from functools import cache

import pytest

from app.base.i18n import FRENCH, LANGUAGES, catalogue, french
from app.base.web.language_prefix import apart, localized
from app.filing.queries import filing_by_number, open_for_person
from app.filing.sealed.payload import READ_IN
from tests.cast import Sent, sign_in
from tests.journeys import JOURNEYS, SIX, answer, begin, choose_receiver, name_of, send
from tests.support.html import Page, plain

NAMED = {
    "facile": "français facile à lire",
    "en": "anglais",
    "ar": "arabe",
    "es": "espagnol",
    "pt": "portugais",
    "ro": "roumain",
    "tr": "turc",
    "ru": "russe",
    "uk": "ukrainien",
    "zh": "chinois",
}
"""As a clerk reads it."""
OTHERS = [code for code in LANGUAGES if code != FRENCH]
OF_THE_FILING = {"number", "draft", "received_at", READ_IN}
"""What two complaints with the same answers do not share; the ledger gives each an instant of its own."""
GAP = re.compile(r"%\(\w+\)s|%?%?\{\w*\}|</?\w[^>]*>|\n")
LONG = 25
"""Letters that no sentence of another language has by chance."""
SAID = ("aria-label", "alt", "placeholder", "title")


@dataclass
class Walk:
    """What was met on the way."""

    fields: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    """Each page by its name, with the fields that it asks."""
    pages: list[tuple[str, Page]] = field(default_factory=list)
    """Each answer by its address."""
    refused: int = 0
    """How many presses with nothing were told what lacks."""
    sent: Sent | None = None

    def read(self, response):
        """Keep an answer; give its page."""
        page = Page(response.text)
        self.pages.append((response.url.path, page))
        self.refused += bool([one for one in page.all("div") if "govuk-error-summary" in one.get("class", "")])
        return page


def walk(client, journey, code, bare=0):
    """Go from the home page to the confirmation, pressing the page of rank ``bare`` and the last with nothing first."""
    way = Walk()
    for path in ("/", "/avant-de-commencer"):
        way.read(client.get(localized(path, code)))
    response = begin(client, code)
    while (name := name_of(response.url)) != "verifier":
        page = way.read(response)
        way.fields.append((name, asked(page)))
        if len(way.fields) == bare and asked(page):
            way.read(client.send_form(page, response.url.path, {}))
        response = answer(client, journey, response)
    response = choose_receiver(client, response, journey.pages.get("destinataire", {}))
    page = way.read(response)
    way.fields.append((name, asked(page)))
    way.read(client.send_form(page, response.url.path, {}, form="/envoyer#erreurs"))
    confirmed = send(client, journey, response)
    way.read(confirmed)
    way.sent = Sent(confirmed)
    return way


def asked(page):
    """Name the fields of a page, whatever they are called in its language."""
    return frozenset(name for form in page.forms if form.method == "post" for name in form.names)


def kept(portal, number):
    """Open what is sealed."""
    with portal.database.read() as session:
        return open_for_person(session, portal.keyring, filing_by_number(session, number)).payload


IN_FRENCH = {}
"""What each journey met and left when it was read in French: walked once in a process."""


def in_french(client, portal, who):
    if who not in IN_FRENCH:
        way = walk(client, JOURNEYS[who], FRENCH)
        IN_FRENCH[who] = way.fields, kept(portal, way.sent.number)
    return IN_FRENCH[who]


@cache
def left_in_french(code):
    """Give the French that a page of this language may not show: whole sentences, and long parts of sentences.

    What a translation says in French on purpose (« ordre », the name of a paper) is none of it.
    """
    said = {source: one for source, one in catalogue(code)._catalog.items() if source}  # type: ignore[attr-defined]
    sources = {source[0] if isinstance(source, tuple) else source: one for source, one in said.items()}
    wanted = {plain(french(source)) for source, one in sources.items() if source != one}
    meant = plain(" ".join(said.values()))
    whole = {one for one in wanted if one not in meant} - {one.name for one in LANGUAGES.values()}
    parts = {part.strip() for one in wanted for part in GAP.split(one) if len(part.strip()) >= LONG}
    return whole, sorted(part for part in parts if part not in meant)


def french_of(page, code):
    """List the French of the catalogue that a page still says."""
    whole, parts = left_in_french(code)
    said = {plain(one) for element in page.elements for one in (element.text or "", element.tail or "")}
    said |= {plain(element.get(name, "")) for element in page.elements for name in SAID}
    return [*(whole & said), *(part for part in parts if part in page.text)]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("who", SIX)
def test_a_journey_in_a_language_keeps_what_it_keeps_in_french(client, portal, who, code):
    journey, language = JOURNEYS[who], LANGUAGES[code]
    fields, own = in_french(client, portal, who)
    way = walk(client, journey, code, bare=1 + OTHERS.index(code))
    for address, page in way.pages:
        assert apart(address)[0] == code, address
        assert (page.tree.get("lang"), page.tree.get("dir")) == (language.tag, language.direction), address
        assert french_of(page, code) == [], address
    assert way.refused, "an error is read in the language too"
    assert way.fields == fields
    found = kept(portal, way.sent.number)
    assert found[READ_IN] == code
    assert READ_IN not in own
    for name in own.keys() - OF_THE_FILING:
        assert found[name] == own[name], name
    sign_in(client, portal, found["receiver"])
    desk = client.page(f"/agent/plaintes/{way.sent.number}")
    assert desk.tree.get("lang") == FRENCH
    assert f"La personne a lu le formulaire en {NAMED[code]}." in desk.text
    assert plain(journey.pages["recit"]["recit"]) in desk.text


@pytest.mark.parametrize("code", OTHERS)
def test_a_page_left_in_french_would_be_seen(client, code):
    assert french_of(client.page("/aide"), code)
