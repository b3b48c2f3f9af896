"""What an association keeps for itself of a complaint, and its branches."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.associations.models import AssociationRecord, AssociationWord
from app.associations.own_records import MOST_NOTES
from app.base.crypto.vault import DecryptionError
from app.filing.ledger import chain
from app.filing.models import Filing
from app.filing.upkeep.erase import erase
from app.saisine import service as drafting
from app.saisine.models import Draft
from tests.cast import filed_for, sign_in, sign_in_member
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK, BRANCHES = "/association/plaintes", "/association/antennes"
SENT = f"{DESK}?etat=envoyees"
NEW = {"pers_prenom": "Sara", "pers_nom": "Inventée"}
KEPT = {"reference": "Canari-Ref 12", "etiquettes": "Canari-Tag, atelier,  ATELIER ,"}


@pytest.fixture
def rita(client, portal):
    """Sign in who answers for the association; Mona works there too."""
    sign_in_member(client, portal)
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


def own(portal, number=""):
    """Give the address of the association's own page of a complaint, or of the only draft."""
    with portal.database.read() as session:
        wanted = select(Draft.public).where(Draft.sent_code.is_(None))
        if number:
            wanted = select(Draft.public).join(Filing, Filing.draft_id == Draft.id).where(Filing.number == number)
        return f"/association/dossiers/{session.scalars(wanted).one()}"


def count(portal, table):
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_reference_tags_and_notes_are_kept_and_shown_on_a_draft_and_a_complaint(rita, portal):
    rita.submit("/association/nouvelle", NEW)
    number = filed_for(portal, "Rita Fictive").number
    for path, listed in ((own(portal), DESK), (own(portal, number), SENT)):
        kept = rita.submit(path, KEPT, form=f"{path}#erreurs")
        assert Page(kept.text).done == "La référence et les étiquettes sont enregistrées."
        noted = rita.submit(path, {"note": "Appelée hier.\nRappeler."}, form=f"{path}/note#erreurs")
        assert Page(noted.text).done == "La note est ajoutée."
        shown = rita.page(path)
        assert "Canari-Ref 12" in rita.get(path).text
        assert "Canari-Tag, atelier" in rita.get(path).text
        assert "Rita Fictive, 3 mars 2026" in shown.text
        assert "Appelée hier." in shown.text
        assert "Canari-Ref 12" in rita.page(listed).text
        assert "Canari-Tag, atelier" in rita.page(listed).text
    rita.submit(path, {"reference": "", "etiquettes": ""}, form=f"{path}#erreurs")
    assert "Canari-Ref" not in rita.page(SENT).text
    assert "Appelée hier." in rita.page(path).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reference": "x" * 61}, "trop long"),
        ({"etiquettes": ",".join(map(str, range(11)))}, "Vous avez écrit 11 étiquettes"),
        ({"etiquettes": "x" * 41}, "Une étiquette a 1 caractères de trop"),
    ],
)
def test_what_is_too_long_is_told_and_nothing_is_kept(rita, portal, typed, told):
    rita.submit("/association/nouvelle", NEW)
    path = own(portal)
    answer = rita.submit(path, typed, form=f"{path}#erreurs")
    assert answer.status_code == 422
    assert told in Page(answer.text).text
    assert count(portal, AssociationRecord) == 0


def test_an_empty_note_and_one_too_many_are_told(rita, portal, monkeypatch):
    rita.submit("/association/nouvelle", NEW)
    path = own(portal)
    assert "Écrivez votre note." in Page(rita.submit(path, {"note": " "}, form=f"{path}/note#erreurs").text).text
    page = rita.page(path)
    monkeypatch.setattr("app.associations.own_records.MOST_NOTES", 0)
    answer = rita.send_form(page, path, {"note": "Bonjour"}, form=f"{path}/note#erreurs")
    assert answer.status_code == 422
    assert f"déjà {MOST_NOTES} notes" in Page(answer.text).text


def test_nobody_else_reads_it(rita, portal, app):
    number = filed_for(portal, "Rita Fictive").number
    path = own(portal, number)
    rita.submit(path, KEPT, form=f"{path}#erreurs")
    with SuspiciousClient(app, portal.database) as other:
        sign_in_member(other, portal, "Noé Imaginaire")
        assert other.get(path).status_code == 404  # a colleague to whom it is not given
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert other.get(path).status_code == 404
    with SuspiciousClient(app, portal.database) as clerk:
        sign_in(clerk, portal, "595")
        assert "Canari-Ref" not in clerk.get(f"/agent/plaintes/{number}").text
    rita.submit(f"{DESK}/{number}/rendre-mandat", form="rendre-mandat")
    assert rita.get(path).status_code == 404
    assert "Canari-Ref" not in rita.page(SENT).text


def test_it_is_sealed_for_this_association_and_this_complaint(rita, portal):
    rita.submit("/association/nouvelle", NEW)
    path = own(portal)
    rita.submit(path, KEPT, form=f"{path}#erreurs")
    with portal.database.write() as session:
        row = session.scalars(select(AssociationRecord)).one()
        assert b"Canari" not in row.content
        with pytest.raises(DecryptionError):
            portal.keyring.unwrap(row.wrapped, "association:autre-association")
        words = session.scalars(select(AssociationWord.word)).all()
        assert len(words) == len(set(words)) == 5  # canari, ref, 12, tag, atelier


def test_it_goes_with_the_draft_and_with_the_complaint(rita, portal):
    rita.submit("/association/nouvelle", NEW)
    number = filed_for(portal, "Rita Fictive").number
    draft = own(portal)
    for path in (draft, own(portal, number)):
        rita.submit(path, KEPT, form=f"{path}#erreurs")
    assert count(portal, AssociationRecord) == 2
    with portal.database.write() as session:
        drafting.erase(session, session.scalars(select(Draft.id).where(Draft.public == draft[-8:])).one())
    assert count(portal, AssociationRecord) == 1
    with portal.database.write() as session:
        chain.take_turn(session)
        erase(session, portal.keyring, number, portal.clock)
    assert (count(portal, AssociationRecord), count(portal, AssociationWord)) == (0, 0)


def test_branches_group_members_and_narrow_the_list(rita, portal, app):
    hers, monas = filed_for(portal, "Rita Fictive").number, filed_for(portal).number
    for name in ("Lille", "Marseille", "lille"):
        added = rita.submit(BRANCHES, {"nom": name}, form=f"{BRANCHES}#erreurs")
        assert Page(added.text).done == "L'antenne est ajoutée."
    page = rita.page(BRANCHES)
    assert page.text.count("Retirer") == 3  # the heading, and two branches
    with portal.database.read() as session:
        mona = session.scalars(select(Account.id).where(Account.name == "Mona Inventée")).one()
    branch = next(one.get("value") for one in page.all("option") if one.text == "Lille")
    placed = rita.submit(BRANCHES, {f"antenne_{mona}": branch}, form=f"{BRANCHES}/membres")
    assert Page(placed.text).done == "L'antenne de chaque membre est enregistrée."
    narrowed = rita.page(f"{SENT}&antenne={branch}")
    assert monas in narrowed.text
    assert hers not in narrowed.text
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        assert noe.get(BRANCHES).status_code == 403
        assert "Un filtre de cette adresse" in noe.page(f"{SENT}&antenne={branch}").text
    removed = rita.submit(BRANCHES, button="Retirer Lille", form=f"{BRANCHES}/retirer")
    assert Page(removed.text).done == "L'antenne est retirée."
    assert "Lille" not in rita.page(BRANCHES).text
    assert monas in rita.page(SENT).text
