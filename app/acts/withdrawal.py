"""The person withdraws the complaint: asked, cancelled within a day, then done. Nothing is ever deleted."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.acts.case import Case
from app.acts.refusals import NotNow
from app.acts.turn import take_own
from app.base.crypto.vault import DecryptionError
from app.base.portal import Portal
from app.filing.models import Filing, LedgerEntry
from app.filing.queries import filing_by_number
from app.filing.sealed.base import Sealed
from app.filing.sealed.person import KeptOn, WithdrawalAsked, Withdrawn
from app.filing.status.case_status import CHANGE_OF_MIND, KEPT_ON, WITHDRAWING, WITHDRAWN
from app.notifications.kinds import Mail

log = logging.getLogger("saisine.filing")
LOOK_BACK = timedelta(days=60)
"""How long a service may have been stopped: older demands were settled before."""


def ask(session: Session, portal: Portal, filing: Filing, reason: str, *, is_pressed: bool) -> bool:
    """Note that the person withdraws; ``False`` when it is asked or done already. Takes effect a day later."""
    return _change(session, portal, filing, WITHDRAWING, WithdrawalAsked(reason=reason, is_pressed=is_pressed))


def cancel(session: Session, portal: Portal, filing: Filing) -> bool:
    """Note that the person keeps the complaint; ``False`` when there is nothing to cancel any more."""
    return _change(session, portal, filing, KEPT_ON, KeptOn())


def _change(session: Session, portal: Portal, filing: Filing, code: str, sealed: Sealed) -> bool:
    try:
        case = take_own(session, portal, filing, code)
    except NotNow:  # pressed twice, or again after a lost answer: the page says where it stands
        return False
    _tell(case.write(code, sealed), code)
    return True


def settle_due(session: Session, portal: Portal) -> int:
    """Withdraw what was asked a day ago and not cancelled; return how many."""
    numbers = set(session.scalars(_asked_a_day_before(portal.clock())))
    done = 0
    for number in sorted(numbers):
        try:
            done += _settle(session, portal, number)
        except DecryptionError:  # the others must not wait for it
            log.exception("a withdrawal cannot be settled", extra={"number": number})
    return done


def is_any_due(session: Session, now: datetime) -> bool:
    """Return whether a withdrawal asked a day ago still waits: looking costs no write."""
    waiting = _asked_a_day_before(now).join(Filing, Filing.number == LedgerEntry.number)
    return session.scalar(waiting.where(Filing.state == WITHDRAWING).limit(1)) is not None


def _asked_a_day_before(now: datetime) -> Select[str]:
    a_day_old = (LedgerEntry.at <= now - CHANGE_OF_MIND, LedgerEntry.at > now - LOOK_BACK)
    return select(LedgerEntry.number).where(LedgerEntry.kind == WITHDRAWING, *a_day_old)


def _settle(session: Session, portal: Portal, number: str) -> int:
    filing = filing_by_number(session, number)
    if filing is None or filing.state != WITHDRAWING:
        return 0
    try:
        case = take_own(session, portal, filing, WITHDRAWN)
    except NotNow:
        return 0
    if case.now.withdrawing_since is None or case.now.withdrawing_since > portal.clock() - CHANGE_OF_MIND:
        return 0
    _tell(case.write(WITHDRAWN, Withdrawn()), WITHDRAWN)
    return 1


def _tell(case: Case, code: str) -> None:
    """Tell the authorities that read it, and the person: that there is something, never why."""
    case.tell((to, Mail(code)) for to in case.addresses(*case.now.readers))
    if not case.at:
        return
    asked, until = (one.isoformat() for one in (case.at, case.at + CHANGE_OF_MIND))
    case.tell([(case.email, Mail.WITHDRAWAL_PENDING if code == WITHDRAWING else Mail.NEWS)], asked=asked, until=until)
