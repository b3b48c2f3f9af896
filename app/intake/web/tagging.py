"""Tags on a complaint: those that a clerk ticks are put on it, those that a clerk unticks are taken off."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Option
from app.base.forms.form import Answers, parse
from app.base.forms.shown import Form
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.filing.queries import holds_key
from app.intake.desk.page import DeskOf, frame, line_of
from app.intake.fields import TagChoices
from app.intake.rows import DeskLine
from app.intake.rules import is_id
from app.intake.tags import service
from app.intake.tags.queries import TagName, tags_beside

router = APIRouter()
SHOWN = "avant"
"""Hidden field: a tag that the complaint bore when the page was shown; what a colleague did meanwhile stays done."""
RETIRED = N_("{name} (retirée)")


class Tagging(Answers):
    """Which tags a complaint bears."""

    etiquettes: Annotated[
        tuple[str, ...],
        TagChoices(label=N_("Étiquettes de cette plainte"), hint=N_("Seul votre service les voit."), optional=False),
    ]


@router.get("/agent/plaintes/{numero}/etiquettes", name="intake.tagging")
def ask(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask for the tags of a complaint, alone on a page."""
    line = _line(session, clerk, numero)
    return _show(request, clerk, line, beside(request, session, portal, clerk, line.filing_id))


@router.post("/agent/plaintes/{numero}/etiquettes", name="intake.tagging.do")
def change(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Put and take what the clerk changed, then show the complaint."""
    line = _line(session, clerk, numero)
    before, ticked = set(filter(is_id, form.typed.get(SHOWN, ()))), parse(Tagging, form.typed).values
    wanted = set(ticked.etiquettes) if ticked else before
    session.close()
    try:
        with portal.database.write() as writing:
            note_change(writing, portal, clerk, line, wanted - before, before - wanted)
    except FieldError as mistake:
        around = beside(request, session, portal, clerk, line.filing_id, wanted, {"etiquettes": mistake})
        return _show(request, clerk, line, around, status=422)
    return after(request, JustDone.TAGGED, "intake.filing", numero=numero)


def note_change(
    session: Session, portal: Portal, clerk: Clerk, line: DeskLine, put: Collection[str], taken: Collection[str] = ()
) -> None:
    """Put tags on a complaint, take others off, and say in the journal who did. Raises :class:`FieldError`."""
    if service.change(session, clerk.authority, line.filing_id, put, taken):
        who = access.Access(clerk.name, clerk.authority, "plainte_etiquetee", line.number)
        access.note(session, who, portal.clock())


def beside(
    request: Request,
    session: Session,
    portal: Portal,
    clerk: Clerk,
    filing_id: str,
    ticked: Collection[str] | None = None,
    mistakes: Mapping[str, FieldError] | None = None,
) -> dict[str, Any]:
    """Return what a page shows of the tags of a complaint: those that it bears, and the form that changes them."""
    known, here = tags_beside(session, portal.keyring, clerk.authority, filing_id)
    typed = {"etiquettes": sorted(here if ticked is None else ticked)}
    offered = [tag for tag in known if tag.id in here or not tag.is_retired]
    return {
        "tags_here": [tag.name for tag in known if tag.id in here],
        "tags_before": sorted(here),
        "tagging": tagging_form(request, typed, offered, mistakes) if offered else None,
    }


def tagging_form(
    request: Request,
    typed: Mapping[str, Sequence[str]],
    offered: Sequence[TagName],
    mistakes: Mapping[str, FieldError] | None = None,
) -> Form:
    """Offer tags to be ticked."""
    options = [
        Option(tag.id, translate(RETIRED).format(name=tag.name) if tag.is_retired else tag.name) for tag in offered
    ]
    return make_form(request, Tagging, typed, mistakes, {"etiquettes": options})


def _line(session: Session, clerk: Clerk, numero: str) -> DeskLine:
    """Find a complaint that this authority may read. Raises :class:`NotFound` for any other."""
    line = line_of(session, clerk, numero)
    if not holds_key(session, line.filing_id, clerk.authority):
        raise NotFound
    return line


def _show(request: Request, clerk: Clerk, line: DeskLine, around: Mapping[str, Any], *, status: int = 200) -> Response:
    return render(request, "intake/tagging.html", status=status, **frame(request, clerk), number=line.number, **around)
