"""What the first pages tell a newcomer is there: files, commands, and the same in both languages."""

import re

import pytest

from tests.support.source import HOME

GUIDES = ("README.md", "README.fr.md", "CONTRIBUTING.md")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"[\w.-]*(?:/[\w.-]+)*/?")


def text_of(name):
    return (HOME / name).read_text(encoding="utf-8")


def paths_in(text):
    """Give what reads as a path of the project: a link, or a word of code with a folder or the end of a file's name."""
    words = {word for word in CODE.findall(text) if PATH.fullmatch(word)}
    tops = {path.name for path in HOME.iterdir()}
    ends = r"\.(?:py|md|html|txt|yml|yaml|toml|lock|pot)$"
    named = {word for word in words if word.partition("/")[0] in tops or ("/" in word and re.search(ends, word))}
    return set(LINK.findall(text)) | named


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_is_named_exists(guide):
    named = paths_in(text_of(guide))
    assert len(named) > 5
    assert not [path for path in sorted(named) if not (HOME / path).exists()]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_target_of_make_that_is_named_exists(guide):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    named = {target for line in re.findall(r"\bmake ([a-z][a-z -]*)", text_of(guide)) for target in line.split()[:1]}
    assert named
    assert named <= targets


def test_a_path_that_is_not_there_is_seen():
    assert paths_in("see `app/nowhere.py`, `docs/absent.md`, [this](docs/other.md)") == {
        "app/nowhere.py",
        "docs/absent.md",
        "docs/other.md",
    }


@pytest.mark.parametrize("guide", ["README.md", "README.fr.md"])
def test_the_names_beside_a_path_are_in_it(guide):
    """« app/procedure/law.py (EIGHT_DAYS) »: what is looked for is still there."""
    named = re.findall(r"`(app/[\w/]+\.py)` \(([^)]+)\)", text_of(guide))
    assert len(named) > 2
    for path, names in named:
        assert not [name for name in CODE.findall(names) if not re.search(rf"\b{name}\b", text_of(path))], path


def test_both_readmes_say_the_same():
    english, french = text_of("README.md"), text_of("README.fr.md")
    for what in (
        r"^#+(?= )",  # headings, each of the same level
        r"^make \w+",  # commands
        r"^\|",  # rows of tables
        r"^- ",  # what it does
    ):
        assert re.findall(what, french, re.MULTILINE) == re.findall(what, english, re.MULTILINE) != []
    assert CODE.findall(french) == CODE.findall(english)
    assert set(LINK.findall(french)) ^ set(LINK.findall(english)) == {"README.md", "README.fr.md"}
