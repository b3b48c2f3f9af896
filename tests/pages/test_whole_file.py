"""« Exporter »: the whole file as one PDF to read, and as an archive that holds it with each letter and each file."""

import hashlib
import io
import zipfile
from typing import Any

import pikepdf
import pypdfium2
import pytest

from app.conciliation.export import whole_file
from tests.journeys import PNG
from tests.pages.test_chamber_bundle import failed
from tests.pages.test_conciliation import OPINION, at, desks, step, told
from tests.support.pdf import bare, text_of

__all__ = ["desks", "failed", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")


def taken(browser, sent, kind):
    """Take the file out; give its bytes."""
    return browser.submit(at(sent, "exporter"), {"format": kind, "usage": "Relire"}, form="exporter#erreurs").content


def marks_of(content):
    """Give each bookmark with its page, counted from one, and how many pages there are."""
    with pikepdf.open(io.BytesIO(content)) as whole, whole.open_outline() as outline:
        places = {page.objgen: n for n, page in enumerate(whole.pages, 1)}
        marks = {str(item.title): place_of(item) for item in outline.root}
        return {title: places[place] for title, place in marks.items()}, len(whole.pages)


def place_of(mark: Any) -> Any:
    """Name the page to which a bookmark leads."""
    return mark.destination[0].objgen


def pages_of(content):
    """Read the words of each page, what is laid over it too."""
    pages = pypdfium2.PdfDocument(content)
    return [bare(page.get_textpage().get_text_range()).replace("’", "'") for page in pages]


def test_the_contents_say_where_each_document_begins_and_every_page_its_number(desks, failed):
    lille, _ = desks
    emile = lille.on(6, 2)
    whole = taken(emile, failed, "dossier")
    marks, count = marks_of(whole)
    pages = pages_of(whole)
    assert list(marks)[:4] == ["Sommaire", "Plainte", "Réception", "Historique"]
    letters = "".join(marks)
    for title in (
        "Accusé de réception envoyé",
        "Convocation envoyée (Amina",
        "Réunion tenue, 28 mai 2026",
        "piece-01.pdf",
    ):
        assert title in letters
    assert count == len(pages)
    assert all(f"Dossier,page{n}sur{count}" in page for n, page in enumerate(pages, 1))
    contents = "".join(pages[: marks["Plainte"] - 1])
    assert all(bare(f"{title} page {n}").replace("’", "'") in contents for title, n in list(marks.items())[1:])
    assert "Nepastransmettreauprofessionnel" in pages[marks["Plainte"] - 1 : marks["Réception"]][-2]


def test_the_file_of_the_authority_holds_what_the_chamber_is_not_given(desks, failed):
    lille, ordre = desks
    emile = lille.on(6, 2)
    emile.submit(at(failed, "noter"), {"note": "CANARI-NOTE"}, form="noter#erreurs")
    emile.submit(at(failed, "repondre"), {"message": "CANARI-MESSAGE"}, form="repondre#erreurs")
    read = "".join(pages_of(taken(emile, failed, "dossier")))
    for words in (
        "CANARI-NOTE",
        "Interne : lu par notre service seul",
        "CANARI-MESSAGE",
        "CANARI-BESOIN",
        "amina.canari",
        "Référence de l'envoi : 1A personne",
        "Émile Exemple, CPAM de Lille-Douai",
        "Empreinte du dépôt",
    ):
        assert bare(words) in read, words
    fatou = ordre.on(7, 1)
    fatou.submit(step(failed, "avis-motive"), {"s_associe": "oui"}, {"avis": OPINION}, form="avis-motive#erreurs")
    court = "".join(pages_of(fatou.get(step(failed, "avis-motive/pieces.pdf")).content))
    assert [one for one in ("CANARI-NOTE", "CANARI-MESSAGE", "CANARI-BESOIN", "amina.canari") if one in court] == []


def test_the_archive_holds_the_same_pdf_and_each_letter(desks, failed):
    lille, _ = desks
    packed = zipfile.ZipFile(io.BytesIO(taken(lille.on(6, 2), failed, "zip")))
    files = {name: packed.read(name) for name in packed.namelist()}
    names = [name for name in files if name.startswith("lettres/")]
    assert {"dossier.pdf", "plainte.pdf", "plainte.json", "empreintes.txt", "preuves/piece-02.png"} <= set(files)
    assert names[:3] == [
        "lettres/01-accuse-reception.pdf",
        "lettres/02-transmise-autorite.pdf",
        "lettres/03-transmise-professionnel.pdf",
    ]
    assert "CANARI-BESOIN" in "".join(text_of(files[name]) for name in names if "convo" in name)
    assert marks_of(files["dossier.pdf"])[1] > len(names)
    sums = files.pop("empreintes.txt").decode().splitlines()
    assert sums == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]


def test_a_piece_that_the_pdf_has_no_room_for_is_named_and_stays_in_the_archive(desks, failed, monkeypatch):
    monkeypatch.setattr(whole_file, "JOINED_MOST", 0)
    emile = desks[0].on(6, 2)
    whole = taken(emile, failed, "dossier")
    assert not [title for title in marks_of(whole)[0] if title.startswith("piece-")]
    assert bare("à part : fichier de l'archive ZIP") in "".join(pages_of(whole))
    packed = zipfile.ZipFile(io.BytesIO(taken(emile, failed, "zip")))
    assert PNG + b"avis" in [packed.read(name) for name in packed.namelist() if name.startswith("preuves/")]
