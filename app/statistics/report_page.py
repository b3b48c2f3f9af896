"""The yearly report, to read, to print and to keep."""

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.administration.routes import AdminOf
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, download, portal_of, render
from app.intake.desk.page import DeskOf
from app.statistics import query
from app.statistics.places import StatisticsScope, of_country, of_desk
from app.statistics.report import YearlyReport, make, make_pdf

router = APIRouter()
PUBLIC = "publique"
"""Ends the address of a report whose small numbers are hidden."""


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


def _is_exact(request: Request, place: StatisticsScope) -> bool:
    """Return whether numbers are told as they are: for one's own desk, but in what is to be published."""
    return place.is_exact and request.query_params.get("version") != PUBLIC


def _asked(request: Request, session: Session, place: StatisticsScope) -> query.StatisticsQuery:
    typed = {"annee": request.query_params.get("annee", "")}
    return query.read(session, typed, place.authority, place.today)


def _made(request: Request, session: Session, place: StatisticsScope, asked: query.StatisticsQuery) -> YearlyReport:
    """Make the report of the year asked."""
    answering, is_exact = (portal_of(request), asked, place.authority, place.today), _is_exact(request, place)
    counted = query.answer(session, *answering, is_exact=is_exact)
    name = translate(query.name_of(session, place.authority))
    return make(counted, asked.year, name, translate, is_exact=is_exact)


def _page(request: Request, session: Session, place: StatisticsScope) -> Response:
    asked = _asked(request, session, place)
    wrong = "".join(one.text(translate) for one in asked.mistakes.values())
    here, is_exact = place.url(request, "report"), _is_exact(request, place)
    years = sorted({place.today.year, *asked.years}, reverse=True)
    version = "" if is_exact or not place.is_exact else f"&version={PUBLIC}"
    return render(
        request,
        "statistics/report.html",
        status=422 if wrong else 200,
        **place.frame,
        report=None if wrong else _made(request, session, place, asked),
        wrong=wrong,
        years=[(year, f"{here}?annee={year}{version}", not wrong and year == asked.year) for year in years],
        pdf=f"{place.url(request, 'report.pdf')}?annee={asked.year}{version}",
        other=f"{here}?annee={asked.year}{f'&version={PUBLIC}' if is_exact else ''}" if place.is_exact else "",
        is_exact=is_exact,
        back=place.url(request, "show"),
    )


def _pdf(request: Request, session: Session, place: StatisticsScope) -> Response:
    asked = _asked(request, session, place)
    if asked.mistakes:
        return _page(request, session, place)
    pdf = make_pdf(_made(request, session, place, asked), portal_of(request).clock(), translate)
    return download(f"bilan-{asked.year}.pdf", pdf, "application/pdf")
