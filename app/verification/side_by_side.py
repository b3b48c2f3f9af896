"""Complaints looked at by copies of this process, each on a connection of its own.

A copy only says of some complaints that nothing is wrong. It reads the database a moment later than the ledger was
walked, and the service may be running: what it doubts, or does not answer, is checked by the process that asked.
"""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.base.confined import end_with_parent
from app.base.storage.database import Database
from app.verification.findings import Findings

MOST, BEHIND = 4, 10
"""Copies at most, and how far each stands behind the service that may be answering on the same machine (nice(2))."""
Part = TypeVar("Part")
Check = Callable[[Session, Findings, Part], None]


def processors() -> int:
    """Count the processors that this process may use, four at most: each copy takes memory."""
    return min(MOST, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1


@contextmanager
def looked_at(
    database: Database, parts: Sequence[Part], check: Check[Part], copies: int
) -> Iterator[Callable[[int], Findings | None]]:
    """Begin to look at parts; what is given waits for one, by its place: ``None`` when it is to be checked here.

    With one copy or one part, nothing is begun. To call without any thread: copies are forked.
    """
    if min(copies, len(parts)) < 2:  # noqa: PLR2004 - one copy would only be waited for
        yield lambda _place: None
        return
    pool = ProcessPoolExecutor(copies, get_context("fork"), partial(_begin, database, check))
    begun: list[Future[Findings | None]] = []
    try:
        with suppress(BrokenProcessPool):  # a copy that ends takes the others with it
            begun.extend(pool.submit(_look, part) for part in parts)
        yield lambda place: _said(begun[place]) if place < len(begun) else None
    finally:
        pool.shutdown(cancel_futures=True)


def _said(begun: Future[Findings | None]) -> Findings | None:
    return None if begun.exception() else begun.result()


class _Copy:
    """What a copy looks with."""

    database: Database
    check: Check[Any]


def _begin(database: Database, check: Check[Any]) -> None:
    end_with_parent()
    os.nice(BEHIND)
    gc.freeze()  # what both hold stays shared: a collection would write to each object of it
    database.close(forget=True)
    _Copy.database, _Copy.check = database, check


def _look(part: object) -> Findings | None:
    found = Findings()
    with _Copy.database.read() as session:
        _Copy.check(session, found, part)
    return found if found.is_whole else None
