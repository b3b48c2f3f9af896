"""What the disciplinary chamber receives, opened and read: every document has its number, nobody an address."""

import io
import zipfile
from datetime import date

import pikepdf
import pypdfium2
import pytest

from tests.journeys import PNG
from tests.pages.test_conciliation import OPINION, desks, fix, plain, report, step, told
from tests.pages.test_evidence import examine
from tests.support.acts import day
from tests.support.files import pdf
from tests.support.pdf import bare, text_of
from tests.support.rewind import lived

__all__ = ["desks", "told"]
pytestmark = pytest.mark.engines("sqlite", "postgresql")
PRIVATE = ("amina.canari", "CANARI-BESOIN", "Coordonnéesetbesoins")
"""What the contact sheet and the meeting say of the person, and no other party may read."""
RECORD, NOTICE = [("entretien.pdf", pdf(2), "application/pdf")], [("avis.png", PNG + b"avis", "image/png")]


@pytest.fixture
def failed(run, client, portal, desks, told):
    """Hold the meeting without agreement: one scan proves both summonses, the professional wrote."""
    return lived(run, portal, client, "failed", lambda: met_in_vain(portal, desks, told))


def met_in_vain(portal, desks, told):
    lille, _ = desks
    emile = lille.on(3, 20)
    heard = day("audition_le", date(2026, 3, 19))
    emile.submit(step(told, "professionnel"), heard, {"releve": RECORD}, form="professionnel#erreurs")
    fix(lille.on(4, 1), told, date(2026, 5, 28), besoins_pris_en_compte="CANARI-BESOIN")
    emile = lille.on(5, 4)
    for party in ("personne", "professionnel"):
        sent = {"mode": "courrier_recommande", "reference_envoi": f"1A {party}"}
        emile.submit(step(told, f"convocations/{party}/envoi"), sent, form="envoi#erreurs")
    emile = lille.on(5, 15)
    for party in ("personne", "professionnel"):
        came = day("recue_le", date(2026, 5, 6))
        where = step(told, f"convocations/{party}/reception")
        emile.submit(where, came, {"preuve": NOTICE}, form="reception#erreurs")
    said = {"presence": "non", "empechement": "Un congrès inventé.", "observations": "CANARI-OBSERVATIONS"}
    emile.submit(step(told, "convocations/professionnel/reponse"), said, form="reponse#erreurs")
    report(lille, told, "desaccord", points_desaccord="CANARI-POINTS")
    examine(portal)
    return told


def archive(browser, sent):
    """Download the archive; give its files by name."""
    packed = zipfile.ZipFile(io.BytesIO(browser.get(step(sent, "avis-motive/pieces")).content))
    return {name: packed.read(name) for name in packed.namelist()}


def test_every_document_is_a_piece_under_its_number(desks, failed):
    _, ordre = desks
    files = archive(ordre.on(7, 1), failed)
    listed = text_of(files["liste-des-pieces.pdf"])
    for piece in (
        "Pièce 0 Plainte, 3 mars 2026, 1 page",
        "Pièce 1 Accusé de réception envoyé, 4 mars 2026, 1 page",
        "Pièce 2 Transmise à l'autre autorité, 4 mars 2026, 1 page",
        "Pièce 3 Transmise au professionnel, 4 mars 2026,",
        "Pièce 4 Professionnel entendu — entretien.pdf, 19 mars 2026, 2 pages",
        "Pièce 5 Réunion fixée, 28 mai 2026, 1 page",
        "Pièce 6 Convocation envoyée (Amina Canari-Nom), 4 mai 2026, 1 page",
        "Pièce 7 Convocation envoyée (Camille Canari-Pro), 4 mai 2026, 1 page",
        "Pièce 8 Convocation reçue (Amina Canari-Nom) — avis.png, 6 mai 2026, 1 page",
        "Pièce 9 Convocation reçue (Camille Canari-Pro) — avis.png, 6 mai 2026, 1 page",
        "Pièce 10 Réponse à la convocation (Camille Canari-Pro), 15 mai 2026, 1 page",
        "Pièce 11 Réunion tenue, 28 mai 2026, 1 page",
        "Pièce 12 Réunion tenue — signe.png, 28 mai 2026, 1 page",
        "Pièce 13 Compte rendu envoyé, 1er juin 2026, 1 page",
        "– Avis motivé, joint à part",
        "Chambre disciplinaire de première instance de l'ordre des médecins, Hauts-de-France",
    ):
        assert bare(piece) in listed.replace("’", "'"), piece
    assert files["pieces/piece-08.png"] == files["pieces/piece-09.png"] == NOTICE[0][1]
    assert "1Apersonne" in text_of(files["pieces/piece-06.pdf"])
    assert "Copie,textescelléle4mai2026" in text_of(files["pieces/piece-06.pdf"])
    assert "Cettelettrevousyconvoque" in text_of(files["pieces/piece-07.pdf"])
    assert "CANARI-OBSERVATIONS" in text_of(files["pieces/piece-10.pdf"])
    assert "CANARI-POINTS" in text_of(files["pieces/piece-11.pdf"])


