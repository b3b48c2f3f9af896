"""What came of a complaint since an authority last opened it: read from the acts and the history, kept nowhere else."""

from sqlalchemy import ColumnElement, Exists, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.acts.kinds.lines import OPENED
from app.base.errors import N_
from app.base.forms.fields import Choices
from app.filing.acts.read_receipts import asked_unseen
from app.filing.models import ActSeen, Filing, FilingAct, FilingEvent, FilingMention
from app.filing.status.case_status import (
    CONTACT_CHANGED,
    KEPT_ON,
    PERSON_WROTE,
    PROOFS_ADDED,
    WITHDRAWING,
    WITHDRAWN,
)
from app.filing.status.conciliation import ANSWERED
from app.filing.status.director import OBSERVED
from app.filing.status.mandate import MANDATE_GIVEN_UP, MANDATE_REVOKED, MANDATE_REVOKED_ON_PAPER


class News(Choices):
    """What a clerk reads of an act that nobody of the authority has seen, most pressing first."""

    MENTION = "mention", N_("Mention")
    """A colleague told this clerk of it in a note: it is this clerk's alone."""
    WITHDRAWAL = "retrait", N_("Retrait")
    MANDATE = "mandat", N_("Mandat")
    MESSAGE = "message", N_("Message")
    EVIDENCE = "preuve", N_("Preuve")
    CONTACT = "coordonnees", N_("Coordonnées")
    SUMMONS = "convocation", N_("Réponse à la convocation")
    PROFESSIONAL = "professionnel", N_("Réponse du professionnel")


NEWS = {
    WITHDRAWING: News.WITHDRAWAL,
    KEPT_ON: News.WITHDRAWAL,
    WITHDRAWN: News.WITHDRAWAL,
    MANDATE_REVOKED: News.MANDATE,
    MANDATE_REVOKED_ON_PAPER: News.MANDATE,
    MANDATE_GIVEN_UP: News.MANDATE,
    PERSON_WROTE: News.MESSAGE,
    PROOFS_ADDED: News.EVIDENCE,
    CONTACT_CHANGED: News.CONTACT,
    ANSWERED: News.SUMMONS,
    OBSERVED: News.PROFESSIONAL,
}
"""Kinds of acts that an authority must see, whoever wrote them. Which party answered a summons is sealed."""


def is_unseen(authority: str) -> ColumnElement[bool]:
    """Keep the acts that are new to an authority.

    What it wrote itself is not, nor what was there when one of its clerks opened the complaint.
    """
    seen = exists().where(ActSeen.n == FilingAct.n, ActSeen.reader == authority)
    known = exists().where(
        FilingEvent.filing_id == FilingAct.filing_id,
        FilingEvent.at >= FilingAct.at,
        FilingEvent.authority == authority,
        or_(FilingEvent.kind == OPENED, and_(FilingEvent.at == FilingAct.at, FilingEvent.kind == FilingAct.kind)),
    )
    return and_(~seen, ~known)


def kinds_unseen(authority: str) -> ScalarSelect[str]:
    """Ask, beside a :class:`~app.filing.models.Filing`, for the kinds of its acts that are new to an authority."""
    wanted = select(func.aggregate_strings(FilingAct.kind, " ")).where(
        FilingAct.filing_id == Filing.id, FilingAct.kind.in_(NEWS), is_unseen(authority)
    )
    return wanted.correlate(Filing).scalar_subquery()


def is_mentioned(account: str) -> Exists:
    """Ask, beside a :class:`~app.filing.models.Filing`, whether a colleague told a clerk of it, not opened since."""
    return exists().where(FilingMention.filing_id == Filing.id, FilingMention.account == account).correlate(Filing)


def is_new_to(session: Session, filing_id: str, authority: str, account: str) -> bool:
    """Return whether there is something that an authority, or one of its clerks, is about to see for the first time."""
    unseen = asked_unseen(filing_id, NEWS, authority).exists()
    wanted = select(Filing.id).where(Filing.id == filing_id, or_(is_mentioned(account), unseen))
    return session.scalar(wanted) is not None


def mentioning(account: str) -> Select[str]:
    """Ask for the ids of the complaints of which a colleague told a clerk, and that the clerk has not opened since."""
    return select(FilingMention.filing_id).where(FilingMention.account == account)


def news_in(kinds: str | None, *, is_mentioned: bool = False) -> tuple[News, ...]:
    """Return what to tell of kinds separated by spaces, each once, most pressing first."""
    told = {NEWS[kind] for kind in (kinds or "").split()} | ({News.MENTION} if is_mentioned else set())
    return tuple(one for one in News if one in told)
