"""A signed mandate is a photo or a PDF that can be read to its end, wherever it is brought."""

import pytest
from sqlalchemy import func, select

from app.evidence.models import Evidence
from tests.cast import sign_in_member
from tests.pages.test_associations import SIGNED, agree, prepare
from tests.support.files import mp3, pdf, picture
from tests.support.html import Page

WHOLE = picture("JPEG", (1600, 1200), "white", quality=95)
LONG = pdf(3)
NOT_A_PAPER, UNREADABLE, EMPTY = "n'est ni une photo ni un PDF", "ne s'ouvre pas", "est vide"
REFUSED = {
    "faux.jpg": (b"Je donne mandat.", NOT_A_PAPER),
    "page.txt": (b"Je donne mandat.", NOT_A_PAPER),
    "voix.mp3": (mp3(), NOT_A_PAPER),
    "mail.eml": (b"From: a@exemple.fr\r\n\r\nJe donne mandat.", NOT_A_PAPER),
    "inconnu.bin": (bytes(range(256)) * 8, NOT_A_PAPER),
    "rien.pdf": (b"", EMPTY),
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
def mandate(client, portal):
    """The page of the mandate, on the way of an association."""
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
