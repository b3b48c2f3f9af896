"""How the service and the reader of files speak over a pipe: a line of JSON, then bytes, each with its length.

Nothing is ever unpickled: the other side may have been taken over by the file that it read.
"""

import json
import struct
from typing import Any, BinaryIO

from app.evidence.reader.found import FileReading

_SIZES = struct.Struct("!IQ")
HEAD_MOST, PART_MOST, PARTS_MOST = 10_000, 40 * 1024 * 1024, 32


class Garbled(Exception):
    """What came is not what is spoken here, or it ended too early."""


def send(pipe: BinaryIO, head: dict[str, Any], *parts: bytes) -> None:
    """Say a line and its bytes."""
    for number, part in enumerate(parts or (b"",)):
        said = json.dumps(head | {"parts": len(parts)}).encode() if number == 0 else b""
        pipe.write(_SIZES.pack(len(said), len(part)))
        pipe.write(said)
        pipe.write(part)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """Hear a line and its bytes; ``None`` when nobody speaks any more. Raises :class:`Garbled`."""
    begun = pipe.read(_SIZES.size)
    if not begun:
        return None
    head, first = _piece(pipe, begun)
    try:
        told = json.loads(head)
        count = int(told.pop("parts"))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Garbled from wrong
    if not 0 <= count <= PARTS_MOST:
        raise Garbled
    parts = [first] if count else []
    parts += [_piece(pipe, pipe.read(_SIZES.size))[1] for _ in range(count - 1)]
    return told, parts


def _piece(pipe: BinaryIO, begun: bytes) -> tuple[bytes, bytes]:
    if len(begun) != _SIZES.size:
        raise Garbled
    said, size = _SIZES.unpack(begun)
    if said > HEAD_MOST or size > PART_MOST:
        raise Garbled
    head, part = pipe.read(said), pipe.read(size)
    if len(head) != said or len(part) != size:
        raise Garbled
    return head, part


def tell(pipe: BinaryIO, found: FileReading) -> None:
    """Say what was found."""
    head: dict[str, Any] = {"verdict": found.verdict, "seconds": found.seconds, "copy_type": found.copy_type}
    if found.remark:
        head["remark"] = found.remark
    if found.squares:
        head |= {"squares": found.squares, "turns": found.turns, "left": found.left}
    send(pipe, head, found.copy, *found.pages)


def heard(told: dict[str, Any], parts: list[bytes]) -> FileReading:
    """Return what was found, as it was told. Raises :class:`Garbled`."""
    try:
        copy, *pages = parts
        squares = tuple(tuple(str(said) for said in one) for one in told.get("squares", ()))
        turns = tuple(int(one) for one in told.get("turns", ()))
        plain = str(told["verdict"]), int(told["seconds"]), str(told["copy_type"])
        if squares and not len(pages) == len(squares) == len(turns):
            raise Garbled
        left, remark = int(told.get("left", 0)), str(told.get("remark", ""))
        return FileReading(*plain, copy, tuple(pages), squares, turns, left, remark)
    except (KeyError, ValueError, TypeError) as wrong:
        raise Garbled from wrong
