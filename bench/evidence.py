"""Files: what ten photos of 5 MB leave in memory, and what one of 15 MB costs beside hashing and sealing it."""

import hashlib
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from app.base.crypto.vault import StreamSeal, new_key
from app.evidence.examiner import Examiner
from app.evidence.store import Intake
from bench.support import Person, Server, cpu_of, verdict

MB = 1024 * 1024
PHOTOS, PHOTO, LARGE, PIECE = 10, 5 * MB, 15 * MB - 1024, 64 * 1024
GROWTH_MOST, COST_MOST, ROUNDS = 60, 3.0, 30


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    return all([_growth(), _cost()])


def photo(size: int, seed: int) -> bytes:
    """Make a photo of about this many bytes: noise, which does not compress, then bytes that decoders skip."""
    side = int((size / 2.6) ** 0.5)
    made = io.BytesIO()
    Image.effect_noise((side, side), 100 + seed).convert("RGB").save(made, "JPEG", quality=90)
    return (made.getvalue() + bytes(size))[:size]


def _growth() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", worker=True).start()
        try:
            person = Person(server.url)
            person.begin()
            person.add("petite.jpg", photo(200_000, 0))
            before = peak = server.memory
            for seed in range(PHOTOS):
                person.add(f"photo-{seed}.jpg", photo(PHOTO, seed))
                peak = max(peak, server.memory)
        finally:
            server.stop()
    return verdict(f"memory gained by {PHOTOS} photos of 5 MB", (peak - before) / MB, "MB", GROWTH_MOST)


def _cost() -> bool:
    content, key, examiner = photo(LARGE, 3), new_key(), Examiner()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _receive(folder, key, content, examiner)  # starts the reader
        reader = examiner.process_id or 0
        whole = _spent(lambda: _receive(folder, key, content, examiner), reader)
        bare = _spent(lambda: _hash_and_seal(key, content), reader)
    examiner.close()
    verdict("a file of 15 MB, hashed and sealed alone", bare * 1000, "ms", 1000)
    return verdict("a file of 15 MB, received whole, beside that", whole / bare, "times", COST_MOST)


def _spent(run: Callable[[], None], reader: int) -> float:
    """Give the seconds of processor of one run, those of the reader and of its children included."""
    began = time.process_time() + cpu_of(reader)
    for _ in range(ROUNDS):
        run()
    return (time.process_time() + cpu_of(reader) - began) / ROUNDS


def _receive(folder: Path, key: bytes, content: bytes, examiner: Examiner) -> None:
    intake = Intake(folder, key, 1, LARGE, examiner.check, free=lambda _: 2**40)
    intake.begin("fichiers", "photo.jpg")
    for start in range(0, len(content), PIECE):
        intake.add(content[start : start + PIECE])
    intake.end()
    if intake.mistakes:
        raise RuntimeError(intake.mistakes[0].text(str))
    intake.abandon()


def _hash_and_seal(key: bytes, content: bytes) -> None:
    digest, seal = hashlib.sha256(), StreamSeal(key, "bench")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        digest.update(piece)
        seal.add(piece)
    seal.end()


if __name__ == "__main__":
    raise SystemExit(not main())
