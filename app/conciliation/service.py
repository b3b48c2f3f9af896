"""What is done on the road of a complaint: each act is sealed, entered in the ledger, and told to who must know."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.portal import Portal
from app.conciliation.models import Member
from app.conciliation.rules import end_of_term
from app.filing.acts import record
from app.filing.queries import OpenFiling, read_for
from app.filing.road import AGAIN, ANSWERED, INACTION, SUMMONS_CAME
from app.intake import letters
from app.intake.turn import Also, take
from app.notifications import service as notifications
from app.notifications.service import Message

Content = Mapping[str, Any]
QUIET = frozenset({SUMMONS_CAME, ANSWERED, INACTION})
"""Acts of which the person has nothing new to read; nor of a sanction looked for and not found."""


def act(session: Session, portal: Portal, clerk: Clerk, number: str, kind: str, content: Content, also: Also) -> None:
    """Write an act in its turn. Raises :class:`~app.intake.turn.AlreadyDone`.

    The person and the other authority are told that there is something new, and nothing of what.
    """
    opened = take(session, portal, clerk, number, kind, also, opens=read_for)
    whole = {"by": clerk.name, "authority": clerk.authority, "words": "", **content}
    opened = record(session, portal.keyring, opened, kind, whole, portal.clock)
    is_quiet = kind in QUIET or (kind == AGAIN and content["answer"] != "oui")
    _tell(session, portal, clerk, opened, "" if is_quiet else letters.email_of(opened), opened.at.isoformat())


def _tell(session: Session, portal: Portal, clerk: Clerk, opened: OpenFiling, email: str, matter: str) -> None:
    now = opened.now
    number, told = opened.filing.number, {"number": opened.filing.number, "address": portal.settings.address}
    to = [
        (one, "progress")
        for code in now.readers
        if code != clerk.authority
        for one in accounts.addresses(session, code)
    ]
    if email:
        to.append((email, "news"))
    messages = [Message(one, kind, number, told, matter) for one, kind in dict.fromkeys(to)]
    notifications.queue(session, portal.keyring, messages, portal.clock)


def appoint(session: Session, authority: str, profession: str, name: str, rank: str, appointed_on: date) -> None:
    """Appoint a member for three years (CSP R. 1110-9)."""
    session.add(
        Member(
            id=uuid.uuid4().hex,
            authority=authority,
            profession=profession,
            name=name,
            rank=rank,
            appointed_on=appointed_on,
            until=end_of_term(appointed_on),
        )
    )


def end_term(member: Member, on: date) -> None:
    """End a term before its time; a meeting that took place keeps its members, by their names."""
    member.until = min(member.until, max(on, member.appointed_on))
