"""A page read aloud by a voice of the device: which voice, which words, and when it falls silent."""

import json
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import opened
from tests.browser.looking import Judge
from tests.browser.test_draft_scripts import PLACES
from tests.journeys import DENTIST
from tests.support.client import SuspiciousClient

pytestmark = [pytest.mark.viewports("phone"), pytest.mark.scripts("js")]
Voice = tuple[str | None, bool]
FRENCH, ENGLISH, ARABIC, FROM_AFAR = ("fr-FR", True), ("en-GB", True), ("ar-SA", True), ("fr-FR", False)
SPEECH = """
  const named = ([lang, localService]) => ({ lang, localService, name: lang });
  self.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = {
    voices: %s.map(named), asked: 0, said: [], now: null,
    getVoices() { this.asked += 1; return this.voices; },
    speak(one) { this.said.push([one.voice.lang, one.text]); this.now = one; },
    cancel() { const one = this.now; this.now = null; one?.onend?.(); },
    finish() { const one = this.now; this.now = null; one.onend(); },
    fail() { const one = this.now; this.now = null; one.onerror(); },
    become(voices) { this.voices = voices.map(named); this.onvoiceschanged(); },
  };
  Object.defineProperty(self, "speechSynthesis", { value: speech, configurable: true });
"""
"""Voices that say nothing: a test ends each sentence. What is cancelled ends too, as in Safari."""
PRESSED = ":is(a, button:not(.listen), input, label, select, summary)"
MARKED = "[...CSS.highlights.get('read-aloud') ?? []].join('')"


def give(page: Page, *voices: Voice) -> None:
    """Give voices to the device, before a page opens."""
    page.add_init_script(SPEECH % json.dumps(voices))


def listen(page: Page, name: str = "Écouter") -> Locator:
    """Find the button, by its name of the moment."""
    return page.locator("main").get_by_role("button", name=name, exact=True)


def begin(page: Page, name: str = "Écouter") -> None:
    """Press it, and wait until the first sentence is being said."""
    listen(page, name).click()
    page.wait_for_function("speechSynthesis.now")


def hear_all(page: Page) -> list[tuple[str, str]]:
    """Let the whole page be said; give each sentence with the language of its voice."""
    page.evaluate("while (speechSynthesis.now) speechSynthesis.finish()")
    return [(lang, words) for lang, words in page.evaluate("speechSynthesis.said")]


def words_of(said: Sequence[tuple[str, str]]) -> list[str]:
    return [words.replace("\u00a0", " ") for _lang, words in said]


@pytest.mark.parametrize("voices", [[], [FROM_AFAR], [ENGLISH]], ids=["none", "only far away", "another language"])
def test_nothing_is_offered_without_a_voice_of_the_device_for_the_page(page: Page, voices: list[Voice]) -> None:
    give(page, *voices)
    page.goto("/aide")
    page.wait_for_function(f"speechSynthesis.asked >= {2 if voices else 1}")
    assert page.locator(".listen").filter(visible=True).count() == 0
    page.evaluate(f"speechSynthesis.become({json.dumps([*voices, FRENCH])})")
    expect(listen(page)).to_be_visible()
    page.evaluate(f"speechSynthesis.become({json.dumps(voices)})")
    expect(listen(page)).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/ar/", "/avant-de-commencer", "/reprendre", "/vos-droits", "recit"])
def test_a_voice_that_is_known_late_moves_nothing_under_a_finger(
    page: Page, quick: SuspiciousClient, path: str
) -> None:
    """Chromium tells its voices once the page is there: whoever was about to press « Commencer » must not miss it."""
    give(page)
    if path == "recit":
        opened(page, quick, DENTIST, path)
    else:
        page.goto(path)
    page.wait_for_function("speechSynthesis.asked")
    before = page.locator(f"body {PRESSED}").evaluate_all(PLACES)
    page.evaluate(f"speechSynthesis.become({json.dumps([FRENCH, ARABIC])})")
    button = page.locator("main .listen")
    expect(button).to_be_visible()
    assert page.locator(f"body {PRESSED}").evaluate_all(PLACES) == before
    title = page.locator("h1, .step").first.bounding_box()
    box = button.bounding_box()
    assert title is not None
    assert box is not None
    assert box["y"] + box["height"] <= title["y"] + 1


@pytest.mark.scripts("nojs")
def test_nothing_is_offered_without_script(page: Page) -> None:
    page.goto("/aide")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(".listen").count() == 0


