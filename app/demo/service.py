"""Filling the demonstration: each invented complaint goes the way of a real one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import select

from app.base.clock import PARIS
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.secrets import new_token
from app.demo import accounts, associations, desk, directory, help_places
from app.demo.association_cases import AssociationCase
from app.demo.association_stories import ASSOCIATION_STORIES
from app.demo.files import add_photo
from app.demo.stories import STORIES, Story
from app.filing.models import Filing
from app.filing.receipt import competence
from app.filing.receipt.mails import Words
from app.filing.receipt.receive import PersonalCode, receive
from app.saisine import queries as drafts
from app.saisine import service as drafting
from app.saisine.short_form import COURT

Happening = tuple[datetime, Callable[[Portal], None]]
"""What happened, and when: it is done with a portal whose clock is stopped at this instant."""


def fill(portal: Portal) -> None:
    """Add what is not there yet: accounts, associations, complaints, the directory; again, it changes nothing."""
    with portal.database.write() as session:
        if not accounts.exist(session):
            accounts.add_all(session, portal, portal.clock)
        associations.add_all(session, portal, portal.clock)
        help_places.add(session, portal.clock)
    with portal.database.read() as session:
        is_filled = session.scalar(select(Filing.id).limit(1)) is not None
    if not is_filled:
        for at, do in sorted(_happenings(portal.clock()), key=lambda one: one[0]):
            do(replace(portal, clock=partial(at.astimezone, UTC)))
        desk.prepare(portal)
    directory.add(portal)  # once the invented people have described theirs


def _happenings(now: datetime) -> Iterator[Happening]:
    """Give all that happened to the invented complaints: the ledger takes it in the order of the instants."""
    for place, story in enumerate(STORIES):
        yield _moment(now, story, place), partial(_receive, story)
    for place, told in enumerate(ASSOCIATION_STORIES):
        yield from AssociationCase(told).happenings(now, place)


def _moment(now: datetime, story: Story, place: int) -> datetime:
    """Spread the complaints over the last days, at likely hours, each after the one before."""
    if story.days_ago == 0:
        return now - timedelta(minutes=len(STORIES) - place)
    day = now.astimezone(PARIS) - timedelta(days=story.days_ago)
    return day.replace(hour=8 + place // 2, minute=place % 2 * 30 + place, second=place * 11 % 60)


def _receive(story: Story, portal: Portal) -> None:
    visitor, code, at = new_token(), PersonalCode.draw(portal.keyring), portal.clock()
    with portal.database.write() as session:
        public = drafting.start(session, portal.keyring, visitor, portal.clock, shared_device=False).public
    with portal.database.write() as session:
        draft = drafts.open_draft(session, portal.keyring, public, visitor, at)
        parsed = COURT.parse(story.typed())
        settled = competence.settle(session, story.typed(), parsed.values)
        if draft is None or settled.complaint is None:
            raise ValueError(
                f"the invented complaint of {story.first_name} does not pass: {[*parsed.errors, *settled.mistakes]}"
            )
        if story.days_ago % 2:
            add_photo(session, portal, draft, "capture-inventee.png")
        words = Words(translate, portal.settings.address)
        receive(session, portal.keyring, draft, settled.complaint, code, portal.clock, words)
