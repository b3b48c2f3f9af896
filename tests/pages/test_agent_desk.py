"""The clerk's desk by HTTP: the list, one complaint, its files, and who never sees them."""

import hashlib
import os
import uuid

import pytest

from app.accounts.rules import code_at
from app.accounts.service import add_clerk
from app.base.crypto.vault import StreamSeal
from app.evidence import service as files
from app.evidence import store
from app.filing.models import Filing, FilingDesk, FilingEvent
from app.filing.rules import AIGUILLAGE
from app.routing.queries import authority
from tests.rooms.test_intake_desk import HAINAUT, LILLE, ORDRE, Given, number_of, put
from tests.support.client import PlainClient, without_tokens
from tests.support.html import Page, words

LIST, PASSWORD = "/agent/plaintes", "tulipe moteur falaise"
CANARY = "canari-du-recit"
FILE_ID = uuid.uuid4().hex


@pytest.fixture
def as_clerk(client, portal):
    """Sign in as a clerk of an authority; whoever was signed in before is out."""

    def signs_in(authority, role="agent"):
        email = f"{uuid.uuid4().hex[:8]}@autorite.exemple.fr"
        with portal.database.write() as session:
            made = add_clerk(session, portal.keyring, email, "Émile Exemple", authority, role, PASSWORD, portal.clock)
        client.cookies.clear()
        code = code_at(made.seed, portal.clock())
        client.submit("/agent/connexion", {"email": email, "mot_de_passe": PASSWORD, "code_otp": code})
        return client

    return signs_in


@pytest.fixture
def noise(portal):
    """Other people's complaints, always."""
    for receiver, informed in [(HAINAUT, "CD-59"), ("CD-59", HAINAUT), (AIGUILLAGE, "")]:
        put(portal, Given(receiver, informed, person="Gaël Étranger", story="autre histoire"))


@pytest.fixture
def lea(portal, noise):
    """Léa's complaint, received by Lille, with one file sealed in the evidence folder."""
    del noise
    content = b"\xff\xd8\xff" + CANARY.encode()
    file = {"id": FILE_ID, "name": "ma photo.jpg", "size": len(content), "media_type": "image/jpeg"}
    given = Given(files=({**file, "sha256": hashlib.sha256(content).hexdigest()},), story=f"Première ligne\n{CANARY}")
    number, key = put(portal, given, number=number_of())
    seal = StreamSeal(key, store.place(FILE_ID))
    path = store.path_of(portal.files, FILE_ID)
    path.parent.mkdir(parents=True)
    path.write_bytes(seal.head + seal.add(content) + seal.end())
    with portal.database.write() as session:
        owner = session.query(Filing.draft_id).filter_by(number=number).scalar()
        received = store.Received(FILE_ID, "ma photo.jpg", "image/jpeg", len(content), "0" * 64)
        files.attach(session, owner, key, [received], portal.clock)
    return number


def page_of_list(client, query=""):
    return client.page(LIST + query)


def people(page):
    return [cell.text for cell in page.all("td") if cell.get("data-label") == "Personne"]


def test_the_list_shows_our_complaints_and_nobody_elses(as_clerk, portal, lea):
    page = page_of_list(as_clerk(LILLE))
    assert page.h1 == "Plaintes reçues"
    assert people(page) == ["Léa Fictive"]
    assert "1 plainte" in page.text
    for said in (
        "Dans 8 jours",
        "mercredi 11 mars",
        lea,
        "3 mars",
        "Camille Exemple-Durand",
        "Lille (59)",
        "Destinataire",
        "Reçue",
    ):
        assert said in page.text
    assert CANARY not in page.source
    assert "Gaël" not in page.source
    heads = [cell.get("scope") for cell in page.all("th")]
    assert heads == ["col"] * 8 + ["row"]
    assert page.all("caption")
    assert portal.settings.address not in page.source


def test_an_empty_list_says_so_and_offers_a_way_back(as_clerk, portal):
    client = as_clerk(LILLE)
    assert "Aucune plainte ne correspond." in page_of_list(client).text
    put(portal)
    page = page_of_list(client, "?etat=close")
    assert "Aucune plainte ne correspond." in page.text
    assert page.links["Effacer les filtres"] == LIST


