"""The doors of the pages to read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.web.pages import render

router = APIRouter()


@router.get("/vos-droits", name="pages.rights")
def rights(request: Request) -> Response:
    """What is a discriminatory refusal of care, what is not one, and what can be done."""
    return render(request, "pages/rights.html")


@router.get("/aide", name="pages.help")
def help_page(request: Request) -> Response:
    """Help by task."""
    return render(request, "pages/help.html")


@router.get("/donnees-personnelles", name="pages.privacy")
def privacy(request: Request) -> Response:
    """Who reads, how long, and what a person may ask."""
    return render(request, "pages/privacy.html")


@router.get("/mentions-legales", name="pages.legal")
def legal(request: Request) -> Response:
    """Who runs the service."""
    return render(request, "pages/legal.html")


@router.get("/accessibilite", name="pages.accessibility")
def accessibility(request: Request) -> Response:
    """The declaration of accessibility: nothing above what an audit proved."""
    return render(request, "pages/accessibility.html")


@router.get("/plan-du-site", name="pages.sitemap")
def sitemap(request: Request) -> Response:
    """Every page open to all."""
    return render(request, "pages/sitemap.html")
