"""The short form by HTTP: everything a person can do without a script."""

import hashlib

import pytest
from sqlalchemy import func, select

from app.base.crypto.vault import PORTAL
from app.evidence.models import Evidence
from app.evidence.queries import files_of
from app.evidence.store import path_of
from app.filing.models import Filing, FilingDesk, FilingKey, LedgerEntry
from app.filing.rules import AIGUILLAGE
from app.saisine import queries as drafts
from app.saisine.models import Draft
from tests.cast import AMINA, STORY, Sent, begin, send
from tests.support.files import picture
from tests.support.html import Page
from tests.support.pdf import bare, text_of

PNG = picture("PNG")


def count(portal, model):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def filing_of(portal):
    with portal.database.read() as session:
        return session.scalars(select(Filing)).one()


def test_amina_files_and_holds_a_receipt(client, portal):
    sent = Sent(send(client))
    assert "Votre plainte est reçue" in sent.page.h1
    for said in (
        "mardi 3 mars 2026 à 22 h 41 min 07 s",
        "directeur de la CPAM de Lille-Douai",
        "président du conseil départemental de l'ordre des médecins du Nord",
        "mercredi 11 mars 2026",
        "vendredi 3 avril 2026",
        "mercredi 3 juin 2026",
    ):
        assert said in sent.page.text, said
    assert len(sent.code) == len("H7KD-2MPX-9WQ4-VT3R")
    filing = filing_of(portal)
    assert (filing.number, filing.receiver, filing.informed, filing.outcome) == (sent.number, "595", "MED-59", "resolu")


