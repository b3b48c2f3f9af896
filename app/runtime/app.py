"""The composition root: settings go in, an application comes out. Nothing happens when this is imported."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from app.accounts.routes import router as accounts
from app.administration.all_routes import router as administration
from app.administration.associations import router as approved
from app.api.web.routes import router as interface
from app.api.web.software import router as software
from app.association_desk.routes import router as associations
from app.base.errors import N_
from app.base.portal import Portal
from app.base.resources import STATIC
from app.base.settings import Settings
from app.base.web import errors
from app.base.web.addresses import lay_flat
from app.base.web.language_prefix import LanguagePrefix
from app.base.web.security_middleware import SecurityMiddleware
from app.conciliation.routes import router as conciliation
from app.demo.routes import router as demo
from app.filing.web.ask_mandate import router as asking_mandate
from app.filing.web.give_mandate import router as giving_mandate
from app.filing.web.register import router as register
from app.filing.web.routes import router as filing
from app.filing.web.sent import router as sent
from app.filing.web.verify_receipt import router as checking
from app.followup.lost_code import router as lost
from app.followup.routes import router as followup
from app.intake.routes import router as intake
from app.pages.routes import router as pages
from app.pages.small_files import router as small_files
from app.privacy.routes import router as privacy
from app.routing.routes import router as competence
from app.runtime import health, openapi
from app.runtime.error_frame import around_of
from app.runtime.instance import make_portal
from app.runtime.static_files import KeptStatic
from app.runtime.workers import BackgroundWorkers
from app.saisine.web.form import router as form
from app.saisine.web.own_files import router as own_files
from app.saisine.web.pause import router as pause
from app.saisine.web.routes import router as saisine
from app.statistics.routes import router as statistics
from app.webhooks.routes import router as webhooks

ACCESSIBILITY = {
    N_("non conforme"): N_("Accessibilité : non conforme"),
    N_("partiellement conforme"): N_("Accessibilité : partiellement conforme"),
    N_("totalement conforme"): N_("Accessibilité : totalement conforme"),
}
"""The link of the footer, by the state that the page says (RGAA)."""
FOOTER = (
    ("pages.privacy", N_("Données personnelles")),
    ("pages.legal", N_("Mentions légales")),
    ("filing.check_receipt", N_("Vérifier un récépissé")),
    ("pages.sitemap", N_("Plan du site")),
    ("accounts.association", N_("Espace associations")),
    ("accounts.signin", N_("Espace agents")),
)
ROUTERS = (
    saisine,
    filing,
    sent,
    asking_mandate,
    giving_mandate,
    checking,
    register,
    pause,
    own_files,
    form,
    followup,
    lost,
    accounts,
    intake,
    conciliation,
    administration,
    approved,
    associations,
    statistics,
    webhooks,
    privacy,
    pages,
    small_files,
    competence,
    interface,
    software,
    openapi.router,
    health.router,
)


def create_app(settings: Settings, *, portal: Portal | None = None) -> FastAPI:
    """Build the application around one portal; its workers start and stop with it."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        room = BackgroundWorkers(app.state.portal)
        if settings.worker:
            room.start()
        yield
        room.stop()

    app = FastAPI(
        title="Saisine",
        lifespan=life,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(LanguagePrefix),
            Middleware(SecurityMiddleware, settings=settings, surprise=errors.surprise),
            Middleware(GZipMiddleware, minimum_size=600, compresslevel=4),
        ],
    )
    app.state.portal, app.state.around_of = portal or make_portal(settings), around_of
    errors.install(app)
    app.mount("/static", KeptStatic(directory=STATIC), name="static")
    lay_flat(app, (*ROUTERS, demo) if settings.is_demo else ROUTERS)
    accessibility = ("pages.accessibility", ACCESSIBILITY[settings.accessibility])
    app.state.footer, app.state.footers = (accessibility, *FOOTER), {}
    return app
