"""Sending a draft: the one way, for the page of a person or of a member, and for the software of an association."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from app.base.forms.fields import Typed
from app.base.portal import Portal
from app.filing.documents import confirmation
from app.filing.models import Filing
from app.filing.receipt import competence, receive
from app.filing.sealed.payload import Complaint
from app.saisine.journey import Route
from app.saisine.queries import OpenDraft
from app.saisine.web.draft_route import way_of

T = TypeVar("T")


@dataclass(frozen=True)
class Prepared:
    """The whole way of a draft, walked again before it is sent."""

    route: Route
    complaint: Complaint | None
    """What it makes; ``None`` while a page is not validly answered."""


def prepare(session: Session, portal: Portal, draft: OpenDraft, typed: Typed) -> Prepared:
    """Walk the whole way of the detailed form; ``typed``: all answers, declarations included."""
    route = way_of(session, portal, typed, draft, skipping=True)
    whole = route.pending is None
    return Prepared(route, competence.complaint_of(session, route, portal.cache) if whole else None)


def deposit(
    portal: Portal, draft: OpenDraft, complaint: Complaint, also: Callable[[Session], T]
) -> tuple[Filing, T | None]:
    """Receive in one transaction: the filing is on disk when this returns, beside what ``also`` gives.

    ``also`` is done in the transaction, but when another press received it before: then ``None`` is given.
    Raises :class:`~app.filing.receipt.mandate.NotMandated` and :class:`~app.base.errors.StorageTrouble`.
    """
    code = receive.PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        filing = receive_in(session, portal, draft, complaint, code)
        return filing, also(session) if filing.code_hash == code.hash else None


def receive_in(
    session: Session, portal: Portal, draft: OpenDraft, complaint: Complaint, code: receive.PersonalCode
) -> Filing:
    """Receive in a transaction that does more; it raises what :func:`deposit` raises."""
    return receive.receive(session, portal.keyring, draft, complaint, code, portal.clock, confirmation.words(portal))
