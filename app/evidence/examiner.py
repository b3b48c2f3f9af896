"""The service's side of the reader of files: starts it when it is first needed, again when it died."""

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO

from app.evidence.reader import wire
from app.evidence.reader.found import FINE, Area, FileReading

log = logging.getLogger("saisine.evidence")
PROGRAM = (sys.executable, "-I", "-m", "app.evidence.reader")
CLEAR = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


class Examiners:
    """Several readers side by side: a file that keeps one busy does not hold the next file."""

    def __init__(self, count: int) -> None:
        """Start nothing yet; ``count`` files at most are looked at, and held in memory, at once."""
        self._free: queue.LifoQueue[Examiner] = queue.LifoQueue()  # the last one used is the one that has started
        self._all = [Examiner() for _ in range(count)]
        for examiner in self._all:
            self._free.put(examiner)

    def check(self, media_type: str, content: Callable[[], bytes]) -> str:
        """Return whether a file is what it claims, by the first reader that is free: a verdict."""
        with self._one() as examiner:
            return examiner.check(media_type, content)

    def check_whole(self, media_type: str, content: Callable[[], bytes]) -> str:
        """Return whether all of a photo or of a PDF can be read, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.check_whole(media_type, content)

    def read_stack(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Take the pages of a scan apart, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.read_stack(media_type, content)

    def read_logo(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Draw a logo again, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.read_logo(media_type, content)

    def read_thumbnail(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Draw a photo very small, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.read_thumbnail(media_type, content)

    def read(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Draw a file again, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.read(media_type, content)

    def mask(self, media_type: str, content: Callable[[], bytes], areas: Sequence[Area]) -> FileReading:
        """Paint over areas of a photo or of a PDF, by the first reader that is free."""
        with self._one() as examiner:
            return examiner.mask(media_type, content, areas)

    @contextmanager
    def _one(self) -> Iterator["Examiner"]:
        examiner = self._free.get()
        try:
            yield examiner
        finally:
            self._free.put(examiner)

    def close(self) -> None:
        """End the readers."""
        for examiner in self._all:
            examiner.close()


class Examiner:
    """Asks about one file at a time; the process it asks holds no key, no setting and no connection."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def check(self, media_type: str, content: Callable[[], bytes]) -> str:
        """Tell in a few milliseconds whether a file is what it claims: a verdict.

        The content is asked for when its turn comes, so that only one file is held in memory.
        """
        return self._ask("check", media_type, content).verdict

    def check_whole(self, media_type: str, content: Callable[[], bytes]) -> str:
        """Return the verdict on the whole of a photo or PDF: half a proof shows something, half a mandate nothing."""
        return self._ask("whole", media_type, content).verdict

    def read_stack(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Take the pages of a photo or a PDF apart, with what their squares say; it takes a few seconds at most."""
        return self._ask("stack", media_type, content)

    def read_logo(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Draw a photo again as a small PNG: its copy."""
        return self._ask("logo", media_type, content)

    def read_thumbnail(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Draw a photo again as a very small JPEG: its copy."""
        return self._ask("thumbnail", media_type, content)

    def mask(self, media_type: str, content: Callable[[], bytes], areas: Sequence[Area]) -> FileReading:
        """Paint over areas of a photo or of a PDF: a copy that holds nothing of them."""
        return self._ask("mask", media_type, content, areas)

    def read(self, media_type: str, content: Callable[[], bytes]) -> FileReading:
        """Decode a file whole, which may take seconds: its copy, its pages, its length."""
        return self._ask("read", media_type, content)

    @property
    def process_id(self) -> int | None:
        """The process that it asks, once it has started."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _ask(self, task: str, media_type: str, give: Callable[[], bytes], *more: object) -> FileReading:
        with self._turn:
            content = give()
            for _ in range(2):  # the first may find that the process died since the last file
                try:
                    return self._answer(task, media_type, content, *more)
                except (OSError, wire.Garbled):
                    log.exception("the reader of files is started again")
                    self._end()
        return FileReading(FINE)  # what cannot be examined is not refused: it is evidence

    def _answer(self, task: str, media_type: str, content: bytes, *more: object) -> FileReading:
        asked, said = self._pipes()
        wire.send(asked, {"task": task, "type": media_type, "more": more}, content)
        heard = wire.receive(said)
        if heard is None:
            raise wire.Garbled
        return wire.heard(*heard)

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(PROGRAM, stdin=pipe, stdout=pipe, env=CLEAR, cwd="/")  # noqa: S603
        asked, said = self._process.stdin, self._process.stdout
        assert asked is not None  # noqa: S101 - both are pipes
        assert said is not None  # noqa: S101
        return asked, said  # type: ignore[return-value]

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        process.kill()
        process.wait()
