"""The whole file as one PDF to read, with its contents and its page numbers; and as an archive that holds it too."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.chamber import bundle
from app.conciliation.export.parts import FilePart, FilePiece
from app.intake.desk.case import DeskCase
from app.intake.letters.zip_stream import Packed
from app.printing import merging
from app.printing.pdf import write_pdf

CONTENTS, FOLIOS = "sommaire.typ", "folios.typ"
TITLE = N_("Sommaire")
WHOLE = N_("Dossier {number}")
CARE = N_("Document interne. Il contient les coordonnées de la personne : ne le transmettez pas au professionnel.")
FOLIO = N_("Dossier, page {n} sur {total}")
PAGE = N_("page {n}")
APART = N_("à part : fichier de l'archive ZIP")
JOINED_MOST = 16 * 1024 * 1024
"""Bytes of the pieces that the PDF joins, made in memory; what comes after is in the archive alone."""
Titled = tuple[str, merging.Document]


def documents_of(parts: Sequence[FilePart]) -> list[bytes]:
    """Write every part as a PDF."""
    return [part.write() for part in parts]


def pdf_of(
    case: DeskCase, parts: Sequence[FilePart], written: Sequence[bytes], pieces: Sequence[FilePiece]
) -> Iterator[bytes]:
    """Join the contents, the parts and the pieces that can be printed; the contents name those that are apart.

    It is given piece by piece: the photos are read while it leaves.
    """
    documents: list[Titled] = [(part.title, content) for part, content in zip(parts, written, strict=True)]
    joined, apart = _joined(case, pieces)
    documents += joined
    lengths = [merging.pages_of(content) for _, content in documents]
    own = merging.pages_of(_contents(case, documents, lengths, apart, 0))
    first = _contents(case, documents, lengths, apart, own)
    total = own + sum(lengths)
    folios = [translate(FOLIO).format(n=n, total=total) for n in range(1, total + 1)]
    over = write_pdf(FOLIOS, {"title": _title(case), "folios": folios}, case.portal.clock())
    return merging.merged([(translate(TITLE), first), *documents], over)


def packed(parts: Sequence[FilePart], written: Sequence[bytes], whole: Iterator[bytes]) -> list[Packed]:
    """List the whole file, then each letter under its own name."""
    letters = [
        Packed(part.name, partial(bytes, content)) for part, content in zip(parts, written, strict=True) if part.name
    ]
    return [Packed("dossier.pdf", lambda: whole), *letters]


def _joined(case: DeskCase, pieces: Sequence[FilePiece]) -> tuple[list[Titled], list[str]]:
    """Return the pieces that can be printed, within what memory allows, and the names of the others."""
    room, joined, apart = JOINED_MOST, list[Titled](), list[str]()
    for piece in pieces:
        content = bundle.printed(case, piece.file) if room > 0 else None
        if content is None or merging.size_of(content) > room:
            apart.append(piece.title)
        else:
            joined.append((piece.title, content))
            room -= merging.size_of(content)
    return joined, apart


def _contents(
    case: DeskCase, documents: Sequence[Titled], lengths: Sequence[int], apart: Sequence[str], own: int
) -> bytes:
    """Write the contents, which are ``own`` pages long."""
    starts = [own + 1 + sum(lengths[:n]) for n in range(len(lengths))]
    rows = [[title, translate(PAGE).format(n=start)] for (title, _), start in zip(documents, starts, strict=True)]
    said = {
        "title": _title(case),
        "foot": case.number,
        "page": translate(N_("Page {n} sur {total}")),
        "care": translate(CARE),
        "heading": translate(TITLE),
        "rows": [*rows, *([title, translate(APART)] for title in apart)],
    }
    return write_pdf(CONTENTS, said, case.portal.clock())


def _title(case: DeskCase) -> str:
    return translate(WHOLE).format(number=case.number)
