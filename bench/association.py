"""The list of an association with 5 000 complaints and 500 drafts, beside as many of others, on SQLite: p95."""

import json
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from app.accounts.queries import SignedInMember
from app.accounts.rules import Role
from app.association_desk.desk import page
from app.association_desk.filters import MemberFilters
from app.association_desk.queries import authorities
from app.base.crypto.row_binding import KEYRING
from app.base.crypto.vault import PORTAL, Keyring, new_key, seal
from app.base.settings import Settings
from app.base.storage.database import Database
from app.filing.models import Filing, FilingAct, FilingDesk, FilingDuty, FilingKey
from app.filing.rules import MANDATED, NEVER, association_holder
from app.filing.sealed import payload
from app.runtime.preparation import migrate
from app.saisine.models import Draft
from app.saisine.queries import answers_place
from bench.support import percentile, verdict

OWN, OTHER = uuid.uuid4().hex, uuid.uuid4().hex
COMPLAINTS, DRAFTS = 5_000, 500
TODAY = date(2026, 3, 3)
START = datetime(2026, 1, 1, tzinfo=UTC)
STATES = ("recue", "accusee", "transmise", "conciliation_fixee", "accord", "close")
TARGET, ROUNDS = 50, 60
QUESTIONS = {
    "drafts": MemberFilters(),
    "sent": MemberFilters("envoyees"),
    "sent, 100 of page 20": MemberFilters("envoyees", page=20, par=100),
    "sent, last change": MemberFilters("envoyees", tri="changement"),
    "ended": MemberFilters("terminees"),
    "of one member": MemberFilters("envoyees", membre="member-3"),
    "of a state, of an authority": MemberFilters("envoyees", statut="recue", autorite="595"),
    "a number": MemberFilters("envoyees", q="SA-2026-000004999"),
}


def main() -> bool:
    """Run the bench; tell whether the targets are kept."""
    with tempfile.TemporaryDirectory() as folder:
        database, keyring, kept = migrate(Settings(data=Path(folder) / "data")), Keyring.throwaway(), True
        database.info[KEYRING] = keyring
        _fill(database, keyring)
        member = SignedInMember("member-1", "", "", OWN, Role.RESPONSABLE_ASSOCIATION)
        for question, filters in QUESTIONS.items():
            kept = verdict(question, _measure(database, keyring, member, filters) * 1000, "ms", TARGET) and kept
        database.close()
    return kept


def _fill(database: Database, keyring: Keyring) -> None:
    """Write the complaints of two associations, as the service would."""
    key, rows = new_key(), defaultdict[Any, list[dict[str, Any]]](list)
    for association in (OWN, OTHER):
        held = keyring.wrap(key, association_holder(association)), keyring.wrap(key, PORTAL)
        for n in range(COMPLAINTS + DRAFTS):
            for table, values in _rows(n, association, key, *held):
                rows[table].append(values)
    with database.write() as session:
        session.add_all(Draft(**values) for values in rows.pop(Draft))
        for table, many in rows.items():
            session.execute(insert(table), many)


def _rows(n: int, association: str, key: bytes, wrapped: str, own: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    filing_id, at, is_sent = uuid.uuid4().hex, START + timedelta(minutes=n), n < COMPLAINTS
    typed = {"prenom": ["Léa"], "nom": [f"Inventée {n}"], "recit": ["mot " * 500]}
    yield (
        Draft,
        {
            "id": filing_id,
            "public": f"{n:05}{association[:3]}",
            "wrapped": own,
            "answers": seal(key, json.dumps({} if is_sent else typed).encode(), answers_place(filing_id)),
            "association": association,
            "member": f"member-{n % 20}",
            "created_at": at,
            "changed_at": at,
            "expires_on": TODAY + timedelta(days=n % 30),
            "sent_code": b"" if is_sent else None,
        },
    )
    if is_sent:
        yield from _sent(n, filing_id, association, key, wrapped)


def _sent(n: int, filing_id: str, association: str, key: bytes, wrapped: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    document = {"person": f"Léa Inventée {n}", "professional": f"Camille Fictive {n % 300}"}
    sealed, short = payload.lock(key, filing_id, b"0" * 20_000, payload.summary_of(document))
    at, mark, due = START + timedelta(minutes=n), 2026 - (association == OTHER), TODAY + timedelta(days=n % 90)
    own = {"filing_id": filing_id}
    copied = {"state": STATES[n % len(STATES)], "profession": "10", "channel": "association", "received_at": at}
    named = {"id": filing_id, "draft_id": filing_id, "number": f"SA-{mark}-{n:09}", "zone": "Europe/Paris"}
    routed = {"commune": "59350", "town": "Lille", "outcome": "resolu", "receiver": "595", "informed": "MED-59"}
    held = {"commitment": "0" * 64, "payload": sealed, "summary": short, "code_hash": uuid.uuid4().hex, "bound": ""}
    yield Filing, {**copied, **named, **routed, **held}
    yield FilingKey, {**own, "holder": association_holder(association), "wrapped": wrapped}
    for place, code in (("595", "D2"), ("MED-59", "D9")):
        yield FilingDesk, {**own, **copied, "authority": place, "role": "", "next_code": code, "next_due_on": due}
        yield FilingDuty, {**own, "code": code, "authority": place, "due_on": due, "until": NEVER}
    on_own = {"authority": association_holder(association), "role": MANDATED, "next_code": "", "next_due_on": due}
    yield FilingDesk, {**own, **copied, **on_own}
    entry = 2 * n + (association == OWN)
    yield FilingAct, {**own, "n": entry, "kind": "accuse_reception", "at": at, "content": b"0" * 2_000}


def _measure(database: Database, keyring: Keyring, member: SignedInMember, filters: MemberFilters) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with database.read() as session:
            page(session, keyring, member, filters, TODAY)
            authorities(session, member)
        times.append(time.perf_counter() - began)
    return percentile(times, 95)


if __name__ == "__main__":
    raise SystemExit(not main())
