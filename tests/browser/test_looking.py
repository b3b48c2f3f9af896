"""The looks can find something: a page where everything is wrong is found wrong, line by line."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.looking import AXE, BY_COLOUR, LOOKING, SPACED, TWICE, Judge, once, run_axe

WRONG = """<!doctype html><html lang="fr"><head><style>
  .bare:focus { outline: none } .low { height: 20px }
  .over { position: fixed; z-index: 9; top: 0; left: 0; width: 100%; height: 60px }
  .cut { overflow: hidden; height: 20px; width: 80px } .far { width: 1100px }
</style></head><body><main>
  <p class="over">Un bandeau</p>
  <a href="/" id="under" style="position: absolute; top: 10px">Sous le bandeau</a>
  <div style="margin-top: 100px"><input id="after" type="text"><label for="after">Après son champ</label></div>
  <button class="bare" id="bare" style="height: 60px">Sans contour</button>
  <button class="low" id="low">Trop bas</button>
  <p class="cut">Des mots qui ne tiennent pas</p>
  <p class="far">Large</p>
  <h2 style="width: 60px; overflow-wrap: anywhere">Discriminatoire</h2>
  <h3 style="width: 160px">Discrimina&shy;toire, deux mots</h3>
</main></body></html>"""


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_everything_wrong_is_found(page: Page) -> None:
    page.goto("about:blank")
    page.set_content(WRONG)
    found = [
        *page.evaluate(f"() => {LOOKING}.focus()"),
        *page.evaluate(f"() => {LOOKING}.place(44)"),
        *(fault for rule, name in ((TWICE, "P3"), (SPACED, "P5")) for fault in sizes(page, rule, name)),
        *page.evaluate(f"given => {LOOKING}.words(given)", [TWICE, "P3"]),
    ]
    assert not [fault for fault in found if "h3" in fault]
    for sentence in (
        "K3: the focus of button#bare is not seen",
        "K4: a#under is covered by",
        "K5: button#low is 20 px high",
        "F3: the label of input#after",
        "P3: the page scrolls sideways",
        "P3: “Discriminatoire” is cut in h2#Discriminatoire",
        "P5: p#Des mots qui ne tiennent pas is cut",
    ):
        assert any(fault.startswith(sentence) for fault in found), (sentence, found)


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_the_focus_is_left_where_it_was(page: Page) -> None:
    page.set_content(WRONG)
    page.evaluate(f"() => {LOOKING}.focus()")
    page.keyboard.press("Tab")
    expect(page.locator("#under")).to_be_focused()
    page.locator("#bare").focus()
    page.evaluate(f"() => {LOOKING}.focus()")
    expect(page.locator("#bare")).to_be_focused()
    over = page.locator(".over")
    over.evaluate("one => { one.tabIndex = -1; one.focus(); one.onblur = () => one.removeAttribute('tabindex') }")
    page.evaluate(f"() => {LOOKING}.focus()")
    expect(over).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#under")).to_be_focused()


def sizes(page: Page, rule: str, name: str) -> list[str]:
    return list(page.evaluate(f"(given) => {LOOKING}.size(given)", [rule, name]))


DRAWN, AGAIN = "5f0c2b9a1de34c77a6e8d9b0c1f2a3e4", "00ff2b9a1de34c77a6e8d9b0c1f2a3e4"
GOOD = f"""<!doctype html><html lang="fr"><head><title>Titre</title></head><body><main><h1>SA-2026-ABCD-EFGH</h1>
<form><input type="hidden" name="csrf" value="hasard"><input type="radio" id="m-{DRAWN}" aria-label="Oui"></form></main>
</body>"""
BAD = "<!doctype html><html><head><title>Titre</title></head><body><main><h1>Titre</h1></main></body>"


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_page_is_judged_again_as_soon_as_anything_of_it_changes(page: Page) -> None:
    judged: list[str] = []

    def each_sort(page: Page) -> None:
        judged.append(page.content())

    judge = once(each_sort)

    def is_new() -> bool:
        before = len(judged)
        judge(page)
        return len(judged) > before

    page.set_content(GOOD)
    assert is_new()
    assert not is_new()
    page.set_content(GOOD.replace("ABCD", "WXYZ").replace("hasard", "sort").replace(DRAWN, AGAIN))
    assert not is_new()
    for change in ("one => one.checked = true", "one => one.focus()", "one => one.ariaLabel = 'Non'"):
        page.locator("input[type=radio]").evaluate(change)
        assert is_new()
        assert not is_new()
    page.set_viewport_size({"width": 361, "height": 740})
    assert is_new()


@pytest.mark.viewports("phone")
def test_a_fault_is_found_each_time_with_and_without_scripts(page: Page, axe: Judge) -> None:
    page.set_content(BAD)
    for _ in range(2):
        with pytest.raises(AssertionError, match="html-has-lang"):
            axe(page)


@pytest.mark.viewports("phone")
@pytest.mark.scripts("nojs")
def test_scripts_stay_forbidden_after_axe(page: Page, axe: Judge) -> None:
    page.goto("/aide")
    axe(page)
    for _ in range(2):
        assert page.evaluate("document.querySelector('.js-enabled, .govuk-frontend-supported')") is None
        assert not page.get_by_role("button", name="Sombres").count()
        page.reload()


COLOURED = """<!doctype html><html lang="fr"><head><title>Titre</title></head><body>
  <p style="color: #777; background: #fff">Gris</p><p style="color: #777; background: #000">Gris sur noir</p>
  <p style="color: rgb(0 0 255 / 40%); background: color-mix(in srgb, white, yellow 30%)">Bleu</p>
  <div style="background: oklch(40% .1 200)"><p style="color: lab(50% 40 20); opacity: .8">Rose</p></div>
  <p style="color: color(display-p3 1 .2 .1); background: hsl(40deg 90% 60%)">Rouge</p><p>Noir</p>
</body></html>"""


@pytest.mark.viewports("phone")
@pytest.mark.scripts("js")
def test_a_colour_that_is_read_once_is_judged_as_axe_judges_it(page: Page) -> None:
    asked = "rules => axe.run({ runOnly: rules }).then(found => found.violations[0].nodes.map(one => one.any[0].data))"

    def judged(program: str) -> object:
        page.set_content(COLOURED)
        page.evaluate(program)
        return [page.evaluate(asked, BY_COLOUR) for _ in ("anew", "known")]

    known, plain = judged(AXE), judged(Axe().axe_script)
    assert known == plain
    page.set_content("<p style='background: #fff; color: #000'>Un</p><i style='background: #000; color: #eee'>Deux</i>")
    page.evaluate(AXE)
    run_axe(page, BY_COLOUR)
    page.locator("p").evaluate("one => { one.style.color = '#eee' }")
    with pytest.raises(AssertionError, match="color-contrast"):
        run_axe(page, BY_COLOUR)
