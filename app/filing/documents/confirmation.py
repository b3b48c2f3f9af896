"""What a person reads once the complaint is received: the confirmation (A20), the state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.i18n import french, translate
from app.base.portal import Portal
from app.filing import letter_address
from app.filing.documents import mandate_wording
from app.filing.documents.wording import lateness_of, meeting_place, sentence_of
from app.filing.models import Filing
from app.filing.queries import OpenFiling
from app.filing.receipt.mails import Words
from app.filing.rules import AIGUILLAGE
from app.filing.sealed.act import Act, of_kind
from app.filing.sealed.conciliation import Closed
from app.filing.sealed.director import DirectorConcluded, NoActionDecided
from app.filing.sealed.receipt import Acknowledged, Confirmed, Moved
from app.filing.sealed.recorded import received_text, told_zone
from app.filing.status import contact
from app.filing.status.state import ComplaintState
from app.procedure import queries as procedure
from app.procedure.days import LegalDay
from app.procedure.queries import DueRow
from app.saisine import queries as drafts
from app.saisine.queries import OpenDraft
from app.saisine.steps.recipients import (
    MAY_WRITE,
    PUBLIC_SERVICE,
    TOLD,
    Recipients,
    may_be_public_service,
    recipients_of,
)

CODE_SHOWN, CODE_SHOWN_SHARED = timedelta(hours=24), timedelta(minutes=30)
"""How long the confirmation page shows the personal code again, on the device that sent."""
DIRECTOR, PRESIDENT = N_("directeur de la {name}"), N_("président du {name}")


@dataclass(frozen=True)
class ShownFiling:
    """A filing as the person who sent it sees it; never the story."""

    number: str
    received_text: str
    local_text: str
    """The hour of the place, when it is not that of Paris."""
    receiver: str
    informed: str
    place: str
    """The town that was understood."""
    proposed: tuple[str, ...]
    """Councils among which a person must still decide whom to inform; for clerks, not for who complains."""
    why_alone: str
    is_searching: bool
    has_conciliation: bool
    is_phone_only: bool
    state: ComplaintState
    state_sentence: str
    today: date
    due: dict[str, date]
    days: Sequence[DueRow] = ()
    """The calendar whose strict days these are, as it was read."""
    lateness: str = ""
    """What is said of the first day that was missed; empty when none was."""
    meeting_place: str = ""
    """Where the parties meet, when the sentence of the state ends with it."""
    explained: Closed | NoActionDecided | DirectorConcluded | None = None
    """The act that tells the person how the file ended, in words of the authority."""
    acknowledged: Acknowledged | None = None
    """The acknowledgement of receipt, when the authority added words of its own."""
    association: str = ""
    """Name of the association that filed for the person; empty when none did."""
    mandate_ended: str = ""
    """When its mandate ended; empty while it holds."""
    tells_other: bool = False
    """Whether another authority is told of the complaint, or will be."""
    owed: Sequence[str] = ()
    """Codes of what the receiver still owes of the eight days, in the order of the law (CSP R. 1110-11 al. 3)."""
    who_may_seize: str = ""
    """Who alone may bring the case before the chamber, when that is not anybody (CSP L. 4124-2)."""
    may_write: str = ""
    """What is said where the professional is not told of the complaint; empty where they are."""
    meeting: str = ""
    """Name of the meeting that is announced."""
    own_caisse: str = ""
    """What is said to whoever has another caisse; empty where none receives."""
    code_way: str = ""
    """How the person may be given a code: ``email`` or ``poste``; empty when neither is known."""

    def date(self, code: str) -> str:
        """Write a day of the calendar."""
        return dates.date_text(self.due[code])

    @property
    def next_owed(self) -> str:
        """Return the code of what comes first of the eight days; empty once all is done, or the day is past."""
        return next((code for code in self.owed[:1] if self.is_ahead(code)), "")

    def is_ahead(self, code: str) -> bool:
        """Return whether a day of the calendar is not past."""
        return code in self.due and self.due[code] >= self.today

    def moment(self, at: datetime) -> str:
        """Write an instant, in the time of Paris."""
        return dates.moment_text(at, weekday=False, seconds=False)


def of(session: Session, portal: Portal, opened: OpenFiling, say: Translate = translate) -> ShownFiling:
    """Gather what the page shows; ``say`` as for :func:`~app.filing.documents.wording.sentence_of`."""
    filing = opened.filing
    days = procedure.calendar_of(session, filing.number)
    due = {day.code: day.due_strict for day in days}
    zone = ZoneInfo(filing.zone)
    today = dates.local_day(portal.clock(), zone)
    here, local = received_text(opened.payload), received_text(opened.payload, told_zone(opened.payload))
    acts = opened.acts
    authorities = _now(opened.payload["authorities"], acts)
    now = opened.now
    who = recipients_now(opened)
    told = TOLD[who]
    return ShownFiling(
        number=filing.number,
        received_text=here,
        local_text=local if here != local else "",
        receiver=addressee(authorities["receiver"]),
        informed=addressee(authorities["informed"]),
        place=place_of(opened.payload),
        proposed=_proposed(authorities),
        why_alone=say(told.why_alone) if told.why_alone else "",
        is_searching=filing.receiver == AIGUILLAGE,
        has_conciliation=told.has_conciliation and LegalDay.MEET in due,
        tells_other=who is Recipients.EITHER and not now.is_alone,
        who_may_seize=say(PUBLIC_SERVICE) if told.has_conciliation and _is_public_service(opened) else "",
        owed=now.owed,
        may_write="" if now.tells_professional else say(MAY_WRITE),
        meeting=translate(told.meeting) if told.meeting else "",
        own_caisse=translate(told.own_caisse) if told.own_caisse else "",
        is_phone_only=contact.means_of(opened.contact) == ["telephone"],
        state=now.state,
        meeting_place=meeting_place(now),
        state_sentence=sentence_of(
            now,
            days,
            received_on=dates.local_day(filing.received_at),
            today=today,
            say=say,
        ),
        today=today,
        lateness=lateness_of(now, days, today=today, phone=authorities["receiver"].get("phone", ""), say=say),
        due=due,
        days=days,
        explained=now.explained,
        acknowledged=next((one.sealed for one in of_kind(acts, Acknowledged) if one.sealed.message), None),
        association=mandate_wording.name_of(opened.payload),
        mandate_ended=mandate_wording.ended(now),
        code_way=letter_address.code_way(opened),
    )


def _now(sealed: dict[str, Any], acts: Iterable[Act]) -> dict[str, Any]:
    """Return the authorities of today: those of the receipt, or those to whom the complaint was sent since."""
    found = sealed
    for act in acts:
        match act.sealed:
            case Moved(receiver=receiver, informed=informed):
                found = {"receiver": receiver, "informed": informed, "proposed": []}
            case Confirmed(informed=informed):
                found = {**found, "informed": informed, "proposed": []}
    return found


def recipients_now(opened: OpenFiling) -> Recipients:
    """Return who receives today: two authorities once another one was named, else as it was received."""
    informed = _now(opened.payload["authorities"], opened.acts)["informed"]
    return Recipients.EITHER if informed else recipients_at(opened.payload)


def recipients_at(sealed: dict[str, Any]) -> Recipients:
    """Return who received, by what was sealed then."""
    answers = {row["name"]: row["answer"] for row in sealed["complaint"]}
    return recipients_of(sealed["outcome"], sealed["profession"], answers)


def _is_public_service(opened: OpenFiling) -> bool:
    """Return whether the refusal was perhaps an act of a public service."""
    answers = {row["name"]: row["answer"] for row in opened.payload["complaint"]}
    return may_be_public_service(opened.filing.profession, answers.get("lieu_refus", ""))


def addressee(authority: dict[str, Any]) -> str:
    """Return who receives, as the law says: director of the caisse, the president of the council (CSP R. 1110-9)."""
    if not authority:
        return ""
    name: str = authority["name"]
    if authority["kind"].startswith("ordre"):
        return translate(PRESIDENT).format(name=french(name[0].lower() + name[1:]))
    return translate(DIRECTOR).format(name=french(name))


def place_of(sealed: Mapping[str, Any]) -> str:
    """Return the town that was understood, with its département; its name alone in a complaint of before."""
    return str(sealed.get("place") or sealed["town"])


def professional_text(sealed: dict[str, Any]) -> str:
    """Return the professional in one line: name, profession, town."""
    rows = {row["name"]: row["shown"] for row in sealed["complaint"]}
    profession = rows.get("profession_autre") or rows.get("profession", "")
    return ", ".join(str(part) for part in (sealed["professional"], profession, place_of(sealed)) if part)


def _proposed(authorities: dict[str, Any]) -> tuple[str, ...]:
    """Return the authorities still to be confirmed, but the one that received."""
    receiver = authorities["receiver"].get("code")
    return tuple(addressee(one) for one in authorities["proposed"] if one["code"] != receiver)


def code_still_shown(session: Session, portal: Portal, draft: OpenDraft, filing: Filing) -> str | None:
    """Return the personal code for the time the page may show it; never to an association, it is the person's own."""
    if draft.association:
        return None
    shown_for = CODE_SHOWN_SHARED if draft.shared_device else CODE_SHOWN
    if portal.clock() - filing.received_at > shown_for:
        return None
    return drafts.sent_code(session, portal.keyring, draft.id)


def may_follow(session: Session, portal: Portal, draft: OpenDraft, filing: Filing) -> bool:
    """Return whether the device that sent opens the follow-up without the code: its own device, while it is shown."""
    return not draft.shared_device and bool(code_still_shown(session, portal, draft, filing))


def words(portal: Portal) -> Words:
    """Return what messages need of this instance."""
    return Words(translate, portal.settings.address, portal.settings.operator_contact)
