"""What the list of a desk counts, beside the same count made one complaint after the other."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.base.clock import PARIS
from app.base.crypto.vault import new_key
from app.filing.models import Filing, FilingDesk, FilingDuty, FilingMention
from app.filing.rules import authority_holder
from app.filing.status.state import ComplaintState
from app.intake import queries
from app.intake.filters import Ahead, Attribution, Channel, DeskRole, DueWithin, Filters
from app.intake.tags.models import AuthorityTag, FilingTag
from app.intake.tags.queries import sealed_name
from tests.rooms.test_intake_desk import HAINAUT, LILLE, ORDRE, TODAY, Given, put

ACCOUNTS = ("", *(letter * 32 for letter in "abc"))
ME, AWAY = ACCOUNTS[1:3]
TAGS = ("d" * 32, "e" * 32)
DAYS = {DueWithin.RETARD: -1, DueWithin.DAYS_3: 3, DueWithin.DAYS_8: 8, DueWithin.DAYS_30: 30}
ENDED = {"accord", "retiree", "close"}
REUNION = ZoneInfo("Indian/Reunion")


def day(chance):
    """Draw a day near those at which a filter begins or ends."""
    return TODAY + timedelta(days=chance.choice((-40, -2, -1, 0, 1, 3, 4, 8, 9, 30, 31)))


def instant(chance):
    """Draw an instant near midnight, in Paris or elsewhere."""
    hour = time(chance.choice((0, 1, 12, 19, 20, 21, 22, 23)), chance.choice((0, 59)), tzinfo=UTC)
    return datetime.combine(date(2026, 2, chance.choice((1, 2, 3))), hour)


def fill(portal, chance):
    """Put complaints of all kinds on the desks of three authorities."""
    for _ in range(24):
        receiver, informed = chance.choice([(LILLE, ORDRE), (ORDRE, LILLE), (HAINAUT, ""), (LILLE, "")])
        put(portal, Given(receiver, informed))
    with portal.database.write() as session:
        for tag in TAGS:
            key, holder = new_key(), authority_holder(LILLE)
            name = sealed_name(key, tag, "Urgent")
            session.add(AuthorityTag(id=tag, holder=holder, wrapped=portal.keyring.wrap(key, holder), name=name))
        session.flush()
        for desk in session.scalars(select(FilingDesk)).all():
            change(session, chance, desk)
        for filing_id in session.scalars(select(Filing.id).order_by(Filing.number)):
            told = [account for account in ACCOUNTS[1:] if chance.random() < 0.3]
            session.add_all(FilingMention(account=one, filing_id=filing_id, at=portal.clock()) for one in told)
        for duty in session.scalars(select(FilingDuty)).all():
            duty.due_on, duty.until = day(chance), chance.choice((date.max, TODAY, TODAY - timedelta(days=1)))


def change(session, chance, desk):
    """Draw all that a filter may ask of a complaint on a desk, whether it could be or not."""
    desk.state, desk.channel = chance.choice([*ComplaintState]).value, chance.choice([*Channel]).value
    desk.profession, desk.next_code = chance.choice(("10", "40")), chance.choice(("", "D2", "D13"))
    desk.assignee, desk.next_due_on = chance.choice(ACCOUNTS), day(chance)
    desk.received_at = instant(chance)
    put_on = [tag for tag in TAGS if desk.authority == LILLE and chance.random() < 0.3]
    session.add_all(FilingTag(authority=LILLE, tag=tag, filing_id=desk.filing_id) for tag in put_on)


def read(portal):
    """Return each complaint of the desk, with all that a filter may ask of it."""
    with portal.database.read() as session:
        duties = session.scalars(select(FilingDuty).where(FilingDuty.authority == LILLE)).all()
        bearing = {(row.filing_id, row.tag) for row in session.scalars(select(FilingTag)).all()}
        told = {row.filing_id for row in session.scalars(select(FilingMention)).all() if row.account == ME}
        desks = select(FilingDesk, Filing.number).join(Filing).where(FilingDesk.authority == LILLE)
        session.expunge_all()
        return [
            (
                desk,
                number,
                [one for one in duties if one.filing_id == desk.filing_id],
                {tag for filing_id, tag in bearing if filing_id == desk.filing_id},
                desk.filing_id in told,
            )
            for desk, number in session.execute(desks)
        ]


def lets_through(asked, asking, line):
    """Say of one complaint whether the filters let it through."""
    desk, number, duties, tags, is_told = line
    here = desk.received_at.astimezone(asking.zone).date().isoformat()
    last = TODAY + timedelta(days=DAYS[asked.echeance]) if asked.echeance else None
    mine = {
        Attribution.MOI: {asking.me},
        Attribution.REMPLACE: {asking.me, *asking.replaced},
        Attribution.PERSONNE: {""},
    }
    ahead = {
        Ahead.A_FIXER: desk.next_code == "D13",
        Ahead.EN_COURS: desk.state not in ENDED,
        Ahead.TERMINEES: desk.state in ENDED,
    }
    owes = [one for one in duties if last and one.due_on <= last and one.until >= TODAY]
    return all(
        (
            last is None or (owes and desk.next_due_on <= last),
            asked.etat in {"", desk.state},
            asked.role in {"", desk.role},
            asked.profession in {"", desk.profession},
            asked.canal in {"", desk.channel},
            asked.q in {"", number},
            not asked.attribution or desk.assignee in mine.get(asked.attribution, {asked.attribution}),
            not asked.mention or is_told,
            not asked.etiquette or asked.etiquette in tags,
            not asked.suite or ahead[asked.suite],
            not asked.recue_du or asked.recue_du <= here,
            not asked.recue_au or here <= asked.recue_au,
        )
    )


def draw_filters(chance, numbers):
    """Draw what is asked: of each filter, more often nothing."""
    choices = {
        "etat": ("recue", "accusee", "close"),
        "echeance": tuple(DAYS),
        "profession": ("10", "40", "99"),
        "role": tuple(DeskRole),
        "attribution": (*Attribution, ACCOUNTS[3], "f" * 32),
        "mention": (Attribution.MOI,),
        "etiquette": (*TAGS, "f" * 32),
        "canal": tuple(Channel),
        "suite": tuple(Ahead),
        "recue_du": ("2026-02-01", "2026-02-02"),
        "recue_au": ("2026-02-02", "2026-02-03"),
        "q": numbers,
    }
    odds = chance.choice((0.05, 0.2))
    asked: dict[str, Any] = {name: str(chance.choice(some)) for name, some in choices.items() if chance.random() < odds}
    return replace(Filters(), **asked)


@pytest.mark.engines("sqlite", "postgresql")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_list_and_its_views_count_what_is_there(portal, seed):
    chance = Random(seed)
    fill(portal, chance)
    lines = read(portal)
    numbers = (lines[0][1], "SA-2026-AAAA-AAAA")
    views = [draw_filters(chance, numbers) for _ in range(60)]
    seen = set()
    for zone in (PARIS, REUNION):
        asking = queries.Asking(LILLE, TODAY, ME, (AWAY,), zone)
        expected = [[line[1] for line in lines if lets_through(one, asking, line)] for one in views]
        for asked, kept in zip(views[:8], expected[:8], strict=True):
            with portal.database.read() as session:
                found = queries.inbox(session, portal.keyring, asking, replace(asked, par=100), views)
            assert list(found.of_views) == [len(one) for one in expected]
            assert found.total == len(kept)
            assert sorted(row.number for row in found.rows) == sorted(kept)
        seen |= {len(one) for one in expected}
    assert len(seen) > 4, "the filters drawn let more or less through"


def test_an_empty_desk_counts_nothing(portal):
    put(portal, Given(HAINAUT, ""))
    with portal.database.read() as session:
        found = queries.inbox(session, portal.keyring, queries.Asking(LILLE, TODAY, uuid.uuid4().hex), Filters(page=7))
    assert (found.total, set(found.of_views), found.rows, found.pages, found.tags) == (0, {0}, [], 1, [])
