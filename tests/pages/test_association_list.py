"""The list of an association (C2): its tabs, its pages, its order, who takes care of what."""

import csv
import io

import pytest
from sqlalchemy import select, update

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.accounts.rules import MEMBERS
from app.acts.turn import own_case
from app.association_desk import desk
from app.association_desk.filters import MemberFilters, Offered, Tab, read_filters
from app.filing.models import Filing, FilingDesk
from app.filing.queries import filing_by_number
from app.filing.sealed.person import PersonWrote, WithdrawalAsked, Withdrawn
from app.filing.status.case_status import PERSON_WROTE, WITHDRAWING, WITHDRAWN
from app.saisine.models import Draft
from tests.cast import ASSOCIATION, come_in, filed_for, sign_in_member
from tests.support.client import SuspiciousClient
from tests.support.html import Page

pytestmark = pytest.mark.engines("sqlite", "postgresql")
DESK = "/association/plaintes"
NEW = {"pers_prenom": "Sara", "pers_nom": "Inventée"}
SENT, ENDED = f"{DESK}?etat=envoyees", f"{DESK}?etat=terminees"


@pytest.fixture
def rita(client, portal):
    """Sign in who answers for the association; Mona works there too."""
    sign_in_member(client, portal)
    sign_in_member(client, portal, "Rita Fictive", role="responsable_association")
    return client


def acts(portal, number, *done):
    """Do acts of the person, each in its turn."""
    for code, sealed in done:
        portal.clock.advance(seconds=1)
        with portal.database.write() as session:
            own_case(session, portal, filing_by_number(session, number)).write(code, sealed)


def order_of(page):
    """List the numbers of the complaints of a page, in its order."""
    return [text for text in page.links if text.startswith("SA-")]


def test_each_list_has_its_count_and_its_complaints(rita, portal):
    rita.submit("/association/nouvelle", NEW)
    going, over, ended = (filed_for(portal, "Rita Fictive").number for _ in range(3))
    acts(portal, over, (WITHDRAWING, WithdrawalAsked(reason="", is_pressed=False)), (WITHDRAWN, Withdrawn()))
    rita.submit(f"{DESK}/{ended}/rendre-mandat", form="rendre-mandat")
    drafts, sent, done = (rita.page(path) for path in (DESK, SENT, ENDED))
    for page in (drafts, sent, done):
        assert "À compléter (1) Envoyées (2) En retard (0) Terminées (1)" in page.text
    assert "Sara Inventée" in drafts.text
    assert "Gardée jusqu'au 2 avril 2026" in drafts.text.replace("’", "'")
    assert order_of(sent) == [going]
    assert ended in sent.text  # the number is kept, and nothing else of it
    assert sent.text.count("Amina") == 1
    assert "11 mars 2026" in sent.text
    assert order_of(done) == [over]
    assert "Retirée" in done.text


def test_a_page_holds_what_is_asked_and_leads_to_the_others(rita, portal):
    numbers = {filed_for(portal, "Rita Fictive").number for _ in range(3)}
    with portal.database.read() as session:
        rita_id = session.scalars(select(Account.id).where(Account.name == "Rita Fictive")).one()
        member = accounts.member(session, rita_id)
        found = [
            desk.page(session, portal.keyring, member, MemberFilters("envoyees", page=n, par=2), portal.clock().date())
            for n in (1, 2, 9)
        ]
    assert [len(one.rows) for one in found] == [2, 1, 1]
    assert {row.number for one in found[:2] for row in one.rows} == numbers
    assert [(one.total, one.pages, one.filters.page) for one in found] == [(3, 2, 1), (3, 2, 2), (3, 2, 2)]


def test_what_comes_first_is_the_nearest_date_or_the_last_change(rita, portal):
    old = filed_for(portal, "Rita Fictive").number
    portal.clock.advance(days=1)
    come_in(rita, portal, f"rita@{ASSOCIATION}.exemple.fr", MEMBERS)
    new = filed_for(portal, "Rita Fictive").number
    assert order_of(rita.page(SENT)) == [old, new]
    assert order_of(rita.page(f"{SENT}&tri=changement")) == [new, old]
    acts(portal, old, (PERSON_WROTE, PersonWrote(text="Bonjour")))
    assert order_of(rita.page(f"{SENT}&tri=changement")) == [old, new]


