"""« Envoyer un nouveau code par la poste »: for whoever lost the code and has no e-mail; only the letter shows it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.fields import Mistake
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, download, make_form, render
from app.base.web.reading import FormOf
from app.base.widgets import Tick
from app.filing import confirmation, contact, sheet
from app.filing.codes import POSTED, renew
from app.filing.queries import OpenFiling
from app.filing.service import PersonalCode
from app.intake.acting import held
from app.intake.desk import DeskOf, frame
from app.intake.rules import EventKind
from app.intake.turn import take

router = APIRouter()
OPENING = N_("{authority} vous envoie un nouveau code, comme vous l'avez demandé. L'ancien code ne sert plus.")
NO_ADDRESS = N_("La personne n'a pas donné d'adresse postale : le code ne peut pas partir par courrier.")


class Post(Answers):
    """One box: nobody's code is changed unasked."""

    code_demande: Annotated[
        bool,
        Tick(
            label=N_("La personne a demandé ce nouveau code."),
            missing=N_("Cochez cette case si la personne a demandé un nouveau code."),
        ),
    ]


@router.get("/agent/plaintes/{numero}/nouveau-code", name="intake.code")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Say where the letter goes, and what it changes."""
    return _show(request, clerk, held(portal, clerk, numero), {})


@router.post("/agent/plaintes/{numero}/nouveau-code", name="intake.code.do")
def post(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Draw a code and give the letter; no page shows the code, then or later."""
    opened = held(portal, clerk, numero)
    to = contact.post_address(opened.contact)
    parsed = parse(Post, form.typed)
    wrong = dict(parsed.errors) if to else {"code_demande": Mistake(NO_ADDRESS)}
    if wrong:
        return _show(request, clerk, opened, form.typed, wrong, 422)
    code = PersonalCode.draw(portal.keyring)
    letter = _letter(portal, clerk, opened, code.code, [opened.payload["filer"], *to])
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, EventKind.CODE_POSTE)
        renew(session, portal, opened, code, POSTED, by=clerk.name, authority=clerk.authority)
    return download(f"nouveau-code-{numero}.pdf", letter, "application/pdf")


def _letter(portal: Portal, clerk: Clerk, opened: OpenFiling, code: str, to: list[str]) -> bytes:
    with portal.database.read() as session:
        shown = confirmation.of(session, portal, opened.filing)
    opening = translate(OPENING).format(authority=clerk.authority_name)
    day = date_text(local_day(portal.clock()), weekday=False)
    envelope = sheet.Envelope(tuple(to), day, opening)
    return sheet.make_pdf(sheet.Sheet(code, portal.settings.address, opened.filing.received_at, shown, envelope))


def _show(
    request: Request,
    clerk: Clerk,
    opened: OpenFiling,
    typed: dict[str, list[str]],
    mistakes: Any = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "intake/code.html",
        status=status,
        **frame(request, clerk),
        form=make_form(request, Post, typed, mistakes),
        number=opened.filing.number,
        to=contact.post_address(opened.contact),
        filer=opened.payload["filer"],
    )
