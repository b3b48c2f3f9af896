"""The quick reader of pages makes the same of them as the strict one, which reads each shape once."""

from xml.etree.ElementTree import tostring

import pytest

from tests.support import markup
from tests.support.html import Page
from tests.support.run import VARIABLE

FRAME = (
    '<!DOCTYPE html>\n<html lang="fr"><head><title>Titre – Saisine</title></head><body><main>{}</main></body></html>'
)
WELL_FORMED = (
    "<p>Un, deux <b>trois</b> quatre</p>",
    "<!-- dit --><p>avant<!-- au milieu -->après</p>",
    "<table><tbody><tr><th>Nom</th><td>Léa &amp; Noé</td></tr></tbody></table>",
    '<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0"></path></svg>',
    "<form><textarea>\n\nlignes</textarea><input disabled value=''><select><option selected>1</select></form>",
    "<ul><li>un<li>deux</ul><details><summary>Aide</summary>Corps</details><br>",
)
FAULTY = (
    "<p>un</b></p>",
    "<div><p>un</div></p>",
    "<p>un</section>",
    "<p>un &eacute deux</p>",
    '<p class="a" class="b">un</p>',
    "<p>1 < 2</p>",
    "<table><p>un</p></table>",
    "<p>un \x01</p>",
    '<a href="#"><a href="#">un</a></a>',
)


@pytest.fixture(autouse=True)
def _nothing_read_yet(monkeypatch, tmp_path):
    monkeypatch.setattr(markup, "_right", set())
    monkeypatch.setenv(VARIABLE, str(tmp_path))  # where the processes of a run tell each other


def faults(source):
    return list(Page(source)._malformed())


@pytest.mark.parametrize("body", WELL_FORMED)
def test_both_readers_make_the_same_page(body):
    source = FRAME.format(body)
    strict, found = markup.read_strictly(source)
    assert (found, tostring(markup._without_comments(strict))) == ([], tostring(markup.read(source)))
    assert faults(source) == []


@pytest.mark.parametrize("body", FAULTY)
def test_a_fault_is_said_each_time_and_beside_a_page_that_was_right(body):
    assert faults(FRAME.format("<p>un</p>")) == []
    assert faults(FRAME.format(body))
    assert faults(FRAME.format(body))


def test_a_shape_is_read_strictly_once(monkeypatch):
    read, strictly = [], markup.read_strictly

    def counted(source):
        read.append(source)
        return strictly(source)

    monkeypatch.setattr(markup, "read_strictly", counted)
    for body in ('<p id="un">Un &amp; deux</p>', '<p id="deux">Trois &amp; quatre, « cinq »</p>', "<p>Six</p>"):
        assert faults(FRAME.format(body)) == []
    assert len(read) == 2
    monkeypatch.setattr(markup, "_right", set())  # another process
    assert faults(FRAME.format('<p id="neuf">Sept &amp; huit</p>')) == []
    assert len(read) == 2


def test_a_part_of_a_page_is_read_strictly_each_time():
    assert list(Page("<p>un</p>", part=True)._malformed()) == []
    assert list(Page("<p>un</b></p>", part=True)._malformed())


def test_readers_that_disagree_are_told(monkeypatch):
    monkeypatch.setattr(markup, "read_strictly", lambda _: (markup.read(FRAME.format("<p>autre</p>")), []))
    assert faults(FRAME.format("<p>un</p>")) == ["two readers of HTML do not make the same page of it"]
