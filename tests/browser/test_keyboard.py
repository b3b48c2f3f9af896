"""The keyboard of the tests: a way that was gone once by Tab is gone straight, to the same end; a closed one, never."""

import pytest
from playwright.sync_api import Page

from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.viewports("phone")
FORM = """<!doctype html><html lang="fr"><body><main><form action="/aide">
  <input name="nom" value="Avant"><textarea name="recit"></textarea>
  <select name="pays"><option value="fr">France<option value="be">Belgique</select>
  <input type="radio" name="choix" value="un" checked><input type="radio" name="choix" value="deux">
  <details><summary>Plus</summary><input type="checkbox" name="formes" value="a"><input type="checkbox" name="formes"
  value="b"><input type="checkbox" name="formes" value="c" checked></details>
  <button class="govuk-button govuk-button--secondary" name="bouton" value="autre">Secondaire</button>
  <button class="govuk-button" name="bouton" value="envoi">Envoyer</button>
</form></main></body></html>"""
ANSWERS = {"nom": "Avril", "recit": "Un mot", "pays": "be", "choix": "deux", "formes": ["a", "c"]}


@pytest.fixture
def tabs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each press on Tab."""
    pressed: list[str] = []
    tab = Keyboard.tab

    def noted(keyboard: Keyboard) -> None:
        pressed.append(keyboard.page.url)
        tab(keyboard)

    monkeypatch.setattr(Keyboard, "tab", noted)
    return pressed


@pytest.fixture
def form(scripts: bool) -> str:  # noqa: FBT001
    """A page that differs with and without scripts, as all that have some do."""
    return FORM.replace("Plus", "Avec" if scripts else "Sans")


def opened(page: Page, shown: str) -> Keyboard:
    page.goto("/vos-droits")
    page.set_content(shown)
    return Keyboard(page)


def test_the_straight_way_ends_as_the_one_by_tab(page: Page, form: str, tabs: list[str]) -> None:
    gone = []
    for name in ("Avril", "Mai"):
        opened(page, form).answer({**ANSWERS, "nom": name})
        assert page.url.endswith(f"/aide?nom={name}&recit=Un+mot&pays=be&choix=deux&formes=a&formes=c&bouton=envoi")
        gone.append(len(tabs))
    assert gone[0] == gone[1] > 0


def test_another_choice_or_another_page_is_gone_by_tab(page: Page, form: str, tabs: list[str]) -> None:
    again = form.replace("Secondaire", "Autre chose")
    for shown, answers in ((form, {**ANSWERS, "choix": "un"}), (form, {"pays": "fr"}), (again, {"pays": "fr"})):
        before = len(tabs)
        opened(page, shown).answer(answers)
        assert len(tabs) > before


@pytest.mark.parametrize("hidden", ['name="nom"', 'class="govuk-button"'])
def test_what_tab_does_not_reach_fails_each_time(page: Page, hidden: str) -> None:
    for _ in range(2):
        keyboard = opened(page, FORM.replace(hidden, f'{hidden} tabindex="-1"'))
        with pytest.raises(AssertionError, match="not reached by Tab"):
            keyboard.answer(ANSWERS)
