"""Reading HTML twice: quickly at each page; by the strictest reader too, once for each shape that a page can have.

The quick reader follows the same algorithm (HTML standard, 13.2) but says nothing of mistakes. The strict one takes ten
times longer and says them all. What it finds depends on tags, attributes and the signs ``< > & "``, not on the words:
a shape is the page without its words, and a page whose shape was found right in this run is not read again.
"""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.support.run import VARIABLE

SVG = "{http://www.w3.org/2000/svg}"
TAG = re.compile(r"(<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>)")
BETWEEN = "\0"
"""Stands between the parts of a page that are looked through at once."""
VALUE = re.compile(rf"=(\"[^\"{BETWEEN}]*\"|'[^'{BETWEEN}]*')")
SIGNS = re.compile(r"&[#\w]*;?|[^\w\s.,:;!?()/’…«»–—%+-]")
Mistake = tuple[tuple[int, int], str, Any]
"""Line and column, code of html5lib, details."""
_right: set[str] = set()


def read(source: str) -> Element:
    """Read a whole page quickly."""
    root = LexborHTMLParser(source).root
    assert root is not None
    top = _element(root, "")
    waiting = [(root.first_child, top)]
    while waiting:
        node, into = waiting.pop()
        last: Element | None = None
        while node is not None:
            if node.tag == "-text":
                _add_text(into, last, node.text_content or "")
            elif not node.tag.startswith("-"):
                last = _element(node, str(into.tag))
                into.append(last)
                waiting.append((node.first_child, last))
            node = node.next
    return top


def read_strictly(source: str, *, container: str = "") -> tuple[Element, list[Mistake]]:
    """Read a page, or what goes into a ``container``, and say every mistake of its markup."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(source, container=container) if container else parser.parse(source)
    return tree, parser.errors


def mistakes(source: str, tree: Element) -> Iterator[str]:
    """Tell what is wrong in the markup of a page that was read as ``tree``; nothing when its shape was found right."""
    shape = sha256(shape_of(source).encode(errors="surrogatepass")).hexdigest()
    if shape in _right or _is_right_elsewhere(shape):
        return
    strict, found = read_strictly(source)
    yield from described(source, found)
    if not found and not _is_same(_without_comments(strict), tree):
        yield "two readers of HTML do not make the same page of it"
    elif not found:
        _right.add(shape)
        if folder := os.environ.get(VARIABLE):
            place = Path(folder, "right", shape)
            place.parent.mkdir(exist_ok=True)
            place.touch()


def _is_same(one: Element, other: Element) -> bool:
    return all(_said(here) == _said(there) for here, there in zip(one.iter(), other.iter(), strict=False))


def _said(found: Element) -> tuple[Any, ...]:
    """Give all that an element says but its children, of which the number tells where each one stands."""
    return found.tag, found.text or "", found.tail or "", [*found.attrib.items()], len(found)


def _is_right_elsewhere(shape: str) -> bool:
    """Tell whether another process of this run found a shape right."""
    folder = os.environ.get(VARIABLE)
    return folder is not None and Path(folder, "right", shape).exists()


def described(source: str, found: list[Mistake]) -> Iterator[str]:
    """Say mistakes, each with the markup before it."""
    lines = source.splitlines() or [""]
    for (line, column), code, given in found:
        near = lines[min(line, len(lines)) - 1][:column][-60:]
        yield f"not well formed, line {line}: {code} {given or ''} near {near!r}"


def shape_of(source: str) -> str:
    """Leave out the words of a page: text and values, but for the signs that a reader of HTML stops at."""
    parts = TAG.split(source)
    tags = VALUE.split(BETWEEN.join(parts[1::2]))
    return BETWEEN.join([_signs(BETWEEN.join(parts[::2])), _signs(BETWEEN.join(tags[1::2])), *tags[::2]])


def _signs(text: str) -> str:
    return "".join(SIGNS.findall(text))


def _element(node: LexborNode, parent: str) -> Element:
    is_drawn = node.tag == "svg" or parent.startswith(SVG)
    attributes = {name: value or "" for name, value in node.attributes.items()}
    return Element(f"{SVG}{node.tag}" if is_drawn else str(node.tag), attributes)


def _add_text(into: Element, last: Element | None, text: str) -> None:
    if last is None:
        into.text = (into.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _without_comments(tree: Element) -> Element:
    """Take the comments away; the words around them stay."""
    for parent in list(tree.iter()):
        before: Element | None = None
        for child in list(parent):
            if isinstance(child.tag, str):
                before = child
                continue
            _add_text(parent, before, child.tail or "")
            parent.remove(child)
    return tree
