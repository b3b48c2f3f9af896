"""What a person reads once the complaint is received: the confirmation (A20), the state, the récépissé."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.base.i18n import french, translate
from app.base.portal import Portal
from app.filing import letter_address, queries, rules
from app.filing.documents import mandate_wording
from app.filing.documents.recepisse import Body, Recepisse, make_pdf
from app.filing.documents.wording import WHY_CPAM_ALONE, WHY_FEES_ALONE, WHY_ORDER_ALONE, sentence_of
from app.filing.ledger.proof import proof_of
from app.filing.models import AIGUILLAGE, Filing
from app.filing.queries import OpenFiling
from app.filing.receipt.mails import Words
from app.filing.sealed.act import Act
from app.filing.sealed.receipt import Confirmed, Moved
from app.filing.status import contact
from app.filing.status.state import ComplaintState
from app.procedure import queries as procedure
from app.procedure.days import LegalDay
from app.procedure.rules import deadlines
from app.routing.rules import Outcome
from app.saisine import queries as drafts
from app.saisine.queries import OpenDraft
from app.saisine.steps.facts import FEES_ALONE

CODE_SHOWN, CODE_SHOWN_SHARED = timedelta(hours=24), timedelta(minutes=30)
"""How long the confirmation page shows the personal code again, on the device that sent."""
DIRECTOR, PRESIDENT = N_("directeur de la {name}"), N_("président du {name}")
AS_OF = N_("(adresse connue en {year}, à vérifier)")
MEETING = N_("réunion de conciliation")


@dataclass(frozen=True)
class ShownFiling:
    """A filing as the person who sent it sees it; never the story."""

    number: str
    received_text: str
    local_text: str
    """The hour of the place, when it is not that of Paris."""
    receiver: str
    informed: str
    proposed: tuple[str, ...]
    """Councils among which a person must still decide whom to inform."""
    why_alone: str
    is_searching: bool
    has_conciliation: bool
    is_phone_only: bool
    state: ComplaintState
    state_sentence: str
    due: dict[str, date]
    explanation: str = ""
    """What the authority wrote to the person of how the file ended."""
    association: str = ""
    """Name of the association that filed for the person; empty when none did."""
    mandate_ended: str = ""
    """When its mandate ended; empty while it holds."""
    code_way: str = ""
    """How the person may be given a code: ``email`` or ``poste``; empty when neither is known."""

    def date(self, code: str) -> str:
        """Write a day of the calendar."""
        return dates.date_text(self.due[code])

    def moment(self, at: datetime) -> str:
        """Write an instant, in the time of Paris."""
        return dates.moment_text(at, weekday=False, seconds=False)


def of(session: Session, portal: Portal, opened: OpenFiling, say: Translate = translate) -> ShownFiling:
    """Gather what the page shows; ``say`` as for :func:`~app.filing.documents.wording.sentence_of`."""
    filing = opened.filing
    days = procedure.calendar_of(session, filing.number)
    due = {day.code: day.due_strict for day in days}
    zone = ZoneInfo(filing.zone)
    here = dates.local_day(filing.received_at), dates.hour_text(filing.received_at)
    there = dates.local_day(filing.received_at, zone), dates.hour_text(filing.received_at, zone)
    acts = opened.acts
    authorities = _now(opened.payload["authorities"], acts)
    now = opened.now
    alone = _why_alone(filing.outcome, opened.payload)
    return ShownFiling(
        number=filing.number,
        received_text=dates.moment_text(filing.received_at),
        local_text=dates.moment_text(filing.received_at, zone) if here != there else "",
        receiver=addressee(authorities["receiver"]),
        informed=addressee(authorities["informed"]),
        proposed=_proposed(authorities),
        why_alone=say(alone) if alone else "",
        is_searching=filing.receiver == AIGUILLAGE,
        has_conciliation=rules.has_mixed_conciliation(filing.outcome),
        is_phone_only=contact.means_of(opened.contact) == ["telephone"],
        state=now.state,
        state_sentence=sentence_of(
            now,
            days,
            received_on=dates.local_day(filing.received_at),
            today=dates.local_day(portal.clock(), zone),
            phone=authorities["receiver"].get("phone", ""),
            say=say,
        ),
        due=due,
        explanation=now.explanation,
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


def _why_alone(outcome: str, sealed: dict[str, Any]) -> str | None:
    """Return why one authority alone receives, if so (CSP L. 1110-3-1, R. 1110-9; CSS L. 162-1-14-1, 2°)."""
    if outcome == Outcome.ORDRE_SEUL:
        return WHY_ORDER_ALONE
    if outcome != Outcome.CPAM_SEULE:
        return None
    forms: list[str] = next((row["answer"] for row in sealed["complaint"] if row["name"] == "formes"), [])
    return WHY_FEES_ALONE if tuple(forms) == FEES_ALONE else WHY_CPAM_ALONE


def addressee(authority: dict[str, Any]) -> str:
    """Return who receives, as the law says: director of the caisse, the president of the council (CSP R. 1110-9)."""
    if not authority:
        return ""
    name: str = authority["name"]
    if authority["kind"].startswith("ordre"):
        return translate(PRESIDENT).format(name=french(name[0].lower() + name[1:]))
    return translate(DIRECTOR).format(name=french(name))


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


def words(portal: Portal) -> Words:
    """Return what messages need of this instance."""
    return Words(translate, portal.settings.address, portal.settings.operator_contact)


def recepisses(session: Session, portal: Portal, filing: Filing) -> Iterator[bytes]:
    """Make every file that was ever given for a filing: before its time-stamp; before it named the association."""
    by_association = bool(mandate_wording.of(queries.open_for_person(session, portal.keyring, filing).payload))
    for names_association in (True, False) if by_association else (True,):
        for stamped in (True, False):
            yield recepisse(session, portal, filing, stamped=stamped, names_association=names_association)


def recepisse(
    session: Session, portal: Portal, filing: Filing, *, stamped: bool = True, names_association: bool = True
) -> bytes:
    """Make the récépissé from sealed data: identical bytes each time (CRPA L. 112-11, R. 112-11-1).

    One line changes once, when the time-stamp comes; ``stamped=False`` makes the file as it was before.
    ``names_association=False`` makes it as earlier releases did.
    """
    proof = proof_of(session, portal.keyring, filing.number)
    if proof is None:
        raise LookupError(filing.number)
    if not stamped:
        proof = replace(proof, stamp=None)
    sealed = queries.open_for_person(session, portal.keyring, filing).payload
    receiver, informed = sealed["authorities"]["receiver"], sealed["authorities"]["informed"]
    due = {one.code: one.due_strict for one in deadlines(filing.received_at, zone=ZoneInfo(filing.zone))}
    next_days = ((translate(MEETING), due[LegalDay.MEET]),) if rules.has_mixed_conciliation(filing.outcome) else ()
    is_child = sealed["person"] != sealed["filer"]
    return make_pdf(
        Recepisse(
            number=filing.number,
            received_at=filing.received_at,
            zone=filing.zone,
            receiver_name=addressee(receiver),
            receiver_body=body_of(receiver),
            receiver_address=address_lines(receiver),
            receiver_phone=receiver.get("phone", ""),
            receiver_email=receiver.get("email", ""),
            informed_name=addressee(informed),
            person=sealed["filer"],
            represented=sealed["person"] if is_child else "",
            association=mandate_wording.named(sealed, translate) if names_association else "",
            filed_by=mandate_wording.filed_by(sealed, translate) if names_association else "",
            professional=professional_text(sealed),
            files=tuple((file["name"], file["size"]) for file in sealed["files"]),
            fingerprint=proof.entry.hash,
            key=proof.key,
            stamp=proof.sentence(translate),
            check_link=proof.link(portal.settings.address),
            commitment=filing.commitment,
            deadlines=next_days,
            acknowledged_by=due[LegalDay.ACKNOWLEDGE],
            form=sealed["form"],
            public_address=portal.settings.address,
        )
    )


def body_of(authority: dict[str, Any]) -> Body:
    """Tell a caisse from a council: each has its own way to be reached."""
    if not authority:
        return Body.UNKNOWN
    return Body.ORDRE if authority["kind"].startswith("ordre") else Body.CPAM


def professional_text(sealed: dict[str, object]) -> str:
    """Return the professional in one line: name, profession, town."""
    rows = {row["name"]: row["shown"] for row in sealed["complaint"]}  # type: ignore[attr-defined]
    profession = rows.get("profession_autre") or rows.get("profession", "")
    return ", ".join(str(part) for part in (sealed["professional"], profession, sealed["town"]) if part)


def address_lines(authority: dict[str, Any]) -> tuple[str, ...]:
    """Write the address as on an envelope, with its age when it was not checked since; nothing when it is not known."""
    if not authority or not authority["address"]:
        return ()
    age = translate(AS_OF).format(year=authority["address_date"][:4]) if authority["address_date"] else ""
    return tuple(line for line in (*authority["address"], age) if line)
