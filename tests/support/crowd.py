"""Visitors from other network addresses, and many who come at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")


def seen_from(app: Any, address: str) -> Any:
    """Give the application as whoever comes from this network address meets it."""

    async def lent(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": (address, 50000)}
        await app(scope, receive, send)

    return lent


def at_once(jobs: Sequence[Callable[[], Outcome]]) -> list[Outcome]:
    """Do all jobs at the same time, each in a thread that waits for all others before it begins."""
    ready = Barrier(len(jobs))

    def one(job: Callable[[], Outcome]) -> Outcome:
        ready.wait(30)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))
