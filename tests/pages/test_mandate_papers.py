"""A signed mandate is a photo or a PDF that can be read to its end, wherever it is brought."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.associations import registry
from app.associations.rules import Agreement
from app.evidence.models import Evidence
from app.filing.queries import filing_by_number, open_for_person
from tests.cast import ASSOCIATION, Sent, sign_in, sign_in_member
from tests.journeys import TRUE, choose_receiver
from tests.pages.test_associations import SIGNED, agree, prepare
from tests.support.client import SuspiciousClient
from tests.support.files import m4a, mp3, pdf, picture
from tests.support.html import Page, words
from tests.support.pdf import bare, elements, opened, text_of
from tests.support.rewind import lived

WHOLE = picture("JPEG", (1600, 1200), "white", quality=95)
LONG = pdf(3)
NOT_A_PAPER, UNREADABLE, EMPTY = "n'est ni une photo ni un PDF", "ne s'ouvre pas", "est vide"
REFUSED = {
    "faux.jpg": (b"Je donne mandat.", NOT_A_PAPER),
    "page.txt": (b"Je donne mandat.", NOT_A_PAPER),
    "voix.mp3": (mp3(), NOT_A_PAPER),
    "voix.m4a": (m4a(), NOT_A_PAPER),
    "voix.pdf": (mp3(), NOT_A_PAPER),  # the name says nothing
    "mail.eml": (b"From: a@exemple.fr\r\n\r\nJe donne mandat.", NOT_A_PAPER),
    "inconnu.bin": (bytes(range(256)) * 8, NOT_A_PAPER),
    "rien.pdf": (b"", EMPTY),
    "rien.jpg": (b"", EMPTY),
    "coupe.jpg": (WHOLE[: len(WHOLE) // 3], UNREADABLE),
    "coupe.png": (picture("PNG", (900, 900), "green")[:-200], UNREADABLE),
    "coupe.webp": (picture("WEBP", (900, 900), "green")[:-20], UNREADABLE),
    "coupe.pdf": (LONG[: len(LONG) * 2 // 3], UNREADABLE),
}
TAKEN = {"photo.jpg": WHOLE, "photo.png": picture("PNG"), "photo.webp": picture("WEBP"), "scan.pdf": LONG}


def count(portal):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(Evidence))


def said_beside(page, field):
    """Read what stands as an error beside a field, and not elsewhere."""
    return Page(page.text).by_id(f"{field}-erreur")


@pytest.fixture
def mandate(run, client, portal):
    """The page of the mandate, on the way of an association."""
    return lived(run, portal, client, "mandate_papers", lambda: at_the_mandate(client, portal))


def at_the_mandate(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    return prepare(client, until="mandat").url.path


def bring(client, where, name, content):
    return client.submit(where, {"mandat_portee": ["saisir"], **SIGNED}, {"mandat_fichier": [(name, content, "x/y")]})


def test_what_is_no_readable_paper_is_refused_beside_its_field(client, portal, mandate):
    for name, (content, says) in REFUSED.items():
        told = bring(client, mandate, name, content)
        assert told.status_code == 422, name
        assert says in Page(told.text).text.replace("’", "'"), name
        assert said_beside(told, "mandat_fichier") is not None, name
        assert said_beside(told, "mandat_portee") is None, name
        assert count(portal) == 0, name


@pytest.mark.parametrize("name", TAKEN)
def test_a_photo_or_a_pdf_that_is_whole_is_taken(client, portal, mandate, name):
    assert bring(client, mandate, name, TAKEN[name]).url.path != mandate
    assert count(portal) == 1


OLD = {"mandat_date_jour": "1", "mandat_date_mois": "5", "mandat_date_annee": "2023"}
SAID = (
    "n'était pas agréée le jour de la signature",
    "depuis plus d'un an",
    "dans une autre région",
    "Le nom écrit sur le mandat n'est pas celui",
)


def test_what_is_doubtful_is_told_once_beside_its_field_sealed_and_read_by_the_authority(client, app, portal):
    with portal.database.write() as session:
        registry.add(session, {"name": "Entraide Inventée", "rna": "W000000001"}, ASSOCIATION)
        agreed = Agreement("R2024RN0001", "regional", "32", date(2024, 1, 1), date(2028, 6, 1))
        registry.agree(session, ASSOCIATION, agreed)
    sign_in_member(client, portal)
    page = prepare(client, until="mandat")
    typed = {"mandat_portee": ["saisir"], **OLD, "mandat_autre_nom": "Amina Autre-Nom-Fictif"}
    paper = {"mandat_fichier": [("mandat.png", picture("PNG"), "image/png")]}
    told = client.send_form(Page(page.text), page.url.path, typed, paper)
    assert (told.status_code, told.url.path) == (200, page.url.path)
    beside = [
        words(Page(told.text).by_id(f"remarque-{name}")).replace("’", "'")
        for name in ("mandat_date", "mandat_portee", "mandat_autre_nom")
    ]
    assert [[one in text for one in SAID] for text in beside] == [
        [True, True, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]
    after = client.send_form(Page(told.text), page.url.path, typed)
    assert after.url.path != page.url.path
    last = choose_receiver(client, after)
    sent = Sent(client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs"))
    with portal.database.read() as session:
        filing = filing_by_number(session, sent.number)
        sealed = open_for_person(session, portal.keyring, filing).payload["association"]["mandate"]
    assert sealed["warnings"] == ["avant_agrement", "plus_d_un_an", "autre_nom", "hors_region"]
    with SuspiciousClient(app, portal.database) as council:
        sign_in(council, portal, "CD-2B")
        read = council.page(f"/agent/plaintes/{sent.number}").text.replace("’", "'")
    assert [one for one in (*SAID, "Amina Autre-Nom-Fictif") if one not in read] == []


def test_a_mandate_without_a_doubt_goes_on_at_the_first_press(client, portal, mandate):
    assert bring(client, mandate, "mandat.png", picture("PNG")).url.path != mandate


def ticked(content):
    """Give the boxes of a mandate that was printed, in order."""
    pdf = opened(content)  # its elements live as long as it does
    alts = [str(one.Alt) for one in elements(pdf) if str(one.S) == "/Figure"]
    return [one == "Case cochée" for one in alts if one.startswith("Case")]


def printed(client, mandate):
    """Press the button of the page."""
    (link,) = [one for text, one in client.page(mandate).links.items() if text.startswith("Imprimer le mandat rempli")]
    content = client.get(link)
    assert content.headers["content-type"] == "application/pdf"
    return content.content


def test_the_mandate_is_printed_filled_in_and_ticked_as_the_page_is(client, portal, mandate):
    made = printed(client, mandate)
    said = text_of(made).replace("’", "'")
    for one in (
        "Je m'appelle Amina Canari-Nom.",
        "à l'association Entraide Inventée, RNA W000000001.",
        "Durand-Fictif, Dentiste ou orthodontiste, Bastia (20200, Haute-Corse).",
        "Les faits : On a refusé de me faire un devis.",
        "Date des faits : mi-février 2026.",
    ):
        assert bare(one) in said
    assert ticked(made) == [False] * 3
    told = client.submit(mandate, {"mandat_portee": ["saisir", "representer"]})
    assert told.status_code == 422
    assert ticked(printed(client, mandate)) == [True, False, True]


def test_a_mandate_is_printed_before_anything_else_is_known(client, portal):
    sign_in_member(client, portal)
    where = prepare(client, until="lieu").url.path.replace("lieu", "mandat/imprimer")
    said = text_of(client.get(where).content)
    assert "Canari-Nom" in said  # told before the first page
    assert said.count("…" * 16) == 10


def test_once_it_is_sent_no_mandate_is_printed_any_more(client, portal, mandate):
    last = bring(client, mandate, "mandat.png", picture("PNG"))
    last = choose_receiver(client, last)
    client.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs")
    after = client.get(f"{mandate}/imprimer")
    assert after.headers["content-type"].startswith("text/html")
    assert "Votre plainte est déjà envoyée" in after.text
