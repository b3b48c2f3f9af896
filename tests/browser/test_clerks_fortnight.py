"""A fortnight of a caisse, from Monday 9 to Sunday 22 March 2026: two clerks and their manager, thirty complaints.

Thirteen wait on the first morning, eight letters are recorded that day, nine more come, one a day. Each morning
tells every day that is near or late (:meth:`~tests.browser.fortnight.Office.morning`); then they work.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fortnight import LIST, Office, follows, numbers, office, opens, rows, withdraws, writes_down
from tests.browser.keyboard import CountedKeyboard
from tests.browser.lives import day, fixes
from tests.browser.test_inbox import FOLD, LEAST
from tests.browser.test_inbox import rows as places
from tests.cast import Filed
from tests.support.pdf import bare, text_of

__all__ = ["office"]
WAITING = ((2, 26), (2, 27), (2, 28), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (3, 5), (3, 6), (3, 7), (3, 8))
LETTERS = ("Papier-Un", "Papier-Deux", "Papier-Trois", "Papier-Quatre", "Papier-Cinq", "Papier-Six")
KEYS = 12
"""Most keys from the list to an acknowledgement that left."""
LAST, LIVE = 17, 16
"""The last day on which a complaint comes, and the day on which one comes before the eyes of a clerk."""
STORY = "Il y avait Lise Tierce, une autre patiente, devant moi."


@pytest.fixture(autouse=True)
def wide_numbers() -> None:
    """Draw any numbers: the end of one must not be the end of another."""


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_fortnight_in_which_nothing_late_is_unseen(office: Office, page: Page, tmp_path: Path) -> None:
    waiting = [office.comes(n, *when) for n, when in enumerate(WAITING)]
    told = office.comes(14, 3, 8, recit=STORY, accord_email="oui")
    work = {
        9: lambda: monday(office, waiting),
        10: lambda: acknowledged_by_keys(office, told),
        11: lambda: told_to_all(office, told),
        12: lambda: mentioned(office, waiting[3]),
        13: lambda: away(office, told),
        16: lambda: news(office, page, waiting[4], told),
        17: lambda: withdraws(page, waiting[5]),
        18: lambda: met(office, told),
        19: lambda: ended(office, waiting[5], told, tmp_path / "dossier.pdf"),
    }
    passed = 0
    for today in range(9, 23):
        passed += office.morning(today)
        work.get(today, lambda: None)()
        if today <= LAST and today != LIVE:
            office.comes(today, 3, today)
    office.rita.on(3, 22).page.goto(f"{office.rita.site.url}{LIST}?par=50")
    expect(rows(office.rita.page)).to_have_count(30)
    assert passed > 50, "many days passed, all of them were told"


@pytest.mark.scripts("nojs")
def test_the_same_acts_without_a_script(office: Office) -> None:
    told = office.comes(14, 3, 8, recit=STORY, accord_email="oui")
    office.zoe.on(3, 11)
    office.emile.on(3, 11).does(f"{LIST}/{told.number}/accuser-reception", {})
    told_to_all(office, told)
    mentioned(office, told)
    away(office, told)


def monday(office: Office, waiting: list[Filed]) -> None:
    """Read the list, record the letters of the week, keep a view, look for complaints, give five to a colleague."""
    desk = opens(office.emile)
    office.emile.judge(desk)
    seen = places(desk)
    assert seen[0]["top"] < FOLD
    assert sum(row["end"] <= 900 for row in seen) >= LEAST
    for name, on in (("Montgolfier-Fictif", 5), ("Recommandé", 6)):
        writes_down(office.zoe, name, on)
    for name in LETTERS:
        office.records(office.zoe, name, 6)
    office.zoe.on(3, 9)
    desk = opens(office.emile, f"{LIST}?canal=papier")
    desk.get_by_role("link", name="Enregistrer cette vue").click()
    desk.get_by_label("Nom de la vue").fill("Courrier")
    desk.get_by_role("button", name="Enregistrer cette vue").click()
    desk.get_by_role("link", name="Affichage : colonnes et vues").click()
    desk.get_by_label("Vue à l").select_option("Courrier")
    desk.get_by_role("button", name="Enregistrer l").click()
    opens(office.emile, "/agent")
    expect(desk).to_have_url(re.compile(r"canal=papier"))
    expect(rows(desk)).to_have_count(8)
    desk.get_by_role("link", name="Toutes").click()
    expect(rows(desk)).to_have_count(21)
    desk.get_by_role("link", name="Reçue le").click()
    assert numbers(desk)[0] == waiting[0].number
    for typed, found in ((waiting[2].number[-4:].lower(), waiting[2].number), ("montgolf", None)):
        desk.get_by_role("searchbox").fill(typed)
        desk.get_by_role("button", name="Rechercher").click()
        expect(rows(desk)).to_have_count(1)
        assert found is None or numbers(desk) == [found]
        assert typed == found or typed not in desk.url
    opens(office.emile)
    for box in desk.locator("[name=dossier]").all()[:5]:
        box.check()
    desk.get_by_role("button", name="Attribuer les plaintes cochées").click()
    desk.get_by_label("Attribuer à").select_option(label="Zoé Fictive")
    desk.get_by_role("button", name="Continuer").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Vérifier avant d’attribuer")
    expect(desk.locator("tbody tr").filter(has_text="Zoé Fictive")).to_have_count(5)
    desk.get_by_role("button", name="Attribuer").click()
    mine = opens(office.zoe, f"{LIST}?attribution=moi")
    expect(rows(mine)).to_have_count(5)


def acknowledged_by_keys(office: Office, told: Filed) -> None:
    """From the list to the acknowledgement, without a mouse: it leaves by e-mail, as the person asked."""
    desk = opens(office.emile, f"{LIST}?q={told.number}")
    keys = CountedKeyboard(desk)
    keys.key("j")
    keys.goes("Enter")
    keys.to_content()
    while keys.here()["text"] != "Envoyer l’accusé de réception":
        keys.tab()
    keys.goes("Enter")
    keys.to_content()
    while keys.here()["name"] != "canal_ar":
        keys.tab()
    assert (keys.here()["value"], keys.here()["checked"]) == ("email", True)
    keys.goes("Enter")
    expect(desk.get_by_text("Accusé de réception envoyé").first).to_be_visible()
    assert keys.pressed <= KEYS


def told_to_all(office: Office, told: Filed) -> None:
    """Tell the council, then the professional, but for the name of another patient; a colleague comes too late."""
    at = f"{LIST}/{told.number}"
    late = opens(office.zoe, f"{at}/transmettre-professionnel")
    office.emile.does(f"{at}/transmettre-autorite", {"mode": "courrier_suivi"}, press="Marquer comme transmise")
    why = {"motif_masque": "tiers", "explication_masque": "Une autre patiente."}
    office.emile.does(f"{at}/masquer-passage", {"passage": "Lise Tierce", **why}, press="Masquer ce passage")
    expect(office.emile.page.locator("main")).to_contain_text("Il y avait [passage masqué], une autre patiente")
    sent = {"mode": "courrier_suivi", "relu": "oui"}
    office.emile.does(f"{at}/transmettre-professionnel", sent, press="Marquer comme transmise")
    late.locator("[name=mode][value=courrier_suivi]").check()
    late.locator("[name=relu]").check()
    late.get_by_role("button", name="Marquer comme transmise").click()
    expect(late.get_by_role("heading", level=1)).to_have_text("Rien n’a été enregistré")
    expect(late.locator("main")).to_contain_text(re.compile("déjà fait par Émile Exemple le 11 mars 2026 à 10.h"))
    late.get_by_role("link", name=f"Revenir au dossier {told.number}").click()


def mentioned(office: Office, one: Filed) -> None:
    """Leave a note for a colleague, who reads it."""
    desk = opens(office.emile, f"{LIST}/{one.number}/noter")
    desk.get_by_label("Note interne").fill("Peux-tu rappeler cette personne ?")
    desk.get_by_label("Prévenir un collègue").select_option(label="Zoé Fictive")
    desk.get_by_role("button", name="Ajouter la note").click()
    hers = opens(office.zoe, f"{LIST}?mention=moi")
    assert numbers(hers) == [one.number]
    expect(rows(hers)).to_contain_text("Mention")
    hers.get_by_role("link", name=one.number).click()
    expect(hers.get_by_text("Peux-tu rappeler cette personne ?")).to_be_visible()
    expect(rows(opens(office.zoe, f"{LIST}?mention=moi"))).to_have_count(0)


def away(office: Office, told: Filed) -> None:
    """Take a complaint, then leave for a week, with a replacement."""
    office.emile.does(f"{LIST}/{told.number}/attribuer", {}, press="Attribuer")
    desk = opens(office.emile, "/agent/absences")
    for name, on in (("absent_du", 14), ("absent_au", 20)):
        for part, text in day(name, date(2026, 3, on)).items():
            desk.locator(f"[name={part}]").fill(text)
    desk.get_by_label("Remplacement par").select_option(label="Zoé Fictive")
    desk.get_by_role("button", name="Déclarer l").click()
    expect(desk.get_by_role("table")).to_contain_text("Zoé Fictive")


def news(office: Office, person: Page, one: Filed, told: Filed) -> None:
    """Take the place of the one who is away; a complaint comes while the list is open; a person writes."""
    desk = office.zoe.page
    desk.clock.install()
    opens(office.zoe)
    expect(desk.get_by_text("Vous remplacez Émile Exemple jusqu’au 20 mars 2026.")).to_be_visible()
    desk.get_by_role("link", name="Voir ses plaintes et les vôtres").click()
    expect(rows(desk)).to_have_count(6)
    assert told.number in numbers(desk)
    opens(office.zoe)
    before = rows(desk).count()
    came = office.comes(LIVE, 3, LIVE, 9)
    desk.clock.run_for(61_000)
    notice = desk.get_by_role("status").get_by_role("link")
    expect(notice).to_have_text(re.compile("1.nouvelle plainte – Afficher"))
    expect(rows(desk)).to_have_count(before)
    notice.click()
    expect(rows(desk).first).to_contain_text(came.number)
    follows(person, one)
    person.get_by_role("link", name="Écrire à l’autorité").click()
    person.get_by_label("message").fill("J’ai retrouvé le devis.")
    person.get_by_role("button", name="Envoyer le message").click()
    row = rows(opens(office.zoe)).filter(has_text=one.number)
    expect(row).to_contain_text("Message")
    row.get_by_role("link").click()
    expect(desk.get_by_text("J’ai retrouvé le devis.").first).to_be_visible()
    expect(rows(opens(office.zoe)).filter(has_text=one.number)).not_to_contain_text("Message")


def met(office: Office, told: Filed) -> None:
    """Fix the meeting of 28 May, summon both parties, and see it in the agenda."""
    at = f"{LIST}/{told.number}/conciliation"
    fixes(office.zoe, at)
    for party in ("personne", "professionnel"):
        office.zoe.does(f"{at}/convocations/{party}/envoi", {"mode": "courrier_recommande"})
    of_day = opens(office.zoe, "/agent/agenda?vue=mois&jour=2026-05-01").locator(".agenda__day", has_text="jeudi 28")
    expect(of_day).to_contain_text(told.number)
    expect(of_day).to_contain_text(re.compile("Réunion.*14.h.30"))


def ended(office: Office, gone: Filed, told: Filed, saved: Path) -> None:
    """Find the withdrawn complaint among those that ended; take the whole file of another out."""
    desk = opens(office.rita, f"{LIST}?suite=terminees")
    assert numbers(desk) == [gone.number]
    opens(office.rita, f"{LIST}/{told.number}/exporter")
    desk.get_by_label("Tout le dossier, à lire").check()
    desk.get_by_label("Pour quel usage ?").fill("Relire avant la réunion")
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="Exporter").click()
    taken.value.save_as(saved)
    text = text_of(saved.read_bytes())
    assert bare(told.number) in text
    assert bare(STORY).replace("'", "’") in text.replace("'", "’"), "masked for the professional alone"
