"""The drafts and the complaints of a member go to another one: one of them, all of them, or when the member leaves."""

import pytest
from sqlalchemy import select, update

from app.accounts.models import AccessLine, Account
from app.base.crypto.vault import PORTAL, unseal
from app.filing.history import WHY
from app.filing.models import Filing
from app.saisine.models import Draft
from app.stamping.trust import trust_of
from app.verification.service import verify
from tests.cast import ASSOCIATION, filed_for, sign_in_member
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
ALL = "/association/confier"
SENT = "/association/plaintes?etat=envoyees"
NEW = {"pers_prenom": "Sara", "pers_nom": "Inventée"}


@pytest.fixture
def noe(app, portal):
    """Sign in a member who takes care of one draft and one complaint."""
    with SuspiciousClient(app, portal.database) as browser:
        sign_in_member(browser, portal, "Noé Imaginaire")
        browser.submit("/association/nouvelle", NEW)
        yield browser


@pytest.fixture
def rita(client, portal, noe):
    """Sign in who answers for the association; Mona works there too, and does nothing yet."""
    sign_in_member(client, portal)
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


@pytest.fixture
def number(portal, rita):
    return filed_for(portal, "Noé Imaginaire").number


def account(portal, name):
    with portal.database.read() as session:
        return session.scalars(select(Account.id).where(Account.name == name)).one()


def keepers(portal):
    """Give who takes care of the draft, then of the complaint."""
    with portal.database.read() as session:
        wanted = select(Account.name).join(Draft, Draft.member == Account.id)
        draft = session.scalars(wanted.where(Draft.sent_code.is_(None))).one()
        return [draft, session.scalars(wanted.join(Filing, Filing.draft_id == Draft.id)).one()]


def noted(portal):
    """Give the lines of the journal, with their reasons opened: by whom, of what, why."""
    with portal.database.read() as session:
        keys = {row.public: row.wrapped for row in session.scalars(select(Draft))}
        sent = session.execute(select(Filing.number, Draft.wrapped).join(Draft, Draft.id == Filing.draft_id))
        keys |= {row.number: row.wrapped for row in sent}
        lines = session.scalars(select(AccessLine).where(AccessLine.kind == "dossier_confie"))
        return {
            one.subject: (one.by, unseal(portal.keyring.unwrap(keys[one.subject], PORTAL), one.why, WHY).decode())
            for one in lines
        }


def is_whole(portal):
    return not verify(portal, trust_of(portal.settings, portal.keyring)).problems


def test_all_that_a_member_takes_care_of_goes_to_another(rita, noe, portal, number):
    shown = rita.page(ALL).text
    assert "Noé Imaginaire (1 brouillon et 1 plainte envoyée)" in shown
    mona = account(portal, "Mona Inventée")
    answer = rita.submit(ALL, {"de_qui": account(portal, "Noé Imaginaire"), "a_qui": mona}, form=f"{ALL}#erreurs")
    assert "Sara Inventée" in Page(answer.text).text
    assert Page(answer.text).done == "Les dossiers sont confiés. Voici ceux de la personne qui les reçoit."
    assert keepers(portal) == ["Mona Inventée"] * 2
    assert "Sara Inventée" not in noe.page("/association/plaintes").text
    assert number not in noe.page(SENT).text
    lines = noted(portal)
    assert len(lines) == 2
    assert lines[number] == ("Rita Fictive", "De Noé Imaginaire à Mona Inventée")
    assert "De Noé Imaginaire à Mona Inventée" in rita.page(f"/association/journal?numero={number}").text
    assert is_whole(portal)


