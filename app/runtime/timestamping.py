"""Asking for the token of each receipt, right after it and beside it: no date ever waits for an authority."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.base.clock import steady_clock
from app.base.portal import Portal
from app.base.storage.leader import Stop
from app.filing.ledger import chain
from app.stamping import queries, service
from app.stamping.client import RemoteAuthority, TimestampAuthorityUnavailable
from app.stamping.embedded import embedded
from app.stamping.rules import Alarm, TokenState
from app.stamping.tokens import Token, TokenRefused, ask, believe
from app.stamping.trust import trust_of

log = logging.getLogger("saisine.time")
AT_ONCE = 20
ASKING_SECONDS = 5.0
"""How long a round asks, before it keeps what it has: the most that a cut makes ask for again."""


class TimestampAuthority(Protocol):
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


@dataclass(frozen=True)
class Obtained:
    """A token that passed every check, and when it was asked for by our clock."""

    wanted: Wanted
    token: Token
    asked_at: datetime


class _NoToken(Exception):
    """The authority gave none for this entry."""

    def __init__(self, wanted: Wanted, trouble: TimestampAuthorityUnavailable | TokenRefused) -> None:
        super().__init__(str(trouble))
        self.wanted, self.trouble = wanted, trouble


class TimestampWorker:
    """The work of one instance on time-stamps."""

    def __init__(self, portal: Portal) -> None:
        """Prepare. Raises ``ValueError``, ``OSError`` when the authority of the settings cannot be one."""
        settings = portal.settings
        self._portal, self._trust = portal, trust_of(settings, portal.keyring)
        self._asks_certificates = settings.tsa_cert_req
        self._authority: TimestampAuthority
        if settings.tsa_url:
            self._authority = RemoteAuthority(settings.tsa_url)
        else:
            self._authority = embedded(portal.keyring, portal.clock)[-1]

    def step(self, stop: Stop) -> int:
        """Ask for the tokens that are due, then keep them in one turn; return how many were obtained.

        A silent authority ends the round, and so does a slow one: what is not kept yet would be asked for again.
        """
        with self._portal.database.read() as session:
            wanted = self._wanted(session)
        obtained: list[Obtained] = []
        until = steady_clock() + ASKING_SECONDS
        try:
            for one in wanted:
                if stop.is_set() or steady_clock() > until:
                    break
                obtained.append(self._ask(one))
        except _NoToken as none:
            self._keep(obtained)
            self._failed(none.wanted, none.trouble)
        else:
            self._keep(obtained)
        return len(obtained)

    def _wanted(self, session: Session) -> list[Wanted]:
        fresh = chain.entries_after(session, queries.last_asked(session), chain.STAMPED, AT_ONCE)
        again = chain.entries(session, queries.to_retry(session, self._portal.clock(), AT_ONCE))
        return [Wanted(e.n, e.number, chain.stamped_bytes(e), e.at) for e in (*again, *fresh)]

    def _ask(self, wanted: Wanted) -> Obtained:
        """Ask for the token of one entry, outside any transaction. Raises :class:`_NoToken`."""
        asked_at = self._portal.clock()
        asked = ask(wanted.content, with_certificates=self._asks_certificates)
        try:
            answer = self._authority.answer(asked.body)
            token = believe(asked, answer, self._trust, not_before=wanted.at, now=self._portal.clock())
        except (TimestampAuthorityUnavailable, TokenRefused) as trouble:
            raise _NoToken(wanted, trouble) from trouble
        return Obtained(wanted, token, asked_at)

    def _keep(self, obtained: Sequence[Obtained]) -> None:
        if not obtained:
            return
        with self._portal.database.write() as session:
            chain.take_turn(session)
            rows = service.rows(session, [one.wanted.n for one in obtained], self._portal.clock())
            for one in obtained:
                row = rows[one.wanted.n]
                if row.state == TokenState.OBTAINED:  # by an instance that led meanwhile: one token for each entry
                    continue
                at, read_at = chain.now_after_last(session, self._portal.clock)
                chain.append(session, chain.TOKEN, one.wanted.number, one.token.digest, at, read_at)
                service.note_token(row, one.token, self._trust.qualified)
                service.note_gap(row, _gap(one.asked_at, one.token.at))

    def _failed(self, wanted: Wanted, trouble: TimestampAuthorityUnavailable | TokenRefused) -> None:
        now = self._portal.clock()
        with self._portal.database.write() as session:
            chain.take_turn(session)
            row = service.rows(session, [wanted.n], now)[wanted.n]
            if row.state == TokenState.OBTAINED:
                return
            goes_on = service.note_failure(row, str(trouble), now)
            if isinstance(trouble, TokenRefused) and trouble.at:
                service.note_gap(row, _gap(now, trouble.at))
            session.flush()
            is_serious = Alarm.LATE in queries.alarms(session, now) or not goes_on
        told = {"entry": wanted.n, "code": str(trouble), "final": not goes_on}
        (log.error if is_serious else log.warning)("no token", extra=told)


def _gap(ours: datetime, theirs: datetime) -> float:
    """Return by how many seconds our clock is ahead of theirs, which may count whole seconds only."""
    ahead = (ours - theirs).total_seconds()
    return max(0.0, ahead - 1) if ahead > 0 and not theirs.microsecond else ahead
