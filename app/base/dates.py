"""Civil dates of Paris and overseas: days, months date to date, working days, and how people read them.

Nothing here reads a clock. A day off is a Saturday, a Sunday or a public holiday of the place; holidays come from the
``holidays`` library, which knows Alsace-Moselle and each overseas territory.
"""

import calendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from holidays import country_holidays

from app.base.clock import PARIS
from app.base.errors import N_
from app.base.i18n import language_now, translate

SATURDAY = 5
MOMENT = N_("{jour} à {heure}")


@dataclass(frozen=True)
class CivilZone:
    """A part of the territory with its own hour or its own holidays."""

    departements: tuple[str, ...]
    subdivision: str | None
    """How the ``holidays`` library names it; ``None`` for the holidays of the Code du travail alone."""
    zones: tuple[str, ...]
    """IANA names; the first one is the place's own."""


NORTH_ISLAND = "MF"
"""The abolition of slavery is kept on 27 May there (Code du travail, L. 3422-2 3°); the library says 28."""
METROPOLE = CivilZone((), None, ("Europe/Paris",))
PLACES = (
    CivilZone(("57",), "57", ()),
    CivilZone(("67", "68"), "6AE", ()),
    CivilZone(("971",), "971", ("America/Guadeloupe",)),
    CivilZone(("972",), "972", ("America/Martinique",)),
    CivilZone(("973",), "973", ("America/Cayenne",)),
    CivilZone(("974",), "974", ("Indian/Reunion",)),
    CivilZone(("975",), "PM", ("America/Miquelon",)),
    CivilZone(("976",), "976", ("Indian/Mayotte",)),
    CivilZone(("977",), "BL", ("America/St_Barthelemy",)),
    CivilZone(("978",), NORTH_ISLAND, ("America/Marigot",)),
    CivilZone(("986",), "WF", ("Pacific/Wallis",)),
    CivilZone(("987",), "PF", ("Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Gambier")),
    CivilZone(("988",), "NC", ("Pacific/Noumea",)),
)
"""Where the hour or the holidays differ from the rest of metropolitan France."""

_BY_DEPARTEMENT = {code: place for place in PLACES for code in place.departements}
_BY_ZONE = {name: place for place in PLACES for name in place.zones}


def place_of_departement(code: str) -> CivilZone:
    """Find the place of a département or overseas territory (``67``, ``974``, ``988``)."""
    return _BY_DEPARTEMENT.get(code, METROPOLE)


def place_of_zone(zone: ZoneInfo) -> CivilZone:
    """Find the place that lives at this hour; a zone we do not know has the holidays of metropolitan France."""
    return _BY_ZONE.get(zone.key, METROPOLE)


def zone_of_departement(code: str) -> ZoneInfo:
    """Return the hour of a département or overseas territory."""
    return ZoneInfo((place_of_departement(code).zones or METROPOLE.zones)[0])


def zone_named(name: str | ZoneInfo) -> ZoneInfo:
    """Find a zone by its IANA name. Raises ``ValueError`` with a sentence for whoever typed it."""
    if isinstance(name, ZoneInfo):
        return name
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError(f"unknown time zone {name!r}: use an IANA name such as Europe/Paris") from unknown


@dataclass(frozen=True)
class Holidays:
    """The public holidays of a place, every year: ``day in holidays``."""

    place: CivilZone = METROPOLE

    def __contains__(self, day: object) -> bool:
        """Return whether the day is a public holiday there."""
        return isinstance(day, date) and day in _holidays_of(self.place.subdivision, day.year)


@cache
def _holidays_of(subdivision: str | None, year: int) -> frozenset[date]:
    found = frozenset(country_holidays("FR", subdiv=subdivision, years=year, expand=False))
    if subdivision != NORTH_ISLAND:
        return found
    wrong = {date(year, 5, 28)} - _holidays_of(None, year)
    return found - wrong | {date(year, 5, 27)}


def local_day(at: datetime, zone: ZoneInfo = PARIS) -> date:
    """Return the civil date of an instant in a zone. Raises ``ValueError`` when the instant has no offset."""
    return aware(at).astimezone(zone).date()


def aware(at: datetime) -> datetime:
    """Refuse a time without its offset: nobody could say which instant it is."""
    if at.utcoffset() is None:
        raise ValueError("this time has no offset from UTC: write it as 2026-03-03T22:41:07+01:00")
    return at


def add_days(day: date, days: int) -> date:
    """Add calendar days; the first day is not counted."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """Add months date to date: the same day number, or the last day of the month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_working(day: date, holidays: Container[date]) -> bool:
    """Return whether offices are open: Monday to Friday, public holidays excepted."""
    return day.weekday() < SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """Return this day if it is a working day, else the first one after it."""
    while not is_working(day, holidays):
        day = add_days(day, 1)
    return day


def add_working_days(day: date, days: int, holidays: Container[date]) -> date:
    """Add working days; the first day is not counted, be it a working day or not."""
    for _ in range(days):
        day = next_working_day(add_days(day, 1), holidays)
    return day


def date_text(day: date, *, weekday: bool = True, year: bool = True) -> str:
    """Write a date as people read it: ``mardi 3 mars 2026``, ``vendredi 1er mai 2026``; ``Tuesday, March 3, 2026``.

    ``year``: of a French date alone; another language always says it, as each orders its parts in its own way.
    """
    language = language_now()
    if not language.is_french:
        return format_date(day, "full" if weekday else "long", locale=language.locale)
    number = "d" if day.day > 1 else "'1er'"
    pattern = f"{'EEEE ' if weekday else ''}{number} MMMM{' y' if year else ''}"
    return format_date(day, pattern, locale="fr")


def short_date_text(day: date, *, year: bool = True) -> str:
    """Write a date for a narrow column: ``3 mars 2026``, ``13 nov.``, ``1er mai``."""
    language = language_now()
    if not language.is_french:
        return format_date(day, "medium", locale=language.locale)
    number = "d" if day.day > 1 else "'1er'"
    return format_date(day, f"{number} MMM{' y' if year else ''}", locale="fr")


def hour_text(at: datetime, zone: ZoneInfo = PARIS, *, seconds: bool = True) -> str:
    """Write a local hour: ``22 h 41 min 07 s``, or ``22 h 41``."""
    local = aware(at).astimezone(zone)
    if not language_now().is_french:
        return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    short = f"{local.hour} h {local.minute:02}"
    return f"{short} min {local.second:02} s" if seconds else short


def moment_text(at: datetime, zone: ZoneInfo = PARIS, *, weekday: bool = True, seconds: bool = True) -> str:
    """Write an instant in local time: ``mardi 3 mars 2026 à 22 h 41 min 07 s``."""
    day = date_text(local_day(at, zone), weekday=weekday)
    return translate(MOMENT).format(jour=day, heure=hour_text(at, zone, seconds=seconds))


def moment_cell(at: datetime, zone: ZoneInfo = PARIS) -> str:
    """Write an instant as a spreadsheet reads one, in local time: ``2026-03-03 22:41:07``."""
    return f"{aware(at).astimezone(zone):%Y-%m-%d %H:%M:%S}"


def when(text: str) -> str:
    """Say a day or an instant that a mail carries as ISO 8601, in the language of the moment; other words stay."""
    try:
        return date_text(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return moment_text(datetime.fromisoformat(text), weekday=False, seconds=False)
    except ValueError:
        return text


def offset_text(at: datetime, zone: ZoneInfo = PARIS) -> str:
    """Write how far local time is from UTC at that instant: ``UTC+01:00``."""
    return f"UTC{aware(at).astimezone(zone).isoformat()[-6:]}"
