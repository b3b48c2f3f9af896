"""The yearly report, to read, to print and to keep."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.administration.routes import AdminOf
from app.base.errors import NotFound
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, download, portal_of, render
from app.intake.desk.page import DeskOf
from app.statistics import query
from app.statistics.places import StatisticsScope, of_country, of_desk
from app.statistics.report import YearlyReport, make, make_pdf

router = APIRouter()


@router.get("/agent/statistiques/bilan", name="statistics.report")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Show the report of this authority."""
    return _page(request, session, of_desk(request, portal, clerk))


@router.get("/agent/statistiques/bilan.pdf", name="statistics.report.pdf")
def paper(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Return the report of this authority as a file."""
    return _pdf(request, session, of_desk(request, portal, clerk))


@router.get("/administration/statistiques/bilan", name="statistics.national.report")
def national(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """Show the report of the whole country."""
    return _page(request, session, of_country(request, portal, clerk))


@router.get("/administration/statistiques/bilan.pdf", name="statistics.national.report.pdf")
def national_paper(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """Return the report of the whole country as a file."""
    return _pdf(request, session, of_country(request, portal, clerk))


def _made(request: Request, session: Session, place: StatisticsScope) -> tuple[query.StatisticsQuery, YearlyReport]:
    """Make the report of the year asked. Raises :class:`NotFound` for a year without figures."""
    typed = {"annee": request.query_params.get("annee", "")}
    asked = query.read(session, typed, place.authority, place.today)
    if asked.mistakes:
        raise NotFound
    counted = query.answer(session, portal_of(request), asked, place.authority, place.today)
    name = translate(query.name_of(session, place.authority))
    return asked, make(counted, asked.year, name, translate)


def _page(request: Request, session: Session, place: StatisticsScope) -> Response:
    asked, made = _made(request, session, place)
    here = place.url(request, "report")
    years = sorted({place.today.year, *asked.years}, reverse=True)
    return render(
        request,
        "statistics/report.html",
        **place.frame,
        report=made,
        years=[(year, f"{here}?annee={year}", year == asked.year) for year in years],
        pdf=f"{place.url(request, 'report.pdf')}?annee={asked.year}",
        back=place.url(request, "show"),
    )


def _pdf(request: Request, session: Session, place: StatisticsScope) -> Response:
    asked, made = _made(request, session, place)
    pdf = make_pdf(made, portal_of(request).clock(), translate)
    return download(f"bilan-{asked.year}.pdf", pdf, "application/pdf")
