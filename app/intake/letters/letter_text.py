"""The letters that an authority sends, as text: facts and dates, never the story."""

from dataclasses import replace
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import french, translate
from app.filing.documents.confirmation import place_of, recipients_at
from app.filing.receipt.competence import contact_of
from app.filing.sealed.act import of_kind
from app.filing.sealed.conciliation import RecidiveChecked
from app.filing.sealed.recorded import received_text
from app.filing.status.case_status import CaseStatus
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import signing
from app.intake.letters.frame import LetterText
from app.intake.letters.privacy_notice import notice_of
from app.procedure.days import LegalDay
from app.routing import queries as routing
from app.routing.rules import Outcome
from app.routing.rules.articles import the
from app.saisine.steps.recipients import TOLD

ABOUT_PROFESSIONAL = N_("Plainte pour refus de soins discriminatoire vous concernant")
ABOUT_PROFESSIONAL_ALONE = N_("Plainte vous concernant")
ABOUT_YOU = N_(
    "{authority} vous informe d'une plainte déposée par {person} à votre sujet, reçue le {day} (code de la santé "
    "publique, articles L. 1110-3 et R. 1110-11, alinéa 3). Vous en trouvez la copie ci-jointe."
)
ABOUT_YOU_ALONE = N_(
    "{authority} vous informe d'une plainte déposée par {person} à votre sujet, reçue le {day}. Vous en trouvez la "
    "copie ci-jointe."
)
NO_SANCTION = N_("Une plainte n'est pas une sanction.")
FIRST_MEETING = N_(
    "Une plainte n'est pas une sanction : la loi prévoit d'abord une {meeting}, au plus tard le {day}. "
    "Vous recevrez la convocation au moins 15 jours avant. Vous pouvez venir avec une personne, ou vous faire "
    "représenter."
)
FIRST_MEETING_LATE = N_(
    "Une plainte n'est pas une sanction : la loi prévoit d'abord une {meeting}. Vous recevrez la "
    "convocation au moins 15 jours avant. Vous pouvez venir avec une personne, ou vous faire représenter."
)
HEARING = N_("Avant cette réunion, nous pouvons vous proposer un entretien, au plus tard le {day}.")
HEARING_ALONE = N_("Nous pouvons vous proposer un entretien, au plus tard le {day}.")
REMARKS = N_("Vous pouvez nous adresser des observations écrites, à l'adresse de ce courrier.")
NO_CONTACT = N_("Nous vous demandons de ne pas prendre contact avec la personne au sujet de cette plainte.")
COPY = N_("copie de la plainte")
TRANSMISSION = N_("Transmission d'une plainte pour refus de soins discriminatoire")
AS_THE_LAW = N_(
    "En application de l'article {article} du code de la santé publique, nous vous transmettons une plainte reçue "
    "le {moment}."
)
WHERE = N_("Nous en avons été saisis pour un professionnel qui exerce à {town} : même code, article R. 1110-9.")
REPEATED = N_(
    "Le professionnel a déjà une sanction définitive pour un refus de soins discriminatoire, depuis le {day} "
    "({by}). Il n'y a donc pas de réunion de conciliation."
)
USUAL, REPEAT = "R. 1110-11", "R. 1110-14"
"""What orders the transmission to the other authority; the second after a sanction, without a conciliation."""


def letter_of(case: DeskCase, to: list[str], lines: list[str], due: date, subject: str, *enclosed: str) -> LetterText:
    """Frame a letter of this desk about a complaint."""
    sender = signing(case.session, case.clerk)
    return LetterText(to, lines, due, subject, case.number, sender, enclosed)


def capital(words: str) -> str:
    """Begin a sentence with a capital."""
    return words[0].upper() + words[1:]


def received(case: DeskCase) -> str:
    """Write when the complaint was received."""
    return received_text(case.opened.payload, weekday=False, seconds=False)


def promised_meeting(case: DeskCase, by_day: str, late: str) -> list[str]:
    """Promise the meeting, if there is to be one; never for a day that is past."""
    day, meeting = case.due.get(LegalDay.MEET), TOLD[recipients_at(case.opened.payload)].meeting
    if day is None or not meeting:
        return []
    told = {"day": date_text(day, weekday=False), "meeting": translate(meeting)}
    return [translate(by_day if day >= case.today else late).format(**told)]


def to_professional(case: DeskCase, address: str) -> LetterText:
    """Write the letter that tells the professional, with the date of receipt (CSP L. 1110-3, R. 1110-11 al. 3)."""
    due, own = case.due, routing.authority(case.session, case.opened.filing.receiver)
    name = the(own.name if own else case.clerk.authority_name)
    said = {"authority": name, "day": received(case), "person": case.opened.payload["person"]}
    is_alone = case.opened.filing.outcome == Outcome.CPAM_SEULE
    lines = [capital(translate(ABOUT_YOU_ALONE if is_alone else ABOUT_YOU).format(**said))]
    meeting = promised_meeting(case, FIRST_MEETING, FIRST_MEETING_LATE)
    lines += meeting or [translate(NO_SANCTION)]
    hearing = due.get(LegalDay.HEAR)
    if hearing and hearing >= case.today:  # CSP L. 1110-3 al. 3, where no meeting is planned too
        lines.append(translate(HEARING if meeting else HEARING_ALONE).format(day=date_text(hearing, weekday=False)))
    lines += [translate(REMARKS), translate(NO_CONTACT)]
    day, to = due[LegalDay.TELL_PROFESSIONAL], address.splitlines()
    subject = translate(ABOUT_PROFESSIONAL_ALONE if is_alone else ABOUT_PROFESSIONAL)
    letter = letter_of(case, to, lines, day, subject, translate(COPY))
    return replace(letter, notes=notice_of(letter.sender))


def transmission_article(now: CaseStatus) -> str:
    """Return the article that orders the transmission to the other authority."""
    return REPEAT if now.conciliation.is_recidive else USUAL


def _repeated(case: DeskCase) -> list[str]:
    """Say which first sanction takes the meeting away, if one does."""
    known = [act.sealed for act in of_kind(case.opened.acts, RecidiveChecked)][-1:]
    days = [(one.sanction_on, one.sanction_by) for one in known if case.now.conciliation.is_recidive]
    return [translate(REPEATED).format(day=date_text(day, weekday=False), by=by) for day, by in days if day]


def to_authority(case: DeskCase) -> LetterText:
    """Write the letter that goes with the complaint to the other authority (CSP R. 1110-11, R. 1110-14)."""
    filing, due = case.opened.filing, case.due
    other = routing.authority(case.session, filing.informed)
    to = [other.name, *contact_of(other)["address"]] if other else []
    said = {"article": french(transmission_article(case.now)), "moment": received(case)}
    lines = [translate(AS_THE_LAW).format(**said)]
    if where := place_of(case.opened.payload):
        lines.append(translate(WHERE).format(town=where))
    lines += _repeated(case)
    day = due.get(LegalDay.TRANSMIT, due[LegalDay.ACKNOWLEDGE])
    return letter_of(case, to, lines, day, translate(TRANSMISSION), translate(COPY))
