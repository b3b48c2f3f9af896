"""Whether the work beside the pages goes on in this process, by the clock that only goes forward.

It is kept in memory, and nothing is written in the database: a process that stopped knows nothing any more, and says
nothing of the others.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.base.clock import steady_clock
from app.base.errors import N_

FAILED_ROUNDS = 3
"""As many in a row are no accident: the work fails."""


class State(StrEnum):
    """How a work goes."""

    OK = "ok"
    LATE = "late"
    """No round ended for too long, or its thread ended by itself."""
    FAILING = "failing"
    """Its last rounds failed."""
    ELSEWHERE = "elsewhere"
    """This process does not do it: another instance leads, or it runs no work at all."""


class Trouble(StrEnum):
    """What an administrator must look at."""

    LATE = "travail_en_retard"
    FAILING = "travail_en_echec"


LABELS = {
    Trouble.LATE: N_("Un travail du service est en retard, ou s'est arrêté. Redémarrez le processus qui le fait."),
    Trouble.FAILING: N_("Un travail du service échoue plusieurs fois de suite. Le journal du processus dit lequel."),
}
TROUBLE_OF = {State.LATE: Trouble.LATE, State.FAILING: Trouble.FAILING}


@dataclass(frozen=True)
class Beat:
    """The last sign of life of a work."""

    at: float
    """Seconds of the clock that only goes forward; minus infinity once its thread ended by itself."""
    failures: int = 0
    """Rounds that failed since the last one that did not."""
    is_aside: bool = False
    """Another instance led, so that nothing had to be done."""


def state_of(beat: Beat | None, patience: float, now: float) -> State:
    """Tell how a work goes; ``patience`` is how many seconds its next round may take to end."""
    if beat is None:
        return State.ELSEWHERE
    if now - beat.at > patience:
        return State.LATE
    if beat.failures >= FAILED_ROUNDS:
        return State.FAILING
    return State.ELSEWHERE if beat.is_aside else State.OK


class Pulse:
    """What one process knows of its works, by their names."""

    def __init__(self, steady: Callable[[], float] = steady_clock) -> None:
        """Know of no work yet."""
        self._steady, self._turn = steady, threading.Lock()
        self._patience: dict[str, float] = {}
        self._beats: dict[str, Beat] = {}

    def expect(self, work: str, patience: float) -> None:
        """Know of a work that nobody does here yet, and of the seconds that its next round may take to end."""
        self._patience[work] = patience

    def note(self, work: str, outcome: State = State.OK) -> None:
        """Note that a work begins, or that its round ended: well, ``FAILING``, or left to another, ``ELSEWHERE``."""
        with self._turn:
            before = self._beats.get(work)
            failures = 1 + (before.failures if before else 0) if outcome is State.FAILING else 0
            self._beats[work] = Beat(self._steady(), failures, outcome is State.ELSEWHERE)

    def end(self, work: str, *, is_told: bool) -> None:
        """Note that a work ended: as it was told to, or by itself, and then it is late until it begins again."""
        with self._turn:
            if is_told:
                self._beats.pop(work, None)
            else:
                self._beats[work] = Beat(float("-inf"))

    def states(self) -> dict[str, State]:
        """Tell how each work goes, in the order in which they were made known."""
        with self._turn:
            now = self._steady()
            return {work: state_of(self._beats.get(work), most, now) for work, most in self._patience.items()}

    def alarms(self) -> list[Trouble]:
        """List what must be looked at."""
        found = set(self.states().values())
        return [trouble for state, trouble in TROUBLE_OF.items() if state in found]
