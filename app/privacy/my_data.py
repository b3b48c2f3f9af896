"""« Mes données »: a copy of everything, what may be corrected, and why a complaint in progress is not erased."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import date_text, local_day
from app.base.i18n import FRENCH, in_language, translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing.documents import confirmation
from app.filing.queries import open_for_person
from app.followup.dependencies import FollowedOf
from app.intake.letters import sheets, zip_stream
from app.privacy import queries
from app.privacy.data_copy import Mine
from app.privacy.expiry import periods_of

router = APIRouter()


@router.get("/suivi/donnees", name="privacy.mine")
def mine(request: Request, session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Say what a person may ask, and until when the complaint is kept (RGPD, articles 15 to 18)."""
    shown = confirmation.of(session, portal, open_for_person(session, portal.keyring, filing))
    ends_on = queries.ends_on(session, filing.number, periods_of(portal))
    is_over = ends_on is not None and ends_on < local_day(portal.clock())
    return render(
        request,
        "privacy/mine.html",
        number=filing.number,
        is_open=shown.state.is_open,
        ends_on="" if ends_on is None or is_over else date_text(ends_on, weekday=False),
    )


@router.get("/suivi/donnees/copie", name="privacy.copy")
@in_language(FRENCH)
def copy(session: ReadOf, portal: PortalOf, filing: FollowedOf) -> Response:
    """Return the copy, as one archive."""
    own = Mine.of(session, portal, filing)
    return zip_stream.download(f"mes-donnees-{filing.number}.zip", own.packed(portal), translate(sheets.SORRY))
