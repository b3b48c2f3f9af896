"""Giving the drafts and the complaints of a member of an association to another one; the journal of access says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import AccountHolder
from app.accounts.service import access
from app.base.crypto.row_binding import is_bound
from app.base.crypto.vault import PORTAL, seal
from app.base.errors import N_
from app.base.i18n import ntranslate, translate
from app.base.portal import Portal
from app.filing.history import WHY
from app.filing.models import Filing
from app.saisine.models import Draft

GIVEN = "dossier_confie"
FROM_TO = N_("De {giver} à {name}")
FORMER = N_("Ancien membre")


@dataclass(frozen=True)
class TakenCareOf:
    """How much a member takes care of."""

    drafts: int
    complaints: int
    """Those that were sent."""

    @property
    def words(self) -> str:
        """Say it; what is none is not told."""
        drafts = ntranslate("{n} brouillon", "{n} brouillons", self.drafts).format(n=self.drafts)
        sent = ntranslate("{n} plainte envoyée", "{n} plaintes envoyées", self.complaints).format(n=self.complaints)
        told = [words for n, words in ((self.drafts, drafts), (self.complaints, sent)) if n]
        return translate(N_(" et ")).join(told)


@dataclass(frozen=True)
class Handing:
    """In which association, to which account, by whom."""

    association: str
    to: str
    by: str
    """Name of who answers for it."""


def held(session: Session, association: str) -> Mapping[str, TakenCareOf]:
    """Count what each account of an association takes care of; who takes care of nothing is not there."""
    sent = func.count(Draft.sent_code)
    wanted = select(Draft.member, func.count(), sent).where(Draft.association == association).group_by(Draft.member)
    return {account: TakenCareOf(n - n_sent, n_sent) for account, n, n_sent in session.execute(wanted)}


def hand_over(session: Session, portal: Portal, handing: Handing, *which: ColumnElement[bool]) -> None:
    """Give those drafts of the association, sent or not, to a member; what that member has already stays as it is.

    Each leaves a line in the journal of access, which says from whom and to whom under the key of the complaint.
    """
    names = accounts.names(session, handing.association)
    chosen = (Draft.association == handing.association, Draft.member != handing.to, *which)
    sent = select(Filing.draft_id, Filing.number).join(Draft, Draft.id == Filing.draft_id)
    numbers = {row.draft_id: row.number for row in session.execute(sent.where(*chosen))}
    for row in session.scalars(select(Draft).where(*chosen).order_by(Draft.id).with_for_update()).all():
        if not is_bound(session, row):
            continue
        giver = names.get(row.member, translate(FORMER))
        words = translate(FROM_TO).format(giver=giver, name=names[handing.to]).encode()
        why = seal(portal.keyring.unwrap(row.wrapped, PORTAL), words, WHY)
        row.member = handing.to
        line = access.Access(handing.by, handing.association, GIVEN, numbers.get(row.id, row.public), why)
        access.note(session, line, portal.clock())


class OfMember:
    """What an association does of those of someone who leaves (:class:`app.accounts.management.keeper.HandOver`)."""

    def held(self, session: Session, account: AccountHolder) -> str:
        """Say how many drafts and complaints this account takes care of."""
        found = held(session, account.association).get(account.id)
        return translate(N_("Cette personne suit {what}.")).format(what=found.words) if found else ""

    def give(self, session: Session, portal: Portal, account: AccountHolder, to: str, by: str) -> None:
        """Give them to another member; given to nobody, they stay those of a former member."""
        if to:
            hand_over(session, portal, Handing(account.association, to, by), Draft.member == account.id)