def test_everything_is_asked_at_once_and_nothing_typed_is_lost(client, portal):
    path = begin(client)
    answer = client.submit(path, {"nom": "Canari", "recit": "Refus.", "email": "amina@", "pro_commune": "Lille"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.title.startswith("Erreur : ") or page.title.startswith("Erreur\u00a0:")
    assert "réponses sont à corriger" in page.text
    for name in ("qualite", "prenom", "email", "profession", "recit", "destinataire", "declare_vrai"):
        assert page.by_id(f"{name}-erreur") is not None, name
    again = client.page(path)
    assert again.by_id("nom").get("value") == "Canari"
    assert "Refus." in again.by_id("recit").itertext().__next__()
    assert count(portal, Filing) == 0


def test_a_second_press_gets_the_first_receipt(client, portal):
    path = begin(client)
    page = client.page(path)
    first = Sent(client.send_form(page, path, dict(AMINA)))
    portal.clock.advance(minutes=3)
    second = Sent(client.send_form(page, path, dict(AMINA)))
    assert (second.number, second.code) == (first.number, first.code)
    assert count(portal, Filing) == count(portal, LedgerEntry) == 1


def test_a_sent_draft_says_so(client):
    path = begin(client)
    client.submit(path, dict(AMINA))
    assert "déjà envoyée" in client.page(path).h1


def test_the_answers_of_a_sent_draft_are_gone_from_it(client, portal):
    send(client)
    with portal.database.read() as session:
        draft = session.scalars(select(Draft)).one()
        key = portal.keyring.unwrap(draft.wrapped, PORTAL)
    from app.base.crypto.vault import unseal  # noqa: PLC0415

    assert unseal(key, draft.answers, f"draft|{draft.id}|answers|1") == b"{}"


def test_a_stranger_opens_neither_the_form_nor_the_confirmation(client, app, portal):
    from tests.support.client import SuspiciousClient  # noqa: PLC0415

    path = begin(client)
    client.submit(path, dict(AMINA))
    with SuspiciousClient(app, portal.database) as gael:
        for where in (path, path.replace("court", "confirmation"), path.replace("court", "recepisse")):
            answer = gael.get(where)
            assert answer.status_code == 404
            assert "Cette plainte n'est pas ouverte sur cet appareil" in Page(answer.text).text
            assert "Canari" not in answer.text


def test_a_town_that_several_bear_is_asked(client, portal):
    path = begin(client)
    answer = client.submit(path, {**AMINA, "pro_commune": "Saint-Denis"})
    page = Page(answer.text)
    assert answer.status_code == 200
    assert Page(answer.text).h1 == "Quelle ville est-ce ?"
    assert "Saint-Denis (93200, Seine-Saint-Denis)" in page.text
    assert "<title>Erreur" not in answer.text
    for word in ("à corriger", "aria-invalid", "--error"):
        assert word not in answer.text, word
    assert answer.text.index('name="pro_commune"') < answer.text.index('name="nom"')
    page = Page(client.send_form(page, path, {}).text)
    assert "Choisissez la ville dans la liste." in page.text
    assert "Une réponse est à corriger" in page.text
    done = client.send_form(page, path, {"commune_insee": "97411"})
    assert "reçue" in Page(done.text).h1
    assert filing_of(portal).receiver == "974"
    assert filing_of(portal).zone == "Indian/Reunion"


def test_an_unknown_town_never_blocks(client, portal):
    path = begin(client)
    answer = client.submit(path, {**AMINA, "pro_commune": "Ville-Inventée-sur-Rien"})
    page = Page(answer.text)
    assert "Nous ne trouvons pas ce lieu. Essayez avec le code postal." in page.text
    sent = Sent(client.send_form(page, path, {"commune_insee": "inconnue"}))
    assert "Nous cherchons la bonne autorité" in sent.page.text
    assert filing_of(portal).receiver == AIGUILLAGE


@pytest.mark.parametrize("changes", [{"profession": "autre", "profession_autre": "71"}, {"pro_commune": "Monaco"}])
def test_out_of_scope_is_explained_then_received(client, portal, changes):
    path = begin(client)
    page = Page(client.submit(path, {**AMINA, **changes}).text)
    assert "39 28" in page.text
    sent = Sent(client.send_form(page, path, {"continuer_quand_meme": "oui"}))
    assert filing_of(portal).receiver == AIGUILLAGE
    assert "conciliation a lieu" not in sent.page.text


def test_a_profession_without_ordre_goes_to_the_cpam_alone(client, portal):
    sent = Sent(send(client, profession="autre", profession_autre="92"))
    assert "le directeur de la CPAM peut recevoir votre plainte" in sent.page.text
    assert "conciliation a lieu" not in sent.page.text
    with portal.database.read() as session:
        assert [desk.authority for desk in session.scalars(select(FilingDesk))] == ["595"]


def test_in_mayotte_the_ordre_alone_receives(client, portal):
    sent = Sent(send(client, pro_commune="Mamoudzou", destinataire="cpam"))
    assert "ordre seul" in sent.page.text
    assert "Heure du lieu" in sent.page.text
    assert "mercredi 4 mars 2026 à 0 h 41" in sent.page.text
    assert filing_of(portal).receiver == "MED-976"


ORTHOPTIST = {"profession": "autre", "profession_autre": "92"}
MIXED, BEFORE_ORDRE = "réunion de conciliation", "conciliation devant la commission de l'ordre"


@pytest.mark.parametrize(
    ("asked", "meeting", "is_told"),
    [
        ({}, MIXED, True),
        ({"destinataire": "ordre"}, MIXED, True),
        ({"pro_commune": "Mamoudzou"}, BEFORE_ORDRE, False),
        ({"pro_commune": "Papeete"}, BEFORE_ORDRE, False),
        (ORTHOPTIST, "", False),
    ],
)
def test_the_pages_the_receipt_and_the_sheet_announce_the_same(client, asked, meeting, is_told):
    """CSP L. 1110-3, L. 1110-3-1, R. 1541-1: a meeting in three months, mixed, before the ordre, or none."""
    sent = Sent(send(client, **asked))
    receipt, sheet = (
        text_of(client.get(sent.path.replace("confirmation", name)).content)
        for name in ("recepisse", "feuille-de-suivi")
    )
    assert ("l'autre autorité" in sent.page.text) is is_told
    receipt, both, announced = receipt.lower().replace("’", "'"), (MIXED, BEFORE_ORDRE), [meeting] if meeting else []
    assert [one for one in both if f"la {one} a lieu" in sent.page.text] == announced
    assert [one for one in both if bare(one) in receipt] == announced
    assert ("unaccord" in sheet) is bool(meeting)


@pytest.mark.parametrize(("owner", "council"), [("oui", "PHA-A-PACA-COR"), ("non", "PHA-D"), (None, "")])
def test_the_owner_of_a_pharmacy_tells_the_section(client, portal, owner, council):
    asked = {"pharmacie_titulaire": owner} if owner else {}
    sent = Sent(send(client, profession="pharmacien", pharmacie_type="officine", pro_commune="Marseille", **asked))
    filing = filing_of(portal)
    assert (filing.receiver, filing.informed) == ("131", council)
    assert ("cherche encore qui d" in sent.page.text) == (not council)
    assert ("section" in sent.page.text) == bool(council)


def test_files_are_kept_sealed_listed_and_given_with_the_complaint(client, portal):
    path = begin(client)
    files = {"fichiers": [("CANARI-photo.png", PNG, "image/png"), ("note.txt", b"Un SMS invente", "text/plain")]}
    page = Page(client.submit(path, {"nom": "Canari-Nom"}, files, button="Ajouter ces fichiers").text)
    assert "CANARI-photo.png" in page.text
    assert page.by_id("nom").get("value") == "Canari-Nom"
    sent = Sent(client.send_form(page, path, dict(AMINA)))
    assert sent.number
    with portal.database.read() as session:
        kept = session.scalars(select(Evidence).order_by(Evidence.size)).all()
        assert [one.media_type for one in kept] == ["text/plain", "image/png"]
        key = drafts.key_of(session, portal.keyring, kept[1].owner)
        hashes = {file.id: file.sha256 for file in files_of(session, kept[1].owner, key)}
        assert hashes[kept[1].id] == hashlib.sha256(PNG).hexdigest() != kept[1].fingerprint
    sealed = path_of(portal.files, kept[1].id).read_bytes()
    assert PNG[:16] not in sealed
    assert all(b"CANARI" not in file.read_bytes() for file in portal.files.rglob("*") if file.is_file())


def test_files_sent_with_the_press_go_with_it(client, portal):
    path = begin(client)
    client.submit(path, dict(AMINA), {"fichiers": [("photo.png", PNG, "image/png")]})
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Evidence)) == 1
    assert count(portal, Filing) == 1


