"""Every act of a desk, pressed in every situation: it is done or refused, as its declaration says, and never half.

Every address that records an act is pressed: the page is opened, something happens after the guard of the page let
the press through, and the act meets it in its turn. A refusal writes nothing, says what happened, keeps what was typed.
"""

from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from httpx import Cookies
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import Clerk
from app.acts.case import Case
from app.acts.kinds import KINDS
from app.acts.rules import DESK, Actor, newer
from app.evidence import service as evidence
from app.evidence.antivirus import Scan
from app.evidence.models import Evidence
from app.filing.acts import act_store
from app.filing.models import FilingAct, FilingEvent, LedgerEntry
from app.filing.queries import filing_by_number, open_for_person, read_for
from app.filing.status.contact import CONTACT
from app.intake.acts.reroute import Why
from app.intake.desk.act_page import ActPage
from app.notifications.models import OutboxMail
from app.privacy.rules import Periods
from tests.cast import AMINA, Sent, begin, filed, send
from tests.journeys import PNG
from tests.pages.test_conciliation import at, desks
from tests.pages.test_evidence import examine
from tests.support.acts import LIFE, PRESSES, day, did, move, sealed_of
from tests.support.html import Page
from tests.support.listed import listed
from tests.support.rewind import kept

__all__ = ["desks"]
ROUTES = Path(__file__).parents[1] / "house" / "routes.txt"
POST: dict[str, str | list[str]] = {"moyens": ["courrier"], "adresse_rue": "1 rue Fictive"}
POST |= {"adresse_code_postal": "59000", "adresse_ville": "Lille"}


COUNTED = (LedgerEntry, FilingAct, OutboxMail, FilingEvent)


def written(portal):
    with portal.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in COUNTED]


def records(portal, number, *done):
    """Record acts of Lille on a complaint that it holds."""
    with portal.database.write() as session:
        for kind, content in done:
            opened = read_for(session, portal.keyring, number, "595")
            act_store.record(session, portal.keyring, opened, kind, content, portal.clock)


def moved(portal, number, to="597"):
    """Send a complaint of Lille elsewhere, as a colleague does."""
    clerk = Clerk("n" * 32, "Nour Fictive", "nour@595.exemple.fr", "595", "CPAM de Lille-Douai", "agent")
    move(portal, clerk, number, nouvelle_autorite=to, raison=Why.TABLEAU)


SAMPLES = dict(LIFE)
WHEN = {"on": "2026-03-04", "party": "personne"}


def again(portal, number, code):
    """Do, as a colleague of Lille, the same act, or the one that makes its page past."""
    sample = {**SAMPLES.get(code, {"words": "Un mot"}), "by": "Nour Fictive", "authority": "595"}
    with portal.database.write() as session:
        opened = open_for_person(session, portal.keyring, filing_by_number(session, number))
        case = Case(portal, session, opened, Actor("Nour Fictive", "595"))
        contact = {CONTACT: opened.contact} if code == "coordonnees" else {}
        case.write(code, sealed_of(code, {**sample, **contact, **WHEN}))


def rival(code):
    """Give an act that makes the page of another one past, as its declaration says; the act itself last."""
    return next((one for one in KINDS[code].overtaken_by if one != code), code)


SITUATIONS = {
    "as it was": lambda _portal, _number, _press: None,
    "moved": lambda portal, number, press: moved(portal, number, "MED-62" if press.at_council else "597"),
    "closed": lambda portal, number, _press: records(portal, number, did("cloture", reason="hors_champ")),
    "withdrawn": lambda portal, number, _press: records(portal, number, did("retrait")),
    "withdrawal asked": lambda portal, number, _press: records(portal, number, did("retrait_demande")),
    "done already": lambda portal, number, press: again(portal, number, press.kind),
    "overtaken": lambda portal, number, press: again(portal, number, rival(press.kind)),
    "overtaken, then closed": lambda portal, number, press: overtaken_and_closed(portal, number, press.kind),
}


def overtaken_and_closed(portal, number, code):
    again(portal, number, rival(code))
    records(portal, number, did("cloture", reason="hors_champ"))


def is_done(portal, number, press, seen):
    """Tell whether the declaration of an act lets it be done of a complaint as it now stands, from a page of before."""
    kind, authority = KINDS[press.kind], "MED-59" if press.at_council else "595"
    with portal.database.read() as session:
        opened = read_for(session, portal.keyring, number, authority)
        if opened is None:
            return False
        case = Case(portal, session, opened, Actor("", authority))
        since = [line for line in case.lines if line.n > seen]
        return case.may(press.kind) and newer(since, kind, "personne") is None


