"""Signed mandates that come together from a scanner: each page goes to the draft that its square names."""

from io import BytesIO

import pytest
import segno
from PIL import Image
from sqlalchemy import select

from app.evidence import queries as evidence
from app.evidence import store
from app.evidence.reader.squares import of as squares_of
from app.saisine.models import Draft
from app.saisine.queries import open_row
from app.saisine.steps.mandate import MANDATE_FILE
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, Sent, begin, sign_in_member
from tests.journeys import TRUE
from tests.pages.test_associations import ANSWERS, PERSON, SIGNED, agree, prepare
from tests.pages.test_mandate_papers import REFUSED
from tests.support.client import SuspiciousClient
from tests.support.files import drawn, pdf, photo, scan
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
HERE = "/association/mandats/numeriser"
SARA = {"pers_prenom": "Sara", "pers_nom": "Inventée", "pers_email": "sara@exemple.fr"}
BLANK = Image.new("L", (1240, 1754), 255)
UNKNOWN = "Ce mandat n'est celui d'aucune plainte que vous préparez"


@pytest.fixture
def member(client, portal):
    agree(portal)
    sign_in_member(client, portal)
    return client


def draft_of(member, person=PERSON):
    """Prepare a draft until its mandate; give its public id."""
    return str(prepare(member, until="mandat", person=person).url.path).split("/")[2]


def paper(member, b):
    """Print the mandate of a draft, and lay it on the glass."""
    return drawn(member.get(f"/saisine/{b}/mandat/imprimer").content)


def bring(member, *files, status=200):
    """Bring files; give the lines that are told, each with the name of its page and where it leads."""
    answer = member.submit(HERE, {}, {"fichiers": [(name, content, "x/y") for name, content in files]})
    assert answer.status_code == status, Page(answer.text).text
    return Page(answer.text).text.replace("’", "'").replace("\u00a0", " ")


def mandates(portal, b):
    """Open the draft, and give the mandates that it holds: name, content."""
    with portal.database.read() as session:
        row = session.scalars(select(Draft).where(Draft.public == b)).one()
        draft = open_row(session, portal.keyring, row)
        files = evidence.files_of(session, draft.id, draft.key)
        assert {file.purpose for file in files} <= {"mandat"}
        assert list(draft.typed.get(MANDATE_FILE, ())) == [file.id for file in files]
        return [(file.name, store.read(portal.files, draft.key, file.id)) for file in files]


def kept(portal):
    return sorted(one for one in portal.files.rglob("*") if one.is_file())


def test_each_page_of_a_stack_goes_alone_to_the_draft_that_its_square_names(member, portal):
    amina, sara = draft_of(member), draft_of(member, SARA)
    stack = scan(paper(member, sara), BLANK, paper(member, amina).rotate(180))
    told = bring(member, ("pile.pdf", stack))
    assert "2 mandats ajoutés" in told
    first, second, third = (told.index(f"pile.pdf, page {n}") for n in (1, 2, 3))
    assert "(Sara Inventée) : la page est ajoutée. Il reste à écrire la date de signature." in told[first:second]
    assert "Aucun carré lisible sur cette page : elle n'est pas ajoutée." in told[second:third]
    assert "(Amina Canari-Nom) : la page est ajoutée." in told[third:]
    assert "La page était tournée : elle est ajoutée à l'endroit." in told[third:]
    assert "tournée" not in told[:third]
    for b, name in ((sara, "pile-page-01.pdf"), (amina, "pile-page-03.pdf")):
        ((shown, content),) = mandates(portal, b)
        assert shown == name
        assert content.startswith(b"%PDF")
        assert len(content) < len(stack)
        read = squares_of(drawn(content))
        assert (b in read.says[0], read.turn) == (True, 0)
    assert len(kept(portal)) == 2


def test_the_date_is_asked_on_the_page_of_the_mandate_before_anything_is_sent(member, portal):
    b = draft_of(member)
    bring(member, ("pile.pdf", scan(paper(member, b), BLANK)))
    where = f"/saisine/{b}/mandat"
    asked = member.submit(where, {"mandat_portee": ["saisir"]})
    assert asked.status_code == 422
    assert "Écrivez la date de signature." in Page(asked.text).text
    page = member.submit(where, {"mandat_portee": ["saisir"], **SIGNED})
    while "/verifier" not in str(page.url):
        name = str(page.url.path).rsplit("/", 1)[1]
        page = member.send_form(Page(page.text), page.url.path, dict(ANSWERS.get(name, {})))
    sent = Sent(member.send_form(Page(page.text), page.url.path, TRUE, form="/envoyer#erreurs"))
    assert sent.number
    assert not verify(portal, trust_of(portal.settings, portal.keyring)).problems


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_in_any_way_is_read_and_stands_upright(member, portal, turn):
    b = draft_of(member)
    told = bring(member, ("page.pdf", scan(paper(member, b).rotate(turn, expand=True))))
    assert "1 mandat ajouté" in told
    assert ("La page était tournée" in told) is bool(turn)
    ((name, content),) = mandates(portal, b)
    assert name == "page.pdf"
    assert squares_of(drawn(content)).turn == 0


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_photos_that_are_a_little_askew_are_read_whichever_way_the_phone_was_held(member, portal, orientation):
    b, c = draft_of(member), draft_of(member, SARA)
    exif = Image.Exif()
    exif[0x0112] = orientation
    held = paper(member, b).rotate({1: 0, 3: 180, 6: 90}[orientation], expand=True)
    straight = photo(held, exif=exif)
    turned = photo(paper(member, c).rotate(90, expand=True))
    told = bring(member, ("a.jpg", straight), ("b.jpg", turned))
    assert "2 mandats ajoutés" in told
    assert "La photo est tournée" not in told[: told.index("b.jpg")]
    assert "La photo est tournée" in told[told.index("b.jpg") :]
    assert mandates(portal, b) == [("a.jpg", straight)]
    assert mandates(portal, c) == [("b.jpg", turned)]


