"""What every page owes to whoever cannot see it, hold a mouse or guess: one rule for each line, by its id.

The ids are those of ``docs/accessibilite-controle.md`` (RGAA 4.1.2 and WCAG 2.2 AA). Every page that a test opens by
HTTP is judged, in whatever state the test brought it: normal, empty, with mistakes, with long words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from app.base.i18n import FRENCH, LANGUAGES, in_language, translate
from tests.support.html import Page, is_element, plain, words

TABBABLE = ("a", "button", "input", "select", "textarea", "summary")
TOKENS = {
    "prenom": "given-name",
    "nom": "family-name",
    "email": "email",
    "telephone": "tel",
    "adresse_rue": "address-line1",
    "adresse_code_postal": "postal-code",
    "adresse_ville": "address-level2",
}
"""Fields about the person who fills the form, with their purpose (HTML standard, 4.10.18.7)."""
OF_ANOTHER = ("pers_", "pro_")
STEP = re.compile(r"Étape \d sur 6")
Rule = Callable[[Page], Iterator[str]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Name a rule by its line."""

    def keep(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return keep


def judged(page: Page) -> list[str]:
    """List all that a whole page owes and lacks, each with the id of its line."""
    return [f"{name}: {fault}" for name, function in RULES.items() for fault in function(page)]


def said(page: Page, sentence: str) -> str:
    """Say a French sentence in the language of the page."""
    codes = [one.code for one in LANGUAGES.values() if one.tag == page.tree.get("lang")]
    with in_language((*codes, FRENCH)[0]):
        return plain(translate(sentence))


def fields(page: Page) -> list[Element]:
    """The controls that a person fills."""
    skipped = {"hidden", "submit", "button", "image", "reset"}
    return [one for one in page.all("input", "select", "textarea") if one.get("type") not in skipped]


def labels(page: Page) -> dict[str, str]:
    """The words of each label, by the id of its control."""
    return {one.get("for", ""): words(one) for one in page.all("label")}


def described(page: Page, one: Element) -> str:
    """The words that describe a control, in the order they are read."""
    parts = (page.by_id(name) for name in one.get("aria-describedby", "").split())
    return " ".join(words(part) for part in parts if part is not None)


def within(page: Page, tag: str) -> dict[int, Element]:
    """The nearest element of this name around each one."""
    return {id(inner): outer for outer in page.all(tag) for inner in outer.iter() if is_element(inner)}


@rule("S2")
def the_title_says_the_question_and_the_step(page: Page) -> Iterator[str]:
    if not page.title.endswith("– Saisine"):
        yield f"the title {page.title!r} does not end with the name of the service"
    step = STEP.search(page.text)
    if step and step.group() not in page.title:
        yield f"the title {page.title!r} lacks {step.group()!r}"


@rule("S3")
def a_page_with_mistakes_says_so_first(page: Page) -> Iterator[str]:
    if page.by_id("erreurs") is not None and not page.title.startswith(said(page, "Erreur :")):
        yield f"the title {page.title!r} does not begin with « Erreur : »"


@rule("S4")
def the_parts_of_the_page_are_named(page: Page) -> Iterator[str]:
    for tag in ("header", "footer"):
        if not page.all(tag):
            yield f"no <{tag}>"
    first = next((one for one in page.elements if one.tag in TABBABLE and one.get("tabindex") != "-1"), None)
    if first is None or words(first) != said(page, "Aller au contenu"):
        yield f"the first thing that Tab meets is {None if first is None else words(first)!r}"
    elif page.by_id(first.get("href", "")[1:]) is not page.all("main")[0]:
        yield "« Aller au contenu » does not lead to main"


@rule("S8")
def each_way_to_change_is_named_apart(page: Page) -> Iterator[str]:
    seen = Counter(words(one) for one in page.all("a", "button") if words(one).startswith(("Modifier", "Retirer")))
    for name, count in seen.items():
        if count > 1 or name in {"Modifier", "Retirer"}:
            yield f"{name!r} is there {count} times, or does not say what"


@rule("S9")
def tables_say_what_they_hold(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if table.find("caption") is None:
            yield "a table without caption"
        yield from (f"<th> {words(cell)!r} without scope" for cell in table.iter("th") if not cell.get("scope"))


@rule("S11")
def help_stands_at_the_same_place(page: Page) -> Iterator[str]:
    header = page.all("header")
    if header and said(page, "Aide") not in [words(link) for link in header[0].iter("a")]:
        yield "no « Aide » in the header"


@rule("S12")
def nothing_opens_a_window(page: Page) -> Iterator[str]:
    yield from (f"{words(link)!r} opens a window" for link in page.all("a", "form") if link.get("target"))
    if said(page, "Plan du site") not in [words(link) for foot in page.all("footer") for link in foot.iter("a")]:
        yield "no « Plan du site » in the footer"


@rule("F1")
def each_field_has_a_label_and_no_placeholder(page: Page) -> Iterator[str]:
    known = labels(page)
    for one in fields(page):
        if not known.get(one.get("id", "")):
            yield f"{one.get('name')} has no label"
        if one.get("placeholder"):
            yield f"{one.get('name')} has a placeholder"


@rule("F4")
def groups_have_a_legend(page: Page) -> Iterator[str]:
    around = within(page, "fieldset")
    count = Counter(one.get("name") for one in fields(page) if one.get("type") in {"radio", "checkbox"})
    for one in fields(page):
        name = one.get("name", "")
        is_grouped = count[name] > 1 or name.endswith(("_jour", "_mois", "_annee"))
        group = around.get(id(one))
        if is_grouped and (group is None or group.find("legend") is None or not words(group.find("legend"))):
            yield f"{name} is in no named group"


@rule("F5")
def lists_begin_empty(page: Page) -> Iterator[str]:
    for one in page.all("select"):
        first = next(one.iter("option"))
        if first.get("value") and one.get("name") != "par":
            yield f"the list {one.get('name')} begins with {words(first)!r}"


@rule("F6")
def each_button_says_what_it_does(page: Page) -> Iterator[str]:
    for one in page.all("button"):
        if not words(one) and not one.get("aria-label"):
            yield f"a button without words ({one.attrib})"


@rule("F7")
def what_may_be_left_empty_says_so(page: Page) -> Iterator[str]:
    known, around, optional = labels(page), within(page, "fieldset"), said(page, "(facultatif)")
    for one in fields(page):
        if one.get("aria-required") == "true" and optional in known.get(one.get("id", ""), ""):
            yield f"{one.get('name')} is both needed and « facultatif »"
        if one.get("type") in {"radio", "checkbox", "file"} or one.get("aria-required") == "true":
            continue
        group = around.get(id(one))
        legend = words(group.find("legend")) if group is not None and group.find("legend") is not None else ""
        told = known.get(one.get("id", ""), "") + legend + page.h1
        form = next((form for form in page.forms if one in list(form.element.iter())), None)
        if form is not None and form.method == "post" and optional not in told:
            yield f"{one.get('name')} may stay empty and does not say so"


@rule("F8")
def hints_are_linked(page: Page) -> Iterator[str]:
    linked = {name for one in page.elements for name in one.get("aria-describedby", "").split()}
    for one in page.elements:
        if "govuk-hint" in one.get("class", "").split() and one.get("id") and one.get("id") not in linked:
            yield f"the hint {one.get('id')} describes nothing"


@rule("F9")
def the_summary_leads_to_each_mistake_in_order(page: Page) -> Iterator[str]:
    box = page.by_id("erreurs")
    if box is None:
        return
    if box.get("tabindex") != "-1":
        yield "the summary cannot take the focus"
    order = {one.get("id"): place for place, one in enumerate(page.elements) if one.get("id")}
    targets = [link.get("href", "")[1:] for link in box.iter("a") if link.get("href", "").startswith("#")]
    yield from (f"the summary leads to {name!r}, which is not there" for name in targets if name not in order)
    places = [order[name] for name in targets if name in order]
    if places != sorted(places):
        yield f"the mistakes are not in the order of the page: {targets}"


@rule("F10")
def each_mistake_is_beside_its_field(page: Page) -> Iterator[str]:
    box = page.by_id("erreurs")
    links = list(box.iter("a")) if box is not None else []
    told = [words(link) for link in links if link.get("href", "").startswith("#")]  # others lead to their page
    beside = [words(one) for one in page.elements if "govuk-error-message" in one.get("class", "").split()]
    for sentence in told:
        if not any(one.removeprefix(f"{said(page, 'Erreur :')} ") in sentence or sentence in one for one in beside):
            yield f"{sentence!r} is not beside a field"
    for one in fields(page):
        if one.get("aria-invalid") == "true" and said(page, "Erreur :") not in described(page, one):
            yield f"{one.get('name')} is wrong and its message does not describe it"


@rule("F14")
def the_purpose_of_fields_is_told(page: Page) -> Iterator[str]:
    for one in fields(page):
        name, said = one.get("name", ""), one.get("autocomplete", "")
        if name in TOKENS and said not in {TOKENS[name], "off", "username"}:
            yield f"{name} has autocomplete={said!r}"
        if name.startswith(OF_ANOTHER) and one.get("type") in {"text", "email", "tel"} and said != "off":
            yield f"{name} is about another person and has autocomplete={said!r}"


@rule("F17")
def what_a_choice_opens_follows_it(page: Page) -> Iterator[str]:
    order = {one.get("id"): place for place, one in enumerate(page.elements) if one.get("id")}
    for one in page.all("input"):
        opened = one.get("data-aria-controls")
        if opened and not order.get(one.get("id"), 0) < order.get(opened, -1):
            yield f"{opened} does not follow the choice that opens it"


@rule("K9")
def no_single_key_is_taken(page: Page) -> Iterator[str]:
    yield from (f"accesskey {one.get('accesskey')!r}" for one in page.elements if one.get("accesskey"))
    yield from (f"tabindex {one.get('tabindex')}" for one in page.elements if int(one.get("tabindex") or 0) > 0)


@rule("J2")
def questions_are_real_pages(page: Page) -> Iterator[str]:
    yield from ("hx-boost" for one in page.elements if one.get("hx-boost"))


@rule("J4")
def there_is_one_place_for_what_changes(page: Page) -> Iterator[str]:
    yield from ("an alert that speaks at load" for one in page.all("input", "li") if one.get("role") == "alert")


@rule("P9")
def pictures_have_words_or_are_silent(page: Page) -> Iterator[str]:
    yield from (f"<img src={one.get('src')!r}> without alt" for one in page.all("img") if one.get("alt") is None)
    for one in page.all("svg"):
        if one.get("aria-hidden") != "true" and one.get("role") != "img":
            yield "an <svg> that neither speaks nor is silent"


@rule("P10")
def nothing_starts_by_itself(page: Page) -> Iterator[str]:
    yield from ("media that starts by itself" for one in page.all("audio", "video") if one.get("autoplay") is not None)


@rule("T6")
def no_page_moves_by_itself(page: Page) -> Iterator[str]:
    yield from ("a page that refreshes itself" for one in page.all("meta") if one.get("http-equiv") == "refresh")


@rule("L1")
def the_page_says_its_language(page: Page) -> Iterator[str]:
    if page.tree.get("lang") not in {language.tag for language in LANGUAGES.values()}:
        yield f"lang is {page.tree.get('lang')!r}"