def test_who_answers_for_it_sees_what_each_takes_care_of_a_former_member_too(rita, portal, app):
    hers, monas = filed_for(portal, "Rita Fictive").number, filed_for(portal).number
    every = rita.page(SENT)
    assert set(order_of(every)) == {hers, monas}
    assert "Mona Inventée" in every.text
    with portal.database.read() as session:
        mona = session.scalars(select(Account.id).where(Account.name == "Mona Inventée")).one()
    assert order_of(rita.page(f"{SENT}&membre={mona}")) == [monas]
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        assert order_of(noe.page(f"{SENT}&membre={mona}")) == []
        assert "Envoyées (0)" in noe.page(SENT).text
        assert "Suivie par" not in noe.page(SENT).text
    with portal.database.write() as session:
        session.get_one(Account, mona).disabled_at = portal.clock()
    assert order_of(rita.page(f"{SENT}&membre=ancien")) == [monas]
    assert "Ancien membre" in rita.page(SENT).text


def test_another_association_sees_nothing_of_it(rita, portal, app):
    filed_for(portal)
    with SuspiciousClient(app, portal.database) as gael:
        sign_in_member(gael, portal, "Gaël Fictif", "autre-association", "responsable_association")
        assert "À compléter (0) Envoyées (0) En retard (0) Terminées (0)" in gael.page(SENT).text


def test_what_is_not_understood_is_told_and_left_aside(rita):
    page = rita.page(f"{DESK}?etat=toutes&membre=x&tri=nom&par=7&page=0&q=SA-%00")
    assert "Un filtre de cette adresse n'existe pas" in page.text.replace("’", "'")
    assert rita.get(f"{DESK}/SA-%00").status_code == 404


def test_a_number_is_found_in_every_list_and_a_name_goes_into_no_address(rita, portal):
    made, other = (filed_for(portal, "Rita Fictive").number for _ in range(2))
    found = rita.submit(DESK, {"q": f" {made.lower()} "}, form=DESK)
    assert found.url.query.decode() == f"q={made}"
    assert order_of(Page(found.text)) == [made]
    named = rita.submit(DESK, {"q": "canari-nom"}, form=DESK)
    assert not named.url.query
    assert set(order_of(Page(named.text))) == {made, other}


def test_words_find_people_professionals_references_and_tags_in_every_list(rita, portal, app):
    rita.submit("/association/nouvelle", NEW)
    one = filed_for(portal, "Rita Fictive", pro_nom="Zoé Lointaine").number
    two = filed_for(portal, prenom="Noé", nom="Imaginé").number
    with portal.database.read() as session:
        wanted = select(Draft.public).join(Filing, Filing.draft_id == Draft.id).where(Filing.number == two)
        own = f"/association/dossiers/{session.scalars(wanted).one()}"
    rita.submit(own, {"reference": "DOSSIER-77", "etiquettes": "atelier du lundi"}, form=f"{own}#erreurs")

    def found(words, browser=rita):
        return Page(browser.submit(DESK, {"q": words}, form=DESK).text)

    for words, numbers in [
        ("lointaine", [one]),
        ("IMAGINE", [two]),
        ("77", [two]),
        ("noe lundi", [two]),
        ("amina lundi", []),
    ]:
        assert order_of(found(words)) == numbers, words
    assert "Sara Inventée" in found("sara").text
    assert "À compléter (1) Envoyées (0)" in found("inventee").text
    for tab in Tab:  # a list where nothing is found gives way to the one that holds it
        told = rita.send_form(found("lointaine"), DESK, {}, button=tab.value, form=DESK)
        assert order_of(Page(told.text)) == [one], tab
    drafts = rita.send_form(found("inventee"), DESK, {}, button="a_completer", form=DESK)
    assert "Sara Inventée" in Page(drafts.text).text
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        assert order_of(found("lointaine", noe)) == []  # given to another member
    rita.submit(f"{DESK}/{one}/rendre-mandat", form="rendre-mandat")
    assert order_of(found("lointaine")) == []
    assert one not in found("lointaine").text


def test_filters_are_read_and_written_the_same():
    asked, is_ignored = read_filters(
        {"etat": "terminees", "membre": "m", "page": "3", "par": "50"}, Offered({"m": "Mona"})
    )
    assert (asked, is_ignored) == (MemberFilters("terminees", "m", page=3, par=50), False)
    assert asked.query() == "?etat=terminees&membre=m&page=3&par=50"
    assert asked.query(etat="a_completer", membre="", page=1, par=25) == ""
    assert read_filters({"membre": "ancien"}, Offered()) == (MemberFilters(), True)


