"""In a page read in another language, what stays French says so: a screen reader speaks it as French.

Each page is told beside the same one in French: what both say alike is a name, the words of the person, or French.
"""

import re
from functools import cache

import pytest

from app.base.i18n import FRENCH, catalogue
from app.base.web.language_prefix import apart, localized
from app.routing.queries import authorities, departements
from tests.cast import AMINA, Sent, filed
from tests.journeys import JOURNEYS, SIX, answer, begin, choose_receiver, name_of, send
from tests.pages.test_acts import records
from tests.pages.test_languages import pages_alone
from tests.support.acts import HIDDEN, MEETING, SUMMONED, TOLD, did
from tests.support.html import UNSEEN, Page, is_element, plain

READ = ("ar", "en")
SPOKEN = ("aria-label", "alt", "placeholder", "title")
ALIKE = 3
"""Words in a row that two languages do not share by chance."""
WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-]*\d)")
NAMED = (
    *("Saisine", "L'association Entraide Inventée", "Nour Fictive", "Amina Canari-Nom", "Ana Inventée"),
    *("Awa Inventée", "Ida Inventée", "Zoé Fictive", "Maître Fictif", "Tom Imaginaire", "Léa Exemple"),
    *("Lille (59000, Nord)", "Roubaix (59100, Nord)", "Villeneuve-d'Ascq (59650, Nord)"),
    *("Paris 13e Arrondissement (75013, Paris)", "Marseille 1er Arrondissement (13001, Bouches-du-Rhône)"),
)
"""Names, which are of no language (WCAG 3.1.2)."""
SAME = ("Version 1",)
"""Said alike in English."""
ADDRESS = re.compile(r"\S+@\S+|\w+(?:[.:/]+\w+)+")
FOLLOWING = (
    *("/suivi", "/suivi/plainte", "/suivi/message", "/suivi/coordonnees", "/suivi/preuves", "/suivi/retirer"),
    *("/suivi/code", "/suivi/reunion", "/suivi/donnees", "/suivi/recepisse/lire", "/suivi/mandat/annuler"),
    *("/verifier-recepisse", "/reprendre"),
)


def said(element, tongue=FRENCH):
    """Yield what a page says, piece by piece, with the language in which it is spoken."""
    if element.tag in UNSEEN:
        return
    tongue = element.get("lang", tongue)
    yield from ((plain(element.get(name, "")), tongue) for name in SPOKEN)
    yield plain(element.text or ""), tongue
    for child in element:
        if is_element(child):
            yield from said(child, tongue)
        yield plain(child.tail or ""), tongue


@cache
def runs(text):
    """List each few words in a row, or the fewer that are all the text; addresses apart."""
    words = WORD.findall(ADDRESS.sub(" ", text.lower()))
    return {" ".join(words[at : at + ALIKE]) for at in range(max(1, len(words) - ALIKE + 1))} - {""}


@cache
def kept(code):
    """List what the translations themselves say in French: the names that they keep."""
    said = catalogue(code)._catalog.items()  # type: ignore[attr-defined]
    return {run for source, one in said if source for run in runs(plain(one))}


def unmarked(page, french, code, names=NAMED):
    """List what is said as if it were in the language of the page, and is word for word in the French page."""
    alike = {run for text, _ in said(french.tree) for run in runs(text)}
    alike -= kept(code) | {run for name in (*names, *SAME) for run in runs(name)}
    spoken = [text for text, tongue in said(page.tree) if tongue == page.tree.get("lang")]
    return [text for text in dict.fromkeys(spoken) if alike & runs(text)]


@pytest.mark.parametrize("code", READ)
@pytest.mark.parametrize("path", pages_alone())
def test_a_page_marks_what_it_leaves_in_french(client, path, code):
    assert unmarked(client.page(localized(path, code)), client.page(path), code) == []


