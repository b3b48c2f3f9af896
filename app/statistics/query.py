"""What a page of statistics is asked: a year, a profession, a town; and the figures that answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.forms.fields import FieldError
from app.base.forms.typed_text import one_line
from app.base.portal import Portal
from app.counters import queries as counters
from app.counters.rules import ALL, RECEIVED
from app.filing.rules import AIGUILLAGE
from app.routing import queries as routing
from app.statistics.counted import Counted
from app.statistics.figure import MONTHS
from app.statistics.rules import LEAST

FIRST_YEAR = 2021
"""The procedure begins on 4 January 2021 (décret n° 2020-1215)."""
YEARS_BEFORE = 4
"""Years that are shown beside the one asked."""
NOT_FOUND = N_("Nous ne trouvons pas cette ville. Essayez avec le code postal.")
SEVERAL = N_("Plusieurs villes peuvent répondre à ce nom. Écrivez le nom entier avec le code postal.")
BAD_YEAR = N_("Choisissez une année de la liste.")
BAD_PROFESSION = N_("Choisissez une profession de la liste.")


@dataclass(frozen=True)
class StatisticsQuery:
    """What was asked, as typed, and what is wrong with it."""

    year: int
    profession: str = ""
    town: str = ""
    town_code: str = ""
    years: tuple[int, ...] = ()
    """Years before this one in which something was counted."""
    professions: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, FieldError] = field(default_factory=dict)

    def query(self) -> str:
        """Write the end of an address that asks the same."""
        asked = {"annee": str(self.year), "profession": self.profession, "ville": self.town}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def read(session: Session, typed: Mapping[str, str], authority: str, today: date) -> StatisticsQuery:
    """Read the end of an address; what is wrong is told next to its field, and kept as it was typed."""
    professions = {row.code: row.label for row in routing.professions(session) if row.code}
    years = tuple(year for year in counters.years(session, authority) if year != today.year)
    mistakes: dict[str, FieldError] = {}
    year = year_of(typed.get("annee", ""), today)
    if year not in {today.year, *years}:
        mistakes["annee"], year = FieldError(BAD_YEAR), today.year
    profession, town = typed.get("profession", ""), one_line(typed.get("ville", ""))[:80]
    if profession and profession not in professions:
        mistakes["profession"], profession = FieldError(BAD_PROFESSION), ""
    code = ""
    if town:
        code, wrong = _town(session, town)
        if wrong:
            mistakes["ville"] = wrong
    return StatisticsQuery(year, profession, town, code, years, professions, mistakes)


def year_of(text: str, today: date) -> int:
    """Read a year; this one when nothing is typed, 0 when it is none."""
    if not text:
        return today.year
    return int(text) if text.isascii() and text.isdecimal() and len(text) == len(str(today.year)) else 0


def _town(session: Session, text: str) -> tuple[str, FieldError | None]:
    meant = routing.place_meant(session, text)
    if meant:
        return meant.code, None
    return "", FieldError(SEVERAL if routing.find_places(session, text) else NOT_FOUND)


def answer(
    session: Session, portal: Portal, asked: StatisticsQuery, authority: str, today: date, *, is_exact: bool = False
) -> Counted | None:
    """Count what was asked, and the years before; nothing when fewer than five complaints answer.

    ``is_exact``: for the desk of the authority, which reads each of them by name; nothing then when there are none.
    """
    found = _year(session, portal, asked, authority, today, is_exact=is_exact)
    if found is None:
        return None
    past = sorted((year for year in counters.years(session, authority) if year < asked.year), reverse=True)[
        :YEARS_BEFORE
    ]
    of_past = (replace(asked, year=year) for year in past)
    before = (_year(session, portal, one, authority, today, is_exact=is_exact) for one in of_past)
    return replace(found, before=[one for one in before if one])


def _year(
    session: Session, portal: Portal, asked: StatisticsQuery, authority: str, today: date, *, is_exact: bool
) -> Counted | None:
    profession, town = asked.profession or ALL, asked.town_code or ALL
    dimensions = counters.Dimensions(authority, asked.year, profession, town)
    months = counters.months(session, portal.keyring, dimensions)
    if sum(month.get(RECEIVED, 0) for month in months.values()) < (1 if is_exact else LEAST):
        return None
    beside = []
    if asked.profession and not is_exact:
        beside.append(list(counters.by_profession(session, portal.keyring, dimensions).values()))
    if asked.town_code and not is_exact:
        beside.append(list(counters.by_town(session, portal.keyring, dimensions).values()))
    last = today.month if asked.year == today.year else len(MONTHS)
    return Counted(asked.year, months, last, tuple(beside), asked.professions, is_exact)


def name_of(session: Session, authority: str) -> str:
    """Return what is counted: an authority, the complaints without one, or the whole country."""
    if authority in {ALL, AIGUILLAGE}:
        return N_("Toute la France") if authority == ALL else N_("Aiguillage")
    row = routing.authority(session, authority)
    return row.name if row else authority
