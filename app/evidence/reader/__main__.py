"""The loop of the reader: for each file, a child with limits, which answers and ends."""

import codecs
import encodings
import os
import pkgutil
import resource
import signal
import sys
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from app.base.confined import give_up_privileges
from app.evidence.reader import papers, pictures, sounds, texts, wire
from app.evidence.reader.found import UNREADABLE, UNSAFE, FileReading, FileRefused

CPU_SECONDS = {"check": 2, "whole": 5, "stack": 12, "logo": 3, "thumbnail": 3, "mask": 10, "read": 10}
"""Time of the processor for each task: people wait for the first ones, nobody for the last."""
WALL_SECONDS, MEMORY = 30, 512 * 1024 * 1024
READERS = {
    **dict.fromkeys(pictures.FORMATS, pictures),
    **dict.fromkeys(sounds.KINDS, sounds),
    "application/pdf": papers,
    "text/plain": texts,
    "message/rfc822": texts,
}


def main() -> None:
    """Answer each job until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then closes the pipe
    give_up_privileges()
    _learn_every_alphabet()
    asked, said = sys.stdin.buffer, sys.stdout.buffer
    while (job := wire.receive(asked)) is not None:
        told, (content,) = job
        said.write(_by_a_child(str(told["task"]), str(told["type"]), content, *told.get("more", ())))
        said.flush()


def _learn_every_alphabet() -> None:
    """Load now what a child could not: a mail may be in any encoding."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError, ImportError):
            codecs.lookup(module.name)


def _by_a_child(task: str, media_type: str, content: bytes, *more: object) -> bytes:
    """Return what a child says of a file; one that died of it says that the file is not safe."""
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        with os.fdopen(told, "wb") as pipe:
            _read_confined(pipe, task, media_type, content, *more)
        os._exit(0)
    os.close(told)
    with os.fdopen(heard, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return said if status == 0 else _written(FileReading(UNSAFE))


def _written(found: FileReading) -> bytes:
    said = BytesIO()
    wire.tell(said, found)
    return said.getvalue()


def _told(task: str, media_type: str, content: bytes, *more: object) -> FileReading:
    """Do what was asked of a file.

    ``whole``, ``stack`` and ``mask`` are asked of photos and PDF alone, ``logo`` and ``thumbnail`` of photos; ``mask``
    takes the areas too.
    """
    found: FileReading = getattr(READERS[media_type], task)(content, media_type, *more)
    return found


def _read_confined(pipe: BinaryIO, task: str, media_type: str, content: bytes, *more: object) -> None:
    _confine(CPU_SECONDS[task])
    try:
        found = _told(task, media_type, content, *more)
    except FileRefused as refused:
        found = FileReading(refused.verdict)
    except MemoryError:
        found = FileReading(UNSAFE)
    except Exception:  # noqa: BLE001 - a decoder may raise anything
        found = FileReading(UNREADABLE)
    wire.tell(pipe, found)


def _confine(cpu_seconds: int) -> None:
    """Take away all but the processor: no file can be opened, no connection made, no process started."""
    give_up_privileges()
    nothing = os.open(os.devnull, os.O_RDWR)
    for inherited in (0, 1, 2):  # what the reader hears, what it says, and the journal
        os.dup2(nothing, inherited)
    os.close(nothing)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WALL_SECONDS)
    with open("/proc/self/statm", encoding="ascii") as held:  # noqa: PTH123
        before = int(held.read().split()[0]) * resource.getpagesize()
    for limit, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, before + MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
