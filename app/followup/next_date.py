"""The next date that a person waits for: the meeting once it is fixed, else what the law sets."""

from dataclasses import dataclass
from datetime import date

from app.acts.summons_answer import is_ahead
from app.base import dates
from app.base.errors import N_
from app.base.i18n import translate
from app.filing.documents.confirmation import ShownFiling
from app.filing.documents.wording import meeting_moment
from app.filing.queries import OpenFiling
from app.procedure.days import LegalDay

ACKNOWLEDGED = N_("Au plus tard : vous recevez l'accusé de réception")
TRANSMITTED = N_("Au plus tard : votre plainte est transmise")
MEETS = N_("Au plus tard : la {meeting}")


@dataclass(frozen=True)
class NextDate:
    """What stands first on the page of a complaint."""

    moment: str
    words: str
    is_meeting: bool = False


def next_of(opened: OpenFiling, shown: ShownFiling, today: date) -> NextDate | None:
    """Return the next date, ``None`` once nothing more is set; a day of law that passed is no next date."""
    if is_ahead(opened.now, today):
        fixed = opened.now.conciliation.fixed
        return NextDate(meeting_moment(fixed.on, fixed.hour), fixed.place, is_meeting=True)
    if not shown.state.is_before_meeting:
        return None
    said = {LegalDay.ACKNOWLEDGE.value: ACKNOWLEDGED}
    waited = [(code, translate(said.get(code, TRANSMITTED))) for code in shown.owed[:1]]
    if shown.has_conciliation:
        waited.append((LegalDay.MEET, translate(MEETS).format(meeting=shown.meeting)))
    ahead = [(shown.due[day], words) for day, words in waited if shown.due.get(day, date.min) >= today]
    return NextDate(dates.date_text(ahead[0][0]), ahead[0][1]) if ahead else None