def test_facts_that_a_director_notified_are_not_told_to_the_association(rita, portal):
    number = filed_for(portal, "Rita Fictive").number
    with portal.database.write() as session:
        for table in (Filing, FilingDesk):
            session.execute(update(table).values(state="procedure_directeur"))
    told = rita.page(f"{SENT}&statut=au_directeur")
    assert order_of(told) == [number]
    assert "Chez le directeur" in told.text
    assert "Griefs" not in told.text
    written = rita.get(told.links["Exporter (CSV)"]).text
    assert "Chez le directeur" in written
    assert "Griefs" not in written


def test_the_list_is_narrowed_to_a_state_and_an_authority_that_the_member_reads(rita, portal, app):
    going, council, over, ended = (
        filed_for(portal, "Rita Fictive", destinataire=to).number for to in ("cpam", "ordre", "cpam", "cpam")
    )
    acts(portal, over, (WITHDRAWING, WithdrawalAsked(reason="", is_pressed=False)))
    rita.submit(f"{DESK}/{ended}/rendre-mandat", form="rendre-mandat")
    page = rita.page(SENT)
    assert set(order_of(page)) == {going, council, over}
    assert order_of(rita.page(f"{SENT}&statut=retrait_demande")) == [over]
    assert set(order_of(rita.page(f"{SENT}&autorite=595"))) == {going, council, over}  # received, or informed
    told = rita.page(f"{SENT}&statut=recue&autorite=MED-59")
    assert set(order_of(told)) == {going, council}
    assert ended not in told.text  # where it stands is not told any more
    assert told.links["Exporter (CSV)"] == f"{DESK}.csv?etat=envoyees&statut=recue&autorite=MED-59"
    assert {row[0] for row in rows_of(rita.get(told.links["Exporter (CSV)"]))[1:]} == {going, council}
    form = next(one for one in told.forms if one.method == "get")
    assert set(dict(form.fill({"statut": "retrait_demande", "autorite": ""}))) >= {"etat", "statut", "autorite"}
    for unknown in ("statut=canari", "autorite=597", "statut=procedure_directeur"):
        assert "il n'est pas appliqué" in rita.page(f"{SENT}&{unknown}").text.replace("’", "'")
    assert not rita.page(f"{DESK}?statut=recue").by_id("statut")  # nothing of a draft
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        assert [one.get("value") for one in noe.page(SENT).by_id("autorite")] == [""]  # none of others


def rows_of(answer):
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


def test_the_table_holds_the_list_as_it_is_filtered_and_runs_nothing(rita, portal, app, monkeypatch):
    monkeypatch.setattr("app.association_desk.csv_export.AT_ONCE", 1)
    rita.submit("/association/nouvelle", {**NEW, "pers_prenom": "=Sara"})
    own = next(to for words, to in rita.page(DESK).links.items() if words.startswith("Votre suivi"))
    rita.submit(own, {"reference": "00042"}, form=f"{own}#erreurs")
    one, two = (filed_for(portal, "Rita Fictive").number for _ in range(2))
    ended, monas = filed_for(portal, "Rita Fictive").number, filed_for(portal).number
    rita.submit(f"{DESK}/{ended}/rendre-mandat", form="rendre-mandat")
    assert rita.page(SENT).links["Exporter (CSV)"] == f"{DESK}.csv?etat=envoyees"
    head, *rows = rows_of(rita.get(f"{DESK}.csv?etat=envoyees&par=25&page=9"))
    assert head[0] == "Numéro"
    assert {row[0] for row in rows} == {one, two, ended, monas}
    found = {row[0]: row for row in rows}
    assert found[one][1] == "Amina Canari-Nom"
    assert found[one][6:] == ["2026-03-11", "Rita Fictive"]
    assert found[ended][1:5] == ["", "", "", ""]
    assert [row[7] for row in rows_of(rita.get(f"{DESK}.csv"))[1:]] == ["Rita Fictive"]
    assert rows_of(rita.get(f"{DESK}.csv"))[1][1:3] == ["'=Sara Inventée", "'00042"]
    assert rows_of(rita.get(f"{DESK}.csv?q={two}"))[1][0] == two
    with SuspiciousClient(app, portal.database) as noe:
        sign_in_member(noe, portal, "Noé Imaginaire")
        assert rows_of(noe.get(f"{DESK}.csv?etat=envoyees"))[1:] == []
