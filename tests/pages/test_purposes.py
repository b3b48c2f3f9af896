"""A signed mandate and a title of representative: on their own page, read by authorities, never by the professional."""

import io
import zipfile

import pytest
from PIL import Image
from sqlalchemy import select, update

from app.evidence.models import Evidence
from app.filing import queries
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import AMINA, Sent, begin, sign_in, sign_in_member
from tests.journeys import PNG, TRUE
from tests.pages.test_associations import ANSWERS, agree, prepare
from tests.pages.test_evidence import examine
from tests.support.client import SuspiciousClient
from tests.support.files import picture
from tests.support.html import Page, words

PHOTO, SIGNED = picture("PNG", colour="red"), picture("PNG", colour="green")
OWN = {"titre": ("titre", "titre"), "mandat": ("mandat", "mandat_fichier")}
CAPTION = {"titre": "Document de la personne qui représente", "mandat": "Mandat signé"}


def upload(client, path, field, name, content):
    """Send a file to a page that the way may not have reached yet."""
    form = next(one for one in client.page("/reprendre").forms if "code" in one.names)
    csrf = dict(form.fill({}))["csrf"]
    head = {"origin": "null", "sec-fetch-site": "same-origin"}
    return client.post(path, data={"csrf": csrf, "ajouter": "oui"}, files={field: (name, content)}, headers=head)


def colour_of(content):
    red, green, _ = Image.open(io.BytesIO(content)).convert("RGB").resize((1, 1)).tobytes()
    return "red" if red > green else "green"


def ids(portal):
    with portal.database.read() as session:
        return {row.purpose: row.id for row in session.scalars(select(Evidence))}


@pytest.mark.parametrize("purpose", OWN)
def test_it_is_listed_asked_about_and_removed_on_its_own_page_alone(client, portal, purpose):
    page, field = OWN[purpose]
    short = begin(client)
    draft = short.removesuffix("court")
    client.submit(short, {}, {"fichiers": [("photo.png", PHOTO, "image/png")]}, button="Ajouter ces fichiers")
    upload(client, draft + page, field, "signe.png", SIGNED)
    assert set(ids(portal)) == {"preuve", purpose}
    shown = client.page(short)
    assert "photo.png" in shown.text
    assert "signe.png" not in shown.text
    other = ids(portal)[purpose]
    client.submit(short, {}, button="Retirer photo.png")  # the button of the page; then one that it never had
    csrf = dict(next(one for one in client.page(short).forms if one.names & {"nom"}).fill({}))["csrf"]
    head = {"origin": "null", "sec-fetch-site": "same-origin"}
    client.post(short, data={"csrf": csrf, "retirer": other}, headers=head)
    client.post(draft + "preuves", data={"csrf": csrf, "retirer": other}, headers=head)
    assert ids(portal) == {purpose: other}
    client.post(draft + page, data={"csrf": csrf, "retirer": other}, headers=head)
    assert ids(portal) == {}


@pytest.mark.parametrize("purpose", OWN)
def test_authorities_read_what_it_is_and_the_professional_is_never_offered_it(client, app, portal, purpose):
    page, field = OWN[purpose]
    short = begin(client)
    client.submit(short, {}, {"fichiers": [("photo.png", PHOTO, "image/png")]}, button="Ajouter ces fichiers")
    upload(client, short.replace("court", page), field, "signe.png", SIGNED)
    sent = Sent(client.submit(short, AMINA))
    examine(portal)
    with SuspiciousClient(app, portal.database) as emile:
        sign_in(emile, portal, "595")
        where = f"/agent/plaintes/{sent.number}"
        desk = emile.page(where).text
        assert "signe.png" in desk
        assert CAPTION[purpose] in desk
        offered = emile.page(f"{where}/transmettre-professionnel").text
        assert "photo.png" in offered
        assert "signe.png" not in offered
        typed: dict[str, str | list[str] | None] = {"pieces": [ids(portal)["preuve"]], "motif_retrait": ""}
        there = f"{where}/transmettre-professionnel"
        bundle = emile.submit(there, typed, button="preparer", form="transmettre-professionnel#erreurs")
        packed = zipfile.ZipFile(io.BytesIO(bundle.content))
        copies = [packed.read(one) for one in packed.namelist() if one.startswith("preuves/")]
        assert [colour_of(one) for one in copies] == ["red"]
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, sent.number)
        files = queries.open_for_person(session, portal.keyring, filing).payload["files"]
    assert {file["name"]: file["purpose"] for file in files} == {"photo.png": "preuve", "signe.png": purpose}
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems
    with portal.database.write() as session:
        session.execute(update(Evidence).where(Evidence.purpose == purpose).values(purpose="preuve"))
    problems = verify(portal, trust_of(portal.settings, portal.keyring)).problems
    assert any("purpose" in str(one) for one in problems)


