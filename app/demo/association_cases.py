"""Living the invented complaints of associations: each step goes the way of the page that does it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import SignedInMember
from app.accounts.rules import MEMBERS
from app.acts import mandate_end
from app.associations import own_records, registry
from app.associations.own_records import OwnNote
from app.base.clock import PARIS
from app.base.dates import add_days, add_working_days, local_day
from app.base.forms.dates import typed_day
from app.base.forms.fields import Typed
from app.base.portal import Portal
from app.conciliation.closing import ClosePage
from app.conciliation.director.facts import FactsPage
from app.conciliation.director.observations import ObservationsPage
from app.conciliation.meeting.fix import MeetingPage
from app.conciliation.meeting_mode import Mode
from app.demo.association_stories import AssociationStory, Step
from app.demo.clerk_acts import account, press, taken
from app.demo.files import add_photo
from app.evidence.purposes import MANDAT
from app.filing.models import Filing
from app.filing.queries import filing_by_number
from app.filing.rules import association_holder
from app.filing.sealed.conciliation import Fixed, SittingMember
from app.filing.web import ask_mandate, sending
from app.intake.acts.acknowledge import AcknowledgePage
from app.intake.acts.transmit_to_authority import ToAuthority
from app.intake.acts.transmit_to_professional import ToProfessional
from app.intake.desk.act_page import ActPage
from app.saisine import attached, queries
from app.saisine import service as drafting
from app.saisine.competence import settle_town
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MANDATE_FILE

DECLARED = {"declare_vrai": ["oui"], "compris_transmission": ["oui"]}
OUT_OF_SCOPE = {"explication": ["Le cabinet n'est pas accessible : la demande relève du Défenseur des droits."]}
BY_POST = {"mode": ["courrier_suivi"], "reference_envoi": ["INVENTE-0001"], "relu": ["oui"]}
HANDED = {"mode_griefs": ["remise"], "griefs_recus": ["oui"]}
IN_WRITING = {"observations_forme": ["ecrites"]}
AHEAD = 40
"""Days from the day a meeting is fixed to its eve: the summons are still to come; it is never at the end of a week."""


class AssociationCase:
    """A complaint of an association while it is lived."""

    def __init__(self, story: AssociationStory) -> None:
        """Nothing happened yet."""
        self._story, self._draft, self._number = story, "", ""
        self._verbs: Mapping[Step, Callable[[Portal], None]] = {
            Step.BEGIN: self._begin,
            Step.ASK: self._ask,
            Step.SEND: self._send,
            Step.ACKNOWLEDGE: partial(self._act, AcknowledgePage(), {"canal_ar": ["email"]}),
            Step.TELL_AUTHORITY: partial(self._act, ToAuthority(), {}),
            Step.TELL_PROFESSIONAL: partial(self._act, ToProfessional(), BY_POST),
            Step.MEET: self._meet,
            Step.NOTIFY_FACTS: partial(self._act_today, FactsPage(), HANDED, "griefs_recus_le"),
            Step.OBSERVE: partial(self._act_today, ObservationsPage(), IN_WRITING, "observations_le"),
            Step.REVOKE: self._revoke,
            Step.CLOSE: partial(self._act, ClosePage(), OUT_OF_SCOPE),
        }

    def happenings(self, now: datetime, place: int) -> Iterator[tuple[datetime, Callable[[Portal], None]]]:
        """Give each step with its instant, at a likely hour that ``place`` makes its own."""
        for later, (step, days_ago) in enumerate(self._story.days_ago.items()):
            day = now.astimezone(PARIS) - timedelta(days=days_ago)
            yield day.replace(hour=9 + later, minute=place * 7, second=place), self._verbs[step]

    def _begin(self, portal: Portal) -> None:
        story = self._story
        with portal.database.write() as session:
            member = _member(session, story.member)
            typed = {name: list(given) for name, given in story.typed(local_day(portal.clock())).items()}
            settle_town(session, typed)
            row = drafting.start_for(session, portal.keyring, member.association, member.id, typed, portal.clock)
            self._draft, holder = row.id, association_holder(member.association)
            if story.reference or story.tags:
                own_records.describe(session, portal.keyring, holder, row.id, story.reference, story.tags)
            if story.note:
                note = OwnNote(portal.clock().isoformat(), member.name, story.note)
                own_records.add_note(session, portal.keyring, holder, row.id, note)

    def _ask(self, portal: Portal) -> None:
        with portal.database.read() as session:
            draft = self._open(session, portal)
            name = registry.row_of(session, draft.association).name
        ask_mandate.send(portal, draft, draft.typed["email"][-1], name, {})

    def _send(self, portal: Portal) -> None:
        with portal.database.write() as session:
            draft = self._open(session, portal)
            add_photo(session, portal, draft, "mandat-invente.png", MANDAT.value)
            typed = {**draft.typed, **DECLARED, MANDATE_FILE: attached.mandates_of(session, draft)}
            prepared = sending.prepare(session, portal, draft, typed)
        if prepared.complaint is None:
            raise ValueError(f"the invented complaint of {self._story.first_name} stops at {prepared.route.pending}")
        filing, _ = sending.deposit(portal, draft, prepared.complaint, lambda _session: None)
        self._number = filing.number

    def _act(self, page: ActPage, typed: Typed, portal: Portal) -> None:
        """Press the button of a page of the clerk who holds the complaint."""
        with portal.database.write() as session:
            press(session, portal, self._number, self._filing(session).receiver, page, typed)

    def _act_today(self, page: ActPage, typed: Typed, day: str, portal: Portal) -> None:
        """Press the button of a page that asks for the day of the act, in the field ``day``."""
        self._act(page, {**typed, **typed_day(day, local_day(portal.clock()))}, portal)

    def _meet(self, portal: Portal) -> None:
        """Fix the meeting; the commission of the demonstration has no list of members, so they are named here."""
        page = MeetingPage()
        with portal.database.write() as session:
            case = taken(session, portal, self._number, self._filing(session).receiver, page)
            on = add_working_days(add_days(case.today, AHEAD), 1, ())
            sides = ((case.now.receiver, "Alix Fictive"), (case.now.informed, "Sacha Imaginaire"))
            fixed = Fixed(
                on=on,
                hour="14:30",
                words="",
                place="1 rue Inventée, 59000 Lille",
                mode=Mode.PRESENTIEL.value,
                why_remote="",
                why_late="",
                members=[SittingMember(side=side, authority=side, name=name) for side, name in sides],
                needs="",
            )
            page.tell(case.write(page.kind, fixed), None)

    def _revoke(self, portal: Portal) -> None:
        with portal.database.write() as session:
            mandate_end.revoke(session, portal, self._filing(session))

    def _open(self, session: Session, portal: Portal) -> OpenDraft:
        draft = queries.open_for_mandate(session, portal.keyring, self._draft)
        assert draft is not None  # noqa: S101 - it was begun a step before
        return draft

    def _filing(self, session: Session) -> Filing:
        filing = filing_by_number(session, self._number)
        assert filing is not None  # noqa: S101 - it was sent a step before
        return filing


def _member(session: Session, email: str) -> SignedInMember:
    found = accounts.member(session, account(session, email, MEMBERS))
    assert found is not None  # noqa: S101
    return found
