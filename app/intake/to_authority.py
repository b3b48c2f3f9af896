"""« Transmettre à l'autre autorité »: within eight days of the receipt, stating its date (CSP R. 1110-11)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import Radios, Text
from app.filing.queries import OpenFiling
from app.intake import acts
from app.intake.acting import AlreadyDone, known_days, late_text, owed, sending_checks, typed_day
from app.intake.desk import DeskOf, frame, today_of
from app.routing import queries as routing
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
WORDS = N_("{way}, le {day}")


class Way(Choices):
    """How the complaint reaches an authority that does not work here."""

    COURRIER = "courrier_suivi", N_("Courrier suivi ou recommandé")
    REMISE = "remise", N_("Remise en main propre")
    EMAIL = "email", N_("Messagerie sécurisée")


class Told(Answers):
    """How the bundle left, when, under which reference."""

    mode: Annotated[
        Way,
        Radios(
            label=N_("Comment l'avez-vous transmise ?"), choices=Way, missing=N_("Choisissez comment elle est partie.")
        ),
    ]
    transmis_le_jour: Annotated[str, Day(whole=N_("Transmise le"), missing=N_("Écrivez la date d'envoi."))]
    transmis_le_mois: Annotated[str, Month()]
    transmis_le_annee: Annotated[str, Year()]
    reference_envoi: Annotated[
        str, Text(label=N_("Référence de l'envoi"), hint=N_("Par exemple le numéro du courrier suivi."), longest=100)
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day."""
        yield from sending_checks(found, "transmis_le")


@router.get("/agent/plaintes/{numero}/transmettre-autorite", name="intake.to_authority")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Say to whom it goes; ask how it left when that authority does not work here."""
    opened = owed(portal, clerk, numero, "D3")
    return _show(request, portal, clerk, opened, typed_day("transmis_le", today_of(portal, clerk)))


@router.post("/agent/plaintes/{numero}/transmettre-autorite", name="intake.to_authority.do")
def tell(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Open the complaint to the other authority, or note how it was sent."""
    opened = owed(portal, clerk, numero, "D3")
    known = known_days(portal, clerk, opened)
    with portal.database.read() as session:
        is_shared = accounts.uses_service(session, opened.filing.informed)
    if is_shared:
        sending = acts.Sending(translate(acts.SHARED), today_of(portal, clerk), {"is_shared": True})
    else:
        parsed = parse(Told, form.typed, known)
        if parsed.values is None:
            return _show(request, portal, clerk, opened, form.typed, parsed.errors, 422)
        told = parsed.values
        words = translate(WORDS).replace("{way}", translate(told.mode.label))
        more = {"is_shared": False, "mode": told.mode.value, "reference": told.reference_envoi}
        sending = acts.Sending(words, day_of(dict(told), "transmis_le"), more)
    with portal.database.write() as session:
        if not acts.tell_authority(session, portal, clerk, numero, sending):
            raise AlreadyDone
    return see(request, "intake.filing", numero=numero)


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    with portal.database.read() as session:
        other = routing.authority(session, opened.filing.informed)
        is_shared = accounts.uses_service(session, opened.filing.informed)
    return render(
        request,
        "intake/to_authority.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Told, typed, mistakes),
        number=opened.filing.number,
        other=other.name if other else opened.filing.informed,
        is_shared=is_shared,
        late=late_text(portal, clerk, opened, "D3"),
    )
