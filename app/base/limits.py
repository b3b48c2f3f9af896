"""How many tries a visitor has; kept in the memory of this process, counted by the clock that only goes forward.

A try is counted before it is looked at, whatever that costs, and given back when it was right: tries that come at the
same time are never more than the limit.
"""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from app.base.clock import steady_clock
from app.base.errors import TooMany

WINDOW = 15 * 60
"""Seconds during which a try counts, unless a limit says its own."""
IPV6_PREFIX = 64
"""Bits of an IPv6 address that tell one subscriber from another: the rest is theirs to choose (RFC 6177)."""
KEPT = 10_000
"""Counts held before those that ended are swept."""


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries in ``window`` seconds, for one purpose and one visitor."""

    purpose: str
    who: str
    most: int
    window: float = WINDOW


class Limits:
    """Moving windows, one per purpose and visitor."""

    def __init__(self, monotonic: Callable[[], float] = steady_clock) -> None:
        """Start with nothing counted."""
        self._monotonic, self._turn = monotonic, threading.Lock()
        self._tries: dict[tuple[str, str], deque[float]] = {}
        self._ends: dict[tuple[str, str], float] = {}

    @property
    def held(self) -> int:
        """How many counts are in memory."""
        return len(self._tries)

    def take(self, *limits: Limit) -> None:
        """Count one try under each limit, or none under any. Raises :class:`TooMany` when one is reached."""
        with self._turn:
            now = self._monotonic()
            waits = [wait for limit in limits if (wait := self._wait(limit, now)) > 0]
            if waits:
                raise TooMany(max(1, math.ceil(max(waits) / 60)))
            for limit in limits:
                self._tries[limit.purpose, limit.who].append(now)
                self._ends[limit.purpose, limit.who] = now + limit.window
            if len(self._tries) > KEPT:
                self._sweep(now)

    def give_back(self, *limits: Limit) -> None:
        """Forget one try under each limit: it was right."""
        with self._turn:
            for limit in limits:
                if tries := self._tries.get((limit.purpose, limit.who)):
                    tries.pop()

    def is_reached(self, limit: Limit) -> bool:
        """Return whether no more tries would be taken now."""
        with self._turn:
            return self._wait(limit, self._monotonic()) > 0

    def left(self, limit: Limit) -> tuple[int, float]:
        """Return how many tries are left, and the seconds until the oldest one that counts is forgotten."""
        with self._turn:
            now = self._monotonic()
            self._wait(limit, now)
            tries = self._tries[limit.purpose, limit.who]
            return max(0, limit.most - len(tries)), tries[0] + limit.window - now if tries else 0.0

    def _wait(self, limit: Limit, now: float) -> float:
        """Return the seconds until one more try may be counted; 0 when it may now."""
        tries = self._tries.setdefault((limit.purpose, limit.who), deque())
        while tries and tries[0] <= now - limit.window:
            tries.popleft()
        return tries[-limit.most] + limit.window - now if len(tries) >= limit.most else 0.0

    def _sweep(self, now: float) -> None:
        for key in [key for key in self._tries if self._ends.get(key, 0.0) <= now]:
            del self._tries[key]
            self._ends.pop(key, None)


def network_of(host: str) -> str:
    """Return what limits count a network address as: itself, or for IPv6 the /64 that one subscriber holds.

    An IPv4 address written in IPv6 is that IPv4 address (RFC 4291, 2.5.5.2); what is no address stays as it is.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    prefix = int(address) >> (128 - IPV6_PREFIX) << (128 - IPV6_PREFIX)
    return f"{IPv6Address(prefix)}/{IPV6_PREFIX}"
