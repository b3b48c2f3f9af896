"""A test in a browser waits for the page that a click opens before it goes elsewhere or reads the address.

Chromium answers « Not attached to an active page » to whoever asks it to go back while the next page takes its place,
and the address is still the old one: seen once in several whole runs, on a loaded machine.
"""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

TESTS = Path(__file__).parents[1]
PRESSES = {"click", "dblclick", "press", "tap"}
GOES_ELSEWHERE = {"goto", "go_back", "go_forward", "reload"}


def test_a_click_is_waited_for_before_one_goes_elsewhere():
    assert not [f"{path.name}:{line}" for path in TESTS.rglob("*.py") for line in hurried(path.read_text("utf-8"))]


def test_the_rule_of_waiting_sees_what_it_must():
    assert list(hurried("page.locator('a').click()\npage.go_back()")) == [2]
    assert list(hurried("def f(page):\n page.keyboard.press('Enter')\n here = page.url")) == [3]
    assert list(hurried("page.locator('a').first.click()\nwith page.expect_navigation():\n page.goto('/')")) == [2]
    assert not list(hurried("with page.expect_navigation():\n page.locator('a').click()\npage.go_back()"))
    assert not list(hurried("page.locator('a').click()\nexpect(page).to_have_url('/aide')\npage.reload()"))


def hurried(text: str) -> Iterator[int]:
    """Give the line of each statement that leaves the page right after one that presses something on it."""
    if not any(f".{press}(" in text for press in PRESSES):
        return
    for node in ast.walk(ast.parse(text)):
        statements = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt)]
        for pressing, after in pairwise(statements):
            if isinstance(pressing, ast.Expr) and method(pressing.value) in PRESSES and leaves(after):
                yield after.lineno


def method(node: ast.expr) -> str | None:
    """Name the method that is called, if one is."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None


def leaves(statement: ast.stmt) -> bool:
    """Tell whether a statement goes to another page or takes the address of this one."""
    inside = list(ast.walk(statement))
    reads = isinstance(statement, ast.Assign) and any(isinstance(n, ast.Attribute) and n.attr == "url" for n in inside)
    return reads or any(isinstance(n, ast.expr) and method(n) in GOES_ELSEWHERE for n in inside)
