"""A complaint on a page of the desk: what its forms know, and what clerks read beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.acts import turn
from app.acts.case import Case
from app.acts.order import first_day
from app.acts.rules import Actor
from app.base.dates import date_text
from app.base.errors import NotFound
from app.base.i18n import ntranslate
from app.base.portal import Portal
from app.filing.status.conciliation import PERSON
from app.filing.web.uploads import Papers
from app.intake.desk.act_dates import AFTER, RECEIVED, TODAY
from app.intake.desk.page import today_of
from app.intake.rules import is_number


@dataclass(frozen=True)
class DeskCase(Case):
    """A complaint that a clerk has opened."""

    clerk: Clerk
    party: str = ""
    """The party that the address names; empty for most acts."""
    papers: Papers | None = None
    """The files that came with the form."""
    files: Sequence[Mapping[str, Any]] = ()
    """Those files as the act names them, once they are the complaint's."""

    @classmethod
    def of(cls, case: Case, clerk: Clerk, party: str = "", papers: Papers | None = None) -> Self:
        """Make it from what was opened."""
        return cls(case.portal, case.session, case.opened, case.actor, clerk, party, papers, seen=case.seen)

    @classmethod
    def open(cls, session: Session, portal: Portal, clerk: Clerk, number: str, party: str = "") -> Self:
        """Open a complaint that this desk may read. Raises :class:`~app.base.errors.NotFound`."""
        if not is_number(number):
            raise NotFound
        return cls.of(turn.open_case(session, portal, actor_of(clerk), number), clerk, party)

    def again(self, case: Case) -> Self:
        """Return the same complaint of the same page, as it was opened again."""
        return self.of(case, self.clerk, self.party, self.papers)

    @property
    def today(self) -> date:
        """The day it is at this authority."""
        return today_of(self.portal, self.clerk)

    def days(self, code: str) -> dict[str, Any]:
        """What the form of an act knows: today, the receipt, and the first day that the act may bear."""
        first = first_day(self.now, code, self.received_on, self.zone, self.party)
        return {TODAY: self.today, RECEIVED: self.received_on, AFTER: first}

    def late(self, code: str) -> str:
        """Return by how many days a duty is late; nothing when it is not."""
        late = (self.today - self.due[code]).days
        if late <= 0:
            return ""
        return ntranslate(
            "La date limite était le {day} : {n} jour de retard. Vous pouvez encore le faire.",
            "La date limite était le {day} : {n} jours de retard. Vous pouvez encore le faire.",
            late,
        ).format(day=date_text(self.due[code]), n=late)

    def answers(self, name: str) -> str:
        """Return an answer of the complaint or of the contact sheet, as people read it."""
        rows = [*self.opened.payload["complaint"], *self.opened.contact]
        return str(next((row["shown"] for row in rows if row["name"] == name), ""))

    def party_name(self, party: str) -> str:
        """Return the name of a party."""
        return str(self.opened.payload["person" if party == PERSON else "professional"])


def actor_of(clerk: Clerk) -> Actor:
    """Give who acts when a clerk does."""
    return Actor(clerk.name, clerk.authority)
