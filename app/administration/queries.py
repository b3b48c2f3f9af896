"""What an administrator is shown: editions of the directory, decisions, what waits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.acts.succession import SERVICE
from app.base.cutting import Cut, asked_for
from app.base.errors import N_
from app.base.forms.shown_version import digest
from app.base.i18n import translate
from app.base.searching import holds, search_words
from app.directory.models import Edition
from app.directory.service.editions import LOADING
from app.filing.models import Filing, FilingAct, FilingDesk, FilingEvent
from app.filing.rules import AIGUILLAGE
from app.filing.status.case_status import CONFIRMED, MOVED
from app.routing.models import Authority, CpamException

MOST = 100
MENTIONS: Mapping[str, str] = {
    "service": N_("nom du service"),
    "address": N_("adresse"),
    "postal_code": N_("code postal"),
    "town": N_("ville"),
    "phone": N_("téléphone"),
    "email": N_("adresse e-mail"),
}
"""Column of the card, and what is said when it is empty."""


@dataclass(frozen=True)
class EditionRow:
    """An extraction of the directory."""

    taken_on: date
    state: str
    file_name: str
    loaded_at: datetime
    lines: int
    people: int
    rejected: dict[str, int]


@dataclass(frozen=True)
class UnroutedCount:
    """How many complaints have no authority yet, and since when the oldest waits."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class ConfirmedCouncil:
    """A council that a clerk confirmed for a town and a profession, since the service could not tell which one is."""

    commune: str
    town: str
    profession: str
    council: str
    """Its name."""
    code: str
    by: str
    count: int
    """For how many complaints."""
    last: datetime


@dataclass(frozen=True)
class IncompleteCard:
    """An authority in force, and what its card lacks."""

    code: str
    name: str
    lacks: str
    works_here: bool


def found(session: Session, asked: str) -> tuple[list[Authority], int]:
    """Find authorities by a part of their name, town or code; the first ones, and how many there are."""
    wanted = select(Authority)
    for word in search_words(asked):
        wanted = wanted.where(holds(word, Authority.name, Authority.town, Authority.code, Authority.departements))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    return list(session.scalars(wanted.order_by(Authority.code).limit(MOST))), total


def version_of_editions(session: Session) -> str:
    """Sum up which edition serves, which one is ready, which ones came before."""
    wanted = select(Edition.id, Edition.state).where(Edition.state != LOADING).order_by(Edition.id)
    return digest({"editions": [f"{one} {state}" for one, state in session.execute(wanted)]}, ["editions"])


def editions(session: Session) -> Cut[EditionRow]:
    """List what was loaded, the newest first."""
    rows = session.scalars(select(Edition).order_by(Edition.id.desc()).limit(asked_for(MOST)))
    found = (
        EditionRow(r.taken_on, r.state, r.file_name, r.loaded_at, r.lines, r.people, json.loads(r.rejected))
        for r in rows
    )
    return Cut(found, MOST)


def waiting(session: Session) -> UnroutedCount:
    """Count what waits in the box of « aiguillage »."""
    wanted = select(func.count(), func.min(Filing.received_at)).join(FilingDesk, FilingDesk.filing_id == Filing.id)
    count, oldest = session.execute(wanted.where(FilingDesk.authority == AIGUILLAGE)).one()
    return UnroutedCount(count, oldest)


def sent_back(session: Session) -> Cut[str]:
    """List the numbers of the complaints that were sent elsewhere more than once: two authorities may disagree."""
    moved = select(FilingAct.filing_id).where(FilingAct.kind == MOVED).group_by(FilingAct.filing_id)
    twice = moved.having(func.count() > 1)
    wanted = select(Filing.number).where(Filing.id.in_(twice)).order_by(Filing.number)
    return Cut(session.scalars(wanted.limit(asked_for(MOST))), MOST)


def decisions(session: Session) -> Cut[CpamException]:
    """List the caisses that clerks kept for a commune, the last ones first."""
    wanted = select(CpamException).where(CpamException.origin == "decision")
    return Cut(session.scalars(wanted.order_by(CpamException.decided_at.desc()).limit(asked_for(MOST))), MOST)


def confirmed_councils(session: Session) -> Cut[ConfirmedCouncil]:
    """List the councils that clerks confirmed, the last ones first, so that the reference may be corrected.

    They are read from the history of the complaints: what took the place of a council that closed is nobody's word.
    """
    asked = (Filing.commune, Filing.town, Filing.profession, Authority.name, Authority.code, FilingEvent.by)
    count, last = func.count(func.distinct(Filing.id)), func.max(FilingEvent.at)
    wanted = (
        select(*asked, count, last)
        .join(FilingEvent, FilingEvent.filing_id == Filing.id)
        .join(Authority, Authority.code == Filing.informed)
        .where(
            FilingEvent.kind == CONFIRMED,
            FilingEvent.by != translate(SERVICE),
            Filing.commune != "",
            Authority.profession != "",
        )
        .group_by(*asked)
        .order_by(last.desc(), Filing.commune, Filing.profession)
    )
    return Cut((ConfirmedCouncil(*row) for row in session.execute(wanted.limit(asked_for(MOST)))), MOST)


def incomplete(session: Session) -> Cut[IncompleteCard]:
    """List the authorities in force whose card lacks a mandatory mention."""
    works_here = Authority.code.in_(select(Account.authority).where(Account.disabled_at.is_(None)))
    is_lacking = or_(*(getattr(Authority, column) == "" for column in MENTIONS))
    wanted = select(Authority, works_here.label("here")).where(Authority.is_retired.is_(False), is_lacking)
    rows = session.execute(wanted.order_by(works_here.desc(), Authority.code).limit(asked_for(MOST)))
    return Cut((IncompleteCard(row.code, row.name, _lacks(row), bool(here)) for row, here in rows), MOST)


def _lacks(row: Authority) -> str:
    return ", ".join(translate(words) for column, words in MENTIONS.items() if not getattr(row, column))
