"""What a party answers to the summons, as the act keeps it: the same from every page where it is answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from app.acts.case import Case
from app.base.dates import local_day
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.base.i18n import translate
from app.evidence.purposes import MANDAT
from app.evidence.store import Received
from app.filing.acts.attachments import join
from app.filing.sealed.act import of_kind
from app.filing.sealed.conciliation import Answered, SummonsCame
from app.filing.status.attendance import words_of
from app.filing.status.case_status import CaseStatus
from app.filing.status.conciliation import ANSWERED, PERSON, SUMMONS_CAME
from app.notifications.kinds import Mail

MOST = 20
"""Answers of one person, and of who acts for her: more would hide the one that counts."""
CAME = N_("La personne : reçue au plus tard le jour où elle a répondu en ligne")


class SummonsAnswer(Protocol):
    """The answers of a page where a summons is answered; see :class:`~app.filing.status.attendance.Attendance`."""

    @property
    def presence(self) -> Choices: ...  # noqa: D102
    @property
    def representant(self) -> str: ...  # noqa: D102
    @property
    def empechement(self) -> str: ...  # noqa: D102
    @property
    def observations(self) -> str: ...  # noqa: D102
    @property
    def distance(self) -> bool: ...  # noqa: D102


def answered(said: SummonsAnswer, party: str) -> Answered:
    """Return what an act keeps of an answer (CSP R. 1110-12)."""
    return Answered(
        party=party,
        presence=said.presence.value,
        represented_by=said.representant,
        why_absent=said.empechement,
        observations=said.observations,
        agrees_remote=said.distance,
        words=words_of(said.presence.value, said.representant),
    )


def is_ahead(now: CaseStatus, today: date) -> bool:
    """Return whether a meeting is fixed and still to come, or of today."""
    on = now.conciliation.session_on
    return bool(now.is_open and on and on >= today and not now.conciliation.report)


def keep(case: Case, said: SummonsAnswer, files: Sequence[Received] = ()) -> list[Received] | None:
    """Write the answer of the person's side to a meeting that is ahead, and tell the authority that there is one.

    Return the copies of files whose bytes the caller removes; ``None`` when there were too many answers already.
    """
    if sum(not act.authority for act in of_kind(case.opened.acts, Answered)) >= MOST:
        return None
    named, twice = join(case.session, case.opened, files, case.portal.clock, MANDAT.value)
    sent = case.now.conciliation.summons.get(PERSON)
    if sent and not sent.came_on:  # whoever answers a summons has it (CSP R. 1110-11 al. 5)
        today = local_day(case.portal.clock(), case.zone)
        case = case.write(SUMMONS_CAME, SummonsCame(party=PERSON, on=today, words=translate(CAME)))
    done = case.write(ANSWERED, replace(answered(said, PERSON), files=named))
    done.tell((one, Mail.PROGRESS) for one in done.addresses(done.now.receiver))
    return twice
