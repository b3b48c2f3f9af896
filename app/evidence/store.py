"""The folder of sealed files: written whole and synced before anything refers to them."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.base.crypto.vault import StreamSeal, seal, unseal, unseal_stream
from app.base.forms.fields import FieldError
from app.base.forms.typed_text import one_line
from app.evidence import rules
from app.evidence.reader.found import FINE, UNREADABLE

ROOM_LEFT = 1024**3
"""Below this free space (bytes), files are refused; complaints without files still pass."""


@dataclass(frozen=True)
class Received:
    """A file sealed on disk, not yet attached to anything."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


OPENING = 128 * 1024
"""Bytes kept in memory while a file comes: the frame of a photo stands at its beginning."""
FRAMED = {"image/jpeg", "image/png", "image/webp"}
COPY = "copie"
"""The part of a file that is its copy without metadata; ``p01``, ``p02``… are its pages."""
THUMBNAIL = "vignette"
"""The part of a photo that is a very small picture of it, drawn when it is first asked for."""


def path_of(folder: Path, file_id: str, part: str = "") -> Path:
    """Return the place of a sealed file, or of what was drawn from it."""
    return folder / file_id[:2] / f"{file_id}{part and '-'}{part}.sealed"


def place(file_id: str, part: str = "1") -> str:
    """Return what the seal is bound to."""
    return f"evidence|{file_id}|{part}"


def id_of(path: Path) -> str:
    """Return the id of the file that this belongs to."""
    return path.stem.partition("-")[0]


def page_part(number: int) -> str:
    """Return the name of a page, from 1 on."""
    return f"p{number:02d}"


def read(folder: Path, key: bytes, file_id: str) -> bytes:
    """Open a sealed file. Raises :class:`~app.base.crypto.vault.DecryptionError`, ``OSError``."""
    return unseal(key, path_of(folder, file_id).read_bytes(), place(file_id))


def read_part(folder: Path, key: bytes, file_id: str, part: str) -> bytes:
    """Open what was drawn from a file. Raises :class:`~app.base.crypto.vault.DecryptionError`, ``OSError``."""
    return unseal(key, path_of(folder, file_id, part).read_bytes(), place(file_id, part))


def pieces(folder: Path, key: bytes, file_id: str, part: str = "") -> Iterator[bytes]:
    """Open a file, or what was drawn from it, piece by piece: nothing leaves before all of it was found unaltered.

    Raises :class:`~app.base.crypto.vault.DecryptionError`, ``OSError``, when it is called.
    """
    return unseal_stream(key, path_of(folder, file_id, part), place(file_id, part or "1"))


def write_part(folder: Path, key: bytes, file_id: str, part: str, content: bytes) -> None:
    """Seal what was drawn from a file beside it; it can be drawn again, so it is not synced. Raises ``OSError``."""
    final = path_of(folder, file_id, part)
    begun = final.with_suffix(".part")
    begun.write_bytes(seal(key, content, place(file_id, part)))
    begun.rename(final)


def remove(folder: Path, file_id: str) -> None:
    """Take a file away with all that was drawn from it; one that is gone already is no trouble."""
    for path in path_of(folder, file_id).parent.glob(f"{file_id}*"):
        path.unlink(missing_ok=True)


