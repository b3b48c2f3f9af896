"""Checking a récépissé: four answers, from the number and the key, the square, or the file; nothing personal."""

import re
import threading

import pytest
from sqlalchemy import select

from app.filing.documents.receipt_file import recepisses
from app.filing.models import Filing
from app.runtime.timestamping import TimestampWorker
from tests.cast import AMINA, Sent, begin, send
from tests.support.html import Page
from tests.support.pdf import text_of
from tests.support.rewind import lived

WHERE = "/verifier-recepisse"
PERSONAL = ("CANARI", "Amina", "Camille", "médecin", "exemple.fr")


@pytest.fixture
def held(run, client, portal):
    """What a person holds: the number, the file, the key that is printed on it."""
    return lived(run, portal, client, "held", lambda: sent_and_held(client))


def sent_and_held(client):
    sent = Sent(send(client))
    made = client.get(sent.path.replace("confirmation", "recepisse")).content
    return sent, made, re.search("Clédecontrôle([0-9A-Z]{8})", text_of(made)).group(1)


def checked(client, **typed):
    return Page(client.submit(WHERE, typed, form=WHERE + "#erreurs").text)


def with_file(client, content):
    files = {"fichier": [("recepisse.pdf", content, "application/pdf")]}
    return Page(client.submit(WHERE, {}, files, form=WHERE + "#erreurs").text)


@pytest.mark.parametrize("write", [str, str.lower, lambda text: text.replace("-", " "), lambda text: f" {text} "])
def test_the_number_and_the_key_however_typed(client, held, write):
    sent, _, key = held
    page = checked(client, numero=write(sent.number), cle=write(key))
    assert page.h1 == "Ce récépissé est authentique"
    assert "Reçu le mardi 3 mars 2026 à 22 h 41 min 07 s (heure de Paris), par CPAM de Lille-Douai" in page.text
    assert not [word for word in PERSONAL if word in page.text]


def test_the_square_answers_at_once(client, held):
    sent, _, key = held
    assert client.page(f"{WHERE}?numero={sent.number}&cle={key}").h1 == "Ce récépissé est authentique"


def test_the_file_itself_before_and_after_its_time_stamp(client, portal, held):
    sent, before, _ = held
    assert "Horodatageencours" in text_of(before)
    TimestampWorker(portal).step(threading.Event())
    after = client.get(sent.path.replace("confirmation", "recepisse")).content
    assert "Horodatagenonqualifiédumardi3mars2026" in text_of(after)
    for content in (before, after):
        page = with_file(client, content)
        assert page.h1 == "Ce récépissé est authentique"
        assert "Ce fichier est identique à l'original." in page.text


def test_a_file_that_was_changed_by_one_byte(client, held):
    _, made, _ = held
    changed = bytearray(made)
    changed[-40] ^= 1
    page = with_file(client, bytes(changed))
    assert page.h1 == "Ce fichier a été modifié"
    assert "Le numéro existe, mais le fichier n'est pas l'original." in page.text


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 rien", b"\0" * 5000, b"SA-2026-0000-0000", b"SA-2026-" + b"A" * 3_000_000]
)
def test_a_foreign_file_is_of_no_complaint(client, held, content):
    del held
    assert with_file(client, content).h1 == "Ce récépissé ne correspond à aucun dossier"


def test_a_wrong_key_and_an_unknown_number_get_the_same_answer(client, held):
    sent, _, key = held
    other = "A" * 8 if key != "A" * 8 else "B" * 8
    for numero, cle in (
        (sent.number, other),
        ("SA-2026-AAAA-AAAA", key),
        ("n'importe quoi", key),
        (sent.number, "é" * 900),
    ):
        page = checked(client, numero=numero, cle=cle)
        assert page.h1 == "Ce récépissé ne correspond à aucun dossier"
        assert "Vérifiez le numéro et la clé." in page.text


@pytest.mark.parametrize("typed", [{}, {"numero": "SA-2026-AAAA-AAAA"}, {"cle": "AAAAAAAA"}])
def test_too_little_is_told_and_kept(client, typed):
    page = checked(client, **typed)
    assert "Écrivez le numéro et la clé, ou choisissez le fichier PDF." in page.text
    assert page.title.startswith("Erreur")
    for value in typed.values():
        assert value in page.source


def test_guesses_are_slowed(client, held):
    sent, _, key = held
    for _ in range(20):
        checked(client, numero=sent.number, cle="A" * 8)
    answer = client.get(f"{WHERE}?numero={sent.number}&cle={key}")
    assert answer.status_code == 429


def test_each_complaint_has_its_own_key(client, held):
    _, _, key = held
    second = Sent(client.submit(begin(client), AMINA))
    made = text_of(client.get(second.path.replace("confirmation", "recepisse")).content)
    assert key not in made
    assert checked(client, numero=second.number, cle=key).h1 == "Ce récépissé ne correspond à aucun dossier"


def test_a_file_given_before_the_meeting_of_the_ordre_was_announced(client, portal):
    """An earlier release told no meeting in Mayotte: what it gave is still the original."""
    sent = Sent(send(client, pro_commune="Mamoudzou"))
    with portal.database.read() as session:
        filing = session.scalars(select(Filing).where(Filing.number == sent.number)).one()
        given = list(recepisses(session, portal, filing))
    announcing = ["conciliation" in text_of(content) or "Conciliation" in text_of(content) for content in given]
    assert set(announcing) == {True, False}
    for content in given:
        assert "Ce fichier est identique à l'original." in with_file(client, content).text