def test_one_goes_alone(rita, portal, number):
    with portal.database.read() as session:
        b = session.scalars(select(Draft.public).join(Filing, Filing.draft_id == Draft.id)).one()
    path = f"/association/dossiers/{b}"
    assert f"{path}/confier" in rita.get(path).text
    given = rita.submit(f"{path}/confier", {"a_qui": account(portal, "Mona Inventée")}, form=f"{path}/confier#erreurs")
    assert Page(given.text).done == "Le dossier est confié."
    assert keepers(portal) == ["Noé Imaginaire", "Mona Inventée"]
    assert list(noted(portal)) == [number]
    rita.submit(f"{path}/confier", {"a_qui": account(portal, "Mona Inventée")}, form=f"{path}/confier#erreurs")
    assert len(noted(portal)) == 1


@pytest.mark.parametrize(
    ("giver", "to", "told"),
    [
        ("", "Mona Inventée", "Choisissez qui suit ces dossiers."),
        ("Noé Imaginaire", "", "Choisissez à qui les confier."),
        ("Noé Imaginaire", "Noé Imaginaire", "Choisissez deux personnes différentes."),
        ("Noé Imaginaire", "Gaël Fictif", "Choisissez à qui les confier."),
        ("Gaël Fictif", "Mona Inventée", "Choisissez qui suit ces dossiers."),
    ],
)
def test_who_is_not_in_the_lists_is_told_and_nothing_moves(rita, app, portal, number, giver, to, told):
    with SuspiciousClient(app, portal.database) as other:
        sign_in_member(other, portal, "Gaël Fictif", "autre-association", "responsable_association")
    typed = {name: account(portal, one) if one else "" for name, one in (("de_qui", giver), ("a_qui", to))}
    form = next(one for one in rita.page(ALL).forms if one.action == f"{ALL}#erreurs")
    answer = rita.post(ALL, data={**typed, "csrf": dict(form.fill({}))["csrf"]})
    assert answer.status_code == 422
    assert told in Page(answer.text).text
    assert keepers(portal) == ["Noé Imaginaire"] * 2
    assert noted(portal) == {}


def test_a_row_that_was_altered_is_given_to_nobody(rita, portal, number):
    with portal.database.write() as session:
        session.execute(update(Draft).where(Draft.sent_code.is_(None)).values(bound="0" * 64))
    typed = {"de_qui": account(portal, "Noé Imaginaire"), "a_qui": account(portal, "Mona Inventée")}
    rita.submit(ALL, typed, form=f"{ALL}#erreurs")
    assert keepers(portal) == ["Noé Imaginaire", "Mona Inventée"]


@pytest.mark.parametrize(("to", "after"), [("Mona Inventée", "Mona Inventée"), ("", "Noé Imaginaire")])
def test_who_leaves_says_to_whom_they_go_or_to_nobody_for_now(rita, portal, number, to, after):
    there = f"/association/utilisateurs/{account(portal, 'Noé Imaginaire')}"
    assert "Cette personne suit 1 brouillon et 1 plainte envoyée." in rita.page(there).text
    missing = rita.submit(there, {"a_qui": ""}, form="#desactiver")
    assert missing.status_code == 422
    rita.submit(there, {"a_qui": account(portal, to) if to else "personne"}, form="#desactiver")
    assert keepers(portal) == [after] * 2
    assert (number in rita.page(f"{SENT}&membre=ancien").text) is not bool(to)
    assert is_whole(portal)


def test_what_a_former_member_kept_is_given_later(rita, portal, number):
    noe = account(portal, "Noé Imaginaire")
    rita.submit(f"/association/utilisateurs/{noe}", {"a_qui": "personne"}, form="#desactiver")
    rita.submit(ALL, {"de_qui": noe, "a_qui": account(portal, "Rita Fictive")}, form=f"{ALL}#erreurs")
    assert keepers(portal) == ["Rita Fictive"] * 2


def test_a_member_hands_over_nothing(noe, portal, rita):
    with portal.database.read() as session:
        b = session.scalars(select(Draft.public)).one()
    assert noe.get(ALL).status_code == 403
    assert noe.get(f"/association/dossiers/{b}/confier").status_code == 403
    assert "confier" not in noe.get(f"/association/dossiers/{b}").text
    assert ASSOCIATION not in noe.get(ALL).text
