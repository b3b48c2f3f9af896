"""« Confirmer l'ordre », « Confirmer la CPAM »: the receiver stays, a person says who the other one is, or nobody.

The service could not tell which council, or which caisse, is competent beside the one that was lawfully seised: the
complaint must be transmitted to it all the same, within eight days of the receipt (CSP R. 1110-11 al. 3).
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText
from app.filing.acts import record
from app.filing.competence import contact_of
from app.filing.queries import OpenFiling
from app.filing.standing import CONFIRMED
from app.intake.acting import ready
from app.intake.desk import DeskOf, frame
from app.intake.fields import AuthorityChoice
from app.intake.guards import to_confirm
from app.intake.turn import take
from app.routing import queries as routing

router = APIRouter()
NONE, OFFERED = "AUCUNE", "autorites_offertes"
"""The line of the list that says that there is no other authority; what the page knows beside its fields."""
CHOOSE = N_("Choisissez l'autre autorité, ou dites qu'il n'y en a pas.")
WHY = N_("Écrivez pourquoi il n'y a pas d'autre autorité.")


class Confirmation(Answers):
    """Who the other authority is."""

    autre_autorite: Annotated[str, AuthorityChoice(label=N_("Autre autorité"), missing=CHOOSE)]
    pourquoi_aucune: Annotated[
        str,
        LongText(
            label=N_("S'il n'y a pas d'autre autorité, dites pourquoi"),
            missing=WHY,
            only_if=("autre_autorite", NONE),
            longest=500,
            rows=3,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check that it is one of those that the page offers."""
        if "autre_autorite" in found and found["autre_autorite"] not in found[OFFERED]:
            yield "autre_autorite", Mistake(CHOOSE)


@router.get("/agent/plaintes/{numero}/confirmer-ordre", name="intake.confirm")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask who the other authority is. Raises ``NotFound``, :class:`~app.intake.turn.AlreadyDone`."""
    return _show(request, portal, clerk, ready(portal, clerk, numero, CONFIRMED), {})


@router.post("/agent/plaintes/{numero}/confirmer-ordre", name="intake.confirm.do")
def confirm(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Seal the answer: the receiver and the date of receipt do not change."""
    opened = ready(portal, clerk, numero, CONFIRMED)
    with portal.database.read() as session:
        offered = {option.value for option in _choices(session, opened)}
    parsed = parse(Confirmation, form.typed, {OFFERED: offered})
    if parsed.values is None:
        return _show(request, portal, clerk, opened, form.typed, parsed.errors)
    said = parsed.values
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, CONFIRMED)
        other = None if said.autre_autorite == NONE else routing.authority(session, said.autre_autorite)
        content = {
            "by": clerk.name,
            "authority": clerk.authority,
            "words": other.name if other else said.pourquoi_aucune,
            "informed": contact_of(other),
        }
        record(session, portal.keyring, opened, CONFIRMED, content, portal.clock)
    return see(request, "intake.filing", numero=numero)


def _choices(session: Session, opened: OpenFiling) -> list[Option]:
    """Offer the likely ones first, then all that the law may mean: councils of the profession, or caisses; or none."""
    filing = opened.filing
    own, near = routing.authority(session, filing.receiver), set(filing.candidates.split())
    is_council = own is None or not own.is_ordre
    known = [
        one
        for one in routing.authorities(session)
        if one.is_ordre is is_council
        and not one.is_retired
        and (not is_council or not filing.profession or one.profession in {"", filing.profession})
    ]
    known.sort(key=lambda one: (one.code not in near, one.name))
    titles = {True: N_("Autorités possibles"), False: N_("Conseils des ordres") if is_council else N_("Caisses")}
    found = [Option(one.code, one.name, group=translate(titles[one.code in near])) for one in known]
    return [*found, Option(NONE, translate(N_("Il n'y a pas d'autre autorité")), group=translate(N_("Aucune")))]


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
) -> Response:
    with portal.database.read() as session:
        offered = {"autre_autorite": _choices(session, opened)}
    return render(
        request,
        "intake/confirm.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, Confirmation, typed, mistakes, offered),
        number=opened.filing.number,
        title=translate(to_confirm(opened.now)),
    )
