"""« Chiffres »: those of an association, for who answers for it, from the complaints that it may read today."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import SignedInMember
from app.association_desk.branches import ManagerOf
from app.association_desk.frame import surrounds
from app.association_desk.queries import held_numbers
from app.base.dates import local_day
from app.base.errors import N_, NotFound
from app.base.forms.fields import Translate
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, render
from app.counters import queries as counters
from app.counters.rules import StatisticsRecord, by_month
from app.filing.rules import AIGUILLAGE
from app.routing import queries as routing
from app.statistics import delays, drawing, figures, query
from app.statistics.counted import Counted
from app.statistics.figure import MONTHS, Figure
from app.statistics.rules import LEAST
from app.statistics.table import CSV, written

router = APIRouter()
OWNER = "autorite"
"""Code under which the authority of each complaint is counted, here alone."""


@dataclass(frozen=True)
class AssociationYear:
    """The figures of one year; none of a year that is not known, or in which too few complaints came."""

    year: int
    years: tuple[int, ...]
    """This year, and those in which something came: the last one first."""
    figures: tuple[Figure, ...]

    @property
    def is_known(self) -> bool:
        """Whether the year is one of those offered."""
        return self.year in self.years


@router.get("/association/chiffres", name="statistics.association.show")
def show(request: Request, session: ReadOf, portal: PortalOf, manager: ManagerOf) -> Response:
    """Show the figures of a year."""
    return _page(request, session, portal, manager, _found(request, session, portal, manager))


def _page(
    request: Request, session: Session, portal: Portal, manager: SignedInMember, found: AssociationYear
) -> Response:
    tables = {one.code: path_of(request.app, "statistics.association.table", tableau=one.code) for one in found.figures}
    return render(
        request,
        "statistics/association.html",
        status=200 if found.is_known else 422,
        **surrounds(request, session, portal, manager),
        found=found,
        wrong="" if found.is_known else translate(query.BAD_YEAR),
        shown=[(figure, drawing.draw(figure)) for figure in found.figures],
        tables=tables,
    )


@router.get("/association/chiffres/{tableau}.csv", name="statistics.association.table")
def table(request: Request, session: ReadOf, portal: PortalOf, manager: ManagerOf, tableau: str) -> Response:
    """Return one table for a spreadsheet; of too few complaints, each number is under five."""
    found = _found(request, session, portal, manager)
    made = {one.code: one for one in found.figures or _figures(session, Counted(found.year, {}), translate)}
    if tableau not in made:
        raise NotFound
    if not found.is_known:
        return _page(request, session, portal, manager, found)
    return download(f"chiffres-{found.year}-{tableau}.csv", written(made[tableau]), CSV)


def _found(request: Request, session: Session, portal: Portal, manager: SignedInMember) -> AssociationYear:
    today = local_day(portal.clock())
    records = list(counters.records(session, portal.keyring, held_numbers(manager)))
    years = tuple(sorted({today.year, *(int(one.month[:4]) for one in records)}, reverse=True))
    year = query.year_of(request.query_params.get("annee", ""), today)
    known = [one for one in records if one.month.startswith(f"{year}-")]
    if year not in years or len(known) < LEAST:
        return AssociationYear(year, years, ())
    return AssociationYear(year, years, tuple(_figures(session, _counted(known, year, today), translate)))


def _counted(records: Iterable[StatisticsRecord], year: int, today: date) -> Counted:
    """Count each complaint under its authority too."""
    named = (replace(one, codes=(*one.codes, f"{OWNER}|{one.authority}")) for one in records)
    return Counted(year, by_month(named), today.month if year == today.year else len(MONTHS))


def _figures(session: Session, counted: Counted, t: Translate) -> Iterator[Figure]:
    made: tuple[Callable[[Counted, Translate], Figure], ...] = (
        *(figures.received, figures.motives, figures.acknowledged, delays.by_month, figures.outcomes),
    )
    yield from (make(counted, t) for make in made)
    codes = tuple(code.partition("|")[2] for code in counted.total if code.startswith(f"{OWNER}|"))
    labels = {row.code: row.name for row in routing.authorities(session, codes)}
    labels |= {AIGUILLAGE: t(N_("Aiguillage"))} if AIGUILLAGE in codes else {}
    split = figures.split(counted, t, "autorites", N_("Autorités"), N_("Reçue par"), labels, OWNER)
    yield replace(split, is_long=True, note=t(figures.LEFT_OUT))
