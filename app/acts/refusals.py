"""What is answered to an act that is not done: what happened, by whom, when; and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.acts.kinds import KINDS, TOLD, past_of
from app.acts.rules import HistoryEntry, may
from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_, Back, NotFound, Refusal
from app.base.i18n import translate
from app.filing.history import history_of
from app.filing.queries import filing_by_number
from app.filing.status.case_status import KEPT_ON, MOVED, WITHDRAWING, CaseStatus
from app.filing.status.conciliation import CLOSED as CLOSING
from app.routing import queries as routing
from app.routing.rules.articles import to_the

CLOSED = N_("Ce dossier est clos depuis le {day}, par {by}.")
WITHDRAWN = N_("La personne a retiré sa plainte le {day}.")
HELD_BACK = N_(
    "La personne demande à retirer sa plainte depuis le {moment}. Elle peut changer d'avis pendant 24 heures."
)
DONE = N_("{what} : déjà fait par {by} le {moment}.")
OVERTAKEN = N_("Cet acte n'est pas possible maintenant. Dernier acte de ce dossier : {what}, par {by} le {moment}.")
CHANGED = N_("{what}, par {by} le {moment}, depuis que votre page est ouverte : {words}. Rien n'a été remplacé.")
CHANGED_ALONE = N_("{what}, par {by} le {moment}, depuis que votre page est ouverte. Rien n'a été remplacé.")
NOT_ASKED = N_("La procédure ne demande pas cet acte pour ce dossier, ou pas encore.")
SENT = N_("Ce dossier a été envoyé {authority} le {moment} par {by}.")
ELSEWHERE = N_("Ce dossier n'est plus à votre service.")
PERSON = N_("la personne")
TO_FILE, TO_LIST = N_("Revenir au dossier {number}"), N_("Revenir à la liste des plaintes")
TO_FOLLOW = N_("Revenir au suivi de ma plainte")
OVER = N_("Votre dossier est terminé depuis le {day}.")
NO_MORE = N_("Cette action n'est plus possible. Dernière étape : {what}, le {moment}.")
OWN_CHANGED = N_("{what}, le {moment}, depuis que votre page est ouverte. Rien n'a été remplacé.")
CHANGES_OF_MIND = frozenset({WITHDRAWING, KEPT_ON})
"""What only makes a few acts wait for a day: never by itself why another act is refused."""


class AlreadyDone(Refusal):
    """The act is done, overtaken or not asked for: says what happened, and leads back to the complaint."""

    code, status, keeps_typed = "deja_fait", 409, True
    heading = N_("Rien n'a été enregistré")

    def __init__(self, says: str, number: str) -> None:
        """Say what happened; ``number``: the complaint to go back to."""
        super().__init__(self.code)
        self.says = says
        self.back = Back(translate(TO_FILE).format(number=number), "intake.filing", {"numero": number})


class Left(AlreadyDone):
    """The complaint left this desk while its page was open."""

    def __init__(self, says: str) -> None:
        """Say where it went, as far as this desk may know; leads back to the list."""
        super().__init__(says, "")
        self.back = Back(translate(TO_LIST), "intake.list", {})


class ComplaintMoved(NotFound):
    """The complaint was sent elsewhere by this desk: its old address says so, and gives nothing of it."""

    keeps_typed = True
    heading = N_("Ce dossier n'est plus ici")

    def __init__(self, says: str) -> None:
        """Say where it went; leads back to the list."""
        super().__init__(self.code)
        self.says, self.back = says, Back(translate(TO_LIST), "intake.list", {})


class NotNow(AlreadyDone):
    """What the person presses can be done no more, or was done in another tab: leads back to the follow-up."""

    says = N_("Cette action n'est plus possible.")

    def __init__(self, says: str) -> None:
        """Say what happened."""
        super().__init__(says, "")
        self.back = Back(translate(TO_FOLLOW), "followup.home", {})


class NotNowForAssociation(AlreadyDone):
    """An association may not do this any more: says what happened, and leads back to its page of the complaint."""

    def __init__(self, says: str, number: str) -> None:
        """Say what happened; ``number``: the complaint to go back to."""
        super().__init__(says, number)
        self.back = Back(translate(TO_FILE).format(number=number), "associations.filing", {"numero": number})


def happened(now: CaseStatus, acts: Sequence[HistoryEntry], code: str) -> str:
    """Return why an act is refused, by where the complaint stands and what was done of it, the oldest first.

    The end of a file is never why an act that outlives it is refused; but none is closed twice. Nor is a demand to
    withdraw why an act is refused that would be refused without it.
    """
    outlives = bool(KINDS[code].after)
    if (closed := now.conciliation.closed) and (not outlives or code == CLOSING):
        by = closed.by or translate(PERSON)
        return translate(CLOSED).format(day=_day(closed.at), by=by)
    if now.withdrawn_at and not outlives:
        return translate(WITHDRAWN).format(day=_day(now.withdrawn_at))
    if now.withdrawing_since and _is_held_back(now, code):
        return translate(HELD_BACK).format(moment=_moment(now.withdrawing_since))
    same = next((one for one in reversed(acts) if one.code == code and not KINDS[code].is_repeated), None)
    last = same or next((one for one in reversed(acts) if one.code not in CHANGES_OF_MIND), None)
    if last is None:
        return translate(NOT_ASKED)
    return translate(DONE if same else OVERTAKEN).format(**_told(last))


def _is_held_back(now: CaseStatus, code: str) -> bool:
    """Return whether the demand to withdraw is what makes an act wait."""
    return not may(KINDS[code], now) and may(KINDS[code], replace(now, withdrawing_since=None))


def no_more(now: CaseStatus, lines: Sequence[HistoryEntry], code: str) -> str:
    """Say to the person why an act can be done no more, by the last thing that the person may read of."""
    if now.conciliation.closed and not KINDS[code].after:
        return translate(OVER).format(day=_day(now.conciliation.closed.at))
    last = next((line for line in reversed(lines) if line.code in TOLD), None)
    return translate(NO_MORE).format(what=translate(TOLD[last.code]), moment=_moment(last.at)) if last else NotNow.says


def changed(line: HistoryEntry, words_of: Mapping[str, str] | None = None) -> str:
    """Return what was decided since the page was shown, and that it was not replaced.

    ``words_of``: the person's words.
    """
    if words_of is not None:
        return translate(OWN_CHANGED).format(what=translate(words_of[line.code]), moment=_moment(line.at))
    words = line.words.partition("\n")[0].rstrip(".")
    return translate(CHANGED if words else CHANGED_ALONE).format(**_told(line), words=words)


def where_to(session: Session, number: str, authority: str) -> str:
    """Say to whom this desk sent a complaint, when and by whom; nothing when it is not this desk that sent it."""
    filing = filing_by_number(session, number)
    moves = [one for one in history_of(session, filing.id) if one.kind == MOVED] if filing else []
    if filing is None or not moves or moves[-1].authority != authority:
        return ""
    new, last = routing.authority(session, filing.receiver), moves[-1]
    name = new.name if new else filing.receiver
    return translate(SENT).format(authority=to_the(name), moment=_moment(last.at), by=last.by)


def gone(session: Session, number: str, authority: str) -> NotFound:
    """Answer for a complaint that is not on this desk: where this desk sent it, or that nothing is here."""
    says = where_to(session, number, authority)
    return ComplaintMoved(says) if says else NotFound()


def _told(line: HistoryEntry) -> dict[str, str]:
    by = line.by or translate(PERSON)
    return {"what": translate(past_of(line)), "by": by, "moment": _moment(line.at)}


def _day(at: datetime) -> str:
    return date_text(local_day(at, PARIS), weekday=False)


def _moment(at: datetime) -> str:
    return moment_text(at, PARIS, weekday=False, seconds=False)
