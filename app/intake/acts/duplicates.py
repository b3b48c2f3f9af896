"""Complaints that may be one: found through the keyed words, linked by an act on each, told to the person."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.acts.refusals import AlreadyDone
from app.base.clock import PARIS
from app.base.crypto.vault import Keyring
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.ledger import chain
from app.filing.queries import OpenFiling, read_for
from app.filing.sealed.receipt import Duplicated, NotDuplicated
from app.filing.search import word_index
from app.filing.status.annotations import DUPLICATE, linked_duplicates
from app.intake.desk.case import DeskCase
from app.notifications.kinds import Mail

NEAR, MOST = timedelta(days=31), 20
WITH, PARTED_FROM = N_("Avec {number}, reçue le {day}"), N_("Séparée de {number}")
KNOWN = N_("Ces deux dossiers sont déjà suivis ensemble : {number}.")
NOT_LINKED = N_("Ces deux dossiers ne sont pas suivis ensemble, ou l'autre n'est pas à votre service.")


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

    Those of somebody else about the same professional are no duplicates: each person has a complaint of their own.
    """
    held = opened.filing
    linked = linked_duplicates(opened.acts)
    same = set(word_index.same_professional(opened.payload))
    found = []
    for number in word_index.numbers_of(session, keyring, authority, word_index.same_person(opened.payload), MOST):
        if number in {held.number, *linked} or not (other := read_for(session, keyring, number, authority)):
            continue
        is_same = bool(same & set(word_index.same_professional(other.payload)))
        names = other.payload["person"], other.payload["professional"]
        found.append(Candidate(number, other.filing.received_at, *names, is_same))
    return sorted(found, key=lambda one: (not one.is_same_professional, abs(one.received_at - held.received_at)))


def has_likely_duplicates(session: Session, keyring: Keyring, opened: OpenFiling, authority: str) -> bool:
    """Return whether one is worth a look at once: same person and professional, a month apart at most; opens none."""
    at = opened.filing.received_at
    return word_index.has_like(session, keyring, authority, opened.payload, (at - NEAR, at + NEAR))


def link_or_part(case: DeskCase, number: str, kind: str) -> None:
    """Follow two complaints together (``DUPLICATE``), or apart again (``NOT_DUPLICATE``).

    Both are kept, and the earliest date leads. The other one is read only, and may have ended. Raises
    :class:`~app.acts.refusals.AlreadyDone`.
    """
    linked = linked_duplicates(case.opened.acts)
    other = read_for(case.session, case.portal.keyring, number, case.clerk.authority)
    if other is None or number == case.number or (number in linked) is (kind == DUPLICATE):
        says = translate(KNOWN if number in linked else NOT_LINKED).format(number=number)
        raise AlreadyDone(says, case.number)
    for one, beside in ((case, other), (replace(case, opened=other), case.opened)):
        received_at = beside.filing.received_at
        day = date_text(local_day(received_at, PARIS), weekday=False)
        words = translate(WITH if kind == DUPLICATE else PARTED_FROM).format(number=beside.number, day=day)
        seals = Duplicated if kind == DUPLICATE else NotDuplicated
        done = one.write(kind, seals(words=words, twin=beside.number, twin_received_at=chain.instant(received_at)))
        done.tell([(done.email, Mail.FOLLOWED_TOGETHER if kind == DUPLICATE else Mail.FOLLOWED_APART)])
