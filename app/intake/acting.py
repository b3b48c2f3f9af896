"""What the pages of acts share: a duty still owed by this clerk's authority, the day of a sending, the way it left."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.accounts.queries import Clerk
from app.base.dates import date_text, local_day
from app.base.errors import NotFound
from app.base.fields import Mistake, Typed
from app.base.i18n import ntranslate
from app.base.portal import Portal
from app.filing.queries import OpenFiling, open_for, read_for
from app.intake.acts import due_of
from app.intake.desk import line_of, today_of
from app.intake.order import First, first_day
from app.intake.turn import expect, gone
from app.saisine.steps.days import day_checks, day_of

TODAY, RECEIVED = "aujourd_hui", "recue_le"
"""What a page of acts knows beside its fields."""
AFTER = "suit"
"""The first day that the act of the page may bear: :class:`~app.intake.order.First`."""
PARTS = ("jour", "mois", "annee")


def held(portal: Portal, clerk: Clerk, numero: str) -> OpenFiling:
    """Open a complaint that this clerk's authority holds. Raises :class:`NotFound`."""
    line_of(portal, clerk, numero)
    with portal.database.read() as session:
        opened = open_for(session, portal.keyring, numero, clerk.authority)
        if opened is None:
            raise gone(session, numero, clerk.authority)
    return opened


def readable(portal: Portal, clerk: Clerk, numero: str) -> OpenFiling:
    """Open a complaint that this clerk's authority may read. Raises :class:`NotFound`."""
    line_of(portal, clerk, numero)
    with portal.database.read() as session:
        opened = read_for(session, portal.keyring, numero, clerk.authority)
    if opened is None:
        raise NotFound
    return opened


def ready(portal: Portal, clerk: Clerk, numero: str, kind: str) -> OpenFiling:
    """Open a complaint on which this act is possible now.

    Raises :class:`NotFound`, :class:`~app.intake.turn.AlreadyDone`.
    """
    opened = held(portal, clerk, numero)
    expect(opened, kind)
    return opened


def known_days(portal: Portal, clerk: Clerk, opened: OpenFiling, kind: str) -> dict[str, Any]:
    """Give the days between which an act can be dated: that of the act it follows, and today."""
    zone = ZoneInfo(opened.filing.zone)
    received = local_day(opened.filing.received_at, zone)
    first = first_day(opened.now, kind, received, zone)
    return {TODAY: today_of(portal, clerk), RECEIVED: received, AFTER: first}


def order_checks(found: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mistake]]:
    """Check the day of an act: neither to come, nor before the act that it follows."""
    wrong = list(day_checks(found, prefix, found.get(TODAY)))
    yield from wrong
    if wrong or not all(found.get(f"{prefix}_{part}") for part in PARTS):
        return
    first: First = found[AFTER]
    if mistake := first.mistake(day_of(found, prefix)):
        yield f"{prefix}_jour", mistake


def typed_day(prefix: str, day: date) -> Typed:
    """Fill the three fields of a date."""
    return dict(zip((f"{prefix}_{part}" for part in PARTS), ([str(n)] for n in day.timetuple()[2::-1]), strict=True))


def late_text(portal: Portal, clerk: Clerk, opened: OpenFiling, code: str) -> str:
    """Say by how many days a duty is late; nothing when it is not."""
    with portal.database.read() as session:
        due = due_of(session, opened, code)
    late = (today_of(portal, clerk) - due).days
    if late <= 0:
        return ""
    return ntranslate(
        "La date limite était le {day} : {n} jour de retard. Vous pouvez encore le faire.",
        "La date limite était le {day} : {n} jours de retard. Vous pouvez encore le faire.",
        late,
    ).format(day=date_text(due), n=late)
