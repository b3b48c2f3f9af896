"""The récépissé as a page: all that its PDF says, the French beside each sentence, for those who may have the PDF."""

import re
from xml.etree.ElementTree import Element

import pytest

from app.base.i18n import FRENCH, LANGUAGES, in_language
from app.base.web.language_prefix import localized
from app.filing.documents import receipt_file
from app.filing.queries import filing_by_number
from app.printing.bilingual import InBoth, side_by_side
from tests.cast import AMINA, Sent, begin, send, sign_in
from tests.journeys import CARDIOLOGIST, ORDINARY, follow
from tests.journeys import send as send_journey
from tests.pages.test_languages import DATE
from tests.pages.test_recording import number_of, records
from tests.support import pseudo
from tests.support.client import SuspiciousClient
from tests.support.html import UNSEEN, Page, is_element, plain, words
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
TRANSLATED = [code for code in LANGUAGES if not LANGUAGES[code].is_french]
TOLD = {
    *("Saisine", "CPAM", "SHA", "PDF", "UTC", "Tél", "ordre", "https", "ameli.fr", "Assurance Maladie"),
    *("MSA", "ENIM", "CNMSS", "court", "de Lille-Douai", "onseil départemental de l'ordre des médecins du Nord"),
}
"""Names and signs, which no language changes."""
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def lines_of(page):
    """List what the page says of the paper: each heading, label, line, cell."""
    main = page.by_id("contenu")
    within = [one for one in main.iter() if is_element(one) and one.tag in {"h1", "h2", "dt", "th", "td", "p"}]
    within += [one for value in main.iter("dd") for one in value]
    return [words(one) for one in within if not list(one.iter("a"))]


def own_words(element: Element) -> str:
    """Read what stands outside of what is said to be French."""
    if element.get("lang") == FRENCH or element.tag in UNSEEN:
        return ""
    inside = [f"{own_words(child) if is_element(child) else ''}{child.tail or ''}" for child in element]
    return f"{element.text or ''}{''.join(inside)}"


def without_names(text, *names):
    for one in sorted({*TOLD, *names}, key=len, reverse=True):
        text = text.replace(one, " ")
    return text


def reading_of(sent):
    return sent.path.replace("confirmation", "recepisse/lire")


def said_of(portal, number, code):
    with portal.database.read() as session, in_language(code):
        return receipt_file.in_both_languages(session, portal, filing_by_number(session, number))


def leaves(said):
    """List the sentences and values of a page."""
    if isinstance(said, InBoth):
        return [said]
    inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return [leaf for one in inside for leaf in leaves(one)]


@pytest.mark.parametrize("journey", [ORDINARY, CARDIOLOGIST], ids=["ordinary", "helper"])
def test_in_french_it_says_all_that_the_pdf_says_and_no_more(client, journey):
    sent = send_journey(client, journey, follow(client, journey))
    where = sent.url.path.replace("confirmation", "recepisse")
    left = plain(text_of(client.get(where).content))
    page = client.page(f"{where}/lire")
    for said in sorted(map(bare, lines_of(page)), key=len, reverse=True):
        if said != bare("Sauf mention contraire, les heures sont celles de Paris."):
            assert said in left
            left = left.replace(said, "", 1)
    number = page.title.split(" – ")[0].rpartition(" ")[2]
    assert re.sub(r"Page\dsur\d", "", left).replace(number, "") == "Saisine"
    assert not [one for one in page.elements if one.get("lang") == FRENCH and one.tag != "html"]
    assert client.page(sent.url.path).links["Lire le récépissé"] == f"{where}/lire"


def test_the_follow_up_leads_to_the_same_page(client):
    sent = Sent(send(client))
    here = lines_of(client.page(reading_of(sent)))
    client.submit("/reprendre", {"code": sent.code})
    page = client.page(client.page("/suivi").links["Lire le récépissé"])
    assert lines_of(page) == here
    assert page.links["Votre plainte"] == "/suivi"
    assert page.links["Télécharger le récépissé (PDF)"] == "/suivi/recepisse"


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_sentence_is_said_in_the_language_of_the_reader_and_in_french(client, portal, code):
    sent = Sent(send(client))
    page = client.page(localized(reading_of(sent), code))
    beside = [words(one) for one in page.all("span") if one.get("lang") == FRENCH]
    assert beside[0] == "Traduction pour information. Seul le texte français fait foi."
    french = {plain(one.own) for one in leaves(said_of(portal, sent.number, FRENCH))}
    assert french >= set(beside)
    assert "Reçue le mardi 3 mars 2026 à 22:41:07 (UTC+01:00)" in beside
    assert "Cette plainte n'est pas une plainte à la police." in beside
    assert page.tree.get("dir") == LANGUAGES[code].direction


