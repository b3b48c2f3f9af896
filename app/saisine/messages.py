"""The mails about a complaint not yet sent: a code, a date, an address; never the story."""

from datetime import date, datetime

from app.base import dates
from app.base.secrets import fingerprint
from app.notifications.kinds import Mail
from app.notifications.service import Message


def with_code(to: str, public: str, code: str, until: date, address: str, read_in: str) -> Message:
    """M-CODE: the code to come back with."""
    words = {"code": code, "until": until.isoformat(), "address": address}
    return Message(to, Mail.DRAFT_CODE, public, words, read_in=read_in)


def reminder(to: str, public: str, until: date, address: str, read_in: str) -> Message:
    """M-RAPPEL: a week before the answers are erased."""
    return Message(to, Mail.DRAFT_REMINDER, public, {"until": until.isoformat(), "address": address}, read_in=read_in)


def member_reminder(to: str, public: str, until: date, address: str) -> Message:
    """Tell a member of an association that a draft will be erased in a week; its address is no secret."""
    day = dates.date_text(until, weekday=False)
    words = {"until": day, "link": f"{address}/association/dossiers/{public}"}
    return Message(to, Mail.MEMBER_DRAFT_REMINDER, public, words, until.isoformat())


def with_link(to: str, reference: str, token: str, minutes: int, address: str, read_in: str) -> Message:
    """Answer whoever lost the code: a link that serves once."""
    words = {"link": link_of(address, token), "minutes": str(minutes), "address": address}
    return Message(to, Mail.NEW_CODE_LINK, reference, words, read_in=read_in)


def mandate_asked(
    to: str, reference: str, token: str, association: str, until: datetime, address: str, read_in: str
) -> Message:
    """Ask the person for a mandate: who asks, and where to read; never the story, the professional or the code."""
    words = {"association": association, "link": f"{address}/mandat/{token}", "until": until.isoformat()}
    return Message(to, Mail.MANDATE_ASKED, reference, {**words, "address": address}, read_in=read_in)


def handed(to: str, token: str, association: str, days: int, address: str, read_in: str) -> Message:
    """Give a draft to the person for whom an association prepared it; never the story or the professional."""
    words = {"association": association, "link": link_of(address, token), "days": str(days), "address": address}
    return Message(to, Mail.DRAFT_HANDED, fingerprint(token)[:16], words, read_in=read_in)


def link_of(address: str, token: str) -> str:
    """Write the address of a link that serves once."""
    return f"{address}/reprendre/lien/{token}"
