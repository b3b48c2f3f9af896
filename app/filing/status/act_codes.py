"""What each kind of act seals, and how an act is read from its document. Pure rules on values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.filing.sealed import conciliation, director, mandate, masks, person, receipt
from app.filing.sealed.act import Act
from app.filing.sealed.base import Brings, Sealed, read
from app.filing.status import annotations, case_status
from app.filing.status import conciliation as codes
from app.filing.status import director as director_codes
from app.filing.status import mandate as mandate_codes
from app.filing.status import masks as mask_codes

SEALED: Mapping[str, type[Sealed]] = {
    case_status.ACKNOWLEDGED: receipt.Acknowledged,
    case_status.TOLD_AUTHORITY: receipt.ToldAuthority,
    case_status.TOLD_PROFESSIONAL: receipt.ToldProfessional,
    case_status.CONFIRMED: receipt.Confirmed,
    case_status.AUTHORITY_WROTE: receipt.AuthorityWrote,
    case_status.ASKED: receipt.Asked,
    case_status.PHONE_CALL: receipt.Called,
    case_status.MOVED: receipt.Moved,
    annotations.DUPLICATE: receipt.Duplicated,
    annotations.NOT_DUPLICATE: receipt.NotDuplicated,
    annotations.IDENTIFIED: receipt.Identified,
    annotations.TRANSLATED: receipt.Translated,
    case_status.HELD: receipt.Held,
    mask_codes.PASSAGE_MASKED: masks.PassageMasked,
    mask_codes.AREA_MASKED: masks.AreaMasked,
    mask_codes.UNMASKED: masks.Unmasked,
    codes.HEARD: conciliation.Heard,
    codes.SECRETARIAT: conciliation.SecretariatGiven,
    codes.FIXED: conciliation.Fixed,
    codes.COMMISSION_CHANGED: conciliation.CommissionChanged,
    codes.SUMMONED: conciliation.Summoned,
    codes.SUMMONS_CAME: conciliation.SummonsCame,
    codes.ANSWERED: conciliation.Answered,
    codes.REPORT: conciliation.Reported,
    codes.REPORT_SENT: conciliation.ReportSent,
    codes.OPINION: conciliation.PassedOn,
    codes.DECISION: conciliation.Decided,
    codes.INACTION: conciliation.DirectorDecided,
    codes.AGAIN: conciliation.RecidiveChecked,
    codes.CLOSED: conciliation.Closed,
    director_codes.FACTS: director.FactsNotified,
    director_codes.OBSERVED: director.Observed,
    director_codes.OPINION_ASKED: director.OpinionAsked,
    director_codes.OPINION_GIVEN: director.OpinionGiven,
    director_codes.NO_ACTION: director.NoActionDecided,
    director_codes.CONCLUDED: director.DirectorConcluded,
    director_codes.FOLLOWED: director.SanctionFollowed,
    case_status.PERSON_WROTE: person.PersonWrote,
    case_status.PROOFS_ADDED: person.ProofsAdded,
    case_status.CONTACT_CHANGED: person.ContactChanged,
    case_status.WITHDRAWING: person.WithdrawalAsked,
    case_status.KEPT_ON: person.KeptOn,
    case_status.WITHDRAWN: person.Withdrawn,
    mandate_codes.MANDATE_REVOKED: mandate.MandateRevoked,
    mandate_codes.MANDATE_REVOKED_ON_PAPER: mandate.MandateRevokedOnPaper,
    mandate_codes.MANDATE_GIVEN_UP: mandate.MandateGivenUp,
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
