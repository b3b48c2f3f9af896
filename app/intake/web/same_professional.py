"""« Même professionnel »: the other complaints about the professional of one, for those who may read them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.acts.kinds import KINDS
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, render
from app.filing.status.conciliation import AGAIN
from app.intake.desk.case import DeskCase
from app.intake.desk.page import DeskOf, frame
from app.intake.dossier import same_professional

router = APIRouter()


@router.get("/agent/plaintes/{numero}/meme-professionnel", name="intake.same")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Show what each one became; those of other authorities are counted alone."""
    case = DeskCase.open(session, portal, clerk, numero)
    asked = (session, portal.keyring, clerk.authority, case.opened)
    return render(
        request,
        "intake/same_professional.html",
        **frame(request, clerk),
        number=numero,
        elsewhere=same_professional.count_elsewhere(*asked),
        others=same_professional.listed(*asked, translate),
        may_check=case.may(AGAIN),
        check=KINDS[AGAIN],
    )
