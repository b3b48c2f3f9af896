"""« Garder un an de plus »: a case is pending elsewhere, so its complaint must not be erased yet."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.dates import add_months, date_text
from app.base.errors import N_, Refusal
from app.base.fields import Typed
from app.base.forms import Answers, parse
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText
from app.filing.acts import record
from app.filing.queries import OpenFiling
from app.filing.standing import HELD
from app.intake.acting import held
from app.intake.desk import DeskOf, frame, today_of
from app.intake.turn import take
from app.privacy import queries
from app.privacy.purging import periods_of

router = APIRouter()
YEAR = 12
SOON = timedelta(days=366)


class TooEarly(Refusal):
    """The complaint is kept for more than a year yet, or it was erased."""

    code, status, way_out = "garde_deja", 409, "intake.list"
    says = N_("Ce dossier est déjà gardé pour plus d'un an.")


class Keep(Answers):
    """Why."""

    raison: Annotated[
        str,
        LongText(
            label=N_("Quelle affaire est en cours ?"),
            hint=N_("Par exemple : chambre disciplinaire, tribunal. Votre réponse reste dans l'historique."),
            missing=N_("Écrivez pourquoi ce dossier doit être gardé."),
            longest=500,
            rows=3,
        ),
    ]


@router.get("/agent/plaintes/{numero}/conserver", name="privacy.keep")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Say until when it is kept, and ask why it should be longer."""
    return _show(request, portal, clerk, held(portal, clerk, numero), {})


@router.post("/agent/plaintes/{numero}/conserver", name="privacy.keep.do")
def keep(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Keep it a year more, by a sealed act. Raises :class:`TooEarly`."""
    opened = held(portal, clerk, numero)
    parsed = parse(Keep, form.typed)
    if parsed.values is None:
        return _show(request, portal, clerk, opened, form.typed, parsed.errors, 422)
    with portal.database.write() as session:
        found = take(session, portal, clerk, numero, HELD)
        ends_on = queries.ends_on(session, numero, periods_of(portal))
        if ends_on is None or not _may(ends_on, today_of(portal, clerk)):
            raise TooEarly
        until = add_months(max(ends_on, today_of(portal, clerk)), YEAR)
        content = {"by": clerk.name, "authority": clerk.authority, "words": parsed.values.raison}
        record(session, portal.keyring, found, HELD, {**content, "until": until.isoformat()}, portal.clock)
    return see(request, "intake.filing", numero=numero)


def _may(ends_on: date, today: date) -> bool:
    return ends_on <= today + SOON


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Any = None,
    status: int = 200,
) -> Response:
    number = opened.filing.number
    with portal.database.read() as session:
        ends_on = queries.ends_on(session, number, periods_of(portal)) or date.min
    return render(
        request,
        "privacy/keep.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Keep, typed, mistakes),
        number=number,
        until=date_text(ends_on, weekday=False),
        may_keep=_may(ends_on, today_of(portal, clerk)),
    )
