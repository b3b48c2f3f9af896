"""The letters of the director once their act is done: as they left, or written from it (CSS R. 147-2, R. 147-17)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.responses import Response

from app.acts.refusals import AlreadyDone
from app.acts.rules import By
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.web.pages import download
from app.conciliation.director import told_person, verdict
from app.conciliation.director.accusation import referral
from app.conciliation.director.paper import letter_day
from app.conciliation.letters import copied
from app.conciliation.page import CaseOf, expect_mentions
from app.filing.sealed.act import of_kind
from app.filing.sealed.director import DirectorConcluded, FactsNotified
from app.filing.status.director import NO_ACTION, SANCTIONED
from app.intake.desk.case import DeskCase
from app.intake.letters import sheets
from app.intake.letters.frame import LetterText

router = APIRouter()
NOT_THERE = N_("Cette lettre n'existe pas pour ce dossier : elle s'écrit avec son acte, ou après lui.")


def _notification(case: DeskCase) -> LetterText | None:
    """Copy the notification of the facts."""
    return _copy(case, FactsNotified)


def _decision(case: DeskCase) -> LetterText | None:
    """Copy the decision to the professional."""
    return _copy(case, DirectorConcluded)


def _copy(case: DeskCase, sealed: type[FactsNotified | DirectorConcluded]) -> LetterText | None:
    """Write again the letter that the last act of a kind sealed; ``None`` when this service wrote none."""
    act = next(of_kind(reversed(case.opened.acts), sealed), None)
    letter = act.sealed.letter if act else None
    if act is None or letter is None:
        return None
    copy = copied(case, act.holding(act.sealed), letter.to, letter.subject, letter.lines)
    return replace(copy, due=act.sealed.on)


def _to_person(case: DeskCase) -> LetterText | None:
    """Tell the person, once something is decided."""
    return told_person.to_person(case) if case.now.director.end else None


def _to_council(case: DeskCase) -> LetterText | None:
    """Send the copy of a sanction to the council, once there is one and the council is known."""
    ended = case.now.director.conclusion
    is_due = ended and ended.sealed.decision == SANCTIONED and case.now.ordre
    return verdict.to_council(case, ended.sealed) if ended and is_due else None


@dataclass(frozen=True)
class DirectorLetter:
    """A letter of the director: how the page of the conciliation calls it, and how it is written."""

    label: str
    write: Callable[[DeskCase], LetterText | None]
    """Gives nothing while its act is not done, or when it was written elsewhere."""


LETTERS: Mapping[str, DirectorLetter] = {
    "griefs": DirectorLetter(N_("Notification des faits reprochés, au professionnel"), _notification),
    "commission": DirectorLetter(N_("Saisine de la commission, au professionnel"), referral),
    "decision": DirectorLetter(N_("Décision, au professionnel"), _decision),
    "personne": DirectorLetter(N_("Suite donnée à la plainte, à la personne"), _to_person),
    "ordre": DirectorLetter(N_("Copie de la sanction, au conseil de l'ordre"), _to_council),
}
"""By the code that their address ends with."""


def offered(case: DeskCase) -> list[tuple[str, str]]:
    """List the letters that are there, by code and in words, for who acts for the caisse."""
    if not case.acts_as(By.CAISSE):
        return []
    return [(code, translate(one.label)) for code, one in LETTERS.items() if one.write(case)]


@router.get("/agent/plaintes/{numero}/directeur/lettres/{lettre}", name="director.letter")
def letter(case: CaseOf, lettre: str) -> Response:
    """Return a letter of the director, ready to be printed."""
    if lettre not in LETTERS or not case.acts_as(By.CAISSE):
        raise NotFound
    written = LETTERS[lettre].write(case)
    if written is None:
        raise AlreadyDone(translate(NOT_THERE), case.number)
    if not written.is_copy:
        expect_mentions(case, NO_ACTION)
    at = letter_day(written.due) if written.is_copy else case.portal.clock()
    made = sheets.letter_pdf(case.opened, written, at)
    return download(f"directeur-{lettre}-{case.number}.pdf", made, "application/pdf")
