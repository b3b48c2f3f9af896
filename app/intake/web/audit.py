"""« Journal » of an authority: who opened, exported or changed which complaint; its manager reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.audit import access_log, filters
from app.accounts.audit.access_log import LogFilter
from app.accounts.queries import Clerk
from app.acts.kinds import NOTED, past
from app.base.clock import PARIS
from app.base.dates import moment_text
from app.base.errors import N_
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, download, render
from app.filing.queries import reasons
from app.intake import rules
from app.intake.desk.page import DeskOf, frame

router = APIRouter()
A_PAGE, MOST = 50, 10_000
HEAD = (N_("Quand"), N_("Qui"), N_("Action"), N_("Dossier"), N_("Raison donnée"))


@dataclass(frozen=True)
class ShownEntry:
    """A line as it is read."""

    moment: str
    by: str
    what: str
    subject: str
    is_filing: bool
    why: str


@router.get("/agent/journal", name="intake.journal")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, page: str = "1") -> Response:
    """Show what was done here, the last lines first."""
    asked = filters.asked_of(request.query_params)
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 and int(page) else 1  # noqa: PLR2004
    rows, total = _lines(session, portal, clerk, asked, (number - 1) * A_PAGE, A_PAGE)
    kinds = sorted(((kind, _what(kind)) for kind in NOTED), key=lambda one: one[1])
    pairs = {name: value for name, value in request.query_params.items() if name != "page" and value}
    last = max(1, -(-total // A_PAGE))

    def at(n: int) -> str | None:
        return f"?{urlencode({**pairs, 'page': n})}" if 1 <= n <= last else None

    return render(
        request,
        "intake/journal.html",
        **frame(request, clerk),
        head=[translate(words) for words in HEAD],
        rows=rows,
        total=total,
        kinds=kinds,
        asked=asked,
        number=number,
        last=last,
        previous=at(number - 1),
        next=at(number + 1),
        to_csv=f"{path_of(request.app, 'intake.journal.table')}?{urlencode(pairs)}",
    )


@router.get("/agent/journal.csv", name="intake.journal.table")
def table(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Return the same lines as a table."""
    asked = filters.asked_of(request.query_params)
    rows, _ = _lines(session, portal, clerk, asked, 0, MOST)
    cells = [(row.moment, row.by, row.what, row.subject, row.why) for row in rows]
    return download("journal.csv", filters.table(map(translate, HEAD), cells), filters.CSV)


def _lines(
    session: Session, portal: Portal, clerk: Clerk, asked: LogFilter, offset: int, limit: int
) -> tuple[Sequence[ShownEntry], int]:
    """Return the lines of this authority; a reason is read with the key that it holds."""
    rows, total = access_log.lines(session, clerk.authority, asked, offset, limit)
    given = [(row.subject, row.why) for row in rows]
    whys = reasons(session, portal.keyring, clerk.authority, given)
    shown = [
        ShownEntry(
            moment_text(row.at, PARIS, weekday=False),
            row.by,
            _what(row.kind),
            row.subject,
            rules.is_number(row.subject),
            why,
        )
        for row, why in zip(rows, whys, strict=True)
    ]
    return shown, total


def _what(kind: str) -> str:
    return translate(access_log.WORDS.get(kind) or past(kind))
