"""What calls for a clerk on the page of one complaint: the words, and the page of the act that ends it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.base.crypto.vault import Keyring
from app.base.forms.fields import Translate
from app.filing.models import FilingDuty
from app.intake.alerts.queries import of_complaint
from app.intake.alerts.rules import Alert

ENDED_ON = {Alert.MAIL: "intake.call", Alert.SUMMONS: "conciliation.summons", Alert.QUORUM: "conciliation.commission"}
"""A message that waits is read on the page of the complaint itself."""


def alert_lines(
    session: Session,
    keyring: Keyring,
    authority: str,
    filing_id: str,
    own: Sequence[FilingDuty],
    today: date,
    t: Translate,
) -> list[tuple[str, str]]:
    """Return each thing to do, with the name of its page; ``own``: what this desk owes of the complaint."""
    found = of_complaint(session, keyring, authority, filing_id, own, today)
    return [(t(one.hint or ""), ENDED_ON.get(one, "")) for one in found]
