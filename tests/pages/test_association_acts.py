"""What an association does for the person after the sending: by its powers, in its own name, and told to the person."""

from types import SimpleNamespace

import pytest

from app.accounts.queries import Clerk
from app.acts.kinds import KINDS
from app.acts.rules import By, mandated_roles
from app.association_desk.own_acts import OWN_ACTS
from app.conciliation.meeting.fix import MeetingPage
from app.filing.queries import filing_by_number, open_for_person
from app.filing.status.case_status import CaseStatus
from app.intake.desk.case import DeskCase
from tests.cast import ASSOCIATION, filed_for, sign_in, sign_in_member
from tests.journeys import PNG
from tests.pages.test_acknowledging import delivered
from tests.pages.test_acts import records, written
from tests.pages.test_association_desk import news, receiver_of, register
from tests.pages.test_mandate_online import is_whole
from tests.support.acts import FIXED, SUMMONED, TOLD, did
from tests.support.client import SuspiciousClient
from tests.support.html import Page
from tests.support.pdf import bare, text_of

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
WHO = "Mona Inventée, pour l'association Entraide Inventée"
AHEAD = (*TOLD, FIXED, SUMMONED)
FILES = {"fichiers": [("canari.png", PNG + b"tape", "image/png")]}
PRESSES = {
    "message": ({"message": "CANARI-TAPE"}, None, (), "recevoir"),
    "preuves": ({}, FILES, (), ""),
    "reunion": ({"presence": "represente", "representant": "Rita Fictive"}, None, AHEAD, "representer"),
}
"""By the last part of the address: what is typed, the files, what was done before, the power that it needs."""
SITUATIONS = {
    "closed": did("cloture", reason="hors_champ"),
    "withdrawn": did("retrait"),
}


@pytest.fixture
def mona(client, portal):
    register(portal)
    sign_in_member(client, portal)
    return client


@pytest.fixture
def desk(app, portal):
    with SuspiciousClient(app, portal.database) as browser:
        yield browser


def made(portal, name, *powers):
    """File with these powers, and do what comes before an act."""
    sent = filed_for(portal, "Mona Inventée", *powers)
    records(portal, sent.number, *PRESSES[name][2])
    return sent


def press(member, number, name):
    typed, files, _before, _power = PRESSES[name]
    where = f"{DESK}/{number}/{name}"
    return member.send_form(member.page(where), where, typed, files, form="erreurs")


def powers_for(name):
    return [one for one in [PRESSES[name][3]] if one]


@pytest.mark.parametrize("name", PRESSES)
def test_an_act_pressed_twice_on_one_page_is_written_once(mona, portal, name):
    sent = made(portal, name, *powers_for(name))
    typed, files, _before, _power = PRESSES[name]
    where = f"{DESK}/{sent.number}/{name}"
    page = mona.page(where)
    assert mona.send_form(page, where, typed, files, form="erreurs").status_code == 200
    before = written(portal)
    portal.clock.advance(seconds=2)
    assert mona.send_form(page, where, typed, files, form="erreurs").status_code in {200, 409}
    assert written(portal) == before


@pytest.mark.parametrize("name", PRESSES)
def test_it_acts_in_its_own_name_and_all_read_who_did_it(mona, portal, desk, app, name):
    sent = made(portal, name, *powers_for(name))
    delivered(portal)
    code = next(one.code for one in OWN_ACTS if one.name == name)
    answer = press(mona, sent.number, name)
    assert answer.url.path == f"{DESK}/{sent.number}"
    told = KINDS[code].of_association
    assert told in Page(answer.text).text.replace("’", "'")
    with portal.database.read() as session:
        act = open_for_person(session, portal.keyring, filing_by_number(session, sent.number)).acts[-1]
    assert (act.kind, act.by.replace("’", "'"), act.authority) == (code, WHO, "")
    sign_in(desk, portal, receiver_of(portal, sent.number))
    page = desk.page(f"/agent/plaintes/{sent.number}").text.replace("’", "'")
    assert told in page
    assert WHO in page
    with SuspiciousClient(app, portal.database) as person:
        person.submit("/reprendre", {"code": sent.code})
        assert f"{told} ({WHO})" in person.page("/suivi").text.replace("’", "'")
        if name == "message":
            assert WHO in person.page("/suivi/message").text.replace("’", "'")
    assert delivered(portal).letters, "somebody is told"
    assert is_whole(portal)


