"""The loop of every work beside the pages: a round, then a pause, until told to stop."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.base.pulse import Pulse, State
from app.base.storage.leader import Leader, Stop

log = logging.getLogger("saisine.work")
ASIDE_SECONDS = 1.0
"""How often an instance that does not lead looks whether it does."""
MISSED_PAUSES = 3
"""Pauses after which a round is missed."""


@dataclass(frozen=True)
class Work:
    """Something that is done again and again."""

    name: str
    pause: float
    """Seconds between two rounds, when the first one found nothing more to do."""
    step: Callable[[Stop], int]
    """One round; gives how many things were done, 0 when the next one can wait."""
    by_each: bool = False
    """Done by every instance for itself, or with a lease of its own; else the one that leads does it."""
    lasts: float = 1800.0
    """Seconds that the longest round may take, generously: twenty mails to a server that answers none of them."""

    @property
    def patience(self) -> float:
        """How many seconds may go by before the next round ends; beyond, the work is late."""
        return MISSED_PAUSES * self.pause + self.lasts


class _Ended:
    """Ends a round when the worker is told to stop, or does not lead any more."""

    def __init__(self, stop: Stop, leader: Leader) -> None:
        self._stop, self._leader = stop, leader

    def is_set(self) -> bool:
        return self._stop.is_set() or not self._leader.leads()


def one_round(work: Work, leader: Leader, stop: Stop, pulse: Pulse) -> int | None:
    """Do one round; ``None`` when it is another instance's to do. A trouble is told, and the next round tries again."""
    if not work.by_each and not leader.leads():
        pulse.note(work.name, State.ELSEWHERE)
        return None
    try:
        done = work.step(stop if work.by_each else _Ended(stop, leader))
    except Exception:  # a worker that ends would end every round after, without a word
        log.exception("a work beside the pages failed", extra={"work": work.name})
        pulse.note(work.name, State.FAILING)
        return 0
    pulse.note(work.name)
    return done


def keep(work: Work, leader: Leader, stop: threading.Event, pulse: Pulse) -> None:
    """Work until told to stop; a thread that ends for another reason is told."""
    pulse.note(work.name)
    try:
        while not stop.is_set():
            done = one_round(work, leader, stop, pulse)
            if not done:
                stop.wait(min(work.pause, ASIDE_SECONDS) if done is None else work.pause)
    finally:
        if not stop.is_set():
            log.critical("a work beside the pages ended by itself", extra={"work": work.name})
        pulse.end(work.name, is_told=stop.is_set())