NO_ACT = {"etiquettes"}
"""What a desk changes of a complaint for itself, beside its history."""


def test_no_act_of_the_desk_is_forgotten():
    start = "/agent/plaintes/{numero}/"
    lines = ROUTES.read_text(encoding="utf-8").splitlines()
    found = {line.split()[1].removeprefix(start) for line in lines if line.startswith(f"POST {start}")}
    assert found - NO_ACT == set(PRESSES)
    desk = {code for code, kind in KINDS.items() if kind.by & DESK}
    assert {press.kind for press in PRESSES.values()} | {
        "doublon_annule",
        "ouverte",
        "enregistree",
        "courrier_poste",
    } == desk


def test_every_page_of_an_act_says_what_is_kept_or_does_it_its_own_way():
    def concrete(page):
        for one in page.__subclasses__():
            yield from concrete(one)
            if "path" in vars(one):
                yield one

    import_module("app.runtime.app")  # every page is there, whichever test comes first
    pages = list(concrete(ActPage))
    assert len(pages) >= len(PRESSES) - 1
    assert not [one for one in pages if one.content is ActPage.content and one.do is ActPage.do]


@pytest.fixture
def place(client, portal, desks, tmp_path, monkeypatch):
    """Prepare the page of an act; give who presses, its number, its address, what is typed and its form."""
    monkeypatch.setattr("app.privacy.hold.periods_of", lambda _portal: Periods(1, 1))

    def prepared(act):
        press = PRESSES[act]
        typed = dict(press.typed)
        if act.startswith("preuves"):
            number = Sent(client.submit(begin(client), AMINA, {"fichiers": [("photo.png", PNG, "image/png")]})).number
        elif act == "masquer-preuve":
            number, typed["image"] = with_picture(client, portal)
        else:
            number = filed(portal, by_association=press.is_mandated, **(POST if act == "nouveau-code" else {})).number
        managers_and_scanned(portal, Scan.CLEAN if act == "masquer-preuve" else Scan.SUSPECT)
        file = file_of(portal)
        if act == "doublon":
            typed["doublon_de"] = filed(portal).number
        browser = desks[0].on(3, 4)
        records(portal, number, *press.before)
        browser = desks[1 if press.at_council else 0].on(press.month, 4, 10)
        where = f"/agent/plaintes/{number}/{act.format(numero=number, partie='personne', preuve=file)}"
        page = browser.page(where)
        if act == "identifier":
            listed(portal.database, tmp_path)
            page = Page(browser.submit(where, {"q": "durant", "ou": "Lille"}, button="Chercher dans l'annuaire").text)
            typed["pro_id"] = next(one.get("value") for one in page.all("input") if one.get("name") == "pro_id")
        if act in {"conciliation/seance", "conciliation/commission"}:
            typed = meeting(portal, browser, where) if act.endswith("seance") else commission(portal, browser, where)
            page = browser.page(where)
        return browser, number, where, page, typed

    return prepared


def managers_and_scanned(portal, scan):
    """Let every account do all, and say what the antivirus found in every file."""
    with portal.database.write() as session:
        for account in session.scalars(select(Account)):
            account.role = "responsable"
        for file in session.scalars(select(Evidence.id)).all():
            evidence.note_scan(session, file, scan)


def file_of(portal):
    with portal.database.read() as session:
        return session.scalar(select(Evidence.id)) or ""


def with_picture(client, portal):
    """Send a complaint with a photo that was examined; give its number, and the name of the photo in the form."""
    number = Sent(client.submit(begin(client), AMINA, {"fichiers": [("photo.png", PNG, "image/png")]})).number
    examine(portal)
    with portal.database.read() as session:
        return number, f"{session.scalars(select(Evidence.id)).one()}.0"


def commission(portal, browser, where):
    """Choose a commission that the law allows."""
    from app.commission import service  # noqa: PLC0415 - two pages alone need members

    with portal.database.write() as session:
        for authority in ("595", "MED-59"):
            service.appoint(session, authority, "", f"Membre {authority}", "titulaire", date(2025, 1, 10))
    boxes = [box.get("value") for box in browser.page(where).all("input") if box.get("name") == "membres"]
    return {"membres": boxes, "sans_lien": boxes}


def meeting(portal, browser, where):
    """Type a meeting that the law allows."""
    typed = {
        "heure_seance": "14 h 30",
        "mode": "presentiel",
        "lieu": "1 rue Fictive CANARI-TAPE",
        "lieu_convenu": "oui",
    }
    return {**typed, **day("date_seance", date(2026, 5, 28)), **commission(portal, browser, where)}