def test_the_voice_is_one_of_the_device_and_of_the_country(page: Page) -> None:
    give(page, FROM_AFAR, ("fr-CA", True), ("fr_FR", True))
    page.goto("/aide")
    begin(page)
    assert {lang for lang, _words in hear_all(page)} == {"fr_FR"}


def test_a_voice_with_an_odd_language_silences_no_other(page: Page) -> None:
    give(page, *((odd, True) for odd in (None, "", "en-us-nyc", "zh-yue", "fr_FR_#Latn")), FRENCH)
    page.goto("/aide")
    begin(page)
    assert {lang for lang, _words in hear_all(page)} == {"fr-FR"}


def test_a_page_with_mistakes_is_read_in_its_order_without_what_is_typed(page: Page, quick: SuspiciousClient) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "identite")
    page.locator("#prenom").fill("Canari")
    page.locator("[name=moyens][value=email]").check(force=True)
    page.locator("#email").fill("nulle part")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page.locator("#erreurs")).to_be_visible()
    begin(page)
    said = words_of(hear_all(page))
    assert said[:6] == [
        "2 réponses sont à corriger",
        "Écrivez votre nom.",
        "Écrivez une adresse e-mail complète, par exemple nom@exemple.fr.",
        "Étape 5 sur 6 : Vous",
        "Qui êtes-vous ?",
        "La loi demande votre nom et un moyen de vous joindre.",
    ]
    name = said.index("Nom")
    assert said[name : name + 3] == ["Nom", "Celui que la CPAM connaît.", "Erreur : Écrivez votre nom."]
    assert said[-2:] == ["Continuer", "Finir plus tard"]
    assert "Adresse e-mail" in said
    assert "Retour" not in said
    assert not [words for words in said if "Canari" in words or "nulle part" in words]
    expect(listen(page)).to_be_visible()


def test_what_is_folded_is_read_once_it_is_open(page: Page, quick: SuspiciousClient) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "professionnel/decrire")
    folded = {"Spécialité (facultatif)", "Département"}
    begin(page)
    said = words_of(hear_all(page))
    assert {"Nom (facultatif)", "En dire plus", "Je ne connais pas la ville"} <= set(said)
    assert not folded & set(said)
    page.locator("summary").click()
    page.locator("#sans_ville").check(force=True)
    begin(page)
    assert folded <= set(words_of(hear_all(page))[len(said) :])
    assert "01 – Ain" not in words_of(hear_all(page))


def test_it_stops_and_goes_on_from_the_same_sentence(page: Page) -> None:
    give(page, FRENCH)
    page.goto("/vos-droits")
    begin(page)
    page.evaluate("speechSynthesis.finish()")
    page.evaluate("speechSynthesis.finish()")
    third = page.evaluate("speechSynthesis.now.text")
    assert page.evaluate(MARKED).replace("\u2011", "-") == third
    listen(page, "Arrêter la lecture").click()
    expect(listen(page, "Reprendre la lecture")).to_be_focused()
    assert page.evaluate("speechSynthesis.now") is None
    assert page.evaluate(MARKED) == ""
    begin(page, "Reprendre la lecture")
    said = words_of(hear_all(page))
    assert said[2] == said[3] == third
    expect(listen(page)).to_be_visible()
    assert page.evaluate(MARKED) == ""


LEFT = {
    "the page is left": "dispatchEvent(new Event('pagehide'))",
    "the page is left fast": "document.documentElement.hidden = true",
    "the voice breaks": "speechSynthesis.fail()",
    "somebody writes": "document.querySelector('#recit').dispatchEvent(new Event('input', { bubbles: true }))",
    "the voice is taken away": "speechSynthesis.become([])",
}


@pytest.mark.parametrize("why", LEFT)
def test_it_falls_silent_when(page: Page, quick: SuspiciousClient, why: str) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "recit")
    begin(page)
    before = page.evaluate("speechSynthesis.said.length")
    page.evaluate(LEFT[why])
    page.wait_for_function("!speechSynthesis.now")
    page.evaluate("document.documentElement.hidden = false")
    expect(page.locator(".listen").first).to_have_text("Reprendre la lecture")
    assert page.evaluate("speechSynthesis.said.length") == before


def test_it_is_no_part_of_what_is_sent_and_asks_for_nothing(page: Page, quick: SuspiciousClient) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "recit")
    expect(listen(page)).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#recit").focus()
    listen(page).evaluate("button => button.click()")
    page.wait_for_function("speechSynthesis.now")
    expect(page.locator("#recit")).to_be_focused()
    before = page.locator("main").evaluate("main => main.querySelectorAll('*').length")
    hear_all(page)
    assert asked == []
    made = page.locator(".listen").evaluate_all("all => all.map((one) => [one.type, one.name])")
    assert {tuple(one) for one in made} == {("button", "")}
    assert page.locator("main").evaluate("main => main.querySelectorAll('*').length") == before