@pytest.mark.parametrize(
    "query",
    [
        "etat=nimporte",
        "echeance=99j",
        "profession=%00",
        "role=chef",
        "page=0",
        f"page={'9' * 300}",
        "par=7",
        "page=%FF",
    ],
)
def test_a_filter_that_does_not_exist_is_left_aside_and_told(as_clerk, portal, query):
    put(portal)
    page = page_of_list(as_clerk(LILLE), f"?{query}")
    assert people(page) == ["Léa Fictive"]
    assert "Un filtre de cette adresse n'existe pas" in page.text


def test_filters_work_without_script_and_stay_chosen(as_clerk, portal):
    put(portal, Given(person="Ana", profession="40"))
    put(portal, Given(person="Noé", days=-1))
    client = as_clerk(LILLE)
    answer = client.submit(LIST, {"echeance": "retard", "par": "50"}, form=LIST)
    page = Page(answer.text)
    assert people(page) == ["Noé"]
    assert "En retard de 1 jour" in page.text
    chosen = [e.get("value") for e in page.all("option") if e.get("selected") is not None]
    assert chosen == ["retard", "50"]


def test_a_swap_gives_what_the_whole_page_would_show(as_clerk, portal):
    for n in range(30):
        put(portal, Given(person=f"Personne {n:02}", days=n))
    client = as_clerk(LILLE)
    asked = f"{LIST}?echeance=30j&page=2"
    whole, part = client.get(asked), client.get(asked, headers={"HX-Request": "true"})
    swapped = Page(part.text, part=True)
    assert people(swapped) == people(Page(whole.text))
    assert len(people(swapped)) == 5
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["vary"]
    told = swapped.by_id("compte")
    assert (told.text, told.get("hx-swap-oob")) == (Page(whole.text).by_id("compte").text, "innerHTML")
    assert "hx-swap-oob" not in whole.text
    restored = client.get(asked, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert Page(restored.text).h1 == "Plaintes reçues"
    assert "hx-swap-oob" not in restored.text


def test_pages_lead_to_one_another_with_their_filters(as_clerk, portal):
    for _ in range(26):
        put(portal)
    client = as_clerk(LILLE)
    page = page_of_list(client, "?etat=recue")
    assert page.links["Page suivante"] == f"{LIST}?etat=recue&page=2"
    page = page_of_list(client, "?etat=recue&page=2")
    assert page.links["Page précédente"] == f"{LIST}?etat=recue"
    assert len(people(page)) == 1


def test_one_complaint_is_read_whole_by_its_receiver(as_clerk, lea):
    page = as_clerk(LILLE).page(f"{LIST}/{lea}")
    assert page.h1 == f"{lea} — Léa Fictive / Camille Exemple-Durand"
    assert page.title == f"Dossier {lea} – Saisine"
    for said in (
        "Envoyer l'accusé de réception", "mercredi 11 mars", "Pourquoi cette date ?", "CSP R. 1110-11 al. 3",
        "Ne pas transmettre au professionnel", "lea@exemple.invalid", "ma photo.jpg", CANARY, "Plainte reçue",
        "mardi 3 mars 2026 à 22 h 41 min 07 s", "Ouverte le 3 mars 2026 à 22 h 41 par Émile Exemple",
    ):  # fmt: skip
        assert said in page.text
    anchors = {link.removeprefix("#") for link in page.links.values() if link.startswith("#")}
    assert {"plainte", "coordonnees", "preuves", "historique"} <= anchors
    assert all(page.by_id(anchor) is not None for anchor in anchors)
    story = next(cell for cell in page.all("dd") if cell.text == f"Première ligne\n{CANARY}")
    assert "keep-lines" in story.get("class")


def test_reading_twice_leaves_one_line(as_clerk, portal, lea):
    client = as_clerk(LILLE)
    for _ in range(3):
        client.get(f"{LIST}/{lea}")
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="ouverte").count() == 1


def test_what_is_uncertain_is_said_with_the_authorities_possible(as_clerk, portal):
    number, _ = put(portal, Given(AIGUILLAGE, "", to_confirm="cpam council", candidates=f"{LILLE} {HAINAUT} {ORDRE}"))
    page = as_clerk(AIGUILLAGE).page(f"{LIST}/{number}")
    for said in (
        "Choisir l'autorité compétente",
        "Orientation à confirmer",
        "la caisse compétente",
        "La date de réception ne change pas.",
    ):
        assert said in page.text
    with portal.database.read() as session:
        names = {authority(session, code).name for code in (LILLE, HAINAUT, ORDRE)}
    assert names <= {words(line) for line in page.all("li")}
    assert people(page_of_list(as_clerk(AIGUILLAGE))) == ["Léa Fictive"]


