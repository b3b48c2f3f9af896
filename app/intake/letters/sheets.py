"""The papers of a complaint, made from what is sealed: the whole sheet for an authority, less for the professional."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from app.base.clock import PARIS
from app.base.crypto.vault import DecryptionError
from app.base.errors import N_
from app.base.forms.fields import Option
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.base.portal import Portal
from app.evidence import store
from app.evidence.purposes import caption_of
from app.evidence.queries import FileRow, download_name
from app.evidence.rules import Reading, size_text
from app.filing.acts.attachments import all_files
from app.filing.documents import mandate_wording
from app.filing.queries import OpenFiling
from app.filing.sealed.act import Act
from app.filing.sealed.recorded import received_text
from app.filing.status.masks import areas_of, masked_rows
from app.intake.letters.frame import LetterText, framed
from app.intake.letters.masked_copies import masked_copy
from app.intake.letters.zip_stream import Packed
from app.printing.pdf import write_pdf
from app.saisine.pages import PAGES
from app.saisine.short_form import COURT

TEMPLATE = "dossier.typ"
Section = tuple[str, Sequence[Mapping[str, Any]]]
"""A heading, and its rows: ``label`` and ``shown``; nothing shown leaves room to sign."""
SORRY = N_("Ce fichier ne peut pas être lu. Prévenez l'administrateur du service.")
_FIELDS = [(name, widget) for page in (*PAGES, COURT) for name, widget in widgets(page.answers).items()]
PASSED_ON = {name for name, _ in _FIELDS} - {name for name, widget in _FIELDS if not widget.passed_on}
"""The answers that the professional is given, and no others (CSP R. 1110-11): what was done, by whom, when, and why.