def test_each_question_and_the_mistakes_are_read_alone_once_somebody_listens(
    page: Page, quick: SuspiciousClient
) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "identite")
    page.get_by_role("button", name="Continuer").last.click()
    expect(page.locator("#erreurs")).to_be_visible()
    expect(listen(page)).to_be_visible()
    assert page.locator(".listen").count() == 1
    begin(page)
    page.evaluate("speechSynthesis.finish()")
    for name, words in (
        ("3 réponses sont à corriger", ["3 réponses sont à corriger", "Écrivez votre prénom.", "Écrivez votre nom."]),
        ("Nom", ["Nom", "Celui que la CPAM connaît.", "Erreur : Écrivez votre nom."]),
        ("Je n’ai qu’un seul nom", ["Je n’ai qu’un seul nom"]),
    ):
        before = page.evaluate("speechSynthesis.said.length")
        one = listen(page, f"Écouter – {name}")
        one.click()
        expect(one).to_have_attribute("aria-pressed", "true")
        assert words_of(hear_all(page))[before:][: len(words)] == words
        expect(one).to_have_attribute("aria-pressed", "false")
    one.click()
    expect(listen(page, "Arrêter la lecture")).to_be_visible()
    one.click()
    expect(one).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("speechSynthesis.now") is None
    before = page.evaluate("speechSynthesis.said.length")
    begin(page, "Reprendre la lecture")
    assert words_of(hear_all(page))[before] == "Écrivez votre prénom."


def test_a_passage_in_another_language_is_read_by_its_voice_else_left_out(page: Page) -> None:
    give(page, FRENCH, ARABIC, ("es-ES", False))
    page.goto("/langues")
    begin(page)
    said = hear_all(page)
    assert ("ar-SA", "العربية") in said
    assert ("fr-FR", "Français") in said
    assert not {"Español", "English"} & set(words_of(said))


def test_a_page_in_arabic_is_read_in_arabic(page: Page, judge: Judge) -> None:
    give(page, FRENCH, ARABIC)
    page.goto("/ar/vos-droits")
    begin(page, "استماع")
    expect(listen(page, "إيقاف القراءة")).to_be_visible()
    judge(page)
    said = hear_all(page)
    assert said[0][0] == "ar-SA"
    assert page.locator("h1").inner_text() in words_of(said)


def test_a_code_is_never_said(page: Page, quick: SuspiciousClient) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "recit")
    page.get_by_role("button", name="Finir plus tard").click()
    code = page.locator("main .code").first
    expect(code).to_be_visible()
    begin(page)
    secret = code.inner_text()
    assert not [words for words in words_of(hear_all(page)) if secret in words]


@pytest.mark.viewports("phone", "desktop")
def test_a_page_that_is_being_read_stays_accessible(page: Page, quick: SuspiciousClient, judge: Judge) -> None:
    give(page, FRENCH)
    opened(page, quick, DENTIST, "identite")
    begin(page)
    judge(page)
    expect(listen(page, "Arrêter la lecture")).to_be_visible()


@pytest.mark.parametrize("lacks", ["Highlight", "Intl.Segmenter", "CSSStyleSheet.prototype.replaceSync"])
def test_it_reads_on_a_browser_that_lacks(page: Page, lacks: str) -> None:
    give(page, FRENCH)
    page.add_init_script(f"delete {lacks if '.' in lacks else 'self.' + lacks}")
    page.goto("/reprendre")
    begin(page)
    said = words_of(hear_all(page))
    assert said[0] == "Reprendre ou suivre ma plainte"
    assert "Votre code personnel" in said
    assert page.locator(".listen--one").count() == (0 if "replaceSync" in lacks else 1)


@pytest.mark.parametrize("lacks", ["self.speechSynthesis", "Intl.Locale"])
def test_the_page_goes_without_it_on_a_browser_that_lacks(page: Page, lacks: str) -> None:
    give(page, FRENCH)
    page.add_init_script(f"delete {lacks}")
    page.goto("/avant-de-commencer")
    expect(page.locator("body.js-enabled")).to_be_visible()
    page.get_by_role("button", name="Formulaire court").click()
    page.wait_for_url("**/court")
    assert page.locator(".listen").filter(visible=True).count() == 0
