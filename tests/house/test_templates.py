"""The pages as they are written: used, translated, without a script or a style of their own."""

import ast
import re

import pytest
from jinja2 import meta

from app.notifications.kinds import Mail
from app.notifications.worker import make_words
from tests.support.source import TEMPLATES, modules, templates
from tests.support.words import bare_words, named_by, own_text

LONGEST = 120
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+|hx-on[a-z:-]*)=", re.IGNORECASE)

pages = [name for name in templates() if name.endswith((".html", ".txt"))]


def test_every_template_is_used():
    shapes = [shape for name in pages for shape in named_by(name)] + [re.compile(s) for s in named_in_code()]
    assert not [name for name in pages if not any(shape.fullmatch(name) for shape in shapes)]


def test_a_template_fits_in_a_head():
    lengths = {name: (TEMPLATES / name).read_text(encoding="utf-8").count("\n") for name in pages}
    assert not {name: n for name, n in lengths.items() if n > LONGEST}


def test_no_script_and_no_style_is_written_in_a_page():
    pages_of_html = [name for name in pages if name.endswith(".html") and not name.startswith("emails/")]
    assert not {name: found for name in pages_of_html if (found := INLINE.findall(own_text(name)))}


def test_files_go_one_by_one_only_where_each_is_kept_as_it_comes():
    """A page that does an act at once would do it with the first file alone."""
    bring = [name for name in pages if "sending_files(" in (TEMPLATES / name).read_text()]
    assert {name.partition("/")[0] for name in bring} == {"saisine", "followup", "parts"}


def test_every_word_can_be_translated():
    assert not {name: words for name in pages if (words := bare_words(name))}


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ('<p class="a b">{{ _("Bonjour") }}</p>', []),
        ("<p>Bonjour {{ name }}</p>", ["Bonjour"]),
        ('<img alt="Une porte ouverte" src="/x">', ["Une porte ouverte"]),
        ("{% trans %}Bonjour à vous{% endtrans %}", []),
        ('{{ button("Envoyer la plainte") }}', ["Envoyer la plainte"]),
        ('{{ button(_("Envoyer la plainte"), classes="app-button app-button--small") }}', []),
        ("{% block column %}column{% endblock %}{% block words %}Un bloc{% endblock %}", ["Un bloc"]),
        ('{% macro m() %}aria-describedby="{{ x }}"{% endmacro %}', []),
        ('<p{% if a %} class="b"{% endif %}>&nbsp;{{ x }} : 3</p>', []),
    ],
)
def test_the_reader_of_templates_sees_what_it_must(written, seen, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.support.words.TEMPLATES", tmp_path)
    name = f"{abs(hash(written))}.html"
    (tmp_path / name).write_text(written, encoding="utf-8")
    assert [words.strip("\0 ") for words in bare_words(name)] == seen


def named_in_code() -> set[str]:
    """Return the names of templates written in the code; what is worked out there stands for anything."""
    found = set()
    for module in modules():
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value.endswith((".html", ".txt")):
                    found.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
                if parts[-1].endswith(("html", "txt")):
                    found.add("".join(parts))
    return found


FACTS = {
    *(
        "address",
        "article",
        "asked",
        "association",
        "authority",
        "code",
        "receiver",
        "contact",
        "day",
        "days",
        "due",
        "ending",
    ),
    *(
        "letter",
        "line",
        "lines",
        "link",
        "minutes",
        "moment",
        "number",
        "numbers",
        "received",
        "role",
        "subject",
        "until",
    ),
}
"""Facts that mails are made of: dates, counts, names, articles of law; the letter of receipt and its end are ours."""
TYPED = {
    "access_given": {"reason"},
    "acknowledged": {"message"},
    "problem": {"page", "problem"},
    "request_refused": {"reason"},
}
"""The mails that carry what somebody typed: whoever types it is told beside the field that it leaves in clear."""


def test_every_mail_has_its_subject_and_its_text_and_nothing_else():
    folders = {p.name: {one.name for one in p.iterdir()} for p in (TEMPLATES / "emails").iterdir() if p.is_dir()}
    assert folders == {kind.value: {"subject.txt", "body.txt"} for kind in Mail}


def test_no_mail_carries_what_somebody_typed_but_those_that_say_so():
    grammar, found = make_words(), {}
    for file in sorted((TEMPLATES / "emails").glob("*/*.txt")):
        words = meta.find_undeclared_variables(grammar.parse(file.read_text(encoding="utf-8")))
        found.setdefault(file.parent.name, set()).update(words - FACTS)
    assert {mail: words for mail, words in found.items() if words} == TYPED
