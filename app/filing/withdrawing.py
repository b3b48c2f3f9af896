"""The person withdraws the complaint: asked, cancelled within a day, then done. Nothing is ever deleted."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.portal import Portal
from app.base.vault import Locked
from app.filing import contact, ledger
from app.filing.acts import record
from app.filing.models import Filing, LedgerEntry
from app.filing.queries import OpenFiling, filing_by_number, open_for_person
from app.filing.standing import CHANGE_OF_MIND, KEPT_ON, WITHDRAWING, WITHDRAWN, Standing
from app.notifications import service as notifications
from app.notifications.service import Message

log = logging.getLogger("saisine.filing")
LOOK_BACK = timedelta(days=60)
"""How long a service may have been stopped: older demands were settled before."""


def ask(session: Session, portal: Portal, filing: Filing, reason: str, *, is_pressed: bool) -> bool:
    """Note that the person withdraws; ``False`` when it is asked or done already. Takes effect a day later."""
    content = {"reason": reason, "is_pressed": is_pressed}
    return _change(session, portal, filing, WITHDRAWING, content, lambda now: not now.withdrawing_since)


def cancel(session: Session, portal: Portal, filing: Filing) -> bool:
    """Note that the person keeps the complaint; ``False`` when there is nothing to cancel any more."""
    return _change(session, portal, filing, KEPT_ON, {}, lambda now: bool(now.withdrawing_since))


def _change(
    session: Session,
    portal: Portal,
    filing: Filing,
    kind: str,
    content: Mapping[str, Any],
    may: Callable[[Standing], bool],
) -> bool:
    ledger.take_turn(session)
    opened = open_for_person(session, portal.keyring, filing)
    now = opened.now
    if not now.may_be_withdrawn or not may(now):
        return False
    at = _record(session, portal, opened, kind, content)
    _tell(session, portal, opened, now, kind, at)
    return True


def settle_due(session: Session, portal: Portal) -> int:
    """Withdraw what was asked a day ago and not cancelled; give how many."""
    numbers = set(session.scalars(_asked_a_day_before(portal.clock())))
    done = 0
    for number in sorted(numbers):
        try:
            done += _settle(session, portal, number)
        except Locked:  # the others must not wait for it
            log.exception("a withdrawal cannot be settled", extra={"number": number})
    return done


def is_any_due(session: Session, now: datetime) -> bool:
    """Tell whether a withdrawal asked a day ago still waits: looking costs no write."""
    waiting = _asked_a_day_before(now).join(Filing, Filing.number == LedgerEntry.number)
    return session.scalar(waiting.where(Filing.state == WITHDRAWING).limit(1)) is not None


def _asked_a_day_before(now: datetime) -> Select[str]:
    a_day_old = (LedgerEntry.at <= now - CHANGE_OF_MIND, LedgerEntry.at > now - LOOK_BACK)
    return select(LedgerEntry.number).where(LedgerEntry.kind == WITHDRAWING, *a_day_old)


def _settle(session: Session, portal: Portal, number: str) -> int:
    filing = filing_by_number(session, number)
    if filing is None or filing.state != WITHDRAWING:
        return 0
    ledger.take_turn(session)
    opened = open_for_person(session, portal.keyring, filing)
    now = opened.now
    if now.withdrawing_since is None or now.withdrawing_since > portal.clock() - CHANGE_OF_MIND:
        return 0
    at = _record(session, portal, opened, WITHDRAWN, {})
    _tell(session, portal, opened, now, WITHDRAWN, at)
    return 1


def _record(session: Session, portal: Portal, opened: OpenFiling, kind: str, content: Mapping[str, Any]) -> datetime:
    whole = {"by": "", "authority": "", "words": "", **content}
    return record(session, portal.keyring, opened, kind, whole, portal.clock).at


def _tell(session: Session, portal: Portal, opened: OpenFiling, now: Standing, kind: str, at: datetime) -> None:
    """Tell the authorities that read it, and the person: that there is something, never why."""
    number = opened.filing.number
    told = {"number": number, "address": portal.settings.address}
    to = dict.fromkeys(address for code in now.readers for address in accounts.addresses(session, code))
    messages = [Message(address, kind, number, told, at.isoformat()) for address in to]
    if email := contact.email_of(opened.contact):
        own = "withdrawing" if kind == WITHDRAWING else "news"
        asked, until = (moment_text(one, PARIS, weekday=False, seconds=False) for one in (at, at + CHANGE_OF_MIND))
        messages.append(Message(email, own, number, {**told, "asked": asked, "until": until}, at.isoformat()))
    notifications.queue(session, portal.keyring, messages, portal.clock)
