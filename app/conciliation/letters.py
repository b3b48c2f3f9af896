"""Letters of the conciliation: the summons, the report, the reasoned opinion's list; facts and dates, no story."""

from collections.abc import Sequence

from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.rules import Issue, MeetingEnd, Mode
from app.filing.documents import mandate_wording
from app.filing.documents.wording import meeting_moment
from app.filing.letter_address import letter_to
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.receipt import ToldProfessional
from app.filing.status.conciliation import PERSON, PROFESSIONAL
from app.filing.status.mandate_powers import may_represent
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import named_alone, sender_of, signing
from app.intake.letters.frame import LetterText
from app.intake.letters.sheets import Section
from app.intake.rules import label_of
from app.procedure.days import LegalDay
from app.routing import queries as routing
from app.routing.rules.territories import short_place

SUBJECT = N_("Convocation à une réunion de conciliation")
REPORT_SUBJECT = N_("Compte rendu de la réunion de conciliation")
ABOUT = {
    PERSON: N_("Votre plainte concernant {professional} a été reçue le {day}."),
    PROFESSIONAL: N_("Une plainte déposée par {person} à votre sujet a été reçue le {day}."),
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
    PROFESSIONAL: N_(
        "Vous pouvez venir avec une personne de votre choix, ou vous faire représenter avec un mandat écrit."
    ),
}
IF_PREVENTED = N_("Si vous ne pouvez ni venir ni être représenté, écrivez-nous vos observations et la raison.")
REPRESENTED = N_(
    "L'association {association} peut vous représenter ou vous aider à cette réunion : vous le lui avez permis."
)
NEEDS = N_("Pour vous : {needs}")
ANSWER_PERSON = N_("Dites-nous si vous venez : {address}/reprendre ou {reach}.")
ANSWER = N_("Dites-nous si vous venez : {reach}.")
NO_ANSWER = N_(
    "Si une partie ne répond pas à sa convocation, il n'y a pas de conciliation (même code, article R. 1110-12)."
)
AGREEING = {
    PERSON: N_(
        "Un accord veut dire que vous retirez votre plainte : la procédure s'arrête alors. "
        "Vous êtes libre de ne pas être d'accord (même code, article R. 1110-12)."
    ),
    PROFESSIONAL: N_(
        "Un accord veut dire que la plainte est retirée : la procédure s'arrête alors (même code, article R. 1110-12)."
    ),
}
SECRET = N_("Les personnes qui participent à la réunion sont tenues au secret (même code, article R. 1110-10).")
REPORT = N_("Voici le compte rendu de la réunion du {day} (code de la santé publique, article R. 1110-12).")
WRITTEN = N_("Compte rendu de la réunion")
TO_SIGN = N_("Signatures des parties, ou de leurs représentants, et des membres")
COPY = N_("Copie, texte scellé le {moment} (heure de Paris).")
ENDS = {
    Issue.RETRAIT.value: N_("La plainte est retirée : la procédure est terminée."),
    Issue.DESACCORD.value: N_("Il n'y a pas eu d'accord. L'ordre transmet la plainte à la chambre disciplinaire."),
    Issue.ABSENCE.value: N_(
        "Une partie n'a pas répondu à la convocation. L'ordre transmet la plainte à la chambre disciplinaire."
    ),
}


def copied(case: DeskCase, act: Act, to: Sequence[str], subject: str, lines: Sequence[str]) -> LetterText:
    """Write a letter again from its sealed words, as a copy that says so.

    Of its sender, the name alone: the address of that day, if the letter gave it, is among the sealed words.
    """
    own = routing.authority(case.session, act.authority) if act.authority else None
    sender = named_alone(own.name, act.by) if own else None
    mark = translate(COPY).format(moment=moment_text(act.at, PARIS, weekday=False))
    return LetterText(to, lines, case.received_on, subject, case.number, sender, notes=[mark], is_copy=True)


def summons(case: DeskCase, party: str) -> LetterText:
    """Write the summons of a party (CSP R. 1110-11 al. 5, R. 1110-12)."""
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
    if party == PERSON and fixed.needs:
        lines.append(translate(NEEDS).format(needs=fixed.needs))
    reach = _reach(case)
    to = letter_to(case.opened) if party == PERSON else address_of_professional(case)
    answer = ANSWER_PERSON if party == PERSON else ANSWER
    lines += [translate(IF_PREVENTED), translate(answer).format(address=case.portal.settings.address, reach=reach)]
    lines += [translate(one) for one in (NO_ANSWER, AGREEING[party], SECRET)]
    sender = signing(case.session, case.clerk)
    return LetterText(to, lines, case.due[LegalDay.SUMMON], translate(SUBJECT), case.number, sender)


def _reach(case: DeskCase) -> str:
    sender = sender_of(case.clerk)
    return ", ".join(filter(None, [sender.telephone, sender.courriel])) if sender else case.clerk.name


def address_of_professional(case: DeskCase) -> Sequence[str]:
    """Return the address to which the professional was told of the complaint, or what the person wrote."""
    sent = [act.sealed.address for act in of_kind(case.opened.acts, ToldProfessional) if act.sealed.address]
    if sent:
        return sent[-1].splitlines()
    lines = [case.party_name("professionnel"), case.answers("pro_lieu"), case.answers("pro_adresse")]
    filing = case.opened.filing
    return [line for line in (*lines, short_place(filing.town, filing.commune)) if line]


def report(case: DeskCase, end: MeetingEnd) -> tuple[LetterText, list[Section]]:
    """Write the report of the meeting: a letter, its rows, and where each of those present signs (CSP R. 1110-12)."""
    fixed = case.now.conciliation.fixed
    rows = [
        (N_("Plainte de"), case.party_name(PERSON)),
        (N_("Concernant"), case.party_name(PROFESSIONAL)),
        (N_("Réunion"), meeting_moment(fixed.on, fixed.hour)),
        (N_("Lieu"), fixed.place),
        (N_("Membres de la commission"), "\n".join(f"{one.name}, {one.authority}" for one in fixed.members)),
        (N_("Experts, sans part à la conciliation"), "\n".join(fixed.experts or ())),
        (N_("Présents"), "\n".join(end.presents)),
        (N_("N'a pas répondu à la convocation"), case.party_name(end.absent.value) if end.absent else ""),
        (N_("Résultat"), translate(ENDS[end.issue.value])),
        (N_("Points de désaccord qui restent"), end.points),
    ]
    said, sender = translate(REPORT).format(day=date_text(end.on)), signing(case.session, case.clerk)
    letter = LetterText([], [said], case.due[LegalDay.SEND_REPORT], translate(REPORT_SUBJECT), case.number, sender)
    written = [{"label": translate(label), "shown": shown} for label, shown in rows if shown]
    return letter, [(WRITTEN, written), (TO_SIGN, [{"label": one, "shown": ""} for one in end.presents])]
