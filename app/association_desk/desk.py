"""The desk of an association (C2): its drafts and its complaints; only its members see them, right in the query."""

import json
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import PORTAL, unseal
from app.base.cutting import Cut, asked_for
from app.base.portal import Portal
from app.filing.models import Filing, FilingKey
from app.filing.queries import summary_of
from app.filing.rules import association_holder
from app.saisine.models import Draft
from app.saisine.queries import answers_place, own_drafts

MOST = 200


@dataclass(frozen=True)
class MemberListRow:
    """A draft, or a complaint that was sent."""

    b: str
    person: str
    professional: str
    number: str = ""
    state: str = ""


def drafts(session: Session, portal: Portal, member: SignedInMember) -> Cut[MemberListRow]:
    """List what is not sent yet, the last change first."""
    wanted = select(Draft).where(own_drafts(member), Draft.sent_code.is_(None))
    rows = session.scalars(wanted.order_by(Draft.changed_at.desc()).limit(asked_for(MOST)))
    return Cut((_draft(portal, row) for row in rows if is_bound(session, row)), MOST)


def sent(session: Session, portal: Portal, member: SignedInMember) -> Cut[MemberListRow]:
    """List what was sent, the last one first; once its mandate ended, a complaint is its number alone."""
    holder = association_holder(member.association)
    wanted = (
        select(Filing, FilingKey.wrapped, Draft.public)
        .join(Draft, Draft.id == Filing.draft_id)
        .outerjoin(FilingKey, and_(FilingKey.filing_id == Filing.id, FilingKey.holder == holder))
        .where(own_drafts(member), Filing.erased_at.is_(None))
        .order_by(Filing.received_at.desc())
        .limit(asked_for(MOST))
    )
    found = []
    for filing, wrapped, public in session.execute(wanted):
        words = summary_of(portal.keyring, filing.id, filing.summary, wrapped, holder) if wrapped else {}
        shown = (public, words["person"], words["professional"]) if words else ("", "", "")
        found.append(MemberListRow(*shown, filing.number, filing.state if words else ""))
    return Cut(found, MOST)


def own_filing(session: Session, member: SignedInMember, number: str) -> Filing | None:
    """Find a complaint that a member sent, and whose mandate still holds; ``None`` for any other."""
    held = (FilingKey.filing_id == Filing.id, FilingKey.holder == association_holder(member.association))
    wanted = select(Filing).join(Draft, Draft.id == Filing.draft_id).join(FilingKey, and_(*held))
    return session.scalar(wanted.where(own_drafts(member), Filing.number == number))


def public_of(session: Session, filing: Filing) -> str:
    """Return the address under which the complaint was prepared: its récépissé is given there."""
    return session.scalars(select(Draft.public).where(Draft.id == filing.draft_id)).one()


def _draft(portal: Portal, row: Draft) -> MemberListRow:
    key = portal.keyring.unwrap(row.wrapped, PORTAL)
    typed = json.loads(unseal(key, row.answers, answers_place(row.id)))
    return MemberListRow(row.public, _words(typed, "prenom", "nom"), _words(typed, "pro_prenom", "pro_nom", "pro_lieu"))


def _words(typed: dict[str, list[str]], *names: str) -> str:
    return " ".join(filter(None, ("".join(typed.get(name, ())[-1:]).strip() for name in names)))