@pytest.mark.parametrize("powers", [(), ("recevoir",), ("representer",), ("recevoir", "representer")])
@pytest.mark.parametrize("name", PRESSES)
def test_nothing_is_done_beyond_the_powers(mona, portal, name, powers):
    sent = made(portal, name, *powers)
    needed = PRESSES[name][3]
    is_allowed = not needed or needed in powers
    link = f"{DESK}/{sent.number}/{name}"
    assert (mona.get(link).status_code == 200) is is_allowed
    assert (link in mona.page(f"{DESK}/{sent.number}").links.values()) is is_allowed


@pytest.mark.parametrize("situation", [*SITUATIONS, "mandate ended"])
@pytest.mark.parametrize("name", PRESSES)
def test_a_page_that_is_past_changes_nothing(mona, portal, name, situation):
    sent = made(portal, name, *powers_for(name))
    where = f"{DESK}/{sent.number}/{name}"
    page = mona.page(where)
    if situation == "mandate ended":
        mona.submit(f"{DESK}/{sent.number}/rendre-mandat", form="rendre-mandat")
    else:
        records(portal, sent.number, SITUATIONS[situation])
    counts = written(portal)
    typed, files, _before, _power = PRESSES[name]
    answer = mona.send_form(page, where, typed, files, form="erreurs")
    is_after = name == "message" and situation != "mandate ended"  # an ended file is still asked about
    assert answer.status_code == (200 if is_after else 404 if situation == "mandate ended" else 409)
    if answer.status_code == 409:
        assert f"{DESK}/{sent.number}" in Page(answer.text).links.values()
    assert (written(portal) != counts) is is_after


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("message", {"message": " "}, "Écrivez votre message."),
        ("preuves", {}, "Choisissez au moins un fichier."),
        ("reunion", {}, "Choisissez une réponse."),
        ("reunion", {"presence": "represente"}, "Écrivez le nom de qui représente la personne."),
        ("reunion", {"presence": "non"}, "Écrivez pourquoi personne ne peut venir."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(mona, portal, name, typed, says):
    sent = made(portal, name, *powers_for(name))
    where = f"{DESK}/{sent.number}/{name}"
    answer = mona.submit(where, typed, form="erreurs")
    assert answer.status_code == 422
    assert says in Page(answer.text).text


def test_a_summons_names_who_may_represent(mona, portal, desk):
    sent = made(portal, "reunion", "representer")
    sign_in(desk, portal, receiver_of(portal, sent.number))
    letter = desk.get(f"/agent/plaintes/{sent.number}/conciliation/convocations/personne/lettre")
    assert bare("Entraide Inventée peut vous représenter ou vous aider à cette réunion") in text_of(letter.content)


@pytest.mark.parametrize(("powers", "told"), [((), 0), (("representer",), 1), (("recevoir",), 1)])
def test_who_represents_is_told_of_the_meeting_without_receiving_letters(mona, portal, powers, told):
    number = filed_for(portal, "Mona Inventée", *powers).number
    with portal.database.write() as session:
        emile = Clerk("", "Émile Exemple", "", receiver_of(portal, number), "", "agent", "Europe/Paris")
        MeetingPage().tell(DeskCase.open(session, portal, emile, number), SimpleNamespace())
    assert len(news(portal, number)) == told


def test_every_act_that_a_mandate_allows_has_its_page_and_its_words():
    powers = By.CORRESPONDENT | By.REPRESENTATIVE | By.ASSOCIATION
    allowed = {code for code, kind in KINDS.items() if kind.by & powers and By.PERSON in kind.by}
    assert allowed == {one.code for one in OWN_ACTS}
    assert [code for code in allowed if not KINDS[code].of_association] == []


@pytest.mark.parametrize(
    ("powers", "found"),
    [
        ((), By.ASSOCIATION),
        (("recevoir",), By.ASSOCIATION | By.CORRESPONDENT),
        (("representer",), By.ASSOCIATION | By.REPRESENTATIVE),
    ],
)
def test_a_power_gives_a_role_and_no_more(powers, found):
    now = CaseStatus("595", "", frozenset(), association=ASSOCIATION, powers=frozenset(powers))
    assert mandated_roles(now) == found
