"""Reading a PDF of ours as a strict reader does: its words in order, the structure that a screen reader follows."""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf

LAST = 8
"""Files that many tests ask about one after the other."""


def opened(content: bytes) -> pikepdf.Pdf:
    """Open a file."""
    return pikepdf.open(BytesIO(content))


@lru_cache(LAST)
def text_of(content: bytes) -> str:
    """Read the words back, in the order in which they are written, without spaces; those of one file, once."""
    return bare("".join(_words(opened(content))))


def bare(text: str) -> str:
    """Take out spaces, visible or not: lines are cut where the page ends them."""
    return re.sub(r"[\s\u200b]", "", text)


def _words(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        known, font = {name: _letters(one) for name, one in page.Resources.Font.items()}, ""
        for step in pikepdf.parse_content_stream(page):
            operands, operator = step.operands, str(step.operator)
            if operator == "Tf":
                font = str(operands[0])
            shown = operands[0] if operator == "TJ" else operands if operator == "Tj" else ()
            for part in (bytes(one) for one in shown if isinstance(one, pikepdf.String)):
                yield from (known[font].get(int.from_bytes(part[i : i + 2]), "") for i in range(0, len(part), 2))


def _letters(font: Any) -> dict[int, str]:
    """Read which text each glyph of a font stands for."""
    cmap = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-f]+)>\s*<([0-9a-f]*)>", block, re.IGNORECASE):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """List the elements of the structure, in order."""
    return list(_walk(pdf.Root.StructTreeRoot.K))


def _walk(element: Any) -> Iterator[Any]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _walk(one)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield element
        if "/K" in element:
            yield from _walk(element.K)


def kinds(content: bytes) -> list[str]:
    """List the kinds of elements, in order."""
    pdf = opened(content)  # its elements live as long as it does
    return [str(one.S) for one in elements(pdf)]


def words_of_figures(content: bytes) -> list[str]:
    """List what a screen reader says of each picture, in order."""
    pdf = opened(content)
    return [str(one.get("/Alt", "")) for one in elements(pdf) if str(one.S) == "/Figure"]


def faults(content: bytes, language: str = "fr-FR") -> list[str]:
    """List what an accessible PDF lacks (ISO 14289-1): its language, title, tags, heads in order, words of figures."""
    pdf = opened(content)
    found = []
    if pdf.Root.get("/Lang") != language:
        found.append("no language")
    if not bool(pdf.Root.MarkInfo.Marked):
        found.append("not tagged")
    if not bool(pdf.Root.ViewerPreferences.DisplayDocTitle):
        found.append("the title is not shown")
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1" or not metadata.get("dc:title"):
            found.append("no PDF/UA-1, or no title")
    levels = [int(kind[2]) for kind in kinds(content) if re.fullmatch("/H[1-6]", kind)]
    if levels[:1] != [1] or any(after > before + 1 for before, after in itertools.pairwise(levels)):
        found.append(f"headings {levels}")
    found += [
        "a figure without words" for one in elements(pdf) if str(one.S) == "/Figure" and not str(one.get("/Alt", ""))
    ]
    return found
