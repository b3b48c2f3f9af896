"""Giving the complaints of a clerk who leaves to another one, or to nobody; the history says so."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import AccountHolder
from app.base.crypto.vault import seal
from app.base.errors import N_
from app.base.i18n import ntranslate, translate
from app.base.portal import Portal
from app.filing.history import WHY
from app.filing.models import FilingDesk, FilingKey
from app.filing.receipt.receive import assign, record_event
from app.filing.rules import authority_holder

GIVEN = "attribuee"
TO, TO_NOBODY = N_("À {name}, car {leaver} ne travaille plus ici"), N_("À personne, car {leaver} ne travaille plus ici")


class Filings:
    """What a desk does of the complaints of someone who leaves (:class:`app.accounts.management.keeper.HandOver`)."""

    def held(self, session: Session, account: AccountHolder) -> str:
        """Say how many complaints this account takes care of."""
        wanted = select(func.count()).select_from(FilingDesk)
        n = session.scalar(wanted.where(*_of(account))) or 0
        words = ntranslate("Cette personne suit {n} dossier.", "Cette personne suit {n} dossiers.", n)
        return words.format(n=n) if n else ""

    def give(self, session: Session, portal: Portal, account: AccountHolder, to: str, by: str) -> None:
        """Give them to a colleague, or to nobody (empty), and leave a line in the history of each."""
        name = dict(accounts.colleagues(session, account.authority)).get(to, "")
        words = translate(TO if name else TO_NOBODY).format(name=name, leaver=account.name).encode()
        holder = authority_holder(account.authority)
        for filing_id in session.scalars(select(FilingDesk.filing_id).where(*_of(account))).all():
            assign(session, filing_id, account.authority, to if name else "")
            key = session.get(FilingKey, (filing_id, holder))
            why = seal(portal.keyring.unwrap(key.wrapped, holder), words, WHY) if key else None
            record_event(session, filing_id, GIVEN, by=by, authority=account.authority, at=portal.clock(), why=why)


def _of(account: AccountHolder) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FilingDesk.authority == account.authority, FilingDesk.assignee == account.id
