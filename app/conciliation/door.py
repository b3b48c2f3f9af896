"""What the pages of the road begin with: a complaint that this desk may read, where it stands, the papers that come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.dates import local_day
from app.base.errors import NotFound
from app.base.portal import Portal
from app.base.web.pages import PortalOf, render
from app.conciliation import service
from app.evidence import store
from app.evidence.store import Received
from app.filing.arriving import Papers, receive
from app.filing.documents import FILES, join
from app.filing.duties import Duty, owed, owed_on
from app.filing.queries import OpenFiling
from app.filing.road import PERSON
from app.filing.standing import Standing
from app.intake.acting import AFTER, RECEIVED, TODAY, readable
from app.intake.desk import DeskOf, frame, today_of
from app.intake.guards import may
from app.intake.order import first_day
from app.intake.turn import AlreadyDone, happened
from app.procedure import queries as procedure

Asks = Callable[[Standing], bool]
Right = Callable[[Session, Standing, str], bool]
"""Whether an authority may do something of a complaint as it stands."""


@dataclass(frozen=True)
class Case:
    """A complaint on a page of its road."""

    portal: Portal
    clerk: Clerk
    opened: OpenFiling
    acts: Sequence[dict[str, Any]]
    now: Standing
    right: Right = lambda _session, _now, _authority: True
    """Who may do what this page does: asked by its door, then again in the turn of its act."""

    @property
    def number(self) -> str:
        """Its number."""
        return self.opened.filing.number

    @property
    def is_secretariat(self) -> bool:
        """Whether this desk holds the complaint, and so the secretariat (CSP R. 1110-10)."""
        return self.clerk.authority == self.now.receiver

    @cached_property
    def speaks_for_council(self) -> bool:
        """Whether this desk is the council, or holds the complaint for one that does not work here."""
        with self.portal.database.read() as session:
            return _speaks_for_council(session, self.now, self.clerk.authority)

    @property
    def is_caisse(self) -> bool:
        """Whether this desk is the caisse."""
        return self.clerk.authority not in self.now.ordres

    @property
    def today(self) -> date:
        """The day it is at this authority."""
        return today_of(self.portal, self.clerk)

    @property
    def received_on(self) -> date:
        """The day of the receipt, where the law counts it."""
        return local_day(self.opened.filing.received_at, ZoneInfo(self.opened.filing.zone))

    def days(self, kind: str, party: str = "") -> dict[str, Any]:
        """What the form of an act knows: today, the receipt, and the first day that the act may bear."""
        zone = ZoneInfo(self.opened.filing.zone)
        first = first_day(self.now, kind, self.received_on, zone, party)
        return {TODAY: self.today, RECEIVED: self.received_on, AFTER: first}

    @cached_property
    def due(self) -> dict[str, date]:
        """The days of the calendar."""
        with self.portal.database.read() as session:
            return {day.code: day.due_strict for day in procedure.calendar_of(session, self.number)}

    @cached_property
    def owed(self) -> tuple[Duty, ...]:
        """What is owed today, by whichever authority, the nearest day first."""
        return owed_on(owed(self.now, self.due), self.today)

    def answers(self, name: str) -> str:
        """Give an answer of the complaint or of the contact sheet, as people read it."""
        rows = [*self.opened.payload["complaint"], *self.opened.contact]
        return str(next((row["shown"] for row in rows if row["name"] == name), ""))

    def party_name(self, party: str) -> str:
        """Name a party."""
        return str(self.opened.payload["person" if party == PERSON else "professional"])

    @property
    def version(self) -> str:
        """What the form of the meeting was shown: when the meeting that it would replace was fixed; empty before."""
        return str(self.now.road.meeting.get("at", ""))

    def expect(self, kind: str, also: Asks | None = None) -> None:
        """Refuse what this complaint does not call for now, or any more. Raises :class:`AlreadyDone`."""
        if not may(self.now, kind) or (also and not also(self.now)):
            raise AlreadyDone(happened(self.now, self.acts, kind), self.number)

    def do(self, kind: str, content: dict[str, Any], papers: Papers | None = None, also: Asks | None = None) -> None:
        """Write an act with its files, in one transaction, once who may do it is asked again.

        Raises :class:`AlreadyDone`.
        """
        twice: list[Received] = []

        def asked(session: Session, now: Standing) -> bool:
            return self.right(session, now, self.clerk.authority) and (also is None or also(now))

        with self.portal.database.write() as session:
            if papers and papers.files:
                named, twice = join(session, self.opened, papers.files, self.portal.clock)
                content = {**content, FILES: named}
            service.act(session, self.portal, self.clerk, self.number, kind, content, asked)
        for file in twice:
            store.remove(self.portal.files, file.id)

    def show(self, request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
        """Show a page of the road."""
        return render(
            request, template, status=status, **frame(request, self.clerk), number=self.number, case=self, **context
        )


def case_of(portal: PortalOf, clerk: DeskOf, numero: str) -> Case:
    """Open a complaint that this desk may read. Raises :class:`~app.base.errors.NotFound`."""
    opened = readable(portal, clerk, numero)
    return Case(portal, clerk, opened, opened.acts, opened.now)


CaseOf = Annotated[Case, Depends(case_of)]


def _by(right: Right) -> Callable[[Case], Case]:
    """Open a page to who has this right. Raises :class:`~app.base.errors.NotFound`."""

    def opens(case: CaseOf) -> Case:
        with case.portal.database.read() as session:
            if not right(session, case.now, case.clerk.authority):
                raise NotFound
        return replace(case, right=right)

    return opens


def _is_secretariat(_session: Session, now: Standing, authority: str) -> bool:
    return authority == now.receiver


def _speaks_for_council(session: Session, now: Standing, authority: str) -> bool:
    if authority == now.ordre:
        return True
    return authority == now.receiver and not accounts.uses_service(session, now.ordre)


def _is_caisse(_session: Session, now: Standing, authority: str) -> bool:
    return authority not in now.ordres


SecretariatOf = Annotated[Case, Depends(_by(_is_secretariat))]
"""A complaint whose meeting this desk prepares; for any other, nothing is there."""
CouncilOf = Annotated[Case, Depends(_by(_speaks_for_council))]
"""A complaint that this desk passes on to the chamber."""
DirectorOf = Annotated[Case, Depends(_by(_is_caisse))]
"""A complaint about which the director of this caisse may act."""


async def papers_of(request: Request, case: CaseOf) -> Papers:
    """Receive a form with its files, sealed while they arrive under the key of the complaint."""
    return await receive(request, case.portal, case.opened)


PapersOf = Annotated[Papers, Depends(papers_of)]
