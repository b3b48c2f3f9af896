"""Work that is done once, in a process of its own: what it took of memory is given back when it ends."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection


def run_aside(work: Callable[[], object]) -> None:
    """Do this in a copy of the process, and wait for it; what it raises is raised here.

    To call before any thread starts and any connection opens: a copy would share them. Raises
    :class:`ChildProcessError` when the copy was ended before its work.
    """
    alike = get_context("fork")
    here, there = alike.Pipe(duplex=False)
    copy = alike.Process(target=_work, args=(work, there))
    copy.start()
    there.close()
    try:
        trouble = here.recv()
    except EOFError:
        trouble = ChildProcessError("the preparation was ended before it was done")
    copy.join()
    here.close()
    if trouble is not None:
        raise trouble


def _work(work: Callable[[], object], there: Connection) -> None:
    try:
        work()
    except Exception as trouble:  # noqa: BLE001 - raised again by the process that waits
        there.send(trouble)
    else:
        there.send(None)