def test_a_mandate_that_came_before_purposes_were_kept_is_told_by_the_answers_and_sealed_as_one(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    last = prepare(client)
    with portal.database.write() as session:
        session.execute(update(Evidence).values(purpose=""))
    check = client.page(last.url.path)
    assert "mandat.png" not in words(check.by_id("ligne-preuves"))
    assert "mandat.png" in words(check.by_id("ligne-mandat-fichiers"))
    assert "mandat.png" not in client.page(last.url.path.replace("verifier", "preuves")).text
    sent = Sent(client.send_form(check, last.url.path, TRUE, form="/envoyer#erreurs"))
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, sent.number)
        payload = queries.open_for_person(session, portal.keyring, filing).payload
    assert [file["purpose"] for file in payload["files"]] == ["mandat"]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def pieces(portal):
    with portal.database.read() as session:
        return [(row.purpose, row.id) for row in session.scalars(select(Evidence))]


def test_a_photo_given_as_a_proof_then_as_the_mandate_is_the_mandate_and_leaves_the_proofs(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    page = prepare(client, until="preuves")
    where = page.url.path
    client.send_form(Page(page.text), where, {}, {"fichiers": [("photo.png", SIGNED, "image/png")]}, button="Ajouter")
    last = prepare_on(client, where, {"mandat_fichier": [("mandat.png", SIGNED, "image/png")]})
    ((purpose, _),) = pieces(portal)
    assert purpose == "mandat"
    check = client.page(last)
    assert "photo.png" not in words(check.by_id("ligne-preuves"))
    assert "photo.png" in words(check.by_id("ligne-mandat-fichiers"))
    sent = Sent(client.send_form(check, last, TRUE, form="/envoyer#erreurs"))
    with portal.database.read() as session:
        filing = queries.filing_by_number(session, sent.number)
        payload = queries.open_for_person(session, portal.keyring, filing).payload
    assert [file["id"] for file in payload["association"]["mandate"]["files"]] == [payload["files"][0]["id"]]
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def prepare_on(client, where, paper):
    """Go on from the page of the proofs to the last one, with this mandate; give its path."""
    page = client.get(where)
    for _ in range(20):
        name = str(page.url.path).split("/", 3)[3]
        if name == "verifier":
            break
        page = client.send_form(
            Page(page.text), page.url.path, dict(ANSWERS.get(name, {})), paper if name == "mandat" else None
        )
    return page.url.path


def test_the_mandate_given_again_as_a_proof_stays_the_mandate(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    last = prepare(client)
    before = pieces(portal)
    page = client.page(last.url.path.replace("verifier", "preuves"))
    again = {"fichiers": [("encore.png", PNG, "image/png")]}
    client.send_form(page, last.url.path.replace("verifier", "preuves"), {}, again, button="Ajouter")
    assert pieces(portal) == before
    assert before[0][0] == "mandat"


def test_a_mandate_that_is_taken_away_is_asked_again(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    last = prepare(client)
    where = last.url.path.replace("verifier", "mandat")
    client.submit(where, {}, button="Retirer mandat.png")
    assert pieces(portal) == []
    assert "Il manque une réponse" in client.page(last.url.path).text
