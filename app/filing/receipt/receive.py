"""What is done: a draft is received, and becomes a filing."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, load_only

from app.accounts.service import access
from app.base.clock import Clock
from app.base.crypto.vault import Keyring
from app.base.secrets import by_fours
from app.counters import service as counters
from app.evidence import service as evidence
from app.filing import desk_rows, queries, rules
from app.filing.ledger import chain
from app.filing.models import Filing, FilingDesk, FilingEvent, FilingKey
from app.filing.receipt import mails, mandate
from app.filing.sealed import payload
from app.filing.sealed.payload import Complaint
from app.filing.sealed.recorded import Recorded
from app.filing.search import word_index
from app.filing.status.counted_as import at_receipt
from app.filing.status.mandate_powers import receives_letters
from app.filing.status.replay import status_of
from app.filing.status.state import ComplaintState
from app.notifications import service as notifications
from app.procedure import service as procedure
from app.saisine import attached, returning
from app.saisine import service as drafts
from app.saisine.messages import link_of
from app.saisine.press import read_in
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import language_of
from app.webhooks import service as webhooks
from app.webhooks.events import WebhookEvent
from app.webhooks.service import Happening

RECEIVED, RECORDED = "recue", "enregistree"
"""First line of a history."""


@dataclass(frozen=True)
class PersonalCode:
    """A fresh personal code, and the hash under which it is found again (made before the turn is taken)."""

    code: str
    hash: str

    @classmethod
    def draw(cls, keyring: Keyring) -> "PersonalCode":
        """Draw one."""
        code, code_hash = keyring.fresh_code()
        return cls(by_fours(code), code_hash)


def receive(
    session: Session,
    keyring: Keyring,
    draft: OpenDraft,
    complaint: Complaint,
    code: PersonalCode,
    clock: Clock,
    words: mails.Words,
) -> Filing:
    """Receive a complete draft: this instant is the complaint's date certaine (CSP R. 1110-11, CRPA L. 112-13).

    Of one that an authority received by itself, the receipt is declared, and this instant is that of its recording.

    A second press, or a retry on a bad network, gets the first filing. Nothing slow happens under the turn.
    Raises :class:`~app.filing.receipt.mandate.NotMandated` when the row names an association that may not send now.
    """
    chain.take_turn(session)
    if earlier := queries.filing_of_draft(session, draft.id):
        return earlier
    association = mandate.statement(session, draft, complaint.answers, words.contact, clock, words.translate)
    own = language_of(draft.typed) if association else read_in(draft.typed)
    complaint = replace(complaint, association=association, read_in=own)
    last = chain.head(session)
    at, read_at = chain.now_after(last, clock)
    number = _free_number(session, at)
    files = attached.files_of(session, draft)
    evidence.set_purposes(session, files)
    content = payload.salted(payload.document(complaint, number, draft.id, at, files, words.translate))
    document = payload.read(content)
    email_key = keyring.address_key(str(complaint.answers.get("email") or ""))
    filing = _filing(draft, complaint, number, at, content, code, email_key)
    session.add(filing)
    session.flush()
    now = status_of(document, ())
    _wrap(session, keyring, filing.id, draft.key, now.holders)
    word_index.index(session, keyring, filing.id, document, now.finders)
    chain.append(session, "depot", number, filing.commitment, at, read_at, last)
    days = procedure.open_calendar(session, number, filing.received_at, zone=complaint.zone, without=now.without)
    desk_rows.lay_new(session, filing, now, {day.code: day.due_strict for day in days})
    _tell(session, filing, complaint.recorded, at)
    counters.count(session, keyring, number, at_receipt(document))
    link = _first_link(session, filing, words.address) if association and email_key else ""
    notifications.queue(session, keyring, mails.at_receipt(filing, complaint, words, link), clock)
    if receives_letters(now):
        webhooks.tell(session, now.association, Happening(WebhookEvent.SENT, at, number, webhooks.path_of(number)))
    drafts.close(session, keyring, draft.id, draft.key, "" if association or complaint.recorded else code.code)
    return filing


def _tell(session: Session, filing: Filing, recorded: Recorded | None, at: datetime) -> None:
    """Begin the history: the service received it, or a clerk recorded it."""
    if recorded is None:
        record_event(session, filing.id, RECEIVED, by="", authority=filing.receiver, at=at)
    else:
        record_event(session, filing.id, RECORDED, by=recorded.by, authority=recorded.authority, at=at)


def _first_link(session: Session, filing: Filing, address: str) -> str:
    """Draw the link by which the person has her own code: whoever filed for her never sees it."""
    return link_of(
        address, returning.make_link(session, returning.FIRST, filing.id, filing.received_at, returning.FIRST_LASTS)
    )


def _free_number(session: Session, now: datetime) -> str:
    while True:
        number = rules.new_number(now)
        if session.scalar(select(Filing.id).where(Filing.number == number)) is None:
            return number


def _filing(
    draft: OpenDraft,
    complaint: Complaint,
    number: str,
    at: datetime,
    content: bytes,
    code: PersonalCode,
    email_key: str | None,
) -> Filing:
    decision, filing_id = complaint.decision, uuid.uuid4().hex
    sealed, short = payload.lock(draft.key, filing_id, content, payload.summary_of(payload.read(content)))
    return Filing(
        id=filing_id,
        draft_id=draft.id,
        number=number,
        received_at=complaint.received_at(at),
        zone=complaint.zone,
        state=ComplaintState.RECEIVED,
        channel=complaint.channel,
        profession=complaint.profession,
        commune=complaint.commune,
        town=complaint.town,
        outcome=decision.outcome,
        to_confirm=" ".join(decision.to_confirm),
        candidates=" ".join(decision.candidates),
        email_key=email_key,
        receiver=decision.receiver,
        informed=decision.informed,
        commitment=chain.commit_to(content),
        payload=sealed,
        summary=short,
        code_hash=code.hash,
    )


def open_to(session: Session, keyring: Keyring, filing_id: str, key: bytes, holders: frozenset[str]) -> None:
    """Wrap the content key of a complaint for these holders, and take it back from all others."""
    own = FilingKey.filing_id == filing_id
    known = frozenset(session.scalars(select(FilingKey.holder).where(own)))
    if known - holders:
        session.execute(delete(FilingKey).where(own, FilingKey.holder.not_in(holders)))
    _wrap(session, keyring, filing_id, key, holders - known)


def _wrap(session: Session, keyring: Keyring, filing_id: str, key: bytes, holders: frozenset[str]) -> None:
    session.add_all(
        FilingKey(filing_id=filing_id, holder=holder, wrapped=keyring.wrap(key, holder)) for holder in sorted(holders)
    )


def assign(session: Session, filing_id: str, authority: str, account_id: str) -> None:
    """Give a filing to a clerk of an authority; an empty id gives it to nobody."""
    own = (FilingDesk.filing_id == filing_id, FilingDesk.authority == authority)
    session.execute(update(FilingDesk).where(*own).values(assignee=account_id))


def record_event(
    session: Session, filing_id: str, kind: str, *, by: str, authority: str, at: datetime, why: bytes | None = None
) -> None:
    """Add a line to the history of a filing, and to the journal of access when someone did it; the reason is sealed.

    When the clock went back, nothing is told before the receipt: the line takes its instant.
    """
    loaded = [load_only(Filing.number, Filing.received_at)]
    filing = session.get_one(Filing, filing_id, options=loaded)  # read already, most often
    at = max(at, filing.received_at)
    session.add(FilingEvent(filing_id=filing_id, at=at, kind=kind, by=by, authority=authority, why=why))
    if by:
        access.note(session, access.Access(by, authority, kind, filing.number, why), at)