def is_done_or_refused(portal, patch, act, browser, number, where, page, typed, *, situation):
    """Press once, in a situation that came meanwhile."""
    press = PRESSES[act]
    seen = int(next((one.get("value") for one in page.all("input") if one.get("name") == "version"), 0))
    write, counts, done = portal.database.write, [], []

    @contextmanager
    def meanwhile():
        if not counts:
            counts.append(None)
            SITUATIONS[situation](portal, number, press)
            counts[0] = written(portal)
            done.append(is_done(portal, number, press, seen))
        with write() as session:
            yield session

    if act.startswith("preuves"):  # a file has a policy of its own
        patch.setattr(browser, "check", lambda _answer: None)
    patch.setattr(type(portal.database), "write", lambda _self: write() if counts == [None] else meanwhile())
    answer = browser.send_form(
        page, where, typed, press.files, form=f"{where.rpartition('/')[2]}#erreurs", button=press.button
    )
    patch.undo()
    assert counts, "the act was never tried"
    assert done[0] or situation != "as it was"
    if done[0]:
        assert answer.status_code in {200, 303}, Page(answer.text).text
        assert written(portal) != counts[0]
        assert written(portal)[0] - counts[0][0] <= int(KINDS[press.kind].is_sealed) * (2 if act == "doublon" else 1)
        return
    assert answer.status_code == 409
    assert written(portal) == counts[0]
    page = Page(answer.text)
    assert what_it_says(press.kind, situation) in page.text or press.at_council, page.text
    assert "CANARI-TAPE" in page.text or not any("CANARI-TAPE" in str(value) for value in typed.values())
    assert "Reprendre ou suivre ma plainte" not in page.text
    assert "Revenir à la liste des plaintes" in page.links
    assert (f"Revenir au dossier {number}" in page.links) is (situation != "moved")


def what_it_says(code, situation):
    """Give the words of a refusal: the end of the file is not why an act that outlives it is refused."""
    if situation == "overtaken, then closed":
        situation = "overtaken" if KINDS[code].after and code != "cloture" else "closed"
    return "Plainte retirée, par" if (code, situation) == ("cloture", "withdrawn") else SAYS[situation]


READ_AGAIN = {"exporter", "preuves/{preuve}"}
"""What may be read as often as one wants: each time is in the history."""


def is_written_once(portal, _patch, act, browser, _number, where, page, typed):
    """Press twice on one page."""
    press = PRESSES[act]
    asked = {"form": f"{where.rpartition('/')[2]}#erreurs", "button": press.button}
    assert browser.send_form(page, where, typed, press.files, **asked).status_code == 200
    before = written(portal)
    portal.clock.advance(seconds=2)
    assert browser.send_form(page, where, typed, press.files, **asked).status_code in {200, 404, 409}
    assert written(portal) == before


SENT_AWAY, CLOSED = "Ce dossier a été envoyé à la CPAM de Roubaix-Tourcoing le 4", "Ce dossier est clos depuis le 4"
SAYS = {
    "moved": SENT_AWAY,
    "closed": CLOSED,
    "withdrawn": "La personne a retiré sa plainte le 4",
    "withdrawal asked": "La personne demande à retirer sa plainte depuis le 4",
    "done already": "par Nour Fictive",
    "overtaken": "par Nour Fictive le 4",
}


def is_refused_to_who_may_not(portal, _patch, act, browser, _number, where, page, typed):
    """Press as a clerk who only reads, then from an account closed meanwhile: refused before anything is asked."""
    press = PRESSES[act]
    asked = {"form": f"{where.rpartition('/')[2]}#erreurs", "button": press.button}
    before = written(portal)
    set_accounts(portal, role="lecteur")
    assert browser.send_form(page, where, typed, press.files, **asked).status_code == 403
    set_accounts(portal, role="responsable", disabled_at=portal.clock())
    answer = browser.send_form(page, where, typed, press.files, **asked)
    assert gives_back(answer, where, typed)
    assert written(portal) == before


def gives_back(answer, where, typed):
    """Tell whether a page for who is signed in no more holds what was written, and leads to the page to write it in."""
    written = [word for word in typed.values() if isinstance(word, str) and " " in word]
    if answer.url.path == "/agent/connexion":
        return not written
    page = Page(answer.text)
    held = all(word in page.text for word in written)
    return answer.status_code == 403 and held and f"suite={where}&" in page.links["Se connecter"]


def set_accounts(portal, **values):
    with portal.database.write() as session:
        for account in session.scalars(select(Account)):
            for name, value in values.items():
                setattr(account, name, value)


