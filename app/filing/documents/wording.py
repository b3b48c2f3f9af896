"""Where a complaint stands, in words said to the person, or of the person to an association: pure rules on values."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.i18n import language_now, translate
from app.filing.status.case_status import CHANGE_OF_MIND, CaseStatus
from app.filing.status.director import NO_ACTION
from app.filing.status.state import ComplaintState
from app.procedure.days import LegalDay
from app.procedure.queries import DueRow
from app.saisine.steps.recipients import MAY_WRITE
from app.saisine.steps.said import Said

RECEIVED_LATE = N_("Votre plainte a été reçue le {received}.")
"""Once the day of the acknowledgement is past without one: no past day is promised."""
RECEIVED = N_("Votre plainte a été reçue le {received}. L'accusé de réception arrive au plus tard le {due}.")
KNOWN = N_("L'autorité a accusé réception le {day}.")
PASSED_ON = N_("Votre plainte a été transmise à l'autre autorité et au professionnel le {day}.")
PASSED_ON_ALONE = N_("Votre plainte a été transmise au professionnel le {day}.")
WITHDRAWING = N_("Vous avez demandé le retrait le {asked}. Vous pouvez l'annuler jusqu'au {until}.")
WITHDRAWN = N_("Vous avez retiré votre plainte le {day}.")
AT_CHAMBER = N_("La chambre disciplinaire, qui avait déjà reçu le dossier, peut encore décider.")
CHAMBER_DECIDED = N_("La chambre disciplinaire a rendu une décision le {day}.")
MEETING = N_("La réunion de conciliation est le {moment}, {place}.")
MET = N_("La réunion a eu lieu le {day}. Vous recevez le compte rendu au plus tard le {due}.")
AGREED = N_("Vous avez retiré votre plainte à la réunion : la procédure est terminée.")
NOT_AGREED = N_("Il n'y a pas eu d'accord. L'ordre transmet votre plainte à la chambre disciplinaire.")
PASSED_TO_CHAMBER = N_(
    "Il n'y a pas eu d'accord. L'ordre a transmis votre plainte à la chambre disciplinaire le {day}."
)
OTHER_PROCEDURE = N_("La loi prévoit une autre voie pour ce dossier : il est transmis sans réunion de conciliation.")
PASSED_WITHOUT_MEETING = N_(
    "La loi prévoit une autre voie pour ce dossier, sans réunion de conciliation. L'ordre l'a transmis à la chambre "
    "disciplinaire le {day}."
)
NOT_BEGUN = N_("Le directeur de la caisse d'assurance maladie a décidé le {day} de ne pas engager de procédure.")
EXAMINED = N_("Le directeur de la caisse d'assurance maladie examine les faits.")
"""Said before the facts are notified and after: the person does not read of it."""
DECIDED = N_("Le directeur de la caisse d'assurance maladie a pris une décision le {day}.")
CLOSED = N_("Ce dossier est terminé depuis le {day}.")
LATE = N_(
    "L'autorité a dépassé la date du {day}. "
    "Vous pouvez l'appeler au {phone} ou demander l'aide du Défenseur des droits."
)
LATE_WITHOUT_PHONE = N_(
    "L'autorité a dépassé la date du {day}. Vous pouvez l'appeler ou demander l'aide du Défenseur des droits."
)

PASSED = {ComplaintState.NOT_AGREED: PASSED_TO_CHAMBER, ComplaintState.NO_CONCILIATION: PASSED_WITHOUT_MEETING}
"""What is told once the chamber was seized, by what came before."""
_OF_THE_PERSON = {
    RECEIVED_LATE: N_("La plainte a été reçue le {received}."),
    RECEIVED: N_("La plainte a été reçue le {received}. L'accusé de réception arrive au plus tard le {due}."),
    PASSED_ON: N_("La plainte a été transmise à l'autre autorité et au professionnel le {day}."),
    PASSED_ON_ALONE: N_("La plainte a été transmise au professionnel le {day}."),
    WITHDRAWING: N_("La personne a demandé le retrait le {asked}. Elle peut l'annuler jusqu'au {until}."),
    WITHDRAWN: N_("La personne a retiré sa plainte le {day}."),
    MET: N_("La réunion a eu lieu le {day}. La personne reçoit le compte rendu au plus tard le {due}."),
    AGREED: N_("La personne a retiré sa plainte à la réunion : la procédure est terminée."),
    NOT_AGREED: N_("Il n'y a pas eu d'accord. L'ordre transmet la plainte à la chambre disciplinaire."),
    PASSED_TO_CHAMBER: N_(
        "Il n'y a pas eu d'accord. L'ordre a transmis la plainte à la chambre disciplinaire le {day}."
    ),
}
"""What is said to the person, as an association reads it; what speaks to nobody is the same for both."""


def of_the_person(sentence: str) -> str:
    """Translate a sentence of this page for an association, which reads of a person and is not that person."""
    if isinstance(sentence, Said):
        return translate(sentence.of_helped)
    return translate(_OF_THE_PERSON.get(sentence, sentence))


def sentence_of(
    now: CaseStatus, days: Sequence[DueRow], *, received_on: date, today: date, say: Translate = translate
) -> str:
    """Format the state; ``say``: :func:`of_the_person` for an association."""
    due = {day.code: day for day in days}
    said = _in_conciliation(now, due, say) or _state(now, received_on, due[LegalDay.ACKNOWLEDGE], today, say)
    return " ".join(filter(None, (said, _of_chamber(now, say))))


def lateness_of(now: CaseStatus, days: Sequence[DueRow], *, today: date, phone: str, say: Translate = translate) -> str:
    """Say the first day that was missed, and what can be done; empty when none was.

    A day is told to be missed once even the postponed one is past: the texts do not settle which one counts.
    """
    if not now.is_open or now.withdrawing_since:
        return ""
    due = {day.code: day for day in days}
    late = [due[code] for code in now.duties if code not in now.done and due[code].due_postponed < today]
    words = say(LATE if phone else LATE_WITHOUT_PHONE)
    return words.format(day=date_text(late[0].due_strict), phone=phone) if late else ""


def meeting_moment(on: date, hour: str) -> str:
    """Return when the parties meet: « jeudi 28 mai 2026 à 14 h 30 »; « 14:30 » in another language."""
    hours, minutes = hour.split(":")
    told = f"{int(hours)} h" if minutes == "00" else f"{int(hours)} h {minutes}"
    told = told if language_now().is_french else hour
    return translate(N_("{day} à {hour}")).format(day=date_text(on), hour=told)


def meeting_place(now: CaseStatus) -> str:
    """Return where the parties meet, on one line, as the authority wrote it; empty while it is not told."""
    is_told = now.state is ComplaintState.MEETING_FIXED
    return ", ".join(now.conciliation.fixed.place.splitlines()) if is_told else ""


def _in_conciliation(now: CaseStatus, due: Mapping[str, DueRow], say: Translate) -> str:
    """Return where the meeting is, and what follows it; nothing before it is fixed."""
    conciliation = now.conciliation
    if now.is_open and not now.withdrawing_since and (decided := _of_director(now, say)):
        return decided
    if now.state is ComplaintState.MEETING_FIXED:
        fixed = conciliation.fixed
        return say(MEETING).format(moment=meeting_moment(fixed.on, fixed.hour), place=meeting_place(now))
    if now.state is ComplaintState.MEETING_HELD:
        day = date_text(conciliation.session_on) if conciliation.session_on else ""
        return say(MET).format(day=day, due=date_text(due[LegalDay.SEND_REPORT].due_strict))
    if now.state in PASSED and conciliation.passed_on:
        return say(PASSED[now.state]).format(day=date_text(conciliation.passed_on.on))
    said = {
        ComplaintState.AGREED: AGREED,
        ComplaintState.NOT_AGREED: NOT_AGREED,
        ComplaintState.NO_CONCILIATION: OTHER_PROCEDURE,
    }
    return say(said[now.state]) if now.state in said else ""


def _of_director(now: CaseStatus, say: Translate) -> str:
    """Return that the director decided, where he decides alone; never which sanction: its secrecy is not settled."""
    on = now.director.ended_on
    if on is None or not now.is_without_meeting:
        return ""
    return say(NOT_BEGUN if now.director.end == NO_ACTION else DECIDED).format(day=date_text(on))


def _of_chamber(now: CaseStatus, say: Translate) -> str:
    """Return that the chamber decided, whatever became of the complaint here; never what: it tells the person."""
    decision = now.conciliation.decision
    return say(CHAMBER_DECIDED).format(day=date_text(decision.on)) if decision else ""


def _state(now: CaseStatus, received_on: date, due: DueRow, today: date, say: Translate) -> str:
    if now.conciliation.closed:
        closed = say(CLOSED).format(day=date_text(local_day(now.conciliation.closed.at)))
        return " ".join(filter(None, (_of_director(now, say), closed)))
    if now.withdrawn_at:
        said = say(WITHDRAWN).format(day=date_text(local_day(now.withdrawn_at)))
        return f"{said} {say(AT_CHAMBER)}" if now.is_before_chamber else said
    if now.withdrawing_since:
        asked, until = (
            moment_text(at, PARIS, weekday=False, seconds=False)
            for at in (now.withdrawing_since, now.withdrawing_since + CHANGE_OF_MIND)
        )
        return say(WITHDRAWING).format(asked=asked, until=until)
    return _under_way(now, received_on, due, today, say)


def _under_way(now: CaseStatus, received_on: date, due: DueRow, today: date, say: Translate) -> str:
    """Return what was done of the complaint since it is received, before any meeting."""
    if now.state.as_told is ComplaintState.WITH_DIRECTOR:
        return f"{_told(now, say) if now.tells_professional else _known(now, say)} {say(EXAMINED)}"
    if now.state is ComplaintState.TRANSMITTED:
        return _told(now, say)
    if now.state is ComplaintState.ACKNOWLEDGED:
        return _known(now, say)
    words = say(RECEIVED_LATE if due.due_postponed < today else RECEIVED)
    return words.format(received=date_text(received_on), due=date_text(due.due_strict))


def _told(now: CaseStatus, say: Translate) -> str:
    """Return to whom the complaint was given, and when it was to the last one."""
    words = say(PASSED_ON if now.informed else PASSED_ON_ALONE)
    return words.format(day=date_text(max(now.done[code].on for code in now.duties)))


def _known(now: CaseStatus, say: Translate) -> str:
    """Return that the authority acknowledged receipt, and that it may write where it does not transmit."""
    known = say(KNOWN).format(day=date_text(now.done[LegalDay.ACKNOWLEDGE].on))
    return known if now.tells_professional else f"{known} {say(MAY_WRITE)}"
