"""Complaints that may be one: found through the keyed words, linked by an act on each, told to the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.queries import Clerk
from app.base.clock import PARIS
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.vault import Keyring
from app.filing import finding, ledger
from app.filing.acts import acts_of, record
from app.filing.queries import OpenFiling, read_for
from app.filing.remarks import TWIN, twins
from app.intake import letters
from app.intake.turn import AlreadyDone, take
from app.notifications import service as notifications
from app.notifications.service import Message

NEAR, MOST = timedelta(days=31), 20
WITH, APART_FROM = N_("Avec {number}, reçue le {day}"), N_("Séparée de {number}")
KNOWN = N_("Ces deux dossiers sont déjà suivis ensemble : {number}.")
NO_TWIN = N_("Ces deux dossiers ne sont pas suivis ensemble, ou l'autre n'est pas à votre service.")


@dataclass(frozen=True)
class Candidate:
    """A complaint that may be the same as another."""

    number: str
    received_at: datetime
    person: str
    professional: str
    is_same_professional: bool

    @property
    def received(self) -> str:
        """The day it was received."""
        return date_text(local_day(self.received_at, PARIS), weekday=False)


def candidates(session: Session, keyring: Keyring, opened: OpenFiling, authority: str) -> list[Candidate]:
    """List the complaints of the same person that this authority may read; the same professional and near days first.

    Those of somebody else about the same professional are no twins: each person has a complaint of their own.
    """
    held = opened.filing
    linked = twins(acts_of(session, held.id, opened.key))
    same = set(finding.same_professional(opened.payload))
    found = []
    for number in finding.numbers_of(session, keyring, authority, finding.same_person(opened.payload), MOST):
        if number in {held.number, *linked} or not (other := read_for(session, keyring, number, authority)):
            continue
        is_same = bool(same & set(finding.same_professional(other.payload)))
        names = other.payload["person"], other.payload["professional"]
        found.append(Candidate(number, other.filing.received_at, *names, is_same))
    return sorted(found, key=lambda one: (not one.is_same_professional, abs(one.received_at - held.received_at)))


def are_likely(session: Session, keyring: Keyring, opened: OpenFiling, authority: str) -> bool:
    """Tell whether one is worth a look at once: same person and professional, a month apart at most; opens none."""
    at = opened.filing.received_at
    return finding.has_like(session, keyring, authority, opened.payload, (at - NEAR, at + NEAR))


def tell_both(session: Session, portal: Portal, clerk: Clerk, numbers: tuple[str, str], kind: str) -> None:
    """Follow two complaints together (``TWIN``), or apart again (``APART``): both are kept, the earliest date leads.

    The other one is read only, and may have ended. Raises :class:`~app.intake.turn.AlreadyDone`.
    """
    first = take(session, portal, clerk, numbers[0], kind)
    other = read_for(session, portal.keyring, numbers[1], clerk.authority)
    linked = twins(acts_of(session, first.filing.id, first.key))
    if other is None or numbers[0] == numbers[1] or (numbers[1] in linked) is (kind == TWIN):
        known = linked.get(numbers[1])
        says = translate(KNOWN if known else NO_TWIN).format(number=numbers[1])
        raise AlreadyDone(says, numbers[0])
    for one, beside in ((first, other), (other, first)):
        day = date_text(local_day(beside.filing.received_at, PARIS), weekday=False)
        words = translate(WITH if kind == TWIN else APART_FROM).format(number=beside.filing.number, day=day)
        content = {
            "by": clerk.name,
            "authority": clerk.authority,
            "words": words,
            "twin": beside.filing.number,
            "twin_received_at": ledger.instant(beside.filing.received_at),
        }
        at = record(session, portal.keyring, one, kind, content, portal.clock)
        if email := letters.email_of(one):
            told = {"number": one.filing.number, "address": portal.settings.address}
            mail = "together" if kind == TWIN else "apart"
            notifications.queue(
                session,
                portal.keyring,
                [Message(email, mail, one.filing.number, told, at.isoformat())],
                portal.clock,
            )
