"""Asking for the token of each receipt, right after it and beside it: no date ever waits for an authority."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.base.leading import Stop
from app.base.portal import Portal
from app.filing import ledger
from app.stamping import queries, service
from app.stamping.client import RemoteAuthority, Silent
from app.stamping.embedded import embedded
from app.stamping.rules import Alarm
from app.stamping.tokens import Token, TokenRefused, ask, believe
from app.stamping.trust import trust_of

log = logging.getLogger("saisine.time")
AT_ONCE = 20


class Authority(Protocol):
    """Whoever stamps."""

    def answer(self, request: bytes) -> bytes:
        """Answer a request (DER)."""


@dataclass(frozen=True)
class Wanted:
    """An entry that needs a token."""

    n: int
    number: str
    content: bytes
    at: datetime


class Timekeeping:
    """The work of one instance on time-stamps."""

    def __init__(self, portal: Portal) -> None:
        """Prepare. Raises ``ValueError``, ``OSError`` when the authority of the settings cannot be one."""
        settings = portal.settings
        self._portal, self._trust = portal, trust_of(settings, portal.keyring)
        self._asks_certificates = settings.tsa_cert_req
        self._authority: Authority
        if settings.tsa_url:
            self._authority = RemoteAuthority(settings.tsa_url)
        else:
            self._authority = embedded(portal.keyring, portal.clock)[-1]

    def step(self, stop: Stop) -> int:
        """Ask for the tokens that are due; give how many were obtained. A silent authority ends the round."""
        with self._portal.database.read() as session:
            wanted = self._wanted(session)
        done = 0
        for one in wanted:
            if stop.is_set() or not self._one(one):
                break
            done += 1
        return done

    def _wanted(self, session: Session) -> list[Wanted]:
        fresh = ledger.entries_after(session, queries.last_asked(session), ledger.STAMPED, AT_ONCE)
        again = ledger.entries(session, queries.to_retry(session, self._portal.clock(), AT_ONCE))
        return [Wanted(e.n, e.number, ledger.stamped_bytes(e), e.at) for e in (*again, *fresh)]

    def _one(self, wanted: Wanted) -> bool:
        asked_at = self._portal.clock()
        try:
            token = self._token(wanted)
        except (Silent, TokenRefused) as trouble:
            self._failed(wanted, trouble)
            return False
        with self._portal.database.write() as session:
            ledger.take_turn(session)
            if queries.is_obtained(session, wanted.n):  # by an instance that led meanwhile: one token for each entry
                return True
            at, read_at = ledger.now_after_last(session, self._portal.clock)
            ledger.append(session, ledger.TOKEN, wanted.number, token.digest, at, read_at)
            service.note_token(session, wanted.n, token, self._trust.qualified, at)
            service.note_gap(session, wanted.n, _gap(asked_at, token.at), at)
        return True

    def _token(self, wanted: Wanted) -> Token:
        asked = ask(wanted.content, with_certificates=self._asks_certificates)
        answer = self._authority.answer(asked.body)
        return believe(asked, answer, self._trust, not_before=wanted.at, now=self._portal.clock())

    def _failed(self, wanted: Wanted, trouble: Silent | TokenRefused) -> None:
        now = self._portal.clock()
        with self._portal.database.write() as session:
            ledger.take_turn(session)
            if queries.is_obtained(session, wanted.n):
                return
            goes_on = service.note_failure(session, wanted.n, str(trouble), now)
            if isinstance(trouble, TokenRefused) and trouble.at:
                service.note_gap(session, wanted.n, _gap(now, trouble.at), now)
            session.flush()
            is_serious = Alarm.LATE in queries.alarms(session, now) or not goes_on
        told = {"entry": wanted.n, "code": str(trouble), "final": not goes_on}
        (log.error if is_serious else log.warning)("no token", extra=told)


def _gap(ours: datetime, theirs: datetime) -> float:
    """Say by how many seconds our clock is ahead of theirs, which may count whole seconds only."""
    ahead = (ours - theirs).total_seconds()
    return max(0.0, ahead - 1) if ahead > 0 and not theirs.microsecond else ahead
