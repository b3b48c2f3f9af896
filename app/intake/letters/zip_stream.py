"""What leaves the desk as one archive: made while it is sent, one piece of a file in memory at a time."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from starlette.responses import StreamingResponse

from app.base.crypto.vault import PIECE

SUMS = "empreintes.txt"


@dataclass(frozen=True)
class Packed:
    """A file of an archive; ``give`` makes its bytes when its turn comes, whole or in pieces, or raises ``OSError``."""

    name: str
    give: Callable[[], bytes | Iterator[bytes]]


def packed(files: Iterable[Packed], sorry: str) -> Iterator[bytes]:
    """Write an archive piece by piece, with a list of hashes that ``sha256sum -c`` reads (PKWARE APPNOTE 6.3).

    A file that cannot be given leaves ``sorry`` in its place, under a name that says so: the others still leave.
    """
    sink, sums = _Sink(), ""
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            name = file.name
            try:
                given = file.give()
            except OSError:
                name, given = f"MANQUE-{file.name}.txt", sorry.encode()
            digest = hashlib.sha256()
            with archive.open(name, "w") as entry:
                for piece in _cut((given,) if isinstance(given, bytes) else given):
                    digest.update(piece)
                    entry.write(piece)
                    yield sink.taken()
            sums += f"{digest.hexdigest()}  {name}\n"
            yield sink.taken()
        archive.writestr(SUMS, sums)
    yield sink.taken()


def _cut(given: Iterable[bytes]) -> Iterator[bytes]:
    """Cut what was made whole: each place that a piece goes through copies it."""
    for content in given:
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]


def download(name: str, files: Iterable[Packed], sorry: str) -> StreamingResponse:
    """Send an archive under our own plain name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(packed(files, sorry), media_type="application/zip", headers=headers)


class _Sink(io.RawIOBase):
    """Keeps what the archive writes until it is taken; it cannot go back, so the archive never tries."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        view = memoryview(content)  # type: ignore[arg-type]
        self._kept += view
        return view.nbytes

    def taken(self) -> bytes:
        given, self._kept = bytes(self._kept), bytearray()
        return given
