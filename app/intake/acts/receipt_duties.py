"""The three duties of the eight days (CSP R. 1110-11): acknowledge, tell the other authority, tell the professional."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.filing.sealed.base import Sealed
from app.filing.sealed.receipt import Acknowledged, ToldAuthority, ToldProfessional
from app.filing.sealed.recorded import received_text
from app.filing.sealed.to_person import CourtesyTranslation
from app.filing.status.case_status import ACKNOWLEDGED, DUTIES, TOLD_AUTHORITY, TOLD_PROFESSIONAL
from app.filing.status.state import ComplaintState
from app.intake.desk.act_dates import with_lateness
from app.intake.desk.case import DeskCase
from app.intake.letters import letter_text
from app.intake.letters.acknowledgement import acknowledgement
from app.intake.letters.side_sheet import mailed
from app.notifications.kinds import Mail
from app.routing.rules.articles import the

BY_EMAIL, BY_POST = N_("Par e-mail, le {day}"), N_("Par courrier, posté le {day}")
ALL_TOLD = frozenset({ComplaintState.TRANSMITTED, ComplaintState.WITH_DIRECTOR})
SHARED = N_("Accès ouvert dans ce service, le {day}")


@dataclass(frozen=True)
class Delivery:
    """How something left and when; ``words`` say it with ``{day}``."""

    words: str
    on: date
    way: str = ""
    """Code of the way it left; empty for an access that was opened."""
    reference: str = ""

    def told(self, case: DeskCase, kind: str) -> str:
        """Return how it left, and by how many days after the last day of this duty."""
        how = self.words.format(day=date_text(self.on, weekday=False))
        return with_lateness(how, (self.on - case.due[DUTIES[kind]]).days)


def acknowledge(
    case: DeskCase,
    sending: Delivery,
    message: str,
    translation: CourtesyTranslation | None = None,
    posted: Sequence[str] = (),
) -> None:
    """Acknowledge receipt: within eight days, and later all the same, saying by how many days.

    ``posted``: the letter as it was printed, perhaps by a colleague, when it left by post.
    """
    letter = acknowledgement(case)
    paragraphs = [line for line in posted if line != message] or letter.said
    words = sending.told(case, ACKNOWLEDGED)
    act = Acknowledged(
        words=words,
        on=sending.on,
        channel=sending.way,
        letter=paragraphs,
        message=message,
        translation=translation,
    )
    done = _do(case, ACKNOWLEDGED, act)
    if sending.way == "email":
        done.tell_person(Mail.ACKNOWLEDGED, **mailed(letter, message, translation))
    else:
        done.tell_association()


def tell_authority(case: DeskCase, sending: Delivery) -> None:
    """Give the complaint to the other authority, by a shared access or with the bundle it was sent."""
    is_shared = not sending.way
    act = ToldAuthority(
        words=sending.told(case, TOLD_AUTHORITY),
        on=sending.on,
        is_shared=is_shared,
        mode=None if is_shared else sending.way,
        reference=None if is_shared else sending.reference,
    )
    done = _do(case, TOLD_AUTHORITY, act)
    if is_shared:
        received = received_text(case.opened.payload, weekday=False, seconds=False)
        said = {
            "authority": the(case.clerk.authority_name),
            "received": received,
            "article": letter_text.transmission_article(case.now),
        }
        shared = [(to, Mail.TRANSMITTED) for to in done.addresses(case.now.informed)]
        done.tell(shared, **said)


def tell_professional(case: DeskCase, act: ToldProfessional) -> None:
    """Note that the professional was sent the complaint and its date of receipt."""
    _do(case, TOLD_PROFESSIONAL, act)


def _do(case: DeskCase, kind: str, act: Sealed) -> DeskCase:
    """Write the act; once all is told, tell the person that there is something new."""
    done = case.write(kind, act)
    if done.now.state.as_told in ALL_TOLD and done.now.tells_professional:
        done.tell_person()
    return done
