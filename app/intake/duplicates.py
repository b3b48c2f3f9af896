"""« Signaler un doublon »: two complaints of one person are followed together, and can be parted again."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.i18n import french, translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.filing.queries import OpenFiling
from app.filing.remarks import APART, TWIN
from app.filing.remarks import twins as linked_to
from app.intake import twins
from app.intake.acting import ready
from app.intake.desk import DeskOf, frame
from app.intake.fields import Number

router = APIRouter()
LINE = N_("{number}, reçue le {day} : {names}")


class Twin(Answers):
    """Which complaint is the same."""

    doublon_de: Annotated[str, Number(label=N_("Doublon de"), missing=N_("Choisissez une plainte."))]


@router.get("/agent/plaintes/{numero}/doublon", name="intake.twin")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Show the complaints that may be the same, and those it is followed with."""
    return _show(request, portal, clerk, ready(portal, clerk, numero, TWIN), {})


@router.post("/agent/plaintes/{numero}/doublon", name="intake.twin.do")
def do(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Follow both together, or apart again; the person is told."""
    opened = ready(portal, clerk, numero, TWIN)
    parsed = parse(Twin, form.typed)
    if parsed.values is None:
        return _show(request, portal, clerk, opened, form.typed, parsed.errors)
    kind = APART if form.get("geste") == "separer" else TWIN
    with portal.database.write() as session:
        twins.tell_both(session, portal, clerk, (numero, parsed.values.doublon_de), kind)
    return see(request, "intake.filing", numero=numero)


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
) -> Response:
    with portal.database.read() as session:
        found = twins.candidates(session, portal.keyring, opened, clerk.authority)
        linked = linked_to(opened.acts)
    options = [
        Option(
            one.number,
            french(
                translate(LINE).format(
                    number=one.number, day=one.received, names=" / ".join(filter(None, (one.person, one.professional)))
                )
            ),
        )
        for one in found
    ]
    return render(
        request,
        "intake/twin.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, Twin, typed, mistakes, {"doublon_de": options}),
        number=opened.filing.number,
        has_candidates=bool(found),
        linked=list(linked),
    )
