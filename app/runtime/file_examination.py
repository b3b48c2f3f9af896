"""Looking at files after they were received: decoded apart for the clerk's screen, shown to the antivirus if any."""

import logging
import time

from app.base.crypto.vault import DecryptionError
from app.base.portal import Portal
from app.base.storage.leader import Stop
from app.evidence import queries, service, store
from app.evidence.antivirus import Antivirus, ScannerUnavailable
from app.evidence.examiner import Examiner
from app.evidence.queries import PendingFile
from app.evidence.reader.found import FINE, FileReading
from app.filing import queries as filings
from app.saisine.queries import key_of

log = logging.getLogger("saisine.evidence")
AT_ONCE = 20
SILENCE_SECONDS = 60.0
"""How long a silent antivirus is left alone."""


class FileExaminationWorker:
    """The work of one instance on the files it received."""

    def __init__(self, portal: Portal) -> None:
        """Prepare; nothing is started yet. Raises ``ValueError`` when the antivirus has no address."""
        self._portal, self._examiner = portal, Examiner()
        self._antivirus = Antivirus(portal.settings.clamd) if portal.settings.clamd else None
        self._asked_again_at = 0.0

    def close(self) -> None:
        """End the reader of files."""
        self._examiner.close()

    def step(self, stop: Stop) -> int:
        """Decode and scan what waits; return how many files were handled."""
        with self._portal.database.read() as session:
            to_read = queries.to_read(session, AT_ONCE)
            to_scan = queries.to_scan(session, AT_ONCE) if self._may_scan() else []
        done = 0
        for file in to_read:
            if stop.is_set():
                return done
            self._read(file)
            done += 1
        for file in to_scan:
            if stop.is_set() or not self._scan(file):
                return done
            done += 1
        return done

    def _may_scan(self) -> bool:
        return self._antivirus is not None and time.monotonic() >= self._asked_again_at

    def _content(self, file: PendingFile) -> tuple[bytes, bytes] | None:
        """Return the key and the bytes of a file, or nothing when it is gone or altered, which the journal tells."""
        with self._portal.database.read() as session:
            keyring = self._portal.keyring
            key = key_of(session, keyring, file.owner) or filings.key_of(session, keyring, file.owner)
        try:
            return (key, store.read(self._portal.files, key, file.id)) if key else None
        except (OSError, DecryptionError):
            log.exception("a sealed file cannot be read", extra={"file": file.id})
            return None

    def _read(self, file: PendingFile) -> None:
        held, found = self._content(file), None
        if held is not None:
            key, content = held
            found = self._examiner.read(file.media_type, lambda: content)
            self._keep(file, key, found)
        with self._portal.database.write() as session:
            service.note_reading(session, file.id, found)

    def _keep(self, file: PendingFile, key: bytes, found: FileReading) -> None:
        """Seal what was drawn from a file, beside it."""
        if found.verdict != FINE:
            log.warning("a file cannot be shown", extra={"file": file.id, "verdict": found.verdict})
            return
        parts = [(store.COPY, found.copy)] if found.copy_type else []
        parts += [(store.page_part(number), page) for number, page in enumerate(found.pages, 1)]
        for part, drawn in parts:
            store.write_part(self._portal.files, key, file.id, part, drawn)

    def _scan(self, file: PendingFile) -> bool:
        """Ask the antivirus about a file; tell whether it answered."""
        held = self._content(file)
        if held is None or self._antivirus is None:
            return True  # the reading of the file notes that it is missing
        try:
            said = self._antivirus.scan(held[1])
        except ScannerUnavailable as trouble:
            log.warning("the antivirus is silent", extra={"why": str(trouble)})
            self._asked_again_at = time.monotonic() + SILENCE_SECONDS
            return False
        with self._portal.database.write() as session:
            service.note_scan(session, file.id, said)
        return True
