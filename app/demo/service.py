"""Filling the demonstration: each invented complaint goes the way of a real one."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.clock import PARIS, Clock
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import new_token
from app.demo import accounts, associations
from app.demo.stories import STORIES, Story
from app.evidence import service as evidence
from app.evidence.store import Intake
from app.filing.models import Filing
from app.filing.receipt import competence
from app.filing.receipt.mails import Words
from app.filing.receipt.receive import PersonalCode, receive
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.short_form import COURT

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ffff3f0005fe02fea735819a0000000049454e44ae426082"
)
"""One grey point: the smallest photo."""


def fill(portal: Portal) -> None:
    """Add what is not there yet: accounts, associations, then complaints; doing it again changes nothing."""
    with portal.database.write() as session:
        if not accounts.exist(session):
            accounts.add_all(session, portal, portal.clock)
        associations.add_all(session, portal, portal.clock)
    with portal.database.read() as session:
        is_filled = session.scalar(select(Filing.id).limit(1)) is not None
    if is_filled:
        return
    now = portal.clock()
    for place, story in enumerate(STORIES):
        _receive(portal, story, _moment(now, story, place))


def _moment(now: datetime, story: Story, place: int) -> datetime:
    """Spread the complaints over the last days, at likely hours, each after the one before."""
    if story.days_ago == 0:
        return now - timedelta(minutes=len(STORIES) - place)
    day = now.astimezone(PARIS) - timedelta(days=story.days_ago)
    return day.replace(hour=8 + place // 2, minute=place % 2 * 30 + place, second=place * 11 % 60)


def _receive(portal: Portal, story: Story, at: datetime) -> None:
    def clock() -> datetime:
        return at

    visitor, code = new_token(), PersonalCode.draw(portal.keyring)
    with portal.database.write() as session:
        public = drafting.start(session, portal.keyring, visitor, clock, shared_device=False).public
    with portal.database.write() as session:
        draft = drafts.open_draft(session, portal.keyring, public, visitor, at)
        parsed = COURT.parse(story.typed())
        settled = competence.settle(session, story.typed(), parsed.values)
        if draft is None or settled.complaint is None:
            raise ValueError(
                f"the invented complaint of {story.first_name} does not pass: {[*parsed.errors, *settled.mistakes]}"
            )
        if story.days_ago % 2:
            _add_photo(session, portal, draft, clock)
        words = Words(translate, portal.settings.address)
        receive(session, portal.keyring, draft, settled.complaint, code, clock, words)


def _add_photo(session: Session, portal: Portal, draft: drafts.OpenDraft, clock: Clock) -> None:
    intake = Intake(portal.files, draft.key, 1, len(PNG), free=lambda _: 2**40)
    intake.begin("fichiers", "capture-inventee.png")
    intake.add(PNG)
    intake.end()
    evidence.attach(session, draft.id, draft.key, intake.done, clock)