@pytest.fixture
def names(portal):
    """List the names that the pages may say: those of the reference too, and what Amina types."""
    with portal.database.read() as session:
        known = [one.name for one in authorities(session)] + [one.name for one in departements(session)]
    return [*known, *AMINA.values(), *NAMED]


def beside(client, code, path, names):
    """List what a page of a language leaves unmarked, with its address."""
    page, french = client.page(localized(path, code)), client.page(path)
    return [(path, text) for text in unmarked(page, french, code, names)]


@pytest.mark.parametrize("code", READ)
@pytest.mark.parametrize("who", SIX)
def test_a_journey_marks_what_it_leaves_in_french(client, names, who, code):
    journey, found = JOURNEYS[who], []
    names += [one for values in journey.typed.values() for one in values]
    response = begin(client, code)
    while name_of(response.url) != "verifier":
        found += beside(client, code, apart(response.url.path)[1], names)
        response = answer(client, journey, response)
    response = choose_receiver(client, response, journey.pages.get("destinataire", {}))
    found += beside(client, code, apart(response.url.path)[1], names)
    at = apart(Sent(send(client, journey, response)).path)[1]
    client.submit(localized(at, code), form="/suivre")
    for path in (at, at.replace("confirmation", "recepisse/lire"), *FOLLOWING):
        found += beside(client, code, path, names)
    assert found == [], "\n".join(map(repr, found))


WROTE = did("message_autorite", text="Bonjour, votre dossier est complet.", until="")
NEEDS = did("seance", **{**MEETING, "place": "Salle Inventée, au fond de la cour", "needs": "Une rampe sera posée"})
CLOSED = did("cloture", reason="hors_champ", explanation="Ce dossier ne relève pas de la loi.")
STAGES = (
    (),
    (WROTE, did("demande_piece", text="Envoyez une copie du devis.", until="2026-03-20")),
    (HIDDEN, *TOLD),
    (NEEDS, SUMMONED),
    (CLOSED,),
)
"""What is done of a complaint, from its receipt to its end, by clerks who write in French."""


@pytest.mark.parametrize("code", READ)
@pytest.mark.parametrize("is_mandated", [False, True])
def test_a_follow_up_marks_what_clerks_wrote(client, portal, names, code, is_mandated):
    sent = filed(portal, by_association=is_mandated)
    found = []
    client.submit("/reprendre", {"code": sent.code})
    for done in STAGES:
        records(portal, sent.number, *done)
        for path in FOLLOWING:
            found += beside(client, code, path, names)
    assert found == [], "\n".join(map(repr, found))


@pytest.mark.parametrize("code", READ)
def test_a_follow_up_that_is_late_or_withdrawn_marks_it_too(client, portal, clock, names, code):
    sent = filed(portal)
    clock.advance(days=30)
    client.submit("/reprendre", {"code": sent.code})
    found = beside(client, code, "/suivi", names)
    client.submit("/suivi/retirer", {"retrait": "oui"})
    for path in ("/suivi", "/suivi/retirer"):
        found += beside(client, code, path, names)
    assert found == [], "\n".join(map(repr, found))


@pytest.mark.parametrize("code", READ)
def test_what_is_said_in_another_language_has_its_signs_and_hours(client, portal, code):
    """No space stands before a semicolon or a colon, and no hour is written as in French."""
    journey = JOURNEYS["arabic"]
    response = begin(client, code)
    while name_of(response.url) != "verifier":
        response = answer(client, journey, response)
    page = Page(response.text)
    sent = filed(portal)
    records(portal, sent.number, *TOLD, NEEDS, SUMMONED)
    client.submit("/reprendre", {"code": sent.code})
    pages = [page, *(client.page(localized(path, code)) for path in ("/suivi", "/suivi/reunion"))]
    spoken = [text for one in pages for text, tongue in said(one.tree) if tongue == one.tree.get("lang")]
    assert [text for text in spoken if re.search(r"\s[;:?!]|\d h\b", text)] == []
    assert [text for text in spoken if "14:30" in text]
