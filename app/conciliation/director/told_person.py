"""What the person is told of the decision of the director, as a letter; she may read it in her language."""

from functools import partial

from app.base.errors import N_
from app.base.i18n import translate
from app.base.rights_defender import PHONE
from app.conciliation.director.verdict import about_complaint
from app.filing.letter_address import letter_to
from app.filing.status.director import NO_ACTION
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.intake.letters.side_sheet import beside
from app.intake.letters.usual_sentences import REMEDIES
from app.procedure.days import LegalDay

TO_PERSON = N_("Suite donnée à votre plainte par le directeur")
DECIDED = N_(
    "Le directeur de {authority} a pris une décision le {day}, au sujet de votre plainte concernant {professional}, "
    "reçue le {received}."
)
NOTHING_BEGUN = N_(
    "Le directeur de {authority} a décidé le {day} de ne pas engager de procédure de sanction, au sujet de votre "
    "plainte concernant {professional}, reçue le {received}."
)
BESIDE = N_("Cette décision ne change rien à la réunion de conciliation ni à ses suites.")


def to_person(case: DeskCase) -> LetterText:
    """Tell the person that the director decided, and only what was chosen to be told of it; hers beside it."""
    told = case.now.director.told
    french = told.explanation if told else ""
    own = told.translation.text if told and told.translation else french
    return beside(case, partial(_to_person, case, french), partial(_to_person, case, own))


def _to_person(case: DeskCase, explanation: str) -> LetterText:
    director = case.now.director
    on = director.ended_on or case.today
    lines = [translate(NOTHING_BEGUN if director.end == NO_ACTION else DECIDED).format(**about_complaint(case, on))]
    lines += [explanation] if explanation else []
    lines += [translate(BESIDE)] if LegalDay.MEET in case.due and not case.now.conciliation.closed else []
    lines.append(translate(REMEDIES).format(phone=PHONE))
    sender = signing(case.session, case.clerk)
    return LetterText(letter_to(case.opened), lines, on, translate(TO_PERSON), case.number, sender)
