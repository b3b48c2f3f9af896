"""Parts of a verification, each looked at by a copy of this process, on a connection of its own.

A copy only says of a part that nothing is wrong. It reads the database a moment later than the ledger was walked, and
the service may be running: what it doubts, or does not answer, is checked by the process that asked.
"""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from sqlalchemy.orm import Session

from app.base.confined import end_with_parent
from app.base.storage.database import Database
from app.verification.findings import Findings

MOST, BEHIND = 4, 10
"""Copies at most, and how far each stands behind the service that may be answering on the same machine (nice(2))."""


@dataclass(frozen=True, eq=False)
class Part:
    """Something to look at by itself."""

    check: Callable[[Session, Findings], None]
    size: int = 0
    """How many complaints and tokens there are in it."""


def processors() -> int:
    """Count the processors that this process may use, four at most: each copy takes memory."""
    return min(MOST, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1


@contextmanager
def looked_at(database: Database, parts: Sequence[Part], copies: int) -> Iterator[Callable[[Part], Findings | None]]:
    """Begin to look at parts; what is given waits for one: ``None`` when it is to be checked here.

    With one copy or one part, nothing is begun. To call without any thread: copies are forked.
    """
    if min(copies, len(parts)) < 2:  # noqa: PLR2004 - one copy would only be waited for
        yield lambda _part: None
        return
    pool = ProcessPoolExecutor(copies, get_context("fork"), partial(_begin, database, parts))
    begun: dict[Part, Future[Findings | None]] = {}
    try:
        with suppress(BrokenProcessPool):  # a copy that ends takes the others with it
            for place, part in enumerate(parts):
                begun[part] = pool.submit(_look, place)
        yield lambda part: _said(begun[part]) if part in begun else None
    finally:
        pool.shutdown(cancel_futures=True)


def _said(begun: Future[Findings | None]) -> Findings | None:
    return None if begun.exception() else begun.result()


class _Copy:
    """What a copy looks with."""

    database: Database
    parts: Sequence[Part]


def _begin(database: Database, parts: Sequence[Part]) -> None:
    end_with_parent()
    os.nice(BEHIND)
    gc.freeze()  # what both hold stays shared: a collection would write to each object of it
    database.close(forget=True)
    _Copy.database, _Copy.parts = database, parts


def _look(place: int) -> Findings | None:
    part, found = _Copy.parts[place], Findings()
    with _Copy.database.read() as session:
        part.check(session, found)
    return found if found.is_whole and found.filings + len(found.dated) == part.size else None