def test_the_informed_authority_learns_that_it_exists_and_no_more(as_clerk, portal, lea):
    client = as_clerk(ORDRE)
    page = page_of_list(client)
    assert people(page) == ["Transmission attendue"]
    detail = client.page(f"{LIST}/{lea}")
    for said in (lea, "Transmission attendue avant le mercredi 11 mars", "Lille (59)", "mardi 3 mars 2026"):
        assert said in detail.text
    for source in (page.source, detail.source):
        assert not any(secret in source for secret in ("Léa", "Camille", CANARY, "exemple.invalid", "ma photo"))
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="ouverte").count() == 0
    assert client.get(f"{LIST}/{lea}/preuves/{FILE_ID}").status_code == 404


@pytest.mark.parametrize(
    ("authority", "role"), [(HAINAUT, "responsable"), (AIGUILLAGE, "agent"), ("974", "agent"), (LILLE, "admin")]
)
def test_nobody_else_finds_anything(as_clerk, lea, authority, role):
    client = as_clerk(authority, role)
    unknown = client.get(f"{LIST}/{number_of()}")
    for path in (f"{LIST}/{lea}", f"{LIST}/{lea}/preuves/{FILE_ID}", f"{LIST}/{lea}?autorite={LILLE}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert without_tokens(answer.text) == without_tokens(unknown.text)
    assert lea not in client.get(LIST).text


@pytest.mark.parametrize(
    "number", ["x", "SA-2026-0000-000O", "SA-2026-7KM4-Q9TR%00", "sa-2026-7km4-q9tr", "é" * 500, "%FF%FE"]
)
def test_a_number_that_cannot_be_one_is_the_same_page(as_clerk, lea, number):
    del lea
    client = as_clerk(LILLE)
    answer = client.get(f"{LIST}/{number}")
    unknown = client.get(f"{LIST}/{number_of()}")
    assert (answer.status_code, without_tokens(answer.text)) == (404, without_tokens(unknown.text))


def test_a_file_is_saved_under_our_name_and_can_do_nothing(as_clerk, portal, lea):
    client = as_clerk(LILLE)
    path = f"{LIST}/{lea}/preuves/{FILE_ID}?confirme=oui"
    answer = PlainClient.request(client, "GET", path, headers={"Range": "bytes=0-1"})  # its policy is not a page's
    assert (answer.status_code, answer.content) == (200, b"\xff\xd8\xff" + CANARY.encode())
    headers = answer.headers
    assert headers["content-disposition"] == 'attachment; filename="piece-01.jpg"'
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert (headers["x-content-type-options"], headers["content-type"]) == ("nosniff", "image/jpeg")
    assert headers["cache-control"] == "no-store"
    with portal.database.read() as session:
        assert session.query(FilingEvent).filter_by(kind="ouverte").count() == 1


@pytest.mark.parametrize("file_id", ["0" * 32, "x", "..%2F..", "%00"])
def test_a_file_that_is_not_of_this_complaint_is_not_there(as_clerk, lea, file_id):
    assert as_clerk(LILLE).get(f"{LIST}/{lea}/preuves/{file_id}").status_code == 404


def test_a_file_that_was_altered_is_never_given(as_clerk, portal, lea):
    path = store.path_of(portal.files, FILE_ID)
    path.write_bytes(path.read_bytes()[:-1] + os.urandom(1) + b"x")
    answer = as_clerk(LILLE).get(f"{LIST}/{lea}/preuves/{FILE_ID}?confirme=oui")
    assert answer.status_code == 503
    assert "Cette preuve ne peut pas être lue." in answer.text.replace("’", "'")


def test_a_desk_that_no_longer_holds_a_complaint_loses_it_at_once(as_clerk, portal, lea):
    client = as_clerk(LILLE)
    assert client.get(f"{LIST}/{lea}").status_code == 200
    with portal.database.write() as session:
        session.query(FilingDesk).filter_by(authority=LILLE).delete()
    assert client.get(f"{LIST}/{lea}").status_code == 404
