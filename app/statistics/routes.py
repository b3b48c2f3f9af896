"""Routes of the statistics: of an authority for its clerks, of the whole country for the administrator."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.administration.routes import AdminOf
from app.base.errors import NotFound
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, download, portal_of, render
from app.intake.desk.page import DeskOf
from app.statistics import drawing, figures, query
from app.statistics.association import router as of_association
from app.statistics.figure import Figure
from app.statistics.places import StatisticsScope, of_country, of_desk
from app.statistics.report_page import router as report
from app.statistics.table import CSV, written

router = APIRouter()


@router.get("/agent/statistiques", name="statistics.show")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """D7: the figures of this authority."""
    return _page(request, session, of_desk(request, portal, clerk))


@router.get("/agent/statistiques/{tableau}.csv", name="statistics.table")
def table(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, tableau: str) -> Response:
    """Return one table for a spreadsheet."""
    return _table(request, session, of_desk(request, portal, clerk), tableau)


@router.get("/administration/statistiques", name="statistics.national.show")
def national(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """D7: the figures of the whole country."""
    return _page(request, session, of_country(request, portal, clerk))


@router.get("/administration/statistiques/{tableau}.csv", name="statistics.national.table")
def national_table(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, tableau: str) -> Response:
    """Return one table of the whole country for a spreadsheet."""
    return _table(request, session, of_country(request, portal, clerk), tableau)


def _found(
    request: Request, session: Session, place: StatisticsScope
) -> tuple[query.StatisticsQuery, list[Figure], str]:
    """Read what is asked, and make the figures that answer; none when too few complaints do."""
    asked = query.read(session, request.query_params, place.authority, place.today)
    answering = portal_of(request), asked, place.authority, place.today
    counted = None if asked.mistakes else query.answer(session, *answering, is_exact=place.is_exact)
    name = query.name_of(session, place.authority)
    return asked, figures.all_of(counted, translate) if counted else [], name


def _page(request: Request, session: Session, place: StatisticsScope) -> Response:
    asked, found, name = _found(request, session, place)
    return render(
        request,
        "statistics/show.html",
        status=422 if asked.mistakes else 200,
        **place.frame,
        asked=asked,
        mistakes={field: wrong.text(translate) for field, wrong in asked.mistakes.items()},
        shown=[(figure, drawing.draw(figure)) for figure in found],
        place=name,
        is_exact=place.is_exact,
        here=place.url(request, "show"),
        report=place.url(request, "report"),
        tables={one.code: place.url(request, "table", tableau=one.code) for one in found},
    )


def _table(request: Request, session: Session, place: StatisticsScope, code: str) -> Response:
    asked, found, _ = _found(request, session, place)
    if asked.mistakes:
        return _page(request, session, place)
    none = figures.none_of(asked.year, asked.professions, translate, is_exact=place.is_exact)
    made = {one.code: one for one in found or none}
    if code not in made:
        raise NotFound
    return download(f"statistiques-{asked.year}-{code}.csv", written(made[code]), CSV)


router.include_router(report)
router.include_router(of_association)
