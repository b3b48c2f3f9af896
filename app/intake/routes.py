"""The doors of the clerk's desk."""

import logging
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.door import ClerkOf
from app.accounts.queries import Clerk
from app.accounts.rules import Role
from app.base.dates import local_day
from app.base.errors import N_, NotFound, Refusal
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.vault import Locked
from app.base.web.pages import PortalOf, render, see
from app.evidence import store
from app.evidence.queries import download_name
from app.filing.queries import open_for
from app.intake import dossier, queries, rules, service, words
from app.routing import queries as routing

log = logging.getLogger("saisine.intake")
router = APIRouter()

EVIDENCE_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Accept-Ranges": "none"}
"""A file of a stranger is never shown in the page: it is saved, and even then it can do nothing."""


class FileUnreadable(Refusal):
    """The sealed file is missing or altered; told to the operator, and to the clerk."""

    code, status, way_out = "preuve_illisible", 503, "intake.list"
    says = N_("Cette preuve ne peut pas être lue. Prévenez l'administrateur du service.")


def at_the_desk(clerk: ClerkOf) -> Clerk:
    """Give a clerk who reads complaints; an administrator reads none."""
    if clerk.role == Role.ADMIN:
        raise NotFound
    return clerk


DeskOf = Annotated[Clerk, Depends(at_the_desk)]


@router.get("/agent", name="intake.home")
def home(request: Request, clerk: DeskOf) -> Response:
    """Begin with the list."""
    del clerk
    return see(request, "intake.list")


@router.get("/agent/plaintes", name="intake.list")
def inbox(request: Request, portal: PortalOf, clerk: DeskOf) -> Response:
    """D2: the complaints of this authority, nearest date of law first."""
    with portal.database.read() as session:
        professions = {row.code: row.label for row in routing.professions(session) if row.code}
        asked, ignored = rules.read_filters(request.query_params, professions)
        today = _today(portal, clerk)
        found = queries.inbox(session, portal.keyring, clerk.authority, asked, today)
    return render(
        request,
        "intake/list.html",
        block="results",
        **_frame(request, clerk),
        found=found,
        lines=[words.line(row, professions, today, translate) for row in found.rows],
        professions=professions,
        choices={"etat": rules.State, "echeance": rules.Due, "role": rules.DeskRole},
        per_page=rules.PER_PAGE,
        is_ignored=ignored,
        is_swap=_is_swap(request),
    )


@router.get("/agent/plaintes/{numero}", name="intake.filing")
def filing(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """D3: one complaint, whole for its receiver; its existence only for an authority not told yet."""
    line = _line(portal, clerk, numero)
    if line.role == rules.DeskRole.RECEIVER:
        _leave_trace(portal, clerk, line)
    with portal.database.read() as session:
        shown = dossier.of(session, portal.keyring, clerk.authority, line, _today(portal, clerk), translate)
    template = "intake/filing.html" if shown.contents else "intake/announced.html"
    return render(request, template, **_frame(request, clerk), shown=shown)


@router.get("/agent/plaintes/{numero}/preuves/{preuve}", name="intake.evidence")
def evidence(portal: PortalOf, clerk: DeskOf, numero: str, preuve: str) -> Response:
    """Give one file of a complaint, to be saved, under a name of ours."""
    line = _line(portal, clerk, numero)
    with portal.database.read() as session:
        opened = open_for(session, portal.keyring, numero, clerk.authority) if rules.is_file_id(preuve) else None
    files = opened.payload["files"] if opened else []
    place, file = next(((n, f) for n, f in enumerate(files, 1) if f["id"] == preuve), (0, None))
    if opened is None or file is None:
        raise NotFound
    _leave_trace(portal, clerk, line)
    try:
        content = store.read(portal.files, opened.key, preuve)
    except (OSError, Locked) as trouble:
        log.exception("a sealed file cannot be read", extra={"number": numero, "file": preuve})
        raise FileUnreadable from trouble
    name = download_name(place, file["media_type"])
    headers = EVIDENCE_HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers | {"Content-Type": file["media_type"]})


def _line(portal: Portal, clerk: Clerk, numero: str) -> queries.DeskLine:
    """Find a complaint on this clerk's desk. Raises :class:`NotFound` for any other, or a number that cannot be one."""
    with portal.database.read() as session:
        line = queries.desk_line(session, numero, clerk.authority) if rules.is_number(numero) else None
    if line is None:
        raise NotFound
    return line


def _leave_trace(portal: Portal, clerk: Clerk, line: queries.DeskLine) -> None:
    with portal.database.read() as session:
        is_known = service.is_traced(session, line.filing_id, clerk, portal.clock())
    if not is_known:
        with portal.database.write() as session:
            service.opened(session, line.filing_id, clerk, portal.clock)


def _today(portal: Portal, clerk: Clerk) -> date:
    return local_day(portal.clock(), ZoneInfo(clerk.zone))


def _is_swap(request: Request) -> bool:
    """Tell whether htmx replaces a part of the page, so that the count outside of it must be sent too."""
    asked = request.headers
    return asked.get("hx-request") == "true" and asked.get("hx-history-restore-request") != "true"


def _frame(request: Request, clerk: Clerk) -> dict[str, Any]:
    """Give what surrounds every page of the desk."""
    to_list = str(request.app.url_path_for("intake.list"))
    return {
        "agent": {"name": clerk.name, "authority": clerk.authority_name},
        "nav": [(to_list, translate(N_("Plaintes")), request.url.path == to_list)],
        "signout_url": str(request.app.url_path_for("accounts.signout")),
    }
