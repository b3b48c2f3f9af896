"""Acting in one's turn: what the page saw may be past, so the complaint is opened again and asked once more.

A complaint that left, ended or moved on refuses the act, and the page of the refusal says what happened.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import date_text, local_day, moment_text
from app.base.errors import N_, Back, NotFound, Refusal
from app.base.i18n import translate
from app.base.portal import Portal
from app.filing import ledger
from app.filing.queries import OpenFiling, filing_by_number, history_of, open_for
from app.filing.road import AGAIN, ANSWERED, FIXED, SUMMONED, SUMMONS_CAME
from app.filing.standing import MOVED, Standing
from app.intake.guards import may
from app.intake.rules import EventKind, label_of
from app.routing import queries as routing

CLOSED = N_("Ce dossier est clos depuis le {day}, par {by}.")
WITHDRAWN = N_("La personne a retiré sa plainte le {day}.")
WITHDRAWING = N_(
    "La personne demande à retirer sa plainte depuis le {moment}. Elle peut changer d'avis pendant 24 heures."
)
DONE = N_("{what} : déjà fait par {by} le {moment}.")
OVERTAKEN = N_("Cet acte n'est pas possible maintenant. Dernier acte de ce dossier : {what}, par {by} le {moment}.")
CHANGED = N_("{what}, par {by} le {moment}, depuis que votre page est ouverte : {words}. Rien n'a été remplacé.")
NOT_ASKED = N_("La procédure ne demande pas cet acte pour ce dossier, ou pas encore.")
SENT = N_("Ce dossier a été envoyé à {authority} le {moment} par {by}.")
ELSEWHERE = N_("Ce dossier n'est plus à votre service.")
PERSON = N_("la personne")
REPEATED = frozenset({FIXED, SUMMONED, SUMMONS_CAME, ANSWERED, AGAIN})
"""Acts that are done again while they make sense: having been done is never why they are refused."""
TO_FILE, TO_LIST = N_("Revenir au dossier {number}"), N_("Revenir à la liste des plaintes")
Act = Mapping[str, Any]
Also = Callable[[Session, Standing], bool]


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


class Gone(NotFound):
    """The complaint was sent elsewhere by this desk: its old address says so, and gives nothing of it."""

    keeps_typed = True
    heading = N_("Ce dossier n'est plus ici")

    def __init__(self, says: str) -> None:
        """Say where it went; leads back to the list."""
        super().__init__(self.code)
        self.says, self.back = says, Back(translate(TO_LIST), "intake.list", {})


def happened(now: Standing, acts: Sequence[Act], kind: str) -> str:
    """Say why an act is refused, by where the complaint stands and what was done of it, the oldest first."""
    if closed := now.road.closed:
        return translate(CLOSED).format(day=_day(datetime.fromisoformat(closed["at"])), by=_by(closed))
    if now.withdrawn_at:
        return translate(WITHDRAWN).format(day=_day(now.withdrawn_at))
    same = next((act for act in reversed(acts) if act["kind"] == kind and kind not in REPEATED), None)
    if now.withdrawing_since and not same:
        return translate(WITHDRAWING).format(moment=_moment(now.withdrawing_since))
    last = same or (acts[-1] if acts else None)
    if last is None:
        return translate(NOT_ASKED)
    told = {"what": translate(label_of(EventKind, last["kind"])), "by": _by(last)}
    moment = _moment(datetime.fromisoformat(last["at"]))
    return translate(DONE if same else OVERTAKEN).format(**told, moment=moment)


def changed(what: str, by: str, at: datetime, words: str) -> str:
    """Say what a colleague decided since the page was shown, and that it was not replaced."""
    told = {"what": translate(label_of(EventKind, what)), "by": by, "words": words.partition("\n")[0].rstrip(".")}
    return translate(CHANGED).format(**told, moment=_moment(at))


def where_to(session: Session, number: str, authority: str) -> str:
    """Say to whom this desk sent a complaint, when and by whom; nothing when it is not this desk that sent it."""
    filing = filing_by_number(session, number)
    moves = [one for one in history_of(session, filing.id) if one.kind == MOVED] if filing else []
    if filing is None or not moves or moves[-1].authority != authority:
        return ""
    new, last = routing.authority(session, filing.receiver), moves[-1]
    name = new.name if new else filing.receiver
    return translate(SENT).format(authority=name, moment=_moment(last.at), by=last.by)


def gone(session: Session, number: str, authority: str) -> NotFound:
    """Answer for a complaint that is not on this desk: where this desk sent it, or that nothing is here."""
    says = where_to(session, number, authority)
    return Gone(says) if says else NotFound()


def take(
    session: Session,
    portal: Portal,
    clerk: Clerk,
    number: str,
    kind: str,
    also: Also | None = None,
    *,
    opens: Any = open_for,
) -> OpenFiling:
    """Take the turn of the ledger and open a complaint again, to do an act of this kind.

    ``also``: what is asked beside the guard of the act, as a rule who may do it; ``opens``: ``open_for`` for what only
    the authority that holds it does, ``read_for`` for what any reader may do. Raises :class:`AlreadyDone`.
    """
    ledger.take_turn(session)
    opened: OpenFiling | None = opens(session, portal.keyring, number, clerk.authority)
    if opened is None:
        raise Left(where_to(session, number, clerk.authority) or translate(ELSEWHERE))
    if not may(opened.now, kind) or (also and not also(session, opened.now)):
        raise AlreadyDone(happened(opened.now, opened.acts, kind), number)
    return opened


def expect(opened: OpenFiling, kind: str) -> None:
    """Refuse a page whose act is not possible now, before anything is typed. Raises :class:`AlreadyDone`."""
    if not may(opened.now, kind):
        raise AlreadyDone(happened(opened.now, opened.acts, kind), opened.number)


def _by(act: Act) -> str:
    return str(act.get("by") or translate(PERSON))


def _day(at: datetime) -> str:
    return date_text(local_day(at, PARIS), weekday=False)


def _moment(at: datetime) -> str:
    return moment_text(at, PARIS, weekday=False, seconds=False)