Each field says it (``passed_on``), on each page that asks it. Contact details, needs, birth dates, numbers of other
procedures and declarations stay with the authorities.
"""


def for_professional(opened: OpenFiling) -> list[dict[str, Any]]:
    """Keep the answers that the professional is given."""
    return [row for row in opened.payload["complaint"] if row["name"] in PASSED_ON]


def sent_to_professional(opened: OpenFiling) -> list[dict[str, Any]]:
    """Give those answers as they leave: without the passages that are masked."""
    return masked_rows(for_professional(opened), opened.acts, translate)


def whole_pdf(opened: OpenFiling, files: Sequence[FileRow], letter: LetterText | None, at: datetime) -> bytes:
    """Write the complaint as the authorities read it: with the contact details, and the list of the files."""
    private = _section(N_("Coordonnées et besoins"), opened.contact)
    private["note"] = translate(N_("Ne pas transmettre au professionnel"))
    sent = {file["id"]: n for n, file in enumerate(opened.payload["files"], 1)}
    names = [
        {
            "label": _name(sent[file.id], file.media_type),
            "shown": ", ".join(filter(None, (_caption(file), size_text(file.size), f"SHA-256 {file.sha256}"))),
        }
        for file in files
        if file.id in sent
    ]
    sections = [_section(N_("Plainte"), opened.payload["complaint"]), private, _section(N_("Preuves"), names)]
    filed_by = [
        _section(heading, rows) for heading, rows in mandate_wording.sections(opened.payload, opened.now, translate)
    ]
    return _pdf(opened, letter, [*filed_by, *sections], at)


def _caption(file: FileRow) -> str:
    caption = caption_of(file.purpose)
    return translate(caption) if caption else ""


def professional_pdf(opened: OpenFiling, letter: LetterText, pieces: Sequence[str], at: datetime) -> bytes:
    """Write what the professional receives: the letter, the answers as they leave, the names of the files joined."""
    names = [{"label": name, "shown": translate(N_("copie jointe"))} for name in pieces]
    sections = [_section(N_("Plainte"), sent_to_professional(opened)), _section(N_("Preuves"), names)]
    return _pdf(opened, letter, sections, at)


def court_pdf(opened: OpenFiling, at: datetime) -> bytes:
    """Write the complaint for a court, which both parties read there: who complains of what, never how to reach them.

    The answers are those that the professional was given; the express mandate of an association is added, by its words
    (CSP R. 1110-11, R. 1110-13).
    """
    document = opened.payload
    who = (
        (N_("Plainte de"), document["person"]),
        (N_("Faite par"), document["filer"] if document["filer"] != document["person"] else ""),
        (mandate_wording.HEADING, mandate_wording.named(document, translate)),
        (N_("Concernant"), document["professional"]),
    )
    rows = [{"label": translate(label), "shown": shown} for label, shown in who if shown]
    mandate = mandate_wording.text(document, translate)
    sections = [_section(N_("Parties"), rows), _section(N_("Plainte"), for_professional(opened))]
    return _pdf(opened, None, [*sections, *([_section(mandate_wording.TEXT, mandate)] if mandate else [])], at)


def letter_pdf(
    opened: OpenFiling,
    letter: LetterText,
    at: datetime,
    sections: Sequence[Section] = (),
) -> bytes:
    """Write a letter alone, with what it lists, each list under its heading."""
    return _pdf(opened, letter, [_section(heading, rows) for heading, rows in sections], at, apart=False)


def record_pdf(opened: OpenFiling, sections: Sequence[Section], at: datetime) -> bytes:
    """Write what the file says beside the complaint, each list under its heading."""
    return _pdf(opened, None, [_section(heading, rows) for heading, rows in sections], at)


def _pdf(
    opened: OpenFiling,
    letter: LetterText | None,
    sections: Sequence[Mapping[str, Any]],
    at: datetime,
    *,
    apart: bool = True,
) -> bytes:
    """Lay out a complaint after its letter; ``apart``: on a sheet of its own."""
    filing = opened.filing
    is_complaint = letter is None or (apart and bool(sections))
    received = translate(N_("Plainte reçue le {moment} (heure de Paris)"))
    said = {
        "title": translate(N_("Dossier {number}")).format(number=filing.number),
        "foot": filing.number,
        "page": translate(N_("Page {n} sur {total}")),
        "received": received.format(moment=received_text(opened.payload)) if is_complaint else "",
        "letter": framed(letter, at.astimezone(PARIS).date()) if letter else None,
        "apart": is_complaint,
        "to": [],
        "day": "",
        "paragraphs": [],
        "sections": list(sections),
    }
    sender = letter.sender if letter else None
    return write_pdf(TEMPLATE, said, at, {sender.logo: sender.drawing} if sender and sender.drawing else {})


def _section(heading: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    empty = "" if rows else translate(N_("Aucune."))
    pairs = [[str(row["label"]), str(row["shown"]).splitlines()] for row in rows]
    return {"heading": translate(heading), "rows": pairs, "note": empty}


def originals(portal: Portal, opened: OpenFiling, files: Sequence[FileRow], acts: Sequence[Act]) -> list[Packed]:
    """List the files as they came, those that acts brought too, under our names."""
    named = placed(all_files(opened.payload, acts), files)
    return [_packed(portal, opened, file, place, "") for place, file in named]


def copies(portal: Portal, opened: OpenFiling, files: Sequence[FileRow], kept: Collection[str]) -> list[Packed]:
    """List the copies without metadata of the files that are kept, their masked areas painted over."""
    return [
        Packed(_name(n, file.copy_type), partial(masked_copy, portal, opened, file))
        if areas_of(opened.acts, file.id)
        else _packed(portal, opened, file, n, store.COPY)
        for n, file in placed(opened.payload["files"], files)
        if file.id in kept
    ]


def placed(named: Sequence[Mapping[str, Any]], files: Sequence[FileRow]) -> list[tuple[int, FileRow]]:
    """Number the files in the order in which they came."""
    rows = {file.id: file for file in files}
    sent = enumerate(named, 1)
    return [(n, rows[file["id"]]) for n, file in sent if file["id"] in rows]


def _packed(portal: Portal, opened: OpenFiling, file: FileRow, place: int, part: str) -> Packed:
    name = _name(place, file.copy_type if part else file.media_type)
    return Packed(name, lambda: content_of(portal, opened, file, part))


def content_of(portal: Portal, opened: OpenFiling, file: FileRow, part: str = "") -> Iterator[bytes]:
    """Open a file as it came, or its copy, piece by piece. Raises ``OSError`` when it is lost or altered."""
    try:
        return store.pieces(portal.files, opened.key, file.id, part)
    except DecryptionError as trouble:
        raise OSError(file.id) from trouble


def _name(place: int, media_type: str) -> str:
    return f"preuves/{download_name(place, media_type)}"


def offers(opened: OpenFiling, files: Sequence[FileRow]) -> list[Option]:
    """Offer each file to be joined, with what hinders it."""
    no_copy = N_("Pas de copie sans données cachées : ce fichier ne peut pas être transmis ici.")
    return [
        Option(
            file.id,
            f"{download_name(n, file.copy_type or file.media_type)} — {file.title or file.name}{_warning(file)}",
            None if can_be_sent(file) else no_copy,
        )
        for n, file in placed(opened.payload["files"], files)
    ]


def _warning(file: FileRow) -> str:
    """Return what a clerk should know of a copy before it is joined."""
    return "" if can_be_read(file) or not can_be_sent(file) else f" ({translate(N_('copie illisible'))})"


def can_be_read(file: FileRow) -> bool:
    """Return whether there is a copy to send that shows what its original does."""
    return can_be_sent(file) and file.reading != Reading.POOR


def can_be_sent(file: FileRow) -> bool:
    """Return whether a copy without metadata exists, of a file that the antivirus did not find dangerous."""
    return bool(file.copy_type) and not file.trouble
