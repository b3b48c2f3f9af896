"""What the whole file of a complaint is made of: the complaint, what was done and said, each letter, each file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.acts.rules import By
from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.chamber import letters as chamber
from app.conciliation.chamber import papers
from app.conciliation.director import download as director
from app.conciliation.director.paper import letter_day
from app.evidence import queries as evidence
from app.evidence.purposes import EXPORT
from app.evidence.queries import FileRow
from app.filing.acts.attachments import all_files, going_to
from app.filing.acts.messages import exchanges
from app.filing.acts.read_receipts import seen_of
from app.filing.ledger.proof import proof_of
from app.filing.sealed.act import of_kind
from app.filing.sealed.receipt import Called, ToldAuthority, Translated
from app.filing.sealed.recorded import received_text
from app.filing.status.conciliation import OPINION
from app.filing.status.contact import sheets as contacts
from app.filing.status.state import ComplaintState
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import lacking, signing
from app.intake.dossier import history
from app.intake.letters import letter_text, sheets
from app.intake.letters.frame import LetterText
from app.intake.letters.sheets import Section
from app.intake.rules import label_of
from app.routing import queries as routing

ARROW, THEN = "→", "puis"
"""The sign between two days in the history, and the word for it: our fonts do not draw it."""
PRIVATE = N_("Ne pas transmettre au professionnel")
INTERNAL = N_("Interne : lu par notre service seul")
FROM_PERSON = N_("La personne")
TO_DIRECTOR = N_("Information du directeur, par le conseil de l'ordre")
TRANSMISSION = N_("Transmission à l'autre autorité")
Row = dict[str, str]


@dataclass(frozen=True)
class FilePart:
    """A document of the whole file that this service writes."""

    title: str
    write: Callable[[], bytes]
    """Writes it as a PDF."""
    name: str = ""
    """Its name in the archive, for a letter; the others are in the whole file alone."""


@dataclass(frozen=True)
class FilePiece:
    """A file that came with the complaint, or with an act."""

    title: str
    file: FileRow


def files_of(case: DeskCase) -> list[FileRow]:
    """List the files that may be taken out, each with what it is for."""
    opened = case.opened
    rows = evidence.files_of(case.session, opened.filing.draft_id, opened.key)
    return going_to(EXPORT, opened.payload, opened.acts, rows)


def pieces_of(case: DeskCase, files: Sequence[FileRow]) -> list[FilePiece]:
    """Name the files in the order in which they came, by the names that they bear in the archive."""
    named = sheets.placed(all_files(case.opened.payload, case.opened.acts), files)
    return [
        FilePiece(f"{evidence.download_name(n, file.media_type)} — {file.title or file.name}", file)
        for n, file in named
    ]


def transmission(case: DeskCase) -> LetterText | None:
    """Write the letter that goes with the complaint to the other authority; ``None`` once told, or without one."""
    is_told = any(isinstance(act.sealed, ToldAuthority) for act in case.opened.acts)
    return letter_text.to_authority(case) if case.opened.filing.informed and not is_told else None


def parts_of(case: DeskCase, files: Sequence[FileRow]) -> list[FilePart]:
    """List what this service writes: the complaint, the receipt, the history, what was said, then each letter."""
    opened, at = case.opened, case.portal.clock()
    parts = [FilePart(translate(N_("Plainte")), partial(sheets.whole_pdf, opened, files, None, at))]
    for title, sections in (
        (N_("Réception"), _receipt(case)),
        (N_("Historique"), [(N_("Historique"), _history(case))]),
        (N_("Échanges"), _said(case)),
    ):
        if sections:
            parts.append(FilePart(translate(title), partial(sheets.record_pdf, opened, sections, at)))
    return [*parts, *_letters(case)]


def _receipt(case: DeskCase) -> list[Section]:
    """Tell what the récépissé says of the receipt, where the complaint stands, and how to reach the person before."""
    filing = case.opened.filing
    proof = proof_of(case.session, case.portal.keyring, case.number)
    names = _names(case, filing.receiver, filing.informed)
    rows = [
        (N_("Numéro"), case.number),
        (N_("Reçue le"), received_text(case.opened.payload)),
        (N_("Autorité qui traite la plainte"), names.get(filing.receiver, "")),
        (N_("Autre autorité"), names.get(filing.informed, "")),
        (N_("État"), translate(label_of(ComplaintState, filing.state))),
        (N_("Empreinte du dépôt"), proof.entry.hash if proof else ""),
        (N_("Horodatage"), proof.sentence(translate) if proof else ""),
    ]
    told = [{"label": translate(label), "shown": shown} for label, shown in rows if shown]
    former: list[Section] = [
        (f"{translate(N_('Coordonnées données le'))} {_moment(at)} — {translate(PRIVATE)}", sheet)
        for at, sheet in contacts(case.opened.payload, case.opened.acts)[:-1]
    ]
    return [(N_("Réception"), told), *former]


def _history(case: DeskCase) -> list[Row]:
    """List what was done, the first act first: when, by whom, why, and under which reference it was sent."""
    lines = history.lines(case.session, case.opened, case.clerk.authority, translate)[::-1]
    names = _names(case, *(line.authority for line in lines))
    return [
        {
            "label": f"{line.moment} — {', '.join(filter(None, (line.by, names.get(line.authority, ''))))}".rstrip(
                " —"
            ),
            "shown": "\n".join(
                filter(
                    None,
                    (
                        line.what,
                        translate(INTERNAL) if line.is_internal else "",
                        line.why.replace(ARROW, THEN),
                        line.reference,
                    ),
                )
            ),
        }
        for line in lines
    ]


def _said(case: DeskCase) -> list[Section]:
    """List what the person and the authority wrote to each other, the calls, and the translations of the story."""
    acts, seen = case.opened.acts, seen_of(case.session, case.opened.filing.id)
    messages = [
        {
            "label": f"{one.moment} — {translate(FROM_PERSON) if one.is_of_person and not one.by else one.by}",
            "shown": one.on_paper,
        }
        for one in exchanges(acts, seen, case.clerk.authority)
    ]
    calls = [
        {"label": date_text(act.sealed.on, weekday=False), "shown": act.sealed.words} for act in of_kind(acts, Called)
    ]
    translations = [{"label": _moment(act.at), "shown": act.sealed.text} for act in of_kind(acts, Translated)]
    sections = ((N_("Messages"), messages), (N_("Appels"), calls), (N_("Traductions du récit"), translations))
    return [(heading, rows) for heading, rows in sections if rows]


def _letters(case: DeskCase) -> list[FilePart]:
    """List the paper of each act, in its order, then the letters that can be written from what is done."""
    made: list[tuple[str, str, Callable[[], bytes]]] = [
        (act.kind, f"{papers.title_of(case, act)}, {date_text(papers.day_of(act), weekday=False)}", write)
        for act in case.opened.acts
        if papers.has_paper(act)
        for write in [partial(papers.paper_of, case, act, is_own=True)]
    ]
    made += [(code, title, _printed(case, letter)) for code, title, letter in _to_write(case)]
    return [
        FilePart(title, write, f"lettres/{n:02d}-{code.replace('_', '-')}.pdf")
        for n, (code, title, write) in enumerate(made, 1)
    ]


def _to_write(case: DeskCase) -> Iterator[tuple[str, str, LetterText]]:
    """Yield the letters that no act sealed, or that the director's acts did, for who may read them.

    A letter that this service would sign is left out while what it must say of its sender is not known.
    """
    of_council = chamber.to_director(case) if case.acts_as(By.COUNCIL) else None
    found = [("transmission", TRANSMISSION, transmission(case)), ("directeur", TO_DIRECTOR, of_council)]
    found += [
        (f"directeur-{code}", label, director.LETTERS[code].write(case)) for code, label in director.offered(case)
    ]
    is_lacking = lacking(OPINION, signing(case.session, case.clerk))
    for code, title, letter in found:
        if letter and (letter.is_copy or not is_lacking):
            yield code, translate(title), letter


def _printed(case: DeskCase, letter: LetterText) -> Callable[[], bytes]:
    at = letter_day(letter.due) if letter.is_copy else case.portal.clock()
    return partial(sheets.letter_pdf, case.opened, letter, at)


def _names(case: DeskCase, *codes: str) -> dict[str, str]:
    known = tuple({code for code in codes if code})
    return {one.code: one.name for one in routing.authorities(case.session, known)} if known else {}


def _moment(at: datetime) -> str:
    return moment_text(at, PARIS, weekday=False, seconds=False)
