"""Which drafts each network added files to lately; kept in the memory of this process only."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

from app.base.clock import steady_clock

KEPT_SECONDS = 7 * 24 * 3600
MOST = 20_000
"""Traces held at once; beyond, the oldest are forgotten."""


class Traces:
    """Remembers, for a week, the drafts of a network: what they hold together is bounded."""

    def __init__(self, monotonic: Callable[[], float] = steady_clock) -> None:
        """Start with nothing remembered."""
        self._monotonic, self._turn = monotonic, threading.Lock()
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    def note(self, network: str, draft_id: str) -> None:
        """Remember that this draft was met from this network."""
        with self._turn:
            now = self._monotonic()
            self._seen[network, draft_id] = now
            self._seen.move_to_end((network, draft_id))
            while len(self._seen) > MOST or next(iter(self._seen.values())) <= now - KEPT_SECONDS:
                self._seen.popitem(last=False)

    def of(self, network: str) -> tuple[str, ...]:
        """Return the ids of the drafts met from a network in the last week."""
        with self._turn:
            since = self._monotonic() - KEPT_SECONDS
            return tuple(draft_id for (where, draft_id), at in self._seen.items() if where == network and at > since)

    def forget(self, network: str, draft_ids: Iterable[str]) -> None:
        """Remember no more that these drafts, which hold nothing that waits, were met from this network."""
        with self._turn:
            for draft_id in draft_ids:
                self._seen.pop((network, draft_id), None)