def test_one_bad_file_never_loses_the_others(client, portal):
    path = begin(client)
    files = {
        "fichiers": [
            ("programme.jpg", b"MZ\x90\0" + b"\0" * 50, "image/jpeg"),
            ("vide.png", b"", "image/png"),
            ("bonne.png", PNG, "image/png"),
            ("lourde.png", PNG + b"\0" * (15 * 1024 * 1024), "image/png"),
        ]
    }
    answer = client.submit(path, dict(AMINA), files)
    page = Page(answer.text)
    assert answer.status_code == 422
    for said in (
        "“programme.jpg”",
        "n'est pas accepté",
        "“vide.png” est vide.",
        "“lourde.png” est trop lourd (15,0 Mo)",
    ):
        assert said in page.text
    assert "bonne.png" in page.text
    assert count(portal, Evidence) == 1
    assert len([file for file in portal.files.rglob("*") if file.is_file()]) == 1
    assert Sent(client.send_form(page, path, {})).number


def test_the_same_file_is_kept_once(client, portal):
    path = begin(client)
    client.submit(path, {}, {"fichiers": [("a.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    page = Page(
        client.submit(path, {}, {"fichiers": [("b.png", PNG, "image/png")]}, button="Ajouter ces fichiers").text
    )
    assert "“b.png” est déjà ajouté." in page.text
    assert count(portal, Evidence) == 1


def test_a_file_is_taken_out(client, portal):
    """Each press leads back to the files, half of the form below its top."""
    path = begin(client)
    added = client.submit(path, {}, {"fichiers": [("a.png", PNG, "image/png")]}, button="Ajouter ces fichiers")
    removed = client.submit(path, {}, button="Retirer a.png")
    for answer in (added, removed):
        assert answer.history[-1].headers["location"] == f"{path}#fichiers-ajoutes"
        assert Page(answer.text).by_id("fichiers-ajoutes") is not None
    assert "a.png" not in Page(removed.text).text
    assert not [file for file in portal.files.rglob("*") if file.is_file()]


def test_the_receiver_and_the_person_hold_a_key_the_informed_authority_none(client, portal):
    send(client)
    with portal.database.read() as session:
        assert set(session.scalars(select(FilingKey.holder))) == {"portail", "autorite:595"}


def test_nothing_told_lies_in_clear_in_the_database(client, portal):
    send(client)
    with portal.database.engine.connect() as connection:
        for table in ("draft", "filing", "evidence", "outbox", "filing_event", "ledger"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            said = (
                repr(rows).lower()
                + "".join(str(bytes(v)) for row in rows for v in row if isinstance(v, (bytes, memoryview))).lower()
            )
            assert "canari" not in said, table
    assert "CANARI" in STORY


def test_the_recepisse_is_a_pdf_and_the_same_each_time(client):
    sent = Sent(send(client))
    first = client.get(sent.path.replace("confirmation", "recepisse"))
    assert first.headers["content-type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-")
    assert first.content == client.get(sent.path.replace("confirmation", "recepisse")).content


def test_the_code_is_shown_for_a_day(client, portal):
    sent = Sent(send(client))
    portal.clock.advance(hours=25)
    page = client.page(sent.path)
    assert sent.number in page.text
    assert page.by_id("code-personnel") is None


def test_sending_again_what_was_saved(client, portal):
    """POST …/envoyer sends the saved answers; its GET brings back to the form."""
    path = begin(client)
    client.submit(path, {**AMINA, "declare_vrai": None, "compris_transmission": None})
    assert client.get(path.replace("court", "envoyer")).url.path == path
    page = client.page(path)
    hidden = next(form for form in page.forms if form.method == "post").fill({})
    token = dict(hidden)["csrf"]
    done = client.post(
        path.replace("court", "envoyer"), data={"csrf": token, "declare_vrai": "oui", "compris_transmission": "oui"}
    )
    assert Sent(done).number == filing_of(portal).number


def test_the_name_of_a_file_is_the_one_it_has_on_the_device(client):
    path = begin(client)
    client.submit(path, files={"fichiers": [('photo"refus" 50%20.png', PNG, "image/png")]}, button="ajouter")
    assert 'photo"refus" 50%20.png' in client.page(path).text


def test_the_short_form_can_be_saved_and_taken_up_again(client):
    path = begin(client)
    paused = client.submit(path, {"nom": "Canari", "recit": "Refus."}, button="Finir plus tard")
    assert paused.url.path == path.replace("court", "pause")
    resumed = client.get(path.removesuffix("/court"))
    assert resumed.url.path == path
    assert Page(resumed.text).by_id("nom").get("value") == "Canari"


@pytest.mark.parametrize("typed", ["Evry", "5900", "Boulogne", "lill"])
def test_a_town_that_is_not_sure_is_asked_before_anything_is_sent(client, portal, typed):
    path = begin(client)
    answer = client.submit(path, {**AMINA, "pro_commune": typed})
    assert Page(answer.text).h1 == "Quelle ville est-ce ?"
    offered = answer.text.count('name="commune_insee" type="radio"')
    assert 2 <= offered <= 11
    assert count(portal, Filing) == 0


def test_a_likely_typo_in_an_address_is_asked_once(client):
    path = begin(client)
    answer = client.submit(path, {**AMINA, "email": " Lea@Gmial.com"})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Vouliez-vous écrire Lea@gmail.com ?" in page.text
    kept = client.send_form(page, path, {}, button="Envoyer ma plainte")
    assert "Vouliez-vous" not in kept.text
    assert kept.url.path.endswith("/confirmation")


def test_the_address_that_was_meant_takes_its_place(client, portal):
    path = begin(client)
    page = Page(client.submit(path, {**AMINA, "email": "lea@gmial.com"}).text)
    sent = client.send_form(page, path, {"corriger": ["email:lea@gmail.com"]})
    assert sent.url.path.endswith("/confirmation")
    code = Sent(sent).code
    client.submit("/reprendre", {"code": code})
    assert client.page("/suivi/coordonnees").by_id("email").get("value") == "lea@gmail.com"
    asked = Page(client.submit("/suivi/coordonnees", {"email": "lea@oragne.fr"}, form="coordonnees#erreurs").text)
    assert "Vouliez-vous écrire lea@orange.fr ?" in asked.text
    changed = client.send_form(asked, "/suivi/coordonnees", {"corriger": ["email:lea@orange.fr"]})
    assert changed.url.path == "/suivi/coordonnees"
    assert client.page("/suivi/coordonnees").by_id("email").get("value") == "lea@orange.fr"
