"""The state of the service, for machines and for people (``/etat``)."""

import logging
import os
from contextlib import suppress
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from app.base.errors import N_, StorageTrouble
from app.base.heartbeat import WorkState
from app.base.portal import Portal
from app.base.storage import leader as leading
from app.base.web.pages import PortalOf, render
from app.directory import queries as directory
from app.filing.ledger import chain, register
from app.filing.upkeep import flood
from app.notifications import queries as outbox
from app.routing import queries as routing

router = APIRouter()
VERSION = version("saisine")
"""That of pyproject.toml, as installed."""
TRIAL, TRIAL_BYTES = "trial", 256 * 1024
"""More than a complaint without files: a disk with less room is full."""
WORKS = {
    "leader": N_("Rôle de cette instance"),
    "mails": N_("Envoi des courriels"),
    "webhooks": N_("Messages aux logiciels des associations"),
    "registered": N_("Recommandés électroniques"),
    "clock": N_("Surveillance de l'horloge"),
    "tokens": N_("Horodatage"),
    "files": N_("Examen des fichiers"),
    "register": N_("Registre du jour"),
    "alarms": N_("Alarmes"),
    "withdrawals": N_("Retraits de plainte"),
    "successions": N_("Autorités qui ouvrent ou ferment"),
    "notices": N_("Rappels aux autorités"),
    "days": N_("Dates passées, dites aux logiciels"),
    "tidying": N_("Effacements"),
}
"""What whoever runs the service reads of each work."""
STATES = {
    WorkState.OK: N_("fonctionne"),
    WorkState.LATE: N_("en retard ou arrêté"),
    WorkState.FAILING: N_("échoue"),
    WorkState.ELSEWHERE: N_("fait ailleurs"),
}
log = logging.getLogger("saisine.state")


def try_to_write(portal: Portal) -> bool:
    """Write what a sent complaint needs: the turn of the ledger, a row, a file that is on disk."""
    trial = portal.files / f".{TRIAL}-{os.getpid()}"
    try:
        with portal.database.write() as session:
            chain.take_turn(session)
            leading.take(session, TRIAL, TRIAL)
        with trial.open("wb") as file:
            file.write(bytes(TRIAL_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except (OSError, SQLAlchemyError, StorageTrouble):
        log.exception("nothing can be written")
        return False
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
    return True


def look(portal: Portal) -> dict[str, Any]:
    """Look at each part; ``status`` is ``ok`` when complaints can be received."""
    found: dict[str, Any] = {"version": VERSION, "directory": "off", "workers": portal.heartbeats.states()}
    try:
        with portal.database.read(apart=True) as session:
            session.execute(text("SELECT 1"))
            found["outbox"] = outbox.backlog(session)
            of_time = register.alarms(session, portal.clock())
            floods = flood.alarms(session, portal.limits, portal.clock())
            found["alarms"] = [*of_time, *floods, *portal.heartbeats.alarms()]
            taken_on = directory.taken_on(session)
            found["directory"] = taken_on.isoformat() if taken_on else "off"
            is_loaded = routing.reference_is_loaded(session)
    except (SQLAlchemyError, StorageTrouble):
        return {"status": "unavailable", "database": "unavailable", "outbox": None, "tsa": "unknown", **found}
    database = portal.database
    if is_loaded and not portal.readiness.can_write(database.refused, lambda: try_to_write(portal)):
        return {"status": "cannot write", "database": "read only", "tsa": "unknown", **found}
    kind = "remote" if portal.settings.tsa_url else "embedded"
    found["tsa"] = "alarm" if of_time else kind
    return {"status": "ok" if is_loaded else "no reference data", "database": "ok", **found}


@router.get("/etat", name="state")
def state(request: Request, portal: PortalOf) -> Response:
    """Tell whether the service is ready: 200 or 503; JSON when asked for, a page otherwise."""
    found = look(portal)
    is_ready = found["status"] == "ok"
    status = 200 if is_ready else 503
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(found, status)
    works = [(WORKS[work], STATES[how]) for work, how in found["workers"].items()]
    return render(request, "errors/state.html", status=status, is_ready=is_ready, version=VERSION, works=works)
