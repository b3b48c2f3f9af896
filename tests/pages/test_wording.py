"""What a page draws once for all is what it would draw each time, and never holds what a person typed."""

import pytest
from jinja2 import Environment
from markupsafe import Markup

from app.base.forms.fields import CommonOptions, FieldError, Option
from app.base.forms.form import widgets
from app.base.forms.shown import Form
from app.base.i18n import translate
from app.base.settings import Settings
from app.base.web.templates import make_pages
from app.base.web.wording import Once
from app.saisine.pages import ASKED
from app.saisine.short_form import COURT
from app.saisine.steps.describe import Describe
from app.saisine.third_person import speaking

WORDS = "Mots d'une personne <b>"
COMMON = CommonOptions((Option("a", "Ain"), Option("b", "Aisne"))), CommonOptions((Option("a", "Allier"),))
HELPER = speaking({"qualite": "aide"}, translate)


@pytest.fixture(scope="module")
def pages() -> Environment:
    return make_pages(Settings()).french


@pytest.fixture(scope="module")
def each_time() -> Environment:
    plain = make_pages(Settings()).french
    plain.globals["once"] = lambda _likeness, draw, *given: draw(*given)
    return plain


def forms_of(model):
    """Show a page empty, with each choice, with words, with a mistake, with choices of its own, to somebody else."""

    def form(typed, speaks=translate, **more):
        return Form(model, typed, translate=speaks, hidden={}, **more)

    yield form({})
    for name, widget in widgets(model).items():
        for option in widget.options():
            yield form({name: [option.value]})
        for one in widget.inputs(name):
            yield form({one: [WORDS]})
        yield form({name: [""]})
        yield form({}, mistakes={name: FieldError("À corriger")})
        if widget.options():
            yield form({}, offered={name: [Option("autre", "Proposé ici")]})
            for listed in COMMON:
                yield form({}, offered={name: listed})
                yield form({name: ["a"]}, offered={name: listed})
                yield form({name: [WORDS]}, offered={name: listed})
    yield form({name: [option.value for option in widget.options()] for name, widget in widgets(model).items()})
    yield form({}, HELPER)
    yield form({})


@pytest.mark.parametrize("page", [*ASKED, COURT], ids=lambda page: page.name)
def test_what_is_drawn_once_is_what_would_be_drawn_each_time(page, pages, each_time):
    once, plain = (one.get_template("parts/fields.html").module.field for one in (pages, each_time))
    for form in forms_of(page.answers):
        for name in form.names:
            for heading in (False, True, "hidden"):
                assert once(form, name, heading) == plain(form, name, heading)


def test_the_words_of_a_person_are_not_kept(pages):
    field = pages.get_template("parts/fields.html").module.field
    kept = pages.globals["once"]._kept
    for form in forms_of(COURT.answers):
        for name in form.names:
            field(form, name)
    assert kept
    assert not [drawn for drawn in kept.values() if "Mots d" in drawn]
    assert "Mots d" not in repr(list(kept))


def test_a_list_that_everybody_is_offered_is_drawn_once():
    form = Form(Describe, {}, translate=translate, hidden={}, offered={"pro_departement": COMMON[0]})
    again = form.holding({"pro_departement": ["b"]})
    other = Form(Describe, {}, translate=translate, hidden={}, offered={"pro_departement": COMMON[1]})
    personal = Form(Describe, {}, translate=translate, hidden={}, offered={"pro_departement": [*COMMON[0]]})
    unknown = form.holding({"pro_departement": ["75"]})
    likeness = [one.likeness("sans_ville", "") for one in (form, form.holding({}), again, other, personal, unknown)]
    assert likeness[0] == likeness[1]
    assert len(set(likeness)) == 4
    assert likeness[-2:] == [None, None]


def test_what_is_kept_has_a_bound():
    once = Once(20)
    for number in range(60):
        once(number, Markup, str(number))
    assert len(once._kept) <= 20


def test_a_sentence_is_translated_when_its_template_is_compiled(pages):
    template = pages.from_string('<p>{{ _("J\'ai 100 %% raison") }}</p>', globals={"_": None})
    assert template.render() == "<p>J’ai 100\u00a0% raison</p>"


def test_a_sentence_to_fill_in_is_filled_in_and_escaped(pages):
    template = pages.from_string('{{ _("Bonjour %(name)s", name=name) }}{{ _(name) }}')
    assert template.render(name="<b>") == "Bonjour &lt;b&gt;<b>"
