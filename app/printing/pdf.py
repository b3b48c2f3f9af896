"""Making a PDF from a letter: its words are data, its fonts are ours, the same words give the same bytes."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import segno
import typst

from app.base.dates import aware
from app.base.errors import N_
from app.base.i18n import translate
from app.base.resources import TEMPLATES
from app.printing.pdf_text import FONTS, LATIN, MISSING, drawable, printable

LETTERS = TEMPLATES / "letters"
ACCESSIBLE = ("ua-1",)
"""PDF/UA-1 (ISO 14289-1)."""
CROSSING = N_("SPÉCIMEN")
QUIET_CELLS = 4
"""The empty border that readers need (ISO/IEC 18004, 6.3.8)."""


def write_pdf(
    name: str, said: Mapping[str, Any], at: datetime, drawings: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Write a letter of ours, tagged; ``at`` is the instant that the file bears, ``drawings`` are SVG of our own."""
    try:
        return compiled(LETTERS / name, _fit(said, drawings, drawable()), at, ACCESSIBLE)
    except typst.TypstError:  # marks piled up so that no font can draw them together
        return compiled(LETTERS / name, _fit(said, drawings, LATIN), at, ACCESSIBLE)


def _fit(said: Mapping[str, Any], drawings: Mapping[str, str], drawn: frozenset[int]) -> dict[str, Any]:
    """Make the words fit for print; ``lacks`` tells the letter that a character could not be."""
    words = printable(dict(said), drawn)
    lacks = MISSING in json.dumps(words, ensure_ascii=False)
    return {**words, "drawings": dict(drawings), "lacks": lacks}


class _Instance:
    """What a whole process prints for."""

    is_demo = False


def print_for(*, demo: bool) -> None:
    """Say what this process prints for: each page of the demonstration is crossed by :data:`CROSSING`."""
    _Instance.is_demo = demo


def compiled(template: Path, shown: Mapping[str, Any], at: datetime, standards: Sequence[Any]) -> bytes:
    """Lay out what is already fit for print. Raises ``TypstError``."""
    marked = {"letter": template.name, "specimen": translate(CROSSING)} if _Instance.is_demo else {}
    made = typst.compile(
        LETTERS / "specimen.typ" if marked else template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(shown, sort_keys=True), **marked},
        pdf_standards=list(standards),
        timestamp=int(aware(at).timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 - one document in, one file out
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def square(link: str) -> str:
    """Draw the QR code of an address, as vectors."""
    drawn = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=True, border=QUIET_CELLS, light="#fff", nl=False)
    return drawn.getvalue().decode("ascii")