@pytest.mark.parametrize("code", ["ar", "zh"])
def test_nothing_is_french_that_is_not_said_to_be(client, portal, code):
    sent = Sent(send(client))
    page = client.page(localized(reading_of(sent), code))
    own = without_names(plain(own_words(page.by_id("contenu"))), f"{portal.settings.address}/reprendre")
    assert LATIN.findall(own) == []
    said = page.source.partition("<main")[2]
    assert f'<bdi lang="fr">{sent.number}</bdi>' in said, "a value is said once, in its own direction"


def test_a_language_that_does_not_exist_shows_what_escaped_translation(client, portal):
    with pseudo.released():
        sent = Sent(send(client))
        said = said_of(portal, sent.number, pseudo.CODE)
        values = {one.own for one in leaves(said) if not one.is_translated}
        own = {DATE.sub("", pseudo.outside(one.own)) for one in leaves(said) if one.is_translated}
        page = client.page(localized(reading_of(sent), pseudo.CODE))
        assert pseudo.LEFT not in text_of(client.get(localized(reading_of(sent)[:-5], pseudo.CODE)).content)
    assert pseudo.LEFT in page.h1
    known = {sent.number, AMINA["nom"], "devis.pdf"}
    assert {one for one in values if any(name in one for name in known)}
    assert not [one for one in own if LATIN.findall(without_names(one))]


def test_a_number_to_call_keeps_its_order_inside_arabic(client, portal):
    sent = Sent(send(client))
    phones = [one.own for one in leaves(said_of(portal, sent.number, "ar")) if one.own.startswith("الهاتف")]
    assert phones
    assert not [one for one in phones if re.search(r"(?<!Tél\. )\b\d\d \d\d", one)]


def test_a_paper_that_an_authority_recorded_is_never_said_to_be_received_by_the_service(client, portal):
    sign_in(client, portal, "595")
    number = number_of(records(client))
    said = said_of(portal, number, "en")
    assert said["received"][0].own.startswith(
        "Recorded by CPAM de Lille-Douai on 3 March 2026 at 22:41, received on 27"
    )
    assert said["received"][0].french.startswith("Enregistrée par CPAM de Lille-Douai le 3 mars 2026 à 22 h 41, reçue")
    assert said["sections"][0]["note"].own.startswith("The service did not receive this complaint")


def test_an_authority_that_is_looked_for_is_said_to_be(client):
    path = begin(client)
    page = Page(client.submit(path, {**AMINA, "pro_commune": "Ville-Inventée-sur-Rien"}).text)
    sent = Sent(client.send_form(page, path, {"commune_insee": "inconnue"}))
    said = client.page(localized(reading_of(sent), "en"))
    assert "We are looking for the right authority." in said.text
    assert "Nous cherchons la bonne autorité." in said.text


def test_it_is_read_by_those_who_have_the_recepisse_alone(client, app, portal):
    sent = Sent(send(client))
    with SuspiciousClient(app, portal.database) as another:
        assert another.get(reading_of(sent)).status_code == 404
        assert another.get("/suivi/recepisse/lire").url.path == "/reprendre"
    unsent = follow(client, ORDINARY, until="recit").url.path.replace("recit", "recepisse/lire")
    assert client.get(unsent).status_code == 404


def test_two_layouts_that_differ_are_refused():
    assert side_by_side({"a": ("b", ["c"])}, {"a": ("d", ["c"])}) == {"a": [InBoth("b", "d"), [InBoth("c", "c")]]}
    with pytest.raises(ValueError, match="shorter"):
        side_by_side(["a", "b"], ["a"])
