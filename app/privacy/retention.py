"""« Conservation »: how long things are kept, and what will be erased next; nothing is erased from a page."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.administration.routes import AdminOf, frame
from app.base.dates import date_text, local_day
from app.base.web.pages import PortalOf, ReadOf, render
from app.privacy import queries
from app.privacy.expiry import periods_of

router = APIRouter()
AHEAD = timedelta(days=365)


@router.get("/administration/conservation", name="administration.retention")
def retention(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """Show the periods, what is over, and what ends within a year: counts and days, no complaint."""
    today, periods = local_day(portal.clock()), periods_of(portal)
    ending = queries.ending(session, today + AHEAD, periods)
    late = [one for one in ending if one.ends_on < today]
    coming = [
        (date_text(day + timedelta(days=1), weekday=False), n) for day, n in queries.by_day(ending) if day >= today
    ]
    return render(
        request,
        "privacy/retention.html",
        **frame(request, clerk),
        periods=periods,
        mails_days=portal.settings.keep_mails_days,
        n_late=len(late),
        coming=coming,
    )