@dataclass
class Intake:
    """Receives the files of one form, piece by piece; one bad file never loses the others.

    ``most`` files and ``room`` bytes are still allowed. A file over its limit is read to its end, so that its true
    size can be told, but nothing more of it is kept.
    """

    folder: Path
    key: bytes
    most: int
    room: int
    check: Callable[[str, Callable[[], bytes]], str] = field(default=lambda _type, _content: FINE)
    """Reads a file of this type apart, in a few milliseconds, and says whether it is what it claims."""
    is_paper: bool = False
    """Whether only photos and PDF are taken."""
    free: Callable[[Path], int] = field(default=lambda folder: shutil.disk_usage(folder).free)
    done: list[Received] = field(default_factory=list)
    mistakes: list[FieldError] = field(default_factory=list)
    closed: str = ""
    """Why no file is taken at all, as a sentence to translate; what was typed beside them is read all the same."""
    _open: "_OneFile | None" = None

    def begin(self, name: str, filename: str) -> None:
        """Begin a file; ``name`` is its field."""
        del name
        shown = one_line(filename.replace("\\", "/").rpartition("/")[2])[:120] or "fichier"
        refused = FieldError(self.closed, nom=shown) if self.closed else None
        if refused is None and len(self.done) >= self.most:
            refused = FieldError(rules.TOO_MANY)
        elif refused is None and self.free(self.folder) < ROOM_LEFT:
            refused = FieldError(rules.NO_ROOM, nom=shown)
        self._open = _OneFile(self.folder, self.key, shown, refused)

    def add(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._open is not None:
            self._open.add(piece)

    def end(self) -> None:
        """Keep the file, now whole, or say why not."""
        if self._open is None:
            return
        one, self._open = self._open, None
        outcome = one.finish(self.room, self.check, is_paper=self.is_paper)
        if isinstance(outcome, FieldError):
            if outcome.message != rules.TOO_MANY or all(m.message != rules.TOO_MANY for m in self.mistakes):
                self.mistakes.append(outcome)
        else:
            self.done.append(outcome)
            self.room -= outcome.size

    def abandon(self) -> None:
        """Leave nothing behind of a form that never came to its end."""
        if self._open is not None:
            self._open.drop()
        for received in self.done:
            remove(self.folder, received.id)


class _OneFile:
    """One file being received: hashed in clear, sealed, written."""

    def __init__(self, folder: Path, key: bytes, name: str, refused: FieldError | None) -> None:
        self.folder, self.key, self.name, self.refused = folder, key, name, refused
        self.id, self.size, self.opening = uuid.uuid4().hex, 0, b""
        self.hash = hashlib.sha256()
        self.seal = StreamSeal(key, place(self.id))
        self.file: int | None = None

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.refused is not None or self.size > rules.FILE_MOST:
            self.drop()
            return
        self.opening += piece[: max(0, OPENING - len(self.opening))]
        self.hash.update(piece)
        try:
            if self.file is None:
                self.file = self._create()
                os.write(self.file, self.seal.head)
            _write_all(self.file, self.seal.add(piece))
        except OSError:
            self.refused = FieldError(rules.NO_ROOM, nom=self.name)
            self.drop()

    def _create(self) -> int:
        final = path_of(self.folder, self.id)
        final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(final.with_suffix(".part"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def finish(
        self, room: int, check: Callable[[str, Callable[[], bytes]], str], *, is_paper: bool
    ) -> Received | FieldError:
        kind = rules.media_type(self.opening[: rules.HEAD], self.name) if self.size else None
        wrong = self.refused or rules.refusal(self.name, self.size, kind, is_paper=is_paper)
        if wrong is None and self.size > room:
            wrong = FieldError(rules.TOO_MUCH, nom=self.name)
        if wrong is not None or kind is None or self.file is None:
            self.drop()
            return wrong or FieldError(rules.BROKEN, nom=self.name)
        try:
            self._settle()
        except OSError:
            self.drop()
            return FieldError(rules.NO_ROOM, nom=self.name)
        wrong = rules.verdict(self.name, self._said(kind, check))
        if wrong is not None:
            self.drop()
            return wrong
        return Received(self.id, self.name, kind, self.size, self.hash.hexdigest())

    def _said(self, kind: str, check: Callable[[str, Callable[[], bytes]], str]) -> str:
        """Ask the reader: of a photo, first about its beginning alone, which is nearly always enough."""
        if kind in FRAMED:
            said = check(kind, lambda: self.opening)
            if said != UNREADABLE:
                return said
        return check(kind, lambda: read(self.folder, self.key, self.id))

    def _settle(self) -> None:
        """Sync the file, give it its name, sync the folders: from here it survives a crash."""
        assert self.file is not None  # noqa: S101 - told by finish()
        _write_all(self.file, self.seal.end())
        os.fsync(self.file)
        os.close(self.file)
        self.file = None
        final = path_of(self.folder, self.id)
        final.with_suffix(".part").rename(final)
        for folder in (final.parent, self.folder):  # the first file of a folder is also a new line of the one above
            _sync(folder)

    def drop(self) -> None:
        """Leave nothing of this file; a disk that refuses even that is told by the refusal of the file."""
        file, self.file = self.file, None
        if file is not None:
            with suppress(OSError):
                os.close(file)
        final = path_of(self.folder, self.id)
        for left in (final.with_suffix(".part"), final):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(file: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
