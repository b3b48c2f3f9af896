"""The acknowledgement of receipt, as text: facts and dates, never the story; the person may read it in her language."""

from functools import partial

from app.base.errors import N_
from app.base.i18n import translate
from app.base.rights_defender import PHONE
from app.filing.letter_address import letter_to
from app.filing.status.case_status import CaseStatus
from app.intake.desk.case import DeskCase
from app.intake.letters.frame import LetterText
from app.intake.letters.letter_text import capital, letter_of, promised_meeting, received
from app.intake.letters.side_sheet import beside
from app.intake.letters.usual_sentences import REMEDIES
from app.procedure.days import LegalDay
from app.routing import queries as routing
from app.routing.rules import Outcome
from app.routing.rules.articles import the, to_the
from app.saisine.steps.recipients import MAY_WRITE

ACKNOWLEDGES = N_("Accusé de réception de votre plainte")
BY_LAW = N_(
    "{authority} accuse réception de votre plainte, reçue le {moment} (code de la santé publique, article R. 1110-11)."
)
RECEIVED = N_("{authority} accuse réception de votre plainte, reçue le {moment}.")
BOTH = N_("Nous la transmettons {other} et au professionnel.")
UNNAMED = N_("Nous la transmettons au professionnel, et {other} dès qu'il est identifié.")
COUNCIL, CAISSE = N_("au conseil de l'ordre"), N_("à l'organisme d'assurance maladie")
ALONE = N_("Nous la transmettons au professionnel.")
MEETING = N_(
    "Une {meeting} sera organisée au plus tard le {day}. Vous recevrez la date au moins 15 jours avant. "
    "Vous pouvez venir avec une personne de votre choix, ou vous faire représenter."
)
MEETING_LATE = N_(
    "Une {meeting} sera organisée. Vous recevrez la date au moins 15 jours avant. "
    "Vous pouvez venir avec une personne de votre choix, ou vous faire représenter."
)
DIRECTOR = N_(
    "Le directeur de l'organisme examine ensuite les faits. Il peut engager une procédure de sanction (code de la "
    "sécurité sociale, article L. 162-1-14-1). Il n'y a pas de réunion de conciliation."
)
HELP = N_("Une association agréée de malades ou d'usagers du système de santé peut vous aider pendant la procédure.")


def acknowledgement(case: DeskCase) -> LetterText:
    """Write the acknowledgement of receipt (CSP R. 1110-11, CRPA R. 112-11-1), hers beside it."""
    return beside(case, partial(_acknowledgement, case))


def _acknowledgement(case: DeskCase) -> LetterText:
    filing, due = case.opened.filing, case.due
    known = {one.code: one for one in routing.authorities(case.session, (filing.receiver, filing.informed))}
    own, other = known.get(filing.receiver), known.get(filing.informed)
    is_alone = filing.outcome == Outcome.CPAM_SEULE
    name = the(own.name if own else case.clerk.authority_name)
    said = translate(RECEIVED if is_alone else BY_LAW).format(authority=name, moment=received(case))
    lines = [capital(said)]
    lines.append(translate(BOTH).format(other=to_the(other.name)) if other else _unnamed(case.now, own))
    lines += promised_meeting(case, MEETING, MEETING_LATE)
    if is_alone:
        lines.append(translate(DIRECTOR))
    lines += [translate(HELP), translate(REMEDIES).format(phone=PHONE)]
    return letter_of(case, letter_to(case.opened), lines, due[LegalDay.ACKNOWLEDGE], translate(ACKNOWLEDGES))


def _unnamed(now: CaseStatus, own: routing.AuthorityRow | None) -> str:
    """Say to whom it goes while nobody has named the other authority, if there is one."""
    if LegalDay.TRANSMIT not in now.duties:
        return translate(ALONE if now.tells_professional else MAY_WRITE)
    return translate(UNNAMED).format(other=translate(CAISSE if own and own.is_ordre else COUNCIL))
