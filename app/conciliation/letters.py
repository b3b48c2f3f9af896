"""Letters of the conciliation: the summons, the report, the reasoned opinion's list; facts and dates, no story."""

from collections.abc import Sequence

from app.base.clock import PARIS
from app.base.dates import date_text, moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.conciliation.rules import Issue, MeetingEnd
from app.filing.documents.wording import meeting_moment
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.receipt import ToldProfessional
from app.filing.status.conciliation import PERSON, PROFESSIONAL
from app.intake.desk.case import DeskCase
from app.intake.desk.sender import named_alone, signing
from app.intake.letters.frame import LetterText
from app.intake.letters.sheets import Section
from app.procedure.days import LegalDay
from app.routing import queries as routing
from app.routing.rules.territories import short_place

REPORT_SUBJECT = N_("Compte rendu de la réunion de conciliation")
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
