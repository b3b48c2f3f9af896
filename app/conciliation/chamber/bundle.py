"""What the chamber receives: the complaint and every document of the conciliation, numbered (CSP R. 1110-13)."""

from typing import Any

from starlette.responses import Response

from app.acts.kinds import past_of
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.evidence import queries as evidence
from app.evidence.purposes import CHAMBER
from app.filing.acts.attachments import FILES, going_to
from app.filing.sealed.act import Act
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import Answered, Reported
from app.filing.status.conciliation import PROCEDURE_ACTS
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import sender_of
from app.intake.letters import sheets, zip_stream
from app.intake.letters.frame import LetterText

JOINED = N_("Pièces transmises avec l'avis motivé.")
SUBJECT = N_("Plainte transmise avec l'avis motivé (code de la santé publique, article R. 1110-13)")
LIST = N_("Liste des pièces")


def names_of(case: DeskCase) -> list[str]:
    """List the pieces in their order: the complaint, its evidence, then what each act brought."""
    return [row["shown"] for row in _rows(case)]


def download_of(case: DeskCase) -> Response:
    """Send the list, the complaint as the authorities read it, then each file as it came."""
    opened, at = case.opened, case.portal.clock()
    rows = evidence.files_of(case.session, opened.filing.draft_id, opened.key)
    files = going_to(CHAMBER, opened.payload, opened.acts, rows)
    sender = sender_of(case.clerk)
    letter = LetterText([], [translate(JOINED)], case.received_on, translate(SUBJECT), case.number, sender)
    listed = sheets.letter_pdf(opened, letter, at, [(LIST, _rows(case))])
    whole = sheets.whole_pdf(opened, files, None, at)
    packed = [
        zip_stream.Packed("liste-des-pieces.pdf", lambda: listed),
        zip_stream.Packed("piece-00-plainte.pdf", lambda: whole),
        *sheets.originals(case.portal, opened, files, case.opened.acts),
    ]
    return zip_stream.download(f"chambre-{case.number}.zip", packed, translate(sheets.SORRY))


def _rows(case: DeskCase) -> list[dict[str, Any]]:
    """Number the pieces as the archive names them."""
    rows = [{"label": translate(N_("Pièce {n}")).format(n=0), "shown": translate(N_("Plainte"))}]
    named: dict[str, str] = {file["id"]: file["title"] or file["name"] for file in case.opened.payload[FILES]}
    for act in case.opened.acts:
        for file in act.sealed.brought:
            named.setdefault(file["id"], f"{_what(act)} — {file['name']}")
    rows += [
        {"label": translate(N_("Pièce {n}")).format(n=n), "shown": name} for n, name in enumerate(named.values(), 1)
    ]
    return rows + [
        {"label": "–", "shown": f"{_what(act)}{_words(act.sealed)}"}
        for act in case.opened.acts
        if act.kind in PROCEDURE_ACTS
    ]


def _what(act: Act) -> str:
    moment = moment_text(act.at, PARIS, weekday=False, seconds=False)
    return f"{translate(past_of(act))}, {moment}"


def _words(sealed: Sealed) -> str:
    """Return what an act says beside its kind: its words, what is still disputed, what a party wrote."""
    match sealed:
        case Reported(points=more) | Answered(observations=more):
            told = [sealed.words, more]
        case _:
            told = [sealed.words]
    said = "\n".join(filter(None, told))
    return f" : {said}" if said else ""
