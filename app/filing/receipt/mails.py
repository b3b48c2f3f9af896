"""The messages that leave at receipt: facts, a date, an address; never the story (CRPA R. 112-11-3)."""

from dataclasses import dataclass

from app.base.forms.fields import Translate
from app.filing.models import Filing
from app.filing.sealed.payload import Complaint
from app.notifications.kinds import Mail
from app.notifications.service import Message


@dataclass(frozen=True)
class Words:
    """What messages need of the instance."""

    translate: Translate
    address: str
    """Public address, without a final slash."""
    contact: str = ""
    """Whom to write to about this instance."""


def at_receipt(filing: Filing, complaint: Complaint, words: Words, first_link: str = "") -> list[Message]:
    """Return the person, when an e-mail was given; nothing of a complaint that the service did not receive.

    ``first_link`` gives her code to the person for whom an association filed: the association never has it.
    """
    email = complaint.answers.get("email")
    if not email or complaint.recorded:
        return []
    told = {"number": filing.number, "moment": filing.received_at.isoformat(), "address": words.address}
    if complaint.association is None:
        return [Message(str(email), Mail.RECEIPT, filing.number, told, read_in=complaint.read_in)]
    told |= {"association": str(complaint.association["name"]), "link": first_link}
    return [Message(str(email), Mail.RECEIPT_BY_ASSOCIATION, filing.number, told, read_in=complaint.read_in)]
