"""Each complaint: its sealed document, its columns, its keys, its desks, its dates, its files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.vault import PORTAL, Keyring, Locked, unseal
from app.evidence import queries as evidence
from app.evidence import store
from app.filing import ledger, payload, rules
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey, LedgerEntry
from app.filing.queries import WHY, holder_of
from app.procedure import rules as procedure
from app.procedure.models import CalendarDay
from app.verification.findings import Findings

CLEAR = ("number", "zone", "receiver", "informed", "outcome", "profession", "commune", "town")
ADDED = ("channel", "signs", "to_confirm", "candidates")


@dataclass(frozen=True)
class Checker:
    """Checks complaints one after the other."""

    session: Session
    keyring: Keyring
    files: Path
    found: Findings

    def check(self, filing: Filing, entry: LedgerEntry | None) -> None:
        """Check one complaint; whatever its rows hold, the others are checked too."""
        try:
            self._check(filing, entry)
        except Exception as trouble:  # noqa: BLE001 - altered values may break any computation
            self.found.add(filing.number, "filing", "payload", f"cannot be checked: {type(trouble).__name__}")

    def _check(self, filing: Filing, entry: LedgerEntry | None) -> None:
        number = filing.number
        self.found.filings += 1
        if entry is None:
            self.found.add(number, "ledger", "number", "no deposit of this complaint is in the ledger")
        key = self._key(filing)
        if key is None:
            return
        document = self._document(filing, key, entry)
        if document is not None:
            self._columns(filing, document)
            self._summary(filing, key, document)
            self._evidence(filing, key, document)
            self._desks(filing, document)
            self._calendar(filing, document)
        self._events(filing, key)

    def _key(self, filing: Filing) -> bytes | None:
        """Open each wrap of the key: all must give the same one."""
        rows = self.session.execute(
            select(FilingKey.holder, FilingKey.wrapped).where(FilingKey.filing_id == filing.id)
        ).all()
        holders = {row.holder for row in rows}
        self.found.expect(filing.number, "filing_key", "holder", holders, {PORTAL, holder_of(filing.receiver)})
        keys = set()
        for holder, wrapped in rows:
            try:
                keys.add(self.keyring.unwrap(wrapped, holder))
            except Locked:
                self.found.add(filing.number, "filing_key", "wrapped", "does not open")
        if len(keys) > 1:
            self.found.add(filing.number, "filing_key", "wrapped", "opens another key")
        return min(keys) if keys else None

    def _document(self, filing: Filing, key: bytes, entry: LedgerEntry | None) -> dict[str, Any] | None:
        try:
            content = payload.opened(key, filing.id, filing.payload)
        except Locked:
            self.found.add(filing.number, "filing", "payload", "does not open")
            return None
        commitment = ledger.commit_to(content)
        self.found.expect(filing.number, "filing", "commitment", filing.commitment, commitment)
        if entry is not None:
            self.found.expect(filing.number, "filing", "payload", commitment, entry.commitment)
            self.found.expect(filing.number, "filing", "received_at", filing.received_at, entry.at)
        return payload.read(content)

    def _columns(self, filing: Filing, document: Mapping[str, Any]) -> None:
        number = filing.number
        for name in CLEAR:
            self.found.expect(number, "filing", name, getattr(filing, name), document[name])
        for name in ADDED:
            self.found.expect(number, "filing", name, getattr(filing, name), document.get(name, ""))
        self.found.expect(number, "filing", "draft_id", filing.draft_id, document["draft"])
        at = ledger.instant(filing.received_at)
        self.found.expect(number, "filing", "received_at", at, document["received_at"])
        email = next((row["answer"] for row in document["contact"] if row["name"] == "email"), None)
        self.found.expect(number, "filing", "email_key", filing.email_key, self.keyring.address_key(str(email or "")))
        self.found.expect(number, "filing", "state", filing.state, "recue")

    def _summary(self, filing: Filing, key: bytes, document: Mapping[str, Any]) -> None:
        try:
            words = payload.unlock_summary(key, filing.id, filing.summary)
        except Locked:
            self.found.add(filing.number, "filing", "summary", "does not open")
            return
        wanted = {name: document[name] for name in ("person", "professional")}
        self.found.expect(filing.number, "filing", "summary", words, wanted)

    def _evidence(self, filing: Filing, key: bytes, document: Mapping[str, Any]) -> None:
        number = filing.number
        try:
            rows = {row.id: row for row in evidence.files_of(self.session, filing.draft_id, key)}
        except Locked:
            self.found.add(number, "evidence", "name", "does not open")
            return
        sent = {file["id"]: file for file in document["files"]}
        self.found.expect(number, "evidence", "id", set(rows), set(sent))
        for file_id, file in sent.items():
            self.found.files += 1
            row = rows.get(file_id)
            for name in ("name", "title", "size", "sha256", "media_type") if row else ():
                self.found.expect(number, "evidence", name, getattr(row, name), file[name])
            try:
                content = store.read(self.files, key, file_id)
            except OSError:
                self.found.add(number, "evidence", "id", f"the file {file_id} is missing")
            except Locked:
                self.found.add(number, "evidence", "id", f"the file {file_id} does not open")
            else:
                digest = hashlib.sha256(content).hexdigest()
                self.found.expect(number, "evidence", "sha256", digest, file["sha256"])

    def _desks(self, filing: Filing, document: Mapping[str, Any]) -> None:
        due = {day.code: day.due_strict for day in _wanted_days(document)}
        places = ((document["receiver"], rules.RECEIVER, "D2"), (document["informed"], rules.INFORMED, "D3"))
        wanted = {(who, role, code, due[code]) for who, role, code in places if who}
        rows = self.session.scalars(select(FilingDesk).where(FilingDesk.filing_id == filing.id))
        found = {(row.authority, row.role, row.next_code, row.next_due_on) for row in rows}
        self.found.expect(filing.number, "filing_desk", "authority", found, wanted)

    def _calendar(self, filing: Filing, document: Mapping[str, Any]) -> None:
        without = rules.days_not_asked(document["outcome"])
        wanted = {
            (day.code, day.due_strict, day.due_postponed, day.basis)
            for day in _wanted_days(document)
            if day.code not in without
        }
        rows = self.session.scalars(select(CalendarDay).where(CalendarDay.filing_number == filing.number))
        found = {(row.code, row.due_strict, row.due_postponed, row.basis) for row in rows}
        self.found.expect(filing.number, "deadline", "due_strict", found, wanted)

    def _events(self, filing: Filing, key: bytes) -> None:
        rows = self.session.scalars(select(FilingEvent).where(FilingEvent.filing_id == filing.id)).all()
        received = [(row.at, row.by, row.authority) for row in rows if row.kind == "recue"]
        wanted = [(filing.received_at, "", filing.receiver)]
        self.found.expect(filing.number, "filing_event", "kind", received, wanted)
        for row in rows:
            if row.at < filing.received_at:
                self.found.add(filing.number, "filing_event", "at", "is before the receipt")
            if row.why is not None:
                try:
                    unseal(key, row.why, WHY)
                except Locked:
                    self.found.add(filing.number, "filing_event", "why", "does not open")


def _wanted_days(document: Mapping[str, Any]) -> list[procedure.Deadline]:
    """Compute the days again from what is sealed."""
    received = datetime.fromisoformat(document["received_at"])
    return procedure.to_watch(procedure.deadlines(received, zone=ZoneInfo(document["zone"])))
