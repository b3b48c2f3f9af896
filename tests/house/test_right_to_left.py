"""Nothing that points to a side stays as it is where people read from right to left."""

import re

from app.base.resources import STATIC, TEMPLATES

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TO_A_SIDE = re.compile(r"(?<![\w-])(left|right)(?![\w-])|-(left|right)\b")
ARROWS = {"\\2190": "\\2192", "\\2192": "\\2190"}
POINTING = re.compile(r"[←→↩↪‹›▶◀►◄➔⇦⇨]")
MIRRORED, EVEN = {"door"}, {"chart"}
"""Drawings of the templates by their class: those that the style sheet turns round, those that point to no side."""
SHEETS = {path.name: RULE.findall(path.read_text(encoding="utf-8")) for path in sorted((STATIC / "css").glob("*.css"))}


def of_arabic(sheet, selector):
    """Give what a sheet says of the same thing where people read from right to left."""
    return "".join(body for other, body in SHEETS[sheet] if other == f"[dir=rtl] {selector}")


def plain():
    """Give each rule that is for every direction: its sheet, what it is about, what it says."""
    return [
        (sheet, selector, body)
        for sheet, rules in SHEETS.items()
        for selector, body in rules
        if not selector.startswith("[dir=rtl]")
    ]


def test_a_side_is_named_only_beside_the_other_one():
    """Style sheets say where a line begins and ends."""
    named = [(sheet, selector, body) for sheet, selector, body in plain() if TO_A_SIDE.search(body)]
    assert named, "a search that finds nothing proves nothing"
    assert [one for one in named if not TO_A_SIDE.search(of_arabic(*one[:2]))] == []


def test_an_arrow_points_to_the_other_side():
    drawn = [(sheet, selector, arrow) for sheet, selector, body in plain() for arrow in ARROWS if f'"{arrow}"' in body]
    assert drawn
    assert [one for one in drawn if f'"{ARROWS[one[2]]}"' not in of_arabic(*one[:2])] == []


def test_a_page_holds_no_arrow_of_its_own():
    """A sign in a template would point to the same side in every language."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html"))}
    assert {path.name: found for path, text in pages.items() if (found := POINTING.findall(text))} == {}


def test_a_drawing_is_turned_round_or_points_to_no_side():
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    assert {found.split()[0] for found in re.findall(r'<svg class="([^"]+)"', pages)} == MIRRORED | EVEN
    for name in MIRRORED:
        assert "transform:scaleX(-1)" in of_arabic("saisine.css", f".{name}")