def test_a_page_of_somebody_else_is_told_as_one_that_is_unknown(member, portal, app):
    own = draft_of(member)
    mine = paper(member, own)
    mine_alone = begin(member).split("/")[2]  # a person's own draft, of this very browser
    with SuspiciousClient(app, portal.database) as noe, SuspiciousClient(app, portal.database) as other:
        sign_in_member(noe, portal, "Noé Imaginaire", ASSOCIATION)
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
        for browser in (noe, other):
            told = bring(browser, ("page.pdf", scan(mine)))
            assert UNKNOWN in told
            assert own[:4] not in told
            assert "Canari" not in told
    assert mandates(portal, own) == []
    for b in (mine_alone, "A1B2C3D4"):
        assert UNKNOWN in bring(member, ("page.pdf", scan(square_page(f"http://127.0.0.1:8000/saisine/{b}/mandat"))))
    assert kept(portal) == []


def square_page(*links):
    """Draw a page with squares of our choice."""
    page = BLANK.copy()
    for n, link in enumerate(links):
        code = segno.make(link, error="m", micro=False)
        made = BytesIO()
        code.save(made, kind="png", scale=5, border=4)
        page.paste(Image.open(made).convert("L"), (100, 100 + 700 * n))
    return page


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("https://ailleurs.invalid/", "Aucun carré lisible"),
        ("otpauth://totp/essai", "Aucun carré lisible"),
        ("https://[", "Aucun carré lisible"),
        ("/saisine/{b}/verifier", "Aucun carré lisible"),
        ("https://ancien-nom.exemple.fr/saisine/{b}/mandat", "1 mandat ajouté"),
        ("x" * 1500, "Aucun carré lisible"),
    ],
)
def test_only_the_square_of_a_mandate_counts_whatever_the_site_was_called(member, says, told):
    b = draft_of(member)
    assert told in bring(member, ("page.pdf", scan(square_page(says.format(b=b)))))


def test_twice_the_same_two_on_a_page_and_one_that_was_sent_are_told_apart(member, portal):
    b, c = draft_of(member), draft_of(member, SARA)
    page, links = paper(member, b), [f"http://x.invalid/saisine/{one}/mandat" for one in (b, c)]
    told = bring(member, ("pile.pdf", scan(page, page, square_page(*links))))
    assert "il est déjà dans cet envoi (pile.pdf, page 1)" in told
    assert "Deux mandats sur la même page : elle n'est pas ajoutée." in told
    assert len(mandates(portal, b)) == 1
    assert mandates(portal, c) == []
    member.submit(f"/saisine/{b}/mandat", {"mandat_portee": ["saisir"], **SIGNED})
    again = bring(member, ("autre.pdf", scan(page, BLANK, dpi=100)))
    assert "Une date de signature y est déjà : vérifiez qu'elle est la bonne." in again
    assert "Il reste à écrire" not in again
    assert len(mandates(portal, b)) == 2
    assert "est déjà ajouté" in bring(member, ("pile.pdf", scan(page, BLANK)))
    assert len(mandates(portal, b)) == 2


def test_a_complaint_that_was_sent_takes_no_page_more(member, portal):
    last = prepare(member)
    b = str(last.url.path).split("/")[2]
    page = paper(member, b)
    Sent(member.send_form(Page(last.text), last.url.path, TRUE, form="/envoyer#erreurs"))
    before = kept(portal)
    assert "cette plainte est déjà envoyée. La page n'est pas ajoutée" in bring(member, ("page.pdf", scan(page)))
    assert kept(portal) == before


def test_a_mandate_that_was_asked_by_e_mail_says_what_to_change(member):
    b = draft_of(member)
    page = paper(member, b)
    member.submit(f"/saisine/{b}/mandat", {"mandat_portee": ["saisir"], "mandat_mode": "email"})
    assert "Ce mandat était demandé par e-mail" in bring(member, ("page.pdf", scan(page)))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_paper_is_refused_as_on_the_page_of_the_mandate(member, portal, name):
    content, says = REFUSED[name]
    assert says in bring(member, (name, content), status=422)
    assert kept(portal) == []


@pytest.mark.parametrize(
    ("content", "says", "status"),
    [
        (pdf(31), "a plus de 30 pages. Séparez-le", 200),
        (pdf(30), "0 mandat ajouté", 200),
        (pdf(password="secret"), "est protégé par un mot de passe", 422),
        (b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >>\n" * 500 + b"%%EOF", "ne s'ouvre pas", 422),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100 + b"%%EOF", "ne s'ouvre pas", 422),
        (b"%PDF-1.7" + b" " * (15 * 1024 * 1024), "est trop lourd", 422),
    ],
    ids=["31 pages", "30 pages", "locked", "loop", "noise", "heavy"],
)
def test_a_document_that_cannot_be_taken_apart_is_told_in_a_sentence(member, portal, content, says, status):
    assert says in bring(member, ("pile.pdf", content), status=status)
    assert kept(portal) == []


def test_a_bad_file_loses_none_of_the_others(member, portal):
    b = draft_of(member)
    told = bring(member, ("rien.pdf", b""), ("page.pdf", scan(paper(member, b))), status=422)
    assert "“rien.pdf” est vide." in told
    assert "1 mandat ajouté" in told
    assert len(mandates(portal, b)) == 1


def test_without_a_file_one_is_asked_for(member):
    answer = member.submit(HERE, {}, form=f"{HERE}#erreurs")
    assert (answer.status_code, "Choisissez le fichier du scanner" in Page(answer.text).text) == (422, True)
