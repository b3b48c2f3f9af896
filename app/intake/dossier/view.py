"""One complaint, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.acts.guards import is_unnamed
from app.acts.kinds import menu
from app.acts.rules import Actor, roles
from app.base.clock import PARIS
from app.base.crypto.vault import Keyring
from app.base.dates import date_text, local_day, moment_text
from app.base.forms.fields import Translate
from app.evidence import queries as evidence
from app.filing.acts.messages import Exchange, exchanges
from app.filing.acts.read_receipts import seen_of
from app.filing.documents import mandate_wording, recorded_wording
from app.filing.documents.confirmation import place_of
from app.filing.ledger import proof
from app.filing.queries import OpenFiling, read_for
from app.filing.rules import AIGUILLAGE, RECEIVER
from app.filing.sealed.act import Act, Done
from app.filing.sealed.person import WithdrawalAsked
from app.filing.sealed.receipt import Confirmed, Moved, Professional, Translated
from app.filing.sealed.recorded import CHANNEL
from app.filing.status import annotations
from app.filing.status.calendar import calendar
from app.filing.status.contact import email_of, sheets
from app.filing.status.state import ComplaintState
from app.intake import agenda, filters, labels, rules
from app.intake.acts import confirm_authority, duplicates
from app.intake.dossier.alert_lines import alert_lines
from app.intake.dossier.file_lines import FileLine, file_lines
from app.intake.dossier.history import HistoryLine, just_done, lines
from app.intake.dossier.notices import notices
from app.intake.dossier.owed_acts import OwedAct, owed_acts
from app.intake.dossier.same_professional import count_here
from app.intake.queries import Asking
from app.intake.rows import DeskLine
from app.procedure.queries import calendar_of
from app.routing import queries as routing
from app.routing.rules.territories import short_place


@dataclass(frozen=True)
class CaseContents:
    """What only those who hold a key may read."""

    person: str
    professional: str
    complaint: Sequence[dict[str, Any]]
    contact: Sequence[Mapping[str, Any]]
    association: Sequence[Mapping[str, str]]
    """Who filed under a mandate, with its agreement; empty when no association did."""
    mandate: Sequence[Mapping[str, str]]
    """The words of the mandate."""
    files: Sequence[FileLine]
    others: int
    """How many other complaints about the same professional this desk may read."""
    signs: Sequence[str]
    doubts: Sequence[str]
    candidates: Sequence[str]
    goes_to_professional: bool = True
    """Whether the professional must be told of it."""
    notices: Sequence[str] = ()
    withdrawal: WithdrawalAsked | None = None
    """Last demand of withdrawal."""
    former_contacts: Sequence[tuple[str, Sequence[Mapping[str, Any]]]] = ()
    """Contact sheets that the person changed since, each with when it was given."""
    identified: Professional | None = None
    """The professional that this service named, from the directory."""
    translation: Done[Translated] | None = None
    """Last translation of the story."""
    duplicates: Sequence[tuple[str, str]] = ()
    """Number and day of receipt of the complaints that it is followed with."""
    leads: str = ""
    """The day of receipt that counts, when it is that of a duplicate."""
    has_likely_duplicates: bool = False
    """Complaints that look the same, to be compared."""
    messages: Sequence[Exchange] = ()
    """What the person and the authority wrote to each other."""


@dataclass(frozen=True)
class Dossier:
    """The page of one complaint."""

    number: str
    received: str
    local_received: str
    """The hour of the place, when it is not that of Paris."""
    is_hour_doubtful: bool
    """Whether our clock and that of the time-stamps were more than a minute apart."""
    state: str
    role: str
    profession: str
    town: str
    receiver: str
    informed: str
    awaited: str
    """Day by which the other authority must transmit it, while this one waits."""
    is_withdrawn: bool
    is_withdrawing: bool
    may_act: bool
    """Whether this authority holds the complaint; the other one only reads it."""
    contents: CaseContents | None = None
    calendar: Sequence[labels.CalendarLine] = ()
    history: Sequence[HistoryLine] = ()
    done: tuple[str, str] | None = None
    """What this desk has just done, and how."""
    owed_acts: Sequence[OwedAct] = ()
    """All that this desk owes, the nearest day first."""
    to_confirm: str = ""
    """Words of the act by which a person says who the other authority is, when it must be said before it is told."""
    is_before_chamber: bool = False
    """Whether a disciplinary chamber was seized and has not decided."""
    alerts: Sequence[tuple[str, str]] = ()
    """What calls for a clerk, and the name of the page where it is done."""
    menu: Sequence[tuple[str, str]] = ()
    """What this authority may do of it now, beside what the law expects: name of the page, words."""
    assignee: str = ""
    """Who takes care of it here."""
    is_searching: bool = False
    """Whether nobody has decided yet which authority is competent."""
    recorded: str = ""
    """Who recorded it, when, and how it came, when it is an authority that received it."""


def of(
    session: Session, keyring: Keyring, asking: Asking, line: DeskLine, profession: str, t: Translate, done: str = ""
) -> Dossier:
    """Put the page together; without a key there is no contents, no calendar and no history.

    ``profession``: its name; ``done``: code of the act of the eight days that this desk has just done.
    """
    authority, today, zone = asking.authority, asking.today, ZoneInfo(line.zone)
    opened = read_for(session, keyring, line.number, authority)
    duties = agenda.owed_of(session, [line.filing_id], today).get(line.filing_id, [])
    is_dated = line.channel == CHANNEL  # its day alone may be known
    awaited_on = agenda.awaited_on(line.role, duties)
    shown: dict[str, Any] = {
        "number": line.number,
        "received": date_text(local_day(line.received_at, zone)) if is_dated else moment_text(line.received_at, PARIS),
        "local_received": moment_text(line.received_at, zone) if _differs(line, zone) and not is_dated else "",
        "is_hour_doubtful": proof.is_hour_doubtful(session, line.number),
        "state": t(rules.label_of(ComplaintState, line.state)),
        "role": t(rules.label_of(filters.DeskRole, line.role)),
        "profession": profession,
        "town": short_place(line.town, line.commune),
        "receiver": _name(session, line.receiver),
        "informed": _name(session, line.informed),
        "awaited": date_text(awaited_on) if awaited_on else "",
        "may_act": line.role == RECEIVER,
        "is_withdrawn": line.state == ComplaintState.WITHDRAWN,
        "is_withdrawing": line.state == ComplaintState.WITHDRAWAL_ASKED,
    }
    if opened is None:
        return Dossier(**shown)
    now = opened.now
    own_roles = roles(now, Actor(authority=authority), is_for_council=False)
    own = [duty for duty in duties if _is_ours(session, line, authority, duty.authority)]
    days, dates = calendar(opened.payload, opened.acts), {duty.code: duty.due_on for duty in duties}
    return Dossier(
        **(shown | {"town": place_of(opened.payload), **recorded_wording.on_desk(opened.payload, t)}),
        done=just_done(opened, done, t),
        owed_acts=owed_acts(line, own, now, today, t),
        to_confirm=t(confirm_authority.title(now)) if line.receiver == authority and is_unnamed(now) else "",
        is_before_chamber=now.is_before_chamber,
        menu=[(kind.page, t(kind.do)) for kind in menu(now, own_roles)],
        contents=_contents(session, keyring, opened, authority, t),
        calendar=labels.calendar(calendar_of(session, line.number), days, dates, zone, today, t),
        history=lines(session, opened, authority, t),
        assignee=dict(accounts.colleagues(session, authority)).get(line.assignee, ""),
        alerts=alert_lines(session, keyring, authority, line.filing_id, own, today, t),
        is_searching=line.receiver == AIGUILLAGE,
    )


def _is_ours(session: Session, line: DeskLine, authority: str, owes: str) -> bool:
    """Return whether this desk answers for a duty: its own, or that of an authority that does not work here."""
    return owes == authority or (line.receiver == authority and not accounts.uses_service(session, owes))


def _differs(line: DeskLine, zone: ZoneInfo) -> bool:
    return line.received_at.astimezone(zone).utcoffset() != line.received_at.astimezone(PARIS).utcoffset()


def _name(session: Session, code: str) -> str:
    found = routing.authority(session, code) if code else None
    return found.name if found else ""


def _contents(session: Session, keyring: Keyring, opened: OpenFiling, authority: str, t: Translate) -> CaseContents:
    """Open the contents; once a person decided who is competent, the doubts of the receipt are told no more."""
    sealed, filing = opened.payload, opened.filing
    acts = opened.acts
    asked = annotations.last(acts, WithdrawalAsked)
    is_settled = any(isinstance(act.sealed, Moved | Confirmed) for act in acts)
    rows, seen = evidence.files_of(session, filing.draft_id, opened.key), seen_of(session, filing.id)
    return CaseContents(
        person=sealed["person"],
        professional=sealed["professional"],
        complaint=sealed["complaint"],
        contact=opened.contact,
        goes_to_professional=opened.now.tells_professional,
        association=mandate_wording.rows(sealed, opened.now, t),
        mandate=mandate_wording.text(sealed, t),
        former_contacts=[
            (moment_text(at, PARIS, weekday=False, seconds=False), rows) for at, rows in sheets(sealed, acts)[:-1]
        ],
        withdrawal=asked.sealed if asked else None,
        **_remarks(session, keyring, opened, authority, acts),
        messages=exchanges(acts, seen, authority),
        files=file_lines(sealed, acts, rows, seen, authority, t),
        others=count_here(session, keyring, authority, opened),
        signs=[
            t(rules.label_of(rules.Sign, sign))
            for sign in rules.signs_today(sealed.get("signs", "").split(), has_email=bool(email_of(opened.contact)))
            if not (is_settled and sign == rules.Sign.A_CONFIRMER)
        ],
        doubts=[]
        if is_settled
        else [t(rules.label_of(rules.CompetenceDoubt, doubt)) for doubt in filing.to_confirm.split()],
        notices=notices(filing.profession, sealed, acts, t),
        candidates=[] if is_settled else [_name(session, code) or code for code in filing.candidates.split()],
    )


def _remarks(
    session: Session, keyring: Keyring, opened: OpenFiling, authority: str, acts: Sequence[Act]
) -> dict[str, Any]:
    """Gather what the desk added: who the professional is, a translation, the duplicates."""
    linked = {
        one.twin: datetime.fromisoformat(one.twin_received_at) for one in annotations.linked_duplicates(acts).values()
    }
    first = min([opened.filing.received_at, *linked.values()])
    return {
        "identified": annotations.identified(acts),
        "translation": annotations.last(acts, Translated),
        "duplicates": [(number, date_text(local_day(at, PARIS), weekday=False)) for number, at in linked.items()],
        "leads": date_text(local_day(first, PARIS), weekday=False) if first < opened.filing.received_at else "",
        "has_likely_duplicates": not linked and duplicates.has_likely_duplicates(session, keyring, opened, authority),
    }
