"""The days of the law by their codes, and what is known of each beside its delay (see :mod:`app.procedure.law`)."""

from enum import Enum, StrEnum
from typing import Self


class KeptBy(Enum):
    """Which authority must keep a day."""

    NOBODY = "nobody"
    """It is kept at the receipt, it concerns somebody else, or it is a limit and not an act."""
    RECEIVER = "receiver"
    """The authority that received the complaint."""
    SECRETARIAT = "secretariat"
    """The authority that keeps the secretariat of the commission: the receiver, or as agreed (CSP R. 1110-10)."""
    COUNCIL = "council"
    """The council of the ordre, whichever of the two authorities it is (CSP R. 1110-13, R. 1110-14)."""
    CAISSE = "caisse"
    """The caisse, whichever of the two it is: its director may sanction (CSS L. 162-1-14-1)."""


class LegalDay(StrEnum):
    """A day of the procedure. The code is stored and frozen; ``docs/droit.md`` lists them with their articles."""

    owner: KeptBy
    is_counted: bool
    """Whether the statistics count how it was kept."""

    def __new__(cls, code: str, owner: KeptBy = KeptBy.NOBODY, is_counted: bool = False) -> Self:  # noqa: FBT001, FBT002
        """Attach the facts to the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.owner, member.is_counted = owner, is_counted
        return member

    RECEIPT = "D1"
    ACKNOWLEDGE = "D2", KeptBy.RECEIVER, True
    TRANSMIT = "D3", KeptBy.RECEIVER, True
    TELL_PROFESSIONAL = "D4", KeptBy.RECEIVER, True
    HEAR = "D5"
    """Nobody is ever late: the authority may (CSP L. 1110-3)."""
    SUMMON = "D6", KeptBy.SECRETARIAT
    MEET = "D7", KeptBy.SECRETARIAT, True
    SEND_REPORT = "D8", KeptBy.SECRETARIAT, True
    PASS_ON = "D9", KeptBy.COUNCIL, True
    PASS_ON_REPEAT = "D10", KeptBy.COUNCIL, True
    """In récidive, without a conciliation."""
    INACTION = "D11"
    REPEAT_SINCE = "D12"
    """First day on which a final sanction excludes the conciliation."""
    LAST_SUMMONS = "D13", KeptBy.SECRETARIAT
    """Last day on which a meeting may be fixed and summoned in time; gone once it is fixed."""
    GENERAL_ACKNOWLEDGE = "D14"
    UNREAD_MAIL = "D15"
    OBSERVE = "D16"
    """Nobody is ever late: the professional may (CSS R. 147-2 I)."""
    MEMBER_TERM = "D17"
    AGREEMENT_TERM = "D18"
    REFER = "D19", KeptBy.CAISSE
    CONSULT = "D20", KeptBy.CAISSE
    COMMISSION_SILENT = "D21"
    """Once passed, the opinion of the commission is deemed given (CSS R. 147-2 II)."""
    UNCAM_SILENT = "D22"
    """Once passed, the opinion of the UNCAM is deemed favourable (CSS R. 147-2 III)."""
    NOTIFY_SANCTION = "D23", KeptBy.CAISSE
    """Once passed without a notification, the procedure is deemed abandoned (CSS R. 147-2 III)."""

    @property
    def rank(self) -> int:
        """Its place in the procedure, which orders the days of one date."""
        return int(self[1:])


COUNTED = tuple(day for day in LegalDay if day.is_counted)
