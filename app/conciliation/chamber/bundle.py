"""What the chamber receives: the complaint and every document of the conciliation, numbered (CSP R. 1110-13)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from starlette.responses import Response

from app.base.clock import PARIS
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import french, ntranslate, translate
from app.conciliation.chamber import papers
from app.evidence import queries as evidence
from app.evidence import store
from app.evidence.purposes import CHAMBER, SCAN
from app.evidence.queries import FileRow
from app.filing.acts.attachments import FILES, going_to
from app.filing.status.conciliation import PERSON, PROFESSIONAL
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters import sheets, zip_stream
from app.intake.letters.frame import LetterText
from app.intake.letters.letter_text import REPEAT
from app.printing import merging
from app.printing.photos import Photo

ABOUT = N_("Plainte déposée par {person} et concernant {professional}, reçue le {day}.")
JOINED = N_("Pièces transmises avec l'avis motivé.")
SUBJECT = N_("Plainte transmise avec l'avis motivé (code de la santé publique, article {article})")
AFTER_FAILURE = "R. 1110-13"
"""What orders the transmission after a meeting; after a first sanction it is ``REPEAT``."""
LIST, LIST_NAME = N_("Liste des pièces"), "liste-des-pieces.pdf"
PIECE = N_("Pièce {n}")
OPINION, APART = N_("Avis motivé"), N_("joint à part")
IN_ARCHIVE = N_("jointe dans l'archive ZIP")
PDF, JPEG = "application/pdf", "image/jpeg"
JOINED_MOST = 60 * 1024 * 1024
"""Bytes of the pieces that one PDF joins, made in memory; what comes after is in the archive alone."""


@dataclass(frozen=True)
class ChamberPiece:
    """A document of the bundle: a paper of the service, or a file that came."""

    n: int
    """Its number; the complaint is 0."""
    what: str
    on: date
    write: Callable[[], bytes] | None = None
    """Writes the paper, as a PDF; ``None`` for a file."""
    file: FileRow | None = None

    @property
    def label(self) -> str:
        """Return how the list calls it: « Pièce 3 »."""
        return translate(PIECE).format(n=self.n)

    @property
    def name(self) -> str:
        """Return its name in the archive."""
        return evidence.download_name(self.n, self.file.media_type if self.file else PDF)


def pieces_of(case: DeskCase) -> list[ChamberPiece]:
    """List the pieces: the complaint, its evidence, then each act's own paper and what came with the act.

    A file that two acts brought is a piece under each of them.
    """
    return [ChamberPiece(n, *found) for n, found in enumerate(_documents(case))]


def _documents(case: DeskCase) -> Iterator[tuple[str, date, Callable[[], bytes] | None, FileRow | None]]:
    opened, received_on = case.opened, local_day(case.opened.filing.received_at, PARIS)
    rows = evidence.files_of(case.session, opened.filing.draft_id, opened.key)
    kept = {row.id: row for row in going_to(CHAMBER, opened.payload, opened.acts, rows)}
    yield translate(N_("Plainte")), received_on, partial(sheets.court_pdf, opened, opened.filing.received_at), None
    for file in opened.payload[FILES]:
        if file["id"] in kept:
            yield _named(file, kept[file["id"]]), received_on, None, kept[file["id"]]
    for act in opened.acts:
        title, on = papers.title_of(case, act), papers.day_of(act)
        if papers.has_paper(act):
            yield title, on, partial(papers.paper_of, case, act), None
        for file in act.sealed.brought:
            if file["id"] in kept:
                yield f"{title} — {file['name']}", on, None, kept[file["id"]]


def _named(file: Mapping[str, Any], row: FileRow) -> str:
    """Name a file that came with the complaint; a scan is the complaint itself, on paper."""
    name = str(file["title"] or file["name"])
    return f"{translate(SCAN.label)} — {name}" if row.purpose == SCAN else name


def names_of(case: DeskCase) -> list[str]:
    """Name the pieces in their order, then the opinion while it is not recorded."""
    names = [f"{piece.label} : {_dated(piece)}" for piece in pieces_of(case)]
    return [*names, *(f"{row['label']} : {row['shown']}" for row in _apart(case))]


def download_of(case: DeskCase, court: str) -> Response:
    """Send the list, addressed to the court, then each piece under its number, each file as it came."""
    pieces = pieces_of(case)
    written, pages = dict[int, bytes](), dict[int, str]()
    for piece in pieces:
        if (content := _as_pdf(case, piece)) is None:
            continue
        pages[piece.n] = _pages(content)
        if isinstance(content, bytes):
            written[piece.n] = content
    listed = _list_pdf(case, court, pieces, pages)
    packed = [
        zip_stream.Packed(LIST_NAME, lambda: listed),
        *(zip_stream.Packed(f"pieces/{piece.name}", partial(_content, case, piece, written)) for piece in pieces),
    ]
    return zip_stream.download(f"chambre-{case.number}.zip", packed, translate(sheets.SORRY))


def _content(case: DeskCase, piece: ChamberPiece, written: Mapping[int, bytes]) -> bytes | Iterator[bytes]:
    return sheets.content_of(case.portal, case.opened, piece.file) if piece.file else written[piece.n]


def pdf_of(case: DeskCase, court: str) -> bytes:
    """Write the list, then each piece that can be printed, as one PDF; the list says which are in the archive alone."""
    pieces, joined, room = pieces_of(case), dict[int, merging.Document](), JOINED_MOST
    for piece in pieces:
        content = _as_pdf(case, piece) if room > 0 else None
        if content is not None and merging.size_of(content) <= room:
            joined[piece.n] = content
            room -= merging.size_of(content)
    told = {piece.n: _pages(joined[piece.n]) if piece.n in joined else translate(IN_ARCHIVE) for piece in pieces}
    parts = [(f"{piece.label} — {piece.what}", joined[piece.n]) for piece in pieces if piece.n in joined]
    return b"".join(merging.merged([(translate(LIST), _list_pdf(case, court, pieces, told)), *parts]))


def _as_pdf(case: DeskCase, piece: ChamberPiece) -> merging.Document | None:
    """Return a piece as a document to join; ``None`` for a file that :func:`printed` has not."""
    if piece.write:
        return piece.write()
    return printed(case, piece.file) if piece.file else None


def printed(case: DeskCase, file: FileRow) -> merging.Document | None:
    """Return a file as a document to join, by its copy; ``None`` when there is none to read, or it is altered."""
    if not sheets.can_be_read(file) or file.copy_type not in {PDF, JPEG}:
        return None
    give = partial(sheets.content_of, case.portal, case.opened, file, store.COPY)
    try:
        content = Photo.seen(give) if file.copy_type == JPEG else b"".join(give())
        merging.pages_of(content)
    except (OSError, ValueError):
        return None
    return content


def _list_pdf(case: DeskCase, court: str, pieces: Sequence[ChamberPiece], pages: Mapping[int, str]) -> bytes:
    letter, rows = list_of(case, court, pieces, pages)
    return sheets.letter_pdf(case.opened, letter, case.portal.clock(), [(LIST, rows)])


def list_of(
    case: DeskCase, court: str, pieces: Sequence[ChamberPiece], pages: Mapping[int, str]
) -> tuple[LetterText, list[dict[str, str]]]:
    """Write the list of the pieces: number, what, date, pages; from the desk to the court (CSP R. 1110-13, -14)."""
    about = {"person": case.party_name(PERSON), "professional": case.party_name(PROFESSIONAL)}
    lines = [translate(ABOUT).format(**about, day=date_text(case.received_on, weekday=False)), translate(JOINED)]
    article = REPEAT if case.now.conciliation.is_recidive else AFTER_FAILURE
    subject, sender = translate(SUBJECT).format(article=french(article)), signing(case.session, case.clerk)
    letter = LetterText([court] if court else [], lines, case.received_on, subject, case.number, sender)
    rows = [
        {"label": piece.label, "shown": ", ".join(filter(None, (_dated(piece), pages.get(piece.n, ""))))}
        for piece in pieces
    ]
    return letter, [*rows, *_apart(case)]


def _apart(case: DeskCase) -> list[dict[str, str]]:
    """Say that the opinion is joined apart, until it is recorded and a piece like the others."""
    said = f"{translate(OPINION)}, {translate(APART)}"
    return [] if case.now.conciliation.passed_on else [{"label": "–", "shown": said}]


def _dated(piece: ChamberPiece) -> str:
    return f"{piece.what}, {date_text(piece.on, weekday=False)}"


def _pages(content: merging.Document) -> str:
    n = merging.pages_of(content)
    return ntranslate("{n} page", "{n} pages", n).format(n=n)
