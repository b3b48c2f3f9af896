"""The summons to the meeting, as text: facts and dates, no story; the person may read it in her language."""

from functools import partial

from app.base.dates import date_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation import summons_of_professional as of_professional
from app.conciliation.letters import address_of_professional
from app.conciliation.meeting_mode import Mode
from app.filing.documents import mandate_wording
from app.filing.documents.wording import meeting_moment
from app.filing.letter_address import letter_to
from app.filing.status.conciliation import PERSON, PROFESSIONAL
from app.filing.status.mandate_powers import may_represent
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import sender_of, signing
from app.intake.letters.frame import LetterText
from app.intake.letters.side_sheet import beside
from app.intake.letters.usual_sentences import NEEDS
from app.intake.rules import label_of
from app.procedure.days import LegalDay

SUBJECT = N_("Convocation à une réunion de conciliation")
ABOUT = {
    PERSON: N_("Votre plainte concernant {professional} a été reçue le {day}."),
    PROFESSIONAL: of_professional.ABOUT,
}
MEETING = N_(
    "La réunion de conciliation a lieu le {moment} (code de la santé publique, articles L. 1110-3 et R. 1110-11). "
    "Cette lettre vous y convoque."
)
WHERE = N_("Lieu : {place}")
QUALIFIED = N_(
    "Pour éclairer la commission, sans prendre part à la conciliation (même code, article R. 1110-10) : {names}."
)
HOW = N_("La réunion a lieu à distance : {mode}. La confidentialité des échanges est garantie.")
HELP = {
    PERSON: N_(
        "Vous pouvez venir avec une personne de votre choix : un proche, un avocat, une association agréée. Elle peut "
        "aussi vous représenter, avec un mandat écrit."
    ),
    PROFESSIONAL: of_professional.HELP,
}
IF_PREVENTED = N_("Si vous ne pouvez ni venir ni être représenté, écrivez-nous vos observations et la raison.")
REPRESENTED = N_(
    "L'association {association} peut vous représenter ou vous aider à cette réunion : vous le lui avez permis."
)
ANSWER_PERSON = N_("Dites-nous si vous venez : {address}/reprendre ou {reach}.")
NO_ANSWER = N_(
    "Si une partie ne répond pas à sa convocation, il n'y a pas de conciliation (même code, article R. 1110-12)."
)
AGREEING = {
    PERSON: N_(
        "Un accord veut dire que vous retirez votre plainte : la procédure s'arrête alors. "
        "Vous êtes libre de ne pas être d'accord (même code, article R. 1110-12)."
    ),
    PROFESSIONAL: of_professional.AGREEING,
}
SECRET = N_("Les personnes qui participent à la réunion sont tenues au secret (même code, article R. 1110-10).")


def summons(case: DeskCase, party: str) -> LetterText:
    """Write the summons of a party (CSP R. 1110-11 al. 5, R. 1110-12); the person's, with hers beside it."""
    fixed = case.now.conciliation.fixed
    french = partial(_summons, case, party, fixed.needs)
    if party != PERSON:
        return french()
    own = fixed.translation.text if fixed.translation else fixed.needs
    return beside(case, french, partial(_summons, case, party, own))


def _summons(case: DeskCase, party: str, needs: str) -> LetterText:
    fixed = case.now.conciliation.fixed
    about = {"person": case.party_name(PERSON), "professional": case.party_name(PROFESSIONAL)}
    lines = [
        translate(ABOUT[party]).format(**about, day=date_text(case.received_on, weekday=False)),
        translate(MEETING).format(moment=meeting_moment(fixed.on, fixed.hour)),
        translate(WHERE).format(place=", ".join(fixed.place.split("\n"))),
    ]
    if fixed.experts:
        lines.append(translate(QUALIFIED).format(names=" ; ".join(fixed.experts)))
    if fixed.mode != Mode.PRESENTIEL:
        lines.append(translate(HOW).format(mode=translate(label_of(Mode, fixed.mode)).lower()))
    lines.append(translate(HELP[party]))
    if party == PERSON and may_represent(case.now):
        lines.append(translate(REPRESENTED).format(association=mandate_wording.name_of(case.opened.payload)))
    if party == PERSON and needs:
        lines.append(translate(NEEDS).format(needs=needs))
    reach = _reach(case)
    to = letter_to(case.opened) if party == PERSON else address_of_professional(case)
    answer = ANSWER_PERSON if party == PERSON else of_professional.ANSWER
    lines += [translate(IF_PREVENTED), translate(answer).format(address=case.portal.settings.address, reach=reach)]
    lines += [translate(one) for one in (NO_ANSWER, AGREEING[party], SECRET)]
    sender = signing(case.session, case.clerk)
    return LetterText(to, lines, case.due[LegalDay.SUMMON], translate(SUBJECT), case.number, sender)


def _reach(case: DeskCase) -> str:
    sender = sender_of(case.clerk)
    return ", ".join(filter(None, [sender.telephone, sender.courriel])) if sender else case.clerk.name