def ways(act, engine):
    """Give each way to press an act; who presses, and how often, is tried on one database."""
    yield from ((situation, partial(is_done_or_refused, situation=situation)) for situation in SITUATIONS)
    if engine == "sqlite":
        yield "by who may not", is_refused_to_who_may_not
    if engine == "sqlite" and act not in READ_AGAIN:
        yield "twice", is_written_once


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("act", PRESSES)
def test_an_act_is_done_once_or_refused_as_its_declaration_says(run, portal, place, subtests, engine, act):
    """Prepare the page once; each way to press it finds the instance as it was then."""
    browser, *opened = place(act)
    cookies = Cookies(browser.cookies)
    with kept(run, portal) as bring_back:
        for way, press in ways(act, engine):
            bring_back()
            browser.cookies = cookies
            with subtests.test(way=way), pytest.MonkeyPatch.context() as patch:
                press(portal, patch, act, browser, *opened)


def test_what_stays_possible_on_an_ended_file_has_its_reason():
    kept = {code for code, kind in KINDS.items() if kind.after and kind.by & DESK}
    assert kept == {
        *("note", "attribuee", "exportee", "preuve_dangereuse", "code_poste", "conservation"),
        *("message_autorite", "appel"),
        *("cloture", "decision_chambre", "courrier_poste", "mandat_revoque_papier"),
        *("griefs_observations", "avis_demande", "avis_rendu", "decision_directeur", "suites_sanction"),
    }


def test_a_page_opened_before_the_complaint_left_says_where_it_went(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    page = emile.page(at(sent, "repondre"))
    moved(portal, sent.number)
    answer = emile.send_form(page, at(sent, "repondre"), {"message": "CANARI-TAPE"}, form="repondre#erreurs")
    assert answer.status_code == 404
    said = Page(answer.text)
    assert f"{SENT_AWAY} mars 2026 à" in said.text
    assert "par Nour Fictive" in said.text
    assert "CANARI-TAPE" in said.text
    assert "Votre message" in said.text
    assert desks[1].on(3, 4).get(at(sent, "repondre")).status_code == 404
    stranger = Page(desks[1].browser.get("/agent/plaintes/SA-2026-7KM4-Q9TR").text)
    assert "Cette page n'existe pas" in stranger.text
    assert "Revenir à la liste des plaintes" in stranger.links


def test_a_refusal_names_who_did_it_and_when(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    there = at(sent, "accuser-reception")
    page = emile.page(there)
    for expected in (200, 409):
        answer = emile.send_form(page, there, {"canal_ar": "email"}, form="accuser-reception#erreurs")
        assert answer.status_code == expected
    text = Page(answer.text).text
    assert "Accusé de réception envoyé : déjà fait par Émile Exemple le 4 mars 2026 à 10 h 01." in text


def test_two_clerks_who_give_it_away_the_second_sees_what_changed(client, portal, desks):
    sent = Sent(send(client))
    emile = desks[0].on(3, 4)
    there = at(sent, "attribuer")
    page = emile.page(there)
    emile.send_form(page, there, {"agent_id": "personne"}, form="attribuer#erreurs")
    before = written(portal)
    late = emile.send_form(page, there, {"note": "CANARI-TAPE"}, form="attribuer#erreurs")
    assert late.status_code == 409
    said = Page(late.text).text
    assert "Attribuée, par Émile Exemple le 4 mars 2026 à 10 h 01, depuis que votre page est ouverte" in said
    assert "À personne" in said, said
    assert "CANARI-TAPE" in said
    assert written(portal) == before
    assert emile.submit(there, {"note": "Relue."}, form="attribuer#erreurs").status_code == 200


def test_two_clerks_who_fix_the_meeting_the_second_sees_what_changed(portal, place):
    browser, _number, where, page, typed = place("conciliation/seance")
    assert browser.send_form(page, where, typed, form="seance#erreurs").status_code == 200
    before = written(portal)
    late = browser.send_form(page, where, {**typed, **day("date_seance", date(2026, 5, 27))}, form="seance#erreurs")
    assert late.status_code == 409
    said = Page(late.text).text
    assert "Réunion fixée, par Émile Exemple le 4 mars 2026 à" in said
    assert "jeudi 28 mai 2026 à 14 h 30. Rien n'a été remplacé." in said
    assert written(portal) == before
    again = browser.page(where)
    moved_to = {**typed, **day("date_seance", date(2026, 5, 27))}
    assert browser.send_form(again, where, moved_to, form="seance#erreurs").status_code == 200
