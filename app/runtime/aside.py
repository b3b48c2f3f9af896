"""Work that is done once, in a process of its own: what it took of memory is given back when it ends."""

import pickle
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from app.base.confined import end_with_parent


def run_aside(work: Callable[[], object]) -> None:
    """Do this in a copy of the process, and wait for it; what it raises is raised here.

    To call before any thread starts and any connection opens: a copy would share them. However this process is
    stopped, the copy is stopped too. Raises :class:`ChildProcessError` when the copy was ended before its work.
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
    except KeyboardInterrupt:
        copy.terminate()
        raise
    finally:
        copy.join()
        here.close()
    if trouble is not None:
        raise trouble


def _work(work: Callable[[], object], there: Connection) -> None:
    end_with_parent()
    try:
        work()
    except Exception as trouble:  # noqa: BLE001 - raised again by the process that waits
        there.send(_carried(trouble))
    else:
        there.send(None)


def _carried(trouble: Exception) -> Exception:
    """Say where it was raised too; one that cannot go from a process to another is told in words."""
    where = "".join(traceback.format_exception(trouble))
    trouble.add_note(where)
    try:
        pickle.loads(pickle.dumps(trouble))  # noqa: S301 - written on the same line
    except Exception:  # noqa: BLE001 - whatever the class of the trouble does when it is made again
        return RuntimeError(where)
    return trouble
