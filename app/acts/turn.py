"""Acting in one's turn: what a page was shown may be past, so the complaint is opened again and asked once more.

A complaint that left, ended, moved on or was changed by somebody else since refuses the act, and the page of the
refusal says what happened. Every act, of a clerk or of the person, goes through :func:`take`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.queries import SignedInMember
from app.acts.case import Case
from app.acts.kinds import ACTS, KINDS, TOLD
from app.acts.refusals import (
    ELSEWHERE,
    AlreadyDone,
    Left,
    NotNow,
    NotNowForAssociation,
    changed,
    gone,
    happened,
    no_more,
    where_to,
)
from app.acts.rules import Actor, HistoryEntry, newer
from app.base.errors import N_, NotFound
from app.base.i18n import translate
from app.base.portal import Portal
from app.filing.documents import mandate_wording
from app.filing.ledger import chain
from app.filing.models import Filing
from app.filing.queries import OpenFiling, open_for_association, open_for_person, read_for
from app.filing.status.conciliation import PERSON

FOR_ASSOCIATION = N_("{name}, pour l'association {association}")
"""How a member who acts for a person is named, everywhere."""
Also = Callable[[Case], Any]
"""What is asked beside the declaration of an act."""


def open_case(session: Session, portal: Portal, actor: Actor, number: str) -> Case:
    """Open a complaint for an authority that may read it. Raises :class:`~app.base.errors.NotFound`."""
    opened = read_for(session, portal.keyring, number, actor.authority)
    if opened is None:
        raise gone(session, number, actor.authority)
    return Case(portal, session, opened, actor)


@dataclass(frozen=True)
class ActPress:
    """A press on the button of an act: of what complaint, which act, from which page."""

    number: str
    code: str
    seen: int | None = None
    """Version of the complaint that the page was shown; ``None`` when no page was."""
    party: str = ""
    """For whom the act is, when it is of one party."""
    shown: OpenFiling | None = field(default=None, repr=False)
    """The complaint as the request opened it before the turn, if it did."""


def take(session: Session, portal: Portal, actor: Actor, press: ActPress, also: Also | None = None) -> Case:
    """Take the turn of the ledger and open a complaint again, to do an act.

    ``also``: what is asked beside the declaration of the act. Raises :class:`AlreadyDone`, :class:`Left`.
    """
    chain.take_turn(session)
    opened = read_for(session, portal.keyring, press.number, actor.authority, press.shown)
    case = Case(portal, session, opened, actor, seen=press.seen or 0) if opened else None
    if case is None or not case.acts_as(KINDS[press.code].by):
        raise Left(where_to(session, press.number, actor.authority) or translate(ELSEWHERE))
    expect(case, press, also)
    return case


def expect(case: Case, press: ActPress, also: Also | None = None) -> None:
    """Refuse an act that is not possible now, or whose page is past. Raises :class:`AlreadyDone`."""
    if not case.may(press.code):
        raise AlreadyDone(why_not(case, press.code), case.number)
    if line := past_by(case, press):
        raise AlreadyDone(changed(line), case.number)
    if also and not also(case):
        raise AlreadyDone(why_not(case, press.code), case.number)


def past_by(case: Case, press: ActPress) -> HistoryEntry | None:
    """Return what was done since the page was shown, and that it would undo; nothing when it is up to date."""
    if press.seen is None or press.seen == case.opened.version:
        return None
    return newer([line for line in case.lines if line.n > press.seen], KINDS[press.code], press.party)


def own_case(session: Session, portal: Portal, filing: Filing, shown: OpenFiling | None = None) -> Case:
    """Open a complaint for the person who follows it; ``shown``: as the request opened it before, if it did."""
    return Case(portal, session, open_for_person(session, portal.keyring, filing, shown), Actor())


def take_own(
    session: Session,
    portal: Portal,
    filing: Filing,
    code: str,
    seen: int | None = None,
    shown: OpenFiling | None = None,
) -> Case:
    """Take the turn of the ledger and open a complaint again, for an act of the person, or of a time that passed.

    ``seen`` and ``shown`` as in :class:`ActPress`. Raises :class:`~app.acts.refusals.NotNow`.
    """
    chain.take_turn(session)
    case = replace(own_case(session, portal, filing, shown), seen=seen or 0)
    if not case.may(code):
        raise NotNow(no_more(case.now, case.lines, code))
    if line := past_by(case, ActPress(case.number, code, seen, PERSON)):
        raise NotNow(changed(line, TOLD))
    return case


def take_mandated(
    session: Session, portal: Portal, member: SignedInMember, filing: Filing, code: str, seen: int | None = None
) -> Case:
    """Take the turn of the ledger and open a complaint again, for an act of the association that filed it.

    It acts in its own name, and the name says for whom. Raises :class:`~app.base.errors.NotFound` once the mandate
    ended, or without the power that the act needs, and :class:`~app.acts.refusals.NotNowForAssociation`.
    """
    chain.take_turn(session)
    opened = open_for_association(session, portal.keyring, filing, member.association)
    if opened is None:
        raise NotFound
    name = translate(FOR_ASSOCIATION).format(name=member.name, association=mandate_wording.name_of(opened.payload))
    case = Case(portal, session, opened, Actor(name, association=member.association), seen=seen or 0)
    if not case.acts_as(KINDS[code].by):
        raise NotFound
    if not case.may(code):
        raise NotNowForAssociation(why_not(case, code), case.number)
    if line := past_by(case, ActPress(case.number, code, seen, PERSON)):
        raise NotNowForAssociation(changed(line), case.number)
    return case


def why_not(case: Case, code: str) -> str:
    """Return why an act is refused."""
    return happened(case.now, [line for line in case.lines if line.code in ACTS], code)
