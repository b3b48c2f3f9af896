"""Every act of the person, pressed in every situation, on both databases: done or nothing, and the page says which."""

import pytest
from httpx import Cookies

from app.acts.case import Case
from app.acts.kinds import KINDS
from app.acts.rules import Actor, By, newer
from app.filing.queries import filing_by_number, open_for_person
from tests.cast import filed
from tests.journeys import PNG
from tests.pages.test_acts import again, records, written
from tests.support.acts import FIXED, SUMMONED, TOLD, did
from tests.support.html import Page
from tests.support.rewind import kept

pytestmark = pytest.mark.engines("sqlite", "postgresql")
ASKED = did("retrait_demande")
PRESSES = {
    "message_personne": ("/suivi/message", {"message": "CANARI-TAPE"}, (), "erreurs"),
    "preuves_ajoutees": ("/suivi/preuves", {}, (), "erreurs"),
    "coordonnees": ("/suivi/coordonnees", {"email": "canari.tape@exemple.fr"}, (), "erreurs"),
    "retrait_demande": ("/suivi/retirer", {"retrait": "oui"}, (), "erreurs"),
    "retrait_annule": ("/suivi/retirer", {}, (ASKED,), "annuler"),
    "reponse_reunion": ("/suivi/reunion", {"presence": "oui"}, (*TOLD, FIXED, SUMMONED), "erreurs"),
    "nouveau_code": ("/suivi/code", {}, (), "code"),
    "mandat_revoque": ("/suivi/mandat/annuler", {"mandat_annuler": "oui"}, (), "erreurs"),
}
"""By kind: the page, what is typed, what was done before, and how the address of its form ends."""
SITUATIONS = {
    "as it was": lambda _portal, _number, _code: None,
    "closed": lambda portal, number, _code: records(portal, number, did("cloture", reason="hors_champ")),
    "withdrawn": lambda portal, number, _code: records(portal, number, did("retrait")),
    "withdrawal asked": lambda portal, number, _code: records(portal, number, ASKED),
    "in another tab": again,
}


def is_done(portal, number, code, seen):
    with portal.database.read() as session:
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        case = Case(portal, session, opened, Actor())
        return case.may(code) and newer([one for one in case.lines if one.n > seen], KINDS[code], "personne") is None


def test_no_act_of_the_person_is_forgotten():
    own = {code for code, kind in KINDS.items() if By.PERSON in kind.by}
    assert own == set(PRESSES) | {"convocation_recue"}, "whoever answers a summons has it: written with the answer"


@pytest.mark.parametrize("code", PRESSES)
def test_an_act_of_the_person_is_done_or_changes_nothing(run, client, portal, subtests, code):
    """Prepare the page once; each situation finds the instance as it was then."""
    path, _typed, before, _ending = PRESSES[code]
    sent = filed(portal, by_association=code == "mandat_revoque")
    records(portal, sent.number, *before)
    client.submit("/reprendre", {"code": sent.code})
    page, cookies = client.page(path), Cookies(client.cookies)
    with kept(run, portal) as bring_back:
        for situation in SITUATIONS:
            bring_back()
            client.cookies = cookies
            with subtests.test(situation=situation):
                is_done_or_changes_nothing(client, portal, code, sent.number, page, situation)


def is_done_or_changes_nothing(client, portal, code, number, page, situation):
    path, typed, _before, ending = PRESSES[code]
    seen = int(next((one.get("value") for one in page.all("input") if one.get("name") == "version"), 10**9))
    SITUATIONS[situation](portal, number, code)
    done, counts = is_done(portal, number, code, seen), written(portal)
    assert done or situation != "as it was"
    files = {"fichiers": [("canari.png", PNG + b"tape", "image/png")]} if code == "preuves_ajoutees" else None
    answer = client.send_form(page, path, typed, files, form=ending)
    assert (written(portal) != counts) is done, Page(answer.text).text
    if done or answer.status_code != 409:
        assert answer.status_code in {200, 409} - ({409} if done else set())
        return
    told = Page(answer.text)
    assert "Revenir à la liste des plaintes" not in told.links, "the person has no desk"
    assert "CANARI-TAPE" in told.text or "message" not in typed
