"""The desk of an association (C2): its drafts and its complaints; only its members see them, right in the query.

What names somebody is sealed: the rows that a page shows are opened, and no other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.association_desk import queries as questions
from app.association_desk.filters import NUMBER, MemberFilters, Tab
from app.associations.own_records import NOTHING as NO_RECORD
from app.associations.own_records import OwnRecord, found_by, records
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import PORTAL, Keyring, unseal
from app.base.cutting import pages_of
from app.base.forms.fields import Typed
from app.base.secrets import is_drawn
from app.base.storage.lists import rows_of
from app.directory.rules import asked_words, bare
from app.filing.models import Filing, FilingDuty, FilingKey
from app.filing.queries import summary_of
from app.filing.rules import association_holder
from app.saisine.models import Draft
from app.saisine.queries import PUBLIC_LENGTH, answers_place, own_drafts

ALL = 1_000_000
"""More than any list holds: a table has one page."""
MOST = 2_000
"""Drafts of an association that a search opens, the last changed first."""


@dataclass(frozen=True)
class MemberComplaint:
    """A draft, or a complaint that was sent."""

    person: str
    professional: str
    member: str
    """Account of the member who takes care of it."""
    due_on: date | None
    """Day until which a draft is kept, or first day that an authority must keep."""
    b: str = ""
    """Eight characters of the address under which it was prepared."""
    number: str = ""
    """Empty for a draft."""
    state: str = ""
    """Empty for a draft, and once the mandate ended: nothing more is read then."""
    own: OwnRecord = NO_RECORD
    """What the association keeps of it for itself."""


@dataclass(frozen=True)
class DeskPage:
    """One page of a list."""

    rows: Sequence[MemberComplaint]
    total: int
    filters: MemberFilters
    """As asked, on a page that exists."""
    pages: int
    counts: Mapping[str, int]
    """Complaints of each list."""


@dataclass(frozen=True)
class DeskListing:
    """What a list holds, in its order: ids of drafts, or of complaints that were sent."""

    ids: Sequence[str]
    is_draft: bool


def page(session: Session, keyring: Keyring, member: SignedInMember, asked: MemberFilters, today: date) -> DeskPage:
    """List what a member may see of what is asked."""
    drafts, sent = _owned(session, member, asked)
    if asked.mots:
        found = _drafts_found(session, keyring, member, drafts, asked.mots)
        drafts = drafts.where(Draft.id.in_(rows_of(session, found)))
        sent = sent.where(*questions.found(keyring, member, asked.mots))
    counts = questions.counts(session, drafts, sent, today)
    if asked.mots and not counts[asked.etat]:
        asked = replace(asked, etat=next((tab for tab, n in counts.items() if n), asked.etat))
    total = counts[asked.etat]
    if asked.q:
        total = session.scalar(_narrowed(sent, asked, today).with_only_columns(func.count())) or 0
    pages = pages_of(total, asked.par)
    shown = replace(asked, page=min(asked.page, pages))
    listed = _listed(session, drafts, sent, shown, today)
    return DeskPage(opened(session, keyring, member, listed, today), total, shown, pages, counts)


def listed(session: Session, member: SignedInMember, asked: MemberFilters, today: date) -> DeskListing:
    """List all that is asked, whatever the page; words are not looked for, and nothing is opened."""
    return _listed(session, *_owned(session, member, asked), replace(asked, page=1, par=ALL), today)


def opened(
    session: Session, keyring: Keyring, member: SignedInMember, what: DeskListing, today: date
) -> list[MemberComplaint]:
    """Open what was listed, in its order."""
    if what.is_draft:
        return _drafts(session, keyring, member, what.ids)
    return _opened(session, keyring, member, what.ids, today)


def _owned(session: Session, member: SignedInMember, asked: MemberFilters) -> tuple[Select[str], Select[str]]:
    """Choose the drafts, and what was sent, that a member may see under the filters; no draft has a state."""
    narrowed = list(questions.of_member(session, member, asked))
    drafts = select(Draft.id).where(own_drafts(member), *narrowed, Draft.sent_code.is_(None))
    return drafts, questions.sent(member, narrowed).where(*questions.of_complaint(asked))


def _narrowed(sent: Select[str], asked: MemberFilters, today: date) -> Select[str]:
    return sent.where(questions.numbered(asked.q) if asked.q else questions.in_tab(asked.etat, today))


def _listed(session: Session, drafts: Select[str], sent: Select[str], asked: MemberFilters, today: date) -> DeskListing:
    is_draft = asked.etat == Tab.TO_COMPLETE and not asked.q
    if is_draft:
        wanted = drafts.order_by(*questions.order_of_drafts(asked))
    else:
        wanted = _narrowed(sent, asked, today).order_by(*questions.order_of_sent(asked))
    wanted = wanted.limit(asked.par).offset((asked.page - 1) * asked.par)
    return DeskListing(list(session.scalars(wanted)), is_draft)


def own_filing(session: Session, member: SignedInMember, number: str) -> Filing | None:
    """Find a complaint that a member sent, and whose mandate still holds; ``None`` for any other."""
    held = (FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(member.association))
    if not NUMBER.fullmatch(number):
        return None
    wanted = select(Filing).join(Draft, Draft.id == Filing.draft_id).join(FilingKey, and_(*held))
    return session.scalar(wanted.where(own_drafts(member), Filing.number == number))


def public_of(session: Session, filing: Filing) -> str:
    """Return the address under which the complaint was prepared: its récépissé is given there."""
    return session.scalars(select(Draft.public).where(Draft.id == filing.draft_id)).one()


def own_case(session: Session, member: SignedInMember, b: str) -> tuple[str, str] | None:
    """Find a draft of a member, or a complaint whose mandate holds, by its eight characters: its id and its number.

    The number of a draft is empty; ``None`` for any other.
    """
    wanted = select(Draft).where(own_drafts(member), Draft.public == b)
    row = session.scalar(wanted) if is_drawn(b, PUBLIC_LENGTH) else None
    if row is None or not is_bound(session, row):
        return None
    if row.sent_code is None:
        return row.id, ""
    held = (FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(member.association))
    number = session.scalar(select(Filing.number).join(FilingKey, and_(*held)).where(Filing.draft_id == row.id))
    return (row.id, number) if number else None


def take(session: Session, draft: str) -> None:
    """Hold the row of a draft until the end of the transaction: two members write its record one after the other."""
    session.scalar(select(Draft.id).where(Draft.id == draft).with_for_update())


def _drafts_found(
    session: Session, keyring: Keyring, member: SignedInMember, drafts: Select[str], words: str
) -> list[str]:
    """Open the drafts, which are few, and keep those that hold each word, or of which the record does."""
    holder, left = association_holder(member.association), []
    asked = {word: set(session.scalars(next(found_by(keyring, holder, word)))) for word in asked_words(words)}
    for row in session.scalars(select(Draft).where(Draft.id.in_(drafts)).order_by(Draft.changed_at.desc()).limit(MOST)):
        shown = _draft(keyring, row) if is_bound(session, row) else None
        names = set(bare(f"{shown.person} {shown.professional}").split()) if shown else set()
        if shown and all(word in names or row.id in own for word, own in asked.items()):
            left.append(row.id)
    return left


def _opened(
    session: Session, keyring: Keyring, member: SignedInMember, ids: Sequence[str], today: date
) -> list[MemberComplaint]:
    """Open the rows of some complaints, in the order of their ids."""
    holder = association_holder(member.association)
    wanted = (
        select(
            Filing.id,
            Filing.number,
            Filing.summary,
            Filing.state,
            FilingKey.wrapped,
            Draft.member,
            Draft.id.label("draft"),
            Draft.public,
        )
        .join(Draft, Draft.id == Filing.draft_id)
        .outerjoin(FilingKey, and_(FilingKey.filing_id == Filing.id, FilingKey.holder == holder))
        .where(Filing.id.in_(ids))
    )
    found, due = {row.id: row for row in session.execute(wanted)}, _due(session, ids, today)
    kept = records(session, keyring, holder, [row.draft for row in found.values() if row.wrapped])
    rows = []
    for row in (found[one] for one in ids if one in found):  # one may be gone since the ids were read
        words = summary_of(keyring, row.id, row.summary, row.wrapped, holder) if row.wrapped else {}
        names = (words.get("person", ""), words.get("professional", ""), row.member)
        due_on, state = (due.get(row.id), row.state) if words else (None, "")
        own = kept.get(row.draft, NO_RECORD)
        rows.append(MemberComplaint(*names, due_on, row.public, row.number, state, own))
    return rows


def _due(session: Session, ids: Sequence[str], today: date) -> dict[str, date]:
    """Return the first day that an authority must still keep, of each complaint of which one is owed."""
    wanted = select(FilingDuty.filing_id, func.min(FilingDuty.due_on)).group_by(FilingDuty.filing_id)
    found = session.execute(wanted.where(FilingDuty.filing_id.in_(ids), FilingDuty.until >= today))
    return {row[0]: row[1] for row in found}


def _drafts(session: Session, keyring: Keyring, member: SignedInMember, ids: Sequence[str]) -> list[MemberComplaint]:
    """Open some drafts, in the order of their ids; one that was moved to another association is not opened."""
    found = {row.id: row for row in session.scalars(select(Draft).where(Draft.id.in_(ids)))}
    kept = records(session, keyring, association_holder(member.association), ids)
    sound = (found[one] for one in ids if one in found and is_bound(session, found[one]))
    return [replace(_draft(keyring, row), own=kept.get(row.id, NO_RECORD)) for row in sound]


def _draft(keyring: Keyring, row: Draft) -> MemberComplaint:
    key = keyring.unwrap(row.wrapped, PORTAL)
    typed = json.loads(unseal(key, row.answers, answers_place(row.id)))
    return MemberComplaint(
        person_of(typed), _words(typed, "pro_prenom", "pro_nom", "pro_lieu"), row.member, row.expires_on, row.public
    )


def person_of(typed: Typed) -> str:
    """Name the person of a draft as far as the answers do; empty when they do not yet."""
    return _words(typed, "pers_prenom", "pers_nom") or _words(typed, "prenom", "nom")


def _words(typed: Typed, *names: str) -> str:
    return " ".join(filter(None, ("".join(typed.get(name, ())[-1:]).strip() for name in names)))