def test_the_chamber_reads_the_story_and_who_complains_never_how_to_reach_them(desks, failed):
    lille, ordre = desks
    assert "amina.canari" in plain(lille.on(6, 2).page(f"/agent/plaintes/{failed.number}"))
    files = archive(ordre.on(7, 1), failed)
    complaint = text_of(files["pieces/piece-00.pdf"])
    assert "CANARI-RECIT" in complaint
    assert "AminaCanari-Nom" in complaint
    papers = {name: text_of(content) for name, content in files.items() if name.endswith(".pdf") and "-04" not in name}
    assert [(name, one) for name, text in papers.items() for one in PRIVATE if one in text] == []


def test_the_opinion_is_a_piece_once_it_is_recorded(desks, failed):
    lille, ordre = desks
    fatou = ordre.on(7, 1)
    again = "Pièces de la chambre, avec l'avis motivé"
    assert again not in plain(fatou.page(step(failed)))
    fatou.submit(step(failed, "avis-motive"), {"s_associe": "oui"}, {"avis": OPINION}, form="avis-motive#erreurs")
    files = archive(fatou, failed)
    assert files["pieces/piece-14.png"] == OPINION[0][1]
    listed = text_of(files["liste-des-pieces.pdf"])
    assert bare("Pièce 14 Transmise à la chambre disciplinaire — motive.png, 1er juillet 2026") in listed
    assert "jointàpart" not in listed
    assert again in plain(fatou.page(step(failed)))
    assert again not in plain(lille.on(7, 2).page(step(failed)))


def test_the_director_is_told_by_a_letter_of_the_council_once_the_chamber_has_it(desks, failed):
    lille, ordre = desks
    fatou, letter = ordre.on(7, 1), step(failed, "avis-motive/directeur")
    assert fatou.get(letter).status_code == 409
    fatou.submit(step(failed, "avis-motive"), {"s_associe": "oui"}, {"avis": OPINION}, form="avis-motive#erreurs")
    told = text_of(fatou.get(letter).content)
    assert bare("R. 1110-13") in told
    assert bare("Le président s’associe à la plainte.") in told
    assert "Télécharger la lettre au directeur (PDF)" in plain(fatou.page(step(failed)))
    assert lille.on(7, 2).get(letter).status_code == 404


def test_one_pdf_has_the_list_then_each_piece_under_a_bookmark(desks, failed):
    _, ordre = desks
    fatou = ordre.on(7, 1)
    fatou.submit(step(failed, "avis-motive"), {"s_associe": "oui"}, {"avis": OPINION}, form="avis-motive#erreurs")
    given = fatou.get(step(failed, "avis-motive/pieces.pdf"))
    assert given.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(given.content)) as whole, whole.open_outline() as outline:
        marks = [str(item.title) for item in outline.root]
        count = len(whole.pages)
    assert [mark.split(" — ")[0] for mark in marks] == [
        "Liste des pièces",
        *(f"Pièce {n}" for n in range(14)),  # the opinion, not examined yet, has no copy to print
    ]
    pages = [bare(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(given.content)]
    assert count == len(pages)
    listed = "".join(pages).replace("’", "'")
    assert bare("motive.png, 1er juillet 2026, jointe dans l'archive ZIP") in listed
    assert listed.index("Listedespièces") < listed.index("CANARI-RECIT") < listed.index("CANARI-OBSERVATIONS")
    assert [one for one in PRIVATE if one in listed] == []
