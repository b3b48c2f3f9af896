"""An authority that closed leaves its open complaints to its successor (CRPA L. 114-2), one by one, without a page.

Each goes in a transaction of its own, by an act sealed in it: stopped at any moment, the work goes on from there. The
date of receipt and what was already done stay; the keys are opened for the successor. The tags of the one that closed
go with its desk: they sorted its own work.
"""

import logging
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.service import access, leave
from app.acts.case import Case
from app.acts.rules import Actor
from app.acts.turn import open_case
from app.base.crypto.vault import DecryptionError
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.storage.leader import Stop
from app.filing.ledger import chain
from app.filing.models import Filing
from app.filing.queries import filing_by_number
from app.filing.receipt.competence import contact_of
from app.filing.sealed.receipt import SUCCESSION, Confirmed, Moved
from app.filing.status.case_status import CONFIRMED, MOVED
from app.filing.status.state import ComplaintState
from app.notifications.kinds import Mail
from app.routing import closures, openings
from app.routing import queries as routing
from app.routing.models import AuthorityClosure

log = logging.getLogger("saisine.filing")
AT_ONCE = 50
SERVICE = N_("Le service")
WORDS = N_("{former} a fermé. {heir} lui succède.")
ENDED = [state.value for state in ComplaintState if not state.is_open]


def _open_at(code: str) -> Select[str]:
    """Choose the open complaints that an authority holds, or is informed of."""
    is_there = or_(Filing.receiver == code, Filing.informed == code)
    return select(Filing.number).where(is_there, Filing.state.not_in(ENDED), Filing.erased_at.is_(None))


def open_complaints(session: Session, code: str) -> int:
    """Count the open complaints that an authority holds, or is informed of."""
    return session.scalar(select(func.count()).select_from(_open_at(code).subquery())) or 0


def close(session: Session, portal: Portal, kept: AuthorityClosure) -> bool:
    """Let a closure take effect, with the accounts; ``False`` while nobody is there to take what is open."""
    if not kept.successor and open_complaints(session, kept.authority):
        log.warning("an authority without a successor still has open complaints", extra={"authority": kept.authority})
        return False
    if kept.successor and not closures.is_open(session, closures.heirs(session).get(kept.successor, kept.successor)):
        log.warning("an authority waits for its successor to open", extra={"authority": kept.authority})
        return False
    now = portal.clock()
    closures.take_effect(session, kept, now)
    heir = closures.heirs(session)[kept.authority] if kept.moves_accounts else ""
    place, done = heir or kept.authority, "compte_deplace" if heir else "compte_desactive"
    for account in leave(session, kept.authority, heir, now):
        access.note(session, access.Access(translate(SERVICE), place, done, account.id), now)
    access.note(session, access.Access(translate(SERVICE), kept.authority, "autorite_fermee", ""), now)
    return True


def open_new(session: Session, now: datetime) -> None:
    """Open the new authorities whose day has come."""
    for code in openings.open_due(session, now):
        access.note(session, access.Access(translate(SERVICE), code, "autorite_ouverte", ""), now)


class Successions:
    """The work of one instance on authorities that open and close."""

    def __init__(self, portal: Portal) -> None:
        """Prepare; complaints that cannot be opened are told once, and left aside."""
        self._portal, self._aside = portal, set[str]()

    def step(self, stop: Stop) -> int:
        """Open and close what is due, then hand over some complaints; return how many went."""
        with self._portal.database.read() as session:
            is_due = bool(closures.due(session, self._portal.clock()) or openings.due(session, self._portal.clock()))
        if is_due:
            with self._portal.database.write() as session:
                open_new(session, self._portal.clock())
                for kept in closures.due(session, self._portal.clock()):
                    close(session, self._portal, kept)
                open_new(session, self._portal.clock())  # those whose territory was just left
        with self._portal.database.read() as session:
            heirs = closures.heirs(session)
            wanted = [(code, number) for code in heirs if heirs[code] for number in self._next(session, code)]
        done = 0
        for code, number in wanted[:AT_ONCE]:
            if stop.is_set():
                break
            done += self._hand_over(code, number)
        return done

    def _next(self, session: Session, code: str) -> Collection[str]:
        wanted = _open_at(code).where(Filing.number.not_in(self._aside)).order_by(Filing.number)
        return session.scalars(wanted.limit(AT_ONCE)).all()

    def _hand_over(self, code: str, number: str) -> int:
        try:
            with self._portal.database.write() as session:
                hand_over(session, self._portal, code, number)
        except (DecryptionError, NotFound):  # the others must not wait for it
            self._aside.add(number)
            log.exception("a complaint cannot go to the successor", extra={"number": number})
            return 0
        return 1


def hand_over(session: Session, portal: Portal, code: str, number: str) -> None:
    """Give one complaint of a closed authority to its successor, unless that is done."""
    chain.take_turn(session)
    former, heir = (routing.authority(session, one) for one in (code, closures.heirs(session)[code]))
    filing = filing_by_number(session, number)
    if former is None or heir is None or filing is None or code not in {filing.receiver, filing.informed}:
        return
    # The act is of the holder: an informed authority that was told of nothing here cannot even read.
    case = open_case(session, portal, Actor(translate(SERVICE), filing.receiver), number)
    words = translate(WORDS).format(former=former.name, heir=heir.name)
    if case.now.receiver != code:
        case.write(CONFIRMED, Confirmed(words=words, informed=contact_of(heir)))
        return
    # Two authorities of one complaint never become one: a caisse succeeds a caisse, a council a council.
    other = routing.authority(session, case.now.informed) if case.now.informed else None
    sealed = Moved(words=words, reason=SUCCESSION, receiver=contact_of(heir), informed=contact_of(other))
    _tell(case.write(MOVED, sealed), heir)


def _tell(case: Case, heir: routing.AuthorityRow) -> None:
    """Tell the person, and the association that receives the letters, who holds it now."""
    contact = "\n".join(filter(None, [*contact_of(heir)["address"], heir.phone]))
    case.tell([(case.email, Mail.REROUTED)], receiver=heir.name, contact=contact)
    case.tell_association()
