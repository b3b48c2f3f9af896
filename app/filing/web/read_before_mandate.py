"""The complaint that a person reads before she gives a mandate, in the browser where she typed the code."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session

from app.accounts.rules import MANDATE
from app.accounts.service import sessions
from app.associations import registry
from app.associations.mandate_text import ExpressMandate, unsigned
from app.base import dates
from app.base.i18n import FRENCH, in_language, language_now, translate
from app.base.web.pages import portal_of
from app.filing.receipt.mandate_object import mandate_of
from app.printing.bilingual import InBoth, side_by_side
from app.saisine import mandate_requests as requests
from app.saisine import queries
from app.saisine.journey import Route
from app.saisine.models import MandateRequest
from app.saisine.pages import LAST
from app.saisine.queries import OpenDraft
from app.saisine.web.draft_route import route_of


@dataclass(frozen=True)
class ReadComplaint:
    """A complaint that the person reads before she answers."""

    draft: OpenDraft
    route: Route
    mandate: ExpressMandate
    digest: str
    text: Sequence[InBoth]
    """What the mandate says, in the language of the page beside the French, which is signed."""

    @property
    def is_whole(self) -> bool:
        """Whether the association changes nothing of it now."""
        return self.route.pending is None or self.route.pending.name == LAST.name


def open_complaint(request: Request, session: Session, row: MandateRequest, visitor: str) -> ReadComplaint | None:
    """Open the complaint for the browser where the code was typed; ``None`` for any other."""
    portal = portal_of(request)
    now = portal.clock()
    if row.draft not in sessions.subjects_of(session, visitor, MANDATE, now):
        return None
    draft = queries.open_for_mandate(session, portal.keyring, row.draft)
    if draft is None:
        return None
    route = route_of(request, session, draft.typed, draft, skipping=True)
    trail, today = route.trail, dates.local_day(now)
    known = registry.known(session, draft.association)

    def gathered() -> ExpressMandate:
        return mandate_of(session, known, trail, trail.get("mandat_portee", ()), today, translate)

    own = () if language_now().is_french else unsigned(gathered(), translate)
    with in_language(FRENCH):  # its words are what is signed
        mandate = gathered()
        text = unsigned(mandate, translate)
    return ReadComplaint(
        draft, route, mandate, requests.digest_of_read(session, draft), side_by_side(own or text, text)
    )
