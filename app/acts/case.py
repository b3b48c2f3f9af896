"""A complaint as one act finds it: opened once, with who acts, and the one way to write and to tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.acts.kinds import INTERNAL, KINDS, may
from app.acts.rules import Actor, By, HistoryEntry, roles
from app.associations import registry as associations
from app.base.crypto.vault import seal
from app.base.dates import local_day
from app.base.i18n import FRENCH
from app.base.portal import Portal
from app.filing.acts.act_store import record
from app.filing.history import WHY, history_of
from app.filing.letter_address import is_through_association
from app.filing.queries import OpenFiling
from app.filing.receipt.receive import record_event
from app.filing.sealed.base import Sealed
from app.filing.sealed.conciliation import party_of
from app.filing.sealed.payload import READ_IN
from app.filing.status import contact
from app.filing.status.calendar import calendar
from app.filing.status.case_status import CaseStatus
from app.filing.status.mandate_powers import may_represent, receives_letters
from app.notifications import service as notifications
from app.notifications.kinds import ABOUT_OWN_COMPLAINT, Mail
from app.notifications.service import Message
from app.procedure.rules import Deadline
from app.webhooks import service as webhooks
from app.webhooks.service import Happening


@dataclass(frozen=True)
class Case:
    """A complaint opened for somebody, in a session that lasts as long as the case."""

    portal: Portal
    session: Session
    opened: OpenFiling
    actor: Actor
    seen: int = field(default=0, kw_only=True)
    """Version that the page of the act was shown; 0 when none was, or it does not say."""
    at: datetime | None = field(default=None, kw_only=True)
    """When the act of this case was written; ``None`` before."""

    @property
    def number(self) -> str:
        """Its number."""
        return self.opened.number

    @property
    def now(self) -> CaseStatus:
        """Where it stands."""
        return self.opened.now

    @cached_property
    def calendar(self) -> Mapping[str, Deadline]:
        """The days of the calendar, by their codes."""
        return calendar(self.opened.payload, self.opened.acts)

    @cached_property
    def due(self) -> dict[str, date]:
        """Those days, by their codes, without any move for a weekend or a holiday."""
        return {code: day.due_strict for code, day in self.calendar.items()}

    @property
    def zone(self) -> ZoneInfo:
        """Where the law counts its days."""
        return ZoneInfo(self.opened.filing.zone)

    @property
    def received_on(self) -> date:
        """The day of the receipt, where the law counts it."""
        return local_day(self.opened.filing.received_at, self.zone)

    @cached_property
    def roles(self) -> By:
        """As whom this authority, or the person, may act."""
        return roles(self.now, self.actor, is_for_council=self._is_for_council())

    def _is_for_council(self) -> bool:
        own, ordre = self.actor.authority, self.now.ordre
        return bool(own) and (own == ordre or (own == self.now.receiver and not self.uses_service(ordre)))

    def uses_service(self, authority: str) -> bool:
        """Return whether an authority works here."""
        return accounts.uses_service(self.session, authority)

    def acts_as(self, by: By) -> bool:
        """Return whether who acts is one of these; for whom a council acts is asked only where it decides."""
        own = roles(self.now, self.actor, is_for_council=False)
        return bool(by & own) or (By.COUNCIL in by and self._is_for_council())

    def may(self, code: str) -> bool:
        """Return whether who acts may do this now."""
        return self.acts_as(KINDS[code].by) and may(self.now, code)

    @cached_property
    def lines(self) -> list[HistoryEntry]:
        """What was done of it, as far as who acts may read, the oldest first."""
        parties = {act.at: party_of(act.sealed) for act in self.opened.acts}
        return [
            HistoryEntry(one.n, one.kind, one.by, one.at, one.why, parties.get(one.at, ""), one.authority)
            for one in history_of(self.session, self.opened.filing.id, self.opened.key)
            if one.kind not in INTERNAL or one.authority == self.actor.authority
        ]

    @property
    def email(self) -> str:
        """The e-mail address of the person; empty when there is none."""
        return contact.email_of(self.opened.contact)

    def is_written(self, code: str, sealed: Sealed) -> bool:
        """Return whether the same hand wrote the very same since the page was shown: its button was pressed twice."""
        if self.seen in {0, self.opened.version}:
            return False
        own = (code, self.actor.name, self.actor.authority)
        since = [one for one in self.lines if one.n > self.seen and (one.code, one.by, one.authority) == own]
        kept = {act.at: act.sealed for act in self.opened.acts}
        written = (kept.get(one.at, Sealed(words=one.words)).document() for one in since)
        return sealed.document() in written

    def write(self, code: str, sealed: Sealed) -> Self:
        """Write an act, or a line of the history, as the one who acts; return the case after it.

        The turn of the ledger is taken, and the right was asked in it (:func:`app.acts.turn.take`). Raises
        ``TypeError`` for another value than the one that this kind seals, and ``KeyError`` for a code that is none.
        """
        if type(sealed) is not KINDS[code].sealed:
            raise TypeError(code, type(sealed))
        after = self._written(code, sealed)
        self._tell_software(code, after)
        return after

    def _written(self, code: str, sealed: Sealed) -> Self:
        who = {"by": self.actor.name, "authority": self.actor.authority}
        if KINDS[code].is_sealed:
            whole = {**who, **sealed.document()}
            opened = record(self.session, self.portal.keyring, self.opened, code, whole, self.portal.clock)
            return replace(self, opened=opened, at=opened.at)
        at = self.portal.clock()
        why = seal(self.opened.key, sealed.words.encode(), WHY) if sealed.words else None
        record_event(self.session, self.opened.filing.id, code, **who, at=at, why=why)
        return replace(self, at=at)

    def _tell_software(self, code: str, after: Self) -> None:
        """Tell the software of the association that received the letters until this act; nothing of it once it ends."""
        kind = KINDS[code]
        was_done = kind.event_again and any(act.kind == code for act in self.opened.acts)
        event = kind.event_again if was_done else kind.event
        if not after.now.is_mandated and self.now.is_mandated:
            webhooks.forget(self.session, self.number)
        if event and after.at and receives_letters(self.now):
            path = webhooks.path_of(self.number)
            webhooks.tell(self.session, self.now.association, Happening(event, after.at, self.number, path))

    def tell(self, mails: Iterable[tuple[str, Mail]], **more: str) -> None:
        """Queue mails, each an address with the kind of the mail: that there is something new, never what.

        Called once the act is written; an empty address gets nothing, one that comes twice gets one mail.
        """
        told = {"number": self.number, "address": self.portal.settings.address, **more}
        matter = self.at.isoformat() if self.at else ""
        read = self.opened.payload.get(READ_IN, FRENCH)
        messages = [
            Message(to, mail, self.number, told, matter, read if mail in ABOUT_OWN_COMPLAINT else FRENCH)
            for to, mail in dict.fromkeys(mails)
            if to
        ]
        notifications.queue(self.session, self.portal.keyring, messages, self.portal.clock)

    def tell_person(self, mail: Mail = Mail.NEWS, **more: str) -> None:
        """Queue a mail to the person about what was done for them, and tell whoever receives their letters."""
        self.tell([(self.email, mail)], **more)
        self.tell_association()

    def tell_association(self, *, of_meeting: bool = False) -> None:
        """Tell the association that receives the letters of the person, if one does, that there is something new.

        At its address in the register, else to those who answer for it. ``of_meeting``: it is of the conciliation,
        which whoever represents the person there is told of too.
        """
        if receives_letters(self.now) or (of_meeting and may_represent(self.now)):
            self.tell((one, Mail.NEWS_FOR_ASSOCIATION) for one in self._addresses_of_association())

    @property
    def is_told_by_mail(self) -> bool:
        """Whether a letter to the person may leave by e-mail: to her, or to the association that receives it for her.

        The mail says that there is something to read; the association reads the letter on its own pages.
        """
        receives = receives_letters(self.now) and is_through_association(self.opened)
        return bool(self.email) or (receives and bool(self._addresses_of_association()))

    def _addresses_of_association(self) -> list[str]:
        known = associations.known(self.session, self.now.association)
        own = known.row.email if known else ""
        return [own] if own else accounts.answering_for(self.session, "", self.now.association)

    def addresses(self, *authorities: str) -> list[str]:
        """List where to write to these authorities."""
        return [one for code in authorities for one in accounts.addresses(self.session, code)]
