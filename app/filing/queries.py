"""What is asked of filings; the right to read is in the query, and in the key that the reader holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import PORTAL, Keyring
from app.filing.models import Filing, FilingAct, FilingDesk, FilingEvent, FilingKey
from app.filing.rules import INFORMED, RECEIVER, association_holder, authority_holder
from app.filing.sealed import payload
from app.filing.sealed.act import Act
from app.filing.status import contact
from app.filing.status.act_codes import act_of
from app.filing.status.case_status import CaseStatus
from app.filing.status.replay import status_of

Documents = Mapping[tuple[str, int, bytes], dict[str, Any]]
"""By the filing, the number in the ledger (0: the complaint itself) and the sealed bytes."""


@dataclass(frozen=True)
class OpenFiling:
    """A filing opened by someone who may read it, with all that was done of it: read and opened once."""

    filing: Filing
    payload: dict[str, Any]
    key: bytes
    acts: Sequence[Act]
    """What was done of it, the oldest first."""
    version: int
    """Number of the last line of its history: what a page was shown, and what happened since."""
    documents: Documents = field(default_factory=dict, repr=False)
    """What was opened of it, to be opened once for each request."""

    @property
    def number(self) -> str:
        """Its number."""
        return self.filing.number

    @cached_property
    def now(self) -> CaseStatus:
        """Where it stands."""
        return status_of(self.payload, self.acts)

    @cached_property
    def contact(self) -> Sequence[Mapping[str, Any]]:
        """The contact sheet of today: that of the receipt, or the last one the person gave since."""
        return contact.present(self.payload, self.acts)

    @property
    def at(self) -> datetime:
        """When the last act was done. Raises ``IndexError`` before the first one."""
        return self.acts[-1].at

    def then(self, act: Act) -> "OpenFiling":
        """Give it after one more act."""
        return replace(self, acts=[*self.acts, act])


def filing_of_draft(session: Session, draft_id: str) -> Filing | None:
    """Find the filing that a draft became."""
    return session.scalar(select(Filing).where(Filing.draft_id == draft_id))


def filing_by_code(session: Session, code_hash: str) -> Filing | None:
    """Find a filing by its personal code."""
    found = session.scalar(select(Filing).where(Filing.code_hash == code_hash))
    return found if found is not None and is_bound(session, found) else None


def filings_of_address(session: Session, email_key: str) -> list[str]:
    """List the filings sent with an e-mail address, by its keyed hash; the last ones first."""
    wanted = select(Filing).where(Filing.email_key == email_key).order_by(Filing.received_at.desc())
    return [filing.id for filing in session.scalars(wanted.limit(3)) if is_bound(session, filing)]


def filing_to_change(session: Session, filing_id: str) -> Filing:
    """Take a filing to change its code."""
    return session.scalars(select(Filing).where(Filing.id == filing_id).with_for_update()).one()


def filing_by_id(session: Session, filing_id: str) -> Filing | None:
    """Find a filing by its id."""
    return session.get(Filing, filing_id)


def read_for(
    session: Session, keyring: Keyring, number: str, authority: str, before: OpenFiling | None = None
) -> OpenFiling | None:
    """Open a filing for an authority that may read it: the one that holds it, the other once it is told.

    ``before``: as this request opened it; the right is asked again, what is sealed as it was is not opened again.
    """
    row = session.execute(_readable(authority).where(Filing.number == number)).one_or_none()
    return _opened(session, keyring, row, authority_holder(authority), before) if row else None


def read_several(session: Session, keyring: Keyring, ids: Sequence[str], authority: str) -> dict[str, OpenFiling]:
    """Open filings that an authority may read, by their ids; the others are left out. Two statements, however many."""
    rows = session.execute(_readable(authority).where(Filing.id.in_(ids))).all()
    acts = _sealed_acts(session, [row.Filing.id for row in rows])
    holder = authority_holder(authority)
    return {row.Filing.id: _unsealed(keyring, row, holder, acts.get(row.Filing.id, ()), None) for row in rows}


def _readable(authority: str) -> Select[Filing, str, int | None]:
    """Choose what lies on the desk of an authority that holds its key."""
    return (
        select(Filing, FilingKey.wrapped, _version())
        .join(FilingDesk, FilingDesk.filing_id == Filing.id)
        .join(FilingKey, FilingKey.filing_id == Filing.id)
        .where(
            FilingDesk.authority == authority,
            FilingDesk.role.in_((RECEIVER, INFORMED)),
            FilingKey.holder == authority_holder(authority),
        )
    )


def holds_key(session: Session, filing_id: str, authority: str) -> bool:
    """Return whether an authority may read a filing, without opening it."""
    return session.get(FilingKey, (filing_id, authority_holder(authority))) is not None


def readers_of(session: Session, filing: Filing) -> list[str]:
    """List the authorities that hold a key of a filing."""
    holders = set(session.scalars(select(FilingKey.holder).where(FilingKey.filing_id == filing.id)))
    return [code for code in (filing.receiver, filing.informed) if code and authority_holder(code) in holders]


def finders_of(session: Session, filing: Filing) -> list[str]:
    """List who holds a key and an index of words: the authorities, and the association as it holds keys."""
    own = (FilingKey.filing_id == filing.id, FilingKey.holder.startswith(association_holder("")))
    return [*readers_of(session, filing), *session.scalars(select(FilingKey.holder).where(*own))]


def open_for_person(session: Session, keyring: Keyring, filing: Filing, before: OpenFiling | None = None) -> OpenFiling:
    """Open a filing for the person who sent it; ``before`` as for :func:`read_for`."""
    wanted = select(Filing, FilingKey.wrapped, _version()).join(FilingKey, FilingKey.filing_id == Filing.id)
    row = session.execute(wanted.where(Filing.id == filing.id, FilingKey.holder == PORTAL)).one()
    return _opened(session, keyring, row, PORTAL, before)


def open_for_association(session: Session, keyring: Keyring, filing: Filing, association: str) -> OpenFiling | None:
    """Open a filing for the association that sent it; ``None`` once its mandate ended, or for another one."""
    holder = association_holder(association)
    wanted = select(Filing, FilingKey.wrapped, _version()).join(FilingKey, FilingKey.filing_id == Filing.id)
    row = session.execute(wanted.where(Filing.id == filing.id, FilingKey.holder == holder)).one_or_none()
    return _opened(session, keyring, row, holder, None) if row else None


def key_of(session: Session, keyring: Keyring, filing_id: str) -> bytes | None:
    """Return the content key of a filing, as the portal holds it; ``None`` when there is no such filing."""
    held = (FilingKey.filing_id == filing_id, FilingKey.holder == PORTAL)
    wrapped = session.scalar(select(FilingKey.wrapped).where(*held))
    return keyring.unwrap(wrapped, PORTAL) if wrapped else None


def _version() -> ScalarSelect[int | None]:
    last = select(func.max(FilingEvent.id)).where(FilingEvent.filing_id == Filing.id)
    return last.correlate(Filing).scalar_subquery()


def _opened(
    session: Session, keyring: Keyring, row: Row[Filing, str, int | None], holder: str, before: OpenFiling | None
) -> OpenFiling:
    filing_id = row.Filing.id
    return _unsealed(keyring, row, holder, _sealed_acts(session, [filing_id]).get(filing_id, ()), before)


def _sealed_acts(session: Session, ids: Sequence[str]) -> Mapping[str, Sequence[tuple[int, bytes]]]:
    """Return the acts of filings by their ids: number and sealed bytes, the oldest first."""
    wanted = select(FilingAct.filing_id, FilingAct.n, FilingAct.content).where(FilingAct.filing_id.in_(ids))
    found: dict[str, list[tuple[int, bytes]]] = {}
    for filing_id, n, content in session.execute(wanted.order_by(FilingAct.n)):
        found.setdefault(filing_id, []).append((n, content))
    return found


def _unsealed(
    keyring: Keyring,
    row: Row[Filing, str, int | None],
    holder: str,
    acts: Sequence[tuple[int, bytes]],
    before: OpenFiling | None,
) -> OpenFiling:
    filing, wrapped, version = row
    key = keyring.unwrap(wrapped, holder)
    places = [(filing.id, 0, filing.payload), *((filing.id, n, content) for n, content in acts)]
    known = before.documents if before is not None and before.key == key else {}
    documents = {place: known[place] if place in known else _unlocked(key, *place) for place in places}
    complaint, *done = documents.values()
    return OpenFiling(filing, complaint, key, [act_of(one) for one in done], version or 0, documents)


def _unlocked(key: bytes, filing_id: str, n: int, sealed: bytes) -> dict[str, Any]:
    """Open the document of a complaint (``n`` 0) or of an act.

    Raises :class:`~app.base.crypto.vault.DecryptionError`.
    """
    if n == 0:
        return payload.unlock(key, filing_id, sealed)
    return payload.read(payload.opened_act(key, filing_id, n, sealed))


def summary_of(keyring: Keyring, filing_id: str, summary: bytes, wrapped: str, holder: str) -> dict[str, str]:
    """Open the few words of a list row: ``person``, ``professional``, and ``signs`` once it is laid again."""
    return payload.unlock_summary(keyring.unwrap(wrapped, holder), filing_id, summary)


def filing_by_number(session: Session, number: str) -> Filing | None:
    """Find a filing by its number; it opens nothing of it."""
    return session.scalar(select(Filing).where(Filing.number == number))
