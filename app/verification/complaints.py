"""Each complaint: its sealed document, its columns, its keys, its desks, its dates, its files."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.base.crypto.vault import DecryptionError, Keyring
from app.evidence import queries as evidence
from app.evidence import store
from app.filing import desk_rows
from app.filing.acts import act_store
from app.filing.acts.attachments import all_files
from app.filing.ledger import chain
from app.filing.sealed import payload
from app.filing.sealed.act import Act
from app.filing.sealed.base import File
from app.filing.sealed.recorded import recorded_at
from app.filing.status import contact
from app.filing.status.act_codes import act_of
from app.filing.status.calendar import days_through
from app.filing.status.case_status import CaseStatus
from app.filing.status.duties import owed
from app.filing.status.replay import replay
from app.procedure.days import LegalDay
from app.procedure.rules import Deadline
from app.verification.around import Around
from app.verification.erased import check_erased
from app.verification.findings import Findings
from app.verification.history import check_events, check_reasons, compare
from app.verification.reading import Record, unreadable

CLEAR = ("number", "zone", "outcome", "profession", "commune", "town")
ADDED = ("channel", "to_confirm", "candidates")
SEALED = (*CLEAR, *ADDED, "draft_id")
Days = Mapping[str, Deadline]
OWED = attrgetter("authority", "code", "due_on", "until")  # a duty, in its row as in the rules
DUE = attrgetter("code", "due_strict", "due_postponed", "basis")  # a day of the calendar, likewise


@dataclass(frozen=True)
class Checker:
    """Checks complaints some at a time."""

    session: Session
    keyring: Keyring
    files: Path
    found: Findings
    journal_since: datetime | None
    """Since when each line of the history that somebody wrote has one in the journal of access."""

    def check(
        self,
        filings: Sequence[Record],
        deposits: Mapping[str, Record],
        acted: Mapping[str, Sequence[Record]],
        erased: Mapping[str, Record],
    ) -> None:
        """Check complaints; whatever the rows of one hold, the others are checked too."""
        around = Around.of(self.session, filings)
        is_readable = around.is_readable and not unreadable(*filings)
        for filing in filings:
            self.found.filings += 1
            for table, rows in () if is_readable else around.rows_of(filing):
                self.found.read(filing.number, table, *rows)
            try:
                erasure, entry = erased.get(filing.number), deposits.get(filing.number)
                if erasure is not None or filing.erased_at is not None:
                    check_erased(self.found, filing, entry, erasure, around)
                else:
                    self._check(filing, entry, acted.get(filing.number, ()), around)
            except Exception as trouble:  # noqa: BLE001 - altered values may break any computation
                self.found.add(filing.number, "filing", "payload", f"cannot be checked: {type(trouble).__name__}")

    def _check(self, filing: Record, entry: Record | None, acted: Sequence[Record], around: Around) -> None:
        number = filing.number
        if entry is None:
            self.found.add(number, "ledger", "number", "no deposit of this complaint is in the ledger")
        key = self._key(filing, around.keys.get(filing.id, ()))
        if key is None:
            return
        events = around.events.get(filing.id, ())
        self._each(number, lambda: check_reasons(self.found, number, key, events))
        document = self._document(filing, key, entry)
        if document is None:
            return
        done = self._acts(filing, key, acted, around.acts.get(filing.id, ()))
        steps = list(replay(document, done))
        now, days = steps[-1], days_through(document, steps)
        dates = around.days.get(number, ())
        self._each(
            number,
            lambda: self._columns(filing, document, done),
            lambda: self._standing(filing, now, around),
            lambda: self._summary(filing, key, document, around),
            lambda: self._evidence(filing, key, all_files(document, done), around.files.get(filing.draft_id, ())),
            lambda: self._desks(filing, now, days, around),
            lambda: self._calendar(filing, days, dates),
            lambda: self._ticks(filing, now, dates),
            lambda: check_events(self.found, filing, document, done, events),
            lambda: compare(self.found, number, events, around.lines.get(number, ()), self.journal_since),
        )

    def _each(self, number: str, *checks: Callable[[], None]) -> None:
        """Make every check, whatever the one before met."""
        for check in checks:
            try:
                check()
            except Exception as trouble:  # noqa: BLE001 - altered values may break any computation
                self.found.add(number, "filing", "payload", f"cannot be checked: {type(trouble).__name__}")

    def _key(self, filing: Record, rows: Sequence[Record]) -> bytes | None:
        """Open each wrap of the key: all must give the same one."""
        keys = set()
        for row in rows:
            try:
                keys.add(self.keyring.unwrap(row.wrapped, row.holder))
            except DecryptionError:
                self.found.add(filing.number, "filing_key", "wrapped", "does not open")
        if len(keys) > 1:
            self.found.add(filing.number, "filing_key", "wrapped", "opens another key")
        if not rows:
            self.found.add(filing.number, "filing_key", "holder", "nobody holds a key")
        return min(keys) if keys else None

    def _document(self, filing: Record, key: bytes, entry: Record | None) -> dict[str, Any] | None:
        try:
            content = payload.opened(key, filing.id, filing.payload)
        except DecryptionError:
            self.found.add(filing.number, "filing", "payload", "does not open")
            return None
        commitment = chain.commit_to(content)
        self.found.expect(filing.number, "filing", "commitment", filing.commitment, commitment)
        if entry is not None:
            self.found.expect(filing.number, "filing", "payload", commitment, entry.commitment)
        document = payload.read(content)
        if entry is not None:
            self.found.expect(filing.number, "filing", "received_at", recorded_at(document), entry.at)
        return document

    def _columns(self, filing: Record, document: Mapping[str, Any], done: Sequence[Act]) -> None:
        number = filing.number
        sealed = (*map(document.__getitem__, CLEAR), *(document.get(name, "") for name in ADDED), document["draft"])
        self.found.expect_each(number, "filing", SEALED, attrgetter(*SEALED)(filing), sealed)
        self.found.expect(number, "filing", "received_at", chain.instant(filing.received_at), document["received_at"])
        email = contact.email_of(contact.present(document, done))
        self.found.expect(number, "filing", "email_key", filing.email_key, self.keyring.address_key(email))

    def _acts(self, filing: Record, key: bytes, entries: Sequence[Record], rows: Sequence[Record]) -> list[Act]:
        """Open each act that the ledger holds; one that is missing, added or changed is told."""
        number, held = filing.number, {row.n: row for row in rows}
        self.found.expect(number, "filing_act", "n", list(held), [entry.n for entry in entries])
        done = []
        for entry in entries:
            row = held.get(entry.n)
            if row is None:
                continue
            self.found.expect(number, "filing_act", "kind", (row.kind, row.at), (entry.kind, entry.at))
            try:
                content = act_store.opened(key, row)
            except DecryptionError:
                self.found.add(number, "filing_act", "content", "does not open")
                continue
            self.found.expect(number, "filing_act", "content", chain.commit_to(content), entry.commitment)
            done.append(act_of(payload.read(content)))
        return done

    def _standing(self, filing: Record, now: CaseStatus, around: Around) -> None:
        held = {row.holder for row in around.keys.get(filing.id, ())}
        self.found.expect(filing.number, "filing_key", "holder", held, now.holders)
        names = ("receiver", "informed", *(("state", "kept_until") if _is_laid(around, filing) else ()))
        self.found.expect_each(filing.number, "filing", names, *(attrgetter(*names)(one) for one in (filing, now)))

    def _summary(self, filing: Record, key: bytes, document: Mapping[str, Any], around: Around) -> None:
        """Check the words of the list; an earlier edition sealed fewer of them."""
        try:
            words = payload.unlock_summary(key, filing.id, filing.summary)
        except DecryptionError:
            self.found.add(filing.number, "filing", "summary", "does not open")
            return
        wanted = payload.summary_of(document)
        known = words if _is_laid(around, filing) else wanted | words
        self.found.expect(filing.number, "filing", "summary", known, wanted)

    def _evidence(self, filing: Record, key: bytes, named: Iterable[File], sealed: Iterable[Record]) -> None:
        number = filing.number
        try:
            rows = {row.id: row for row in evidence.opened(sealed, key)}
        except DecryptionError:
            self.found.add(number, "evidence", "name", "does not open")
            return
        sent = {file["id"]: file for file in named}
        words = {one.id: evidence.fingerprint(key, rows[one.id].sha256) for one in sealed if one.digest}
        for one in sealed:
            wanted = words.get(one.id, one.fingerprint)
            self.found.expect(number, "evidence", "fingerprint", one.fingerprint, wanted)
        self.found.expect(number, "evidence", "id", set(rows), set(sent))
        for file_id, file in sent.items():
            self.found.files += 1
            row = rows.get(file_id)
            for name in ("name", "title", "size", "sha256", "media_type", "purpose") if row else ():
                # a file sealed before purposes were kept has none, in its row neither
                self.found.expect(number, "evidence", name, getattr(row, name), file.get(name, ""))
            try:
                content = store.read(self.files, key, file_id)
            except OSError:
                self.found.add(number, "evidence", "id", f"the file {file_id} is missing")
            except DecryptionError:
                self.found.add(number, "evidence", "id", f"the file {file_id} does not open")
            else:
                digest = hashlib.sha256(content).hexdigest()
                self.found.expect(number, "evidence", "sha256", digest, file["sha256"])

    def _desks(self, filing: Record, now: CaseStatus, days: Days, around: Around) -> None:
        """Check who has it and what each owes; what earlier rules laid is laid again when the service starts."""
        rows, due = around.desks.get(filing.id, ()), {code: day.due_strict for code, day in days.items()}
        places = {(row.authority, row.role) for row in rows}
        self.found.expect(filing.number, "filing_desk", "authority", places, set(now.places))
        if not _is_laid(around, filing):
            self.found.laid_before += 1
        else:
            found, duties = {(row.authority, row.role, row.next_code, row.next_due_on) for row in rows}, owed(now, due)
            self.found.expect(filing.number, "filing_desk", "next_code", found, desk_rows.laid(now, duties))
            held = set(map(OWED, around.duties.get(filing.id, ())))
            self.found.expect(filing.number, "filing_duty", "code", held, set(map(OWED, duties)))
        copied = desk_rows.copied(filing, filing.state)
        if set(map(attrgetter(*copied), rows)) != {tuple(copied.values())}:
            for name, value in copied.items():
                self.found.expect(filing.number, "filing_desk", name, {getattr(row, name) for row in rows}, {value})

    def _calendar(self, filing: Record, days: Days, rows: Iterable[Record]) -> None:
        self.found.expect(filing.number, "deadline", "due_strict", set(map(DUE, rows)), set(map(DUE, days.values())))

    def _ticks(self, filing: Record, now: CaseStatus, rows: Iterable[Record]) -> None:
        """Check that what is ticked is the récépissé, handed over at once, and what the acts did."""
        at_once = {} if LegalDay.RECEIPT in now.without else {LegalDay.RECEIPT: filing.received_at}
        wanted = at_once | {code: when.instant(ZoneInfo(filing.zone)) for code, when in now.done.items()}
        found = {row.code: row.done_at for row in rows if row.done_at}
        self.found.expect(filing.number, "deadline", "done_at", found, wanted)


def _is_laid(around: Around, filing: Record) -> bool:
    """Tell whether this edition of the rules laid a complaint; an earlier one is laid again when the service starts."""
    return all(row.laid_by == desk_rows.LAID for row in around.desks.get(filing.id, ()))
