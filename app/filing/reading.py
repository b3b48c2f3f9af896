"""What each kind of act seals, and how an act is read from its document. Pure rules on values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.filing import remarks, road, standing
from app.filing.act import Act
from app.filing.sealed import conciliation, person, receipt
from app.filing.sealed.base import Brings, Sealed, read

SEALED: Mapping[str, type[Sealed]] = {
    standing.ACKNOWLEDGED: receipt.Acknowledged,
    standing.TOLD_AUTHORITY: receipt.ToldAuthority,
    standing.TOLD_PROFESSIONAL: receipt.ToldProfessional,
    standing.CONFIRMED: receipt.Confirmed,
    standing.AUTHORITY_WROTE: receipt.AuthorityWrote,
    standing.ASKED: receipt.Asked,
    standing.PHONE_CALL: receipt.Called,
    standing.MOVED: receipt.Moved,
    remarks.TWIN: receipt.Twinned,
    remarks.APART: receipt.Parted,
    remarks.IDENTIFIED: receipt.Identified,
    remarks.TRANSLATED: receipt.Translated,
    standing.HELD: receipt.Held,
    road.HEARD: conciliation.Heard,
    road.FIXED: conciliation.Fixed,
    road.SUMMONED: conciliation.Summoned,
    road.SUMMONS_CAME: conciliation.SummonsCame,
    road.ANSWERED: conciliation.Answered,
    road.REPORT: conciliation.Reported,
    road.REPORT_SENT: conciliation.ReportSent,
    road.OPINION: conciliation.PassedOn,
    road.DECISION: conciliation.Decided,
    road.INACTION: conciliation.DirectorDecided,
    road.AGAIN: conciliation.RecidiveChecked,
    road.CLOSED: conciliation.Closed,
    standing.PERSON_WROTE: person.PersonWrote,
    standing.PROOFS_ADDED: person.ProofsAdded,
    standing.CONTACT_CHANGED: person.ContactChanged,
    standing.WITHDRAWING: person.WithdrawalAsked,
    standing.KEPT_ON: person.KeptOn,
    standing.WITHDRAWN: person.Withdrawn,
}
"""By the code that the ledger names: every act, and no line of the history that is none."""


def act_of(document: Mapping[str, Any]) -> Act:
    """Read an act. One of a kind that this edition does not know tells its words and its files, and no more.

    Raises what :func:`~app.filing.sealed.base.read` does; ``KeyError`` too for a document without kind or instant.
    """
    kind = str(document["kind"])
    sealed: Sealed = read(SEALED.get(kind, Brings), document)
    by, authority = document.get("by", ""), document.get("authority", "")
    return Act(kind, datetime.fromisoformat(document["at"]), by, authority, sealed, document)
