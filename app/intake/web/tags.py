"""« Étiquettes du service »: its manager creates them, renames them, offers them no more."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.portal import Portal
from app.base.web.pages import PortalOf, ReadOf, make_form, portal_of, render
from app.base.web.reading import FormOf
from app.intake.desk.page import DeskOf, frame
from app.intake.tags import rules, service
from app.intake.tags.queries import TagName, tags_of

router = APIRouter()
RETIRE, SERVE = "retirer", "resservir"
DONE = {RETIRE: JustDone.TAG_RETIRED, SERVE: JustDone.TAG_SERVES}
"""What is said of the buttons that keep no name."""
"""What the buttons of the page of a tag say, beside that which keeps its name."""
TOO_SHORT = N_("Écrivez deux lettres au moins.")


class TagText(Answers):
    """How a tag is called."""

    nom_etiquette: Annotated[
        str,
        Text(
            label=N_("Nom de l'étiquette"),
            hint=N_("Par exemple : attend un devis. N'écrivez pas de nom de personne, ni rien sur sa santé."),
            missing=N_("Écrivez un nom."),
            longest=rules.LONGEST,
            width=20,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse what tells nothing."""
        if 0 < len(found.get("nom_etiquette", "")) < rules.SHORTEST:
            yield "nom_etiquette", FieldError(TOO_SHORT)


@router.get("/agent/etiquettes", name="intake.tags")
def listing(request: Request, session: ReadOf, clerk: DeskOf) -> Response:
    """List the tags of the service, and ask for one more."""
    return _show(request, session, clerk, {})


@router.post("/agent/etiquettes", name="intake.tags.do")
def create(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Keep a new tag."""
    parsed = parse(TagText, form.typed)
    if parsed.values is None:
        return _show(request, session, clerk, form.typed, parsed.errors)
    session.close()
    try:
        with portal.database.write() as writing:
            service.create(writing, portal.keyring, clerk.authority, parsed.values.nom_etiquette)
            _note(writing, portal, clerk)
    except FieldError as mistake:
        return _show(request, session, clerk, form.typed, {"nom_etiquette": mistake})
    return after(request, JustDone.TAG_CREATED, "intake.tags")


@router.get("/agent/etiquettes/{etiquette}", name="intake.tags.one")
def show(request: Request, session: ReadOf, clerk: DeskOf, etiquette: str) -> Response:
    """Show one tag of this authority, to be renamed or retired."""
    tag = _tag(request, session, clerk, etiquette)
    return _show(request, session, clerk, {"nom_etiquette": [tag.name]}, tag=tag)


@router.post("/agent/etiquettes/{etiquette}", name="intake.tags.one.do")
def change(
    request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf, etiquette: str
) -> Response:
    """Rename it, offer it no more, or offer it again."""
    tag, gesture = _tag(request, session, clerk, etiquette), form.get("geste")
    parsed = parse(TagText, form.typed)
    if parsed.values is None and gesture not in DONE:
        return _show(request, session, clerk, form.typed, parsed.errors, tag)
    session.close()
    try:
        with portal.database.write() as writing:
            if gesture == RETIRE:
                service.retire(writing, clerk.authority, tag.id, portal.clock())
            elif gesture == SERVE:
                service.serve_again(writing, portal.keyring, clerk.authority, tag.id)
            elif parsed.values:
                service.rename(writing, portal.keyring, clerk.authority, tag.id, parsed.values.nom_etiquette)
            _note(writing, portal, clerk)
    except FieldError as mistake:
        typed = {"nom_etiquette": [tag.name]} if gesture == SERVE else form.typed
        return _show(request, session, clerk, typed, {"nom_etiquette": mistake}, tag)
    return after(request, DONE.get(gesture, JustDone.TAG_RENAMED), "intake.tags")


def _note(session: Session, portal: Portal, clerk: Clerk) -> None:
    access.note(session, access.Access(clerk.name, clerk.authority, "etiquette_changee", ""), portal.clock())


def _tag(request: Request, session: Session, clerk: Clerk, etiquette: str) -> TagName:
    """Find a tag of the authority of a clerk. Raises :class:`NotFound`."""
    known = tags_of(session, portal_of(request).keyring, clerk.authority)
    found = next((tag for tag in known if tag.id == etiquette), None)
    if found is None:
        raise NotFound
    return found


def _show(
    request: Request,
    session: Session,
    clerk: Clerk,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
    tag: TagName | None = None,
) -> Response:
    return render(
        request,
        "intake/tag.html" if tag else "intake/tags.html",
        status=422 if mistakes else 200,
        **frame(request, clerk),
        form=make_form(request, TagText, typed, mistakes),
        tag=tag,
        tags=[] if tag else tags_of(session, portal_of(request).keyring, clerk.authority),
        gesture=SERVE if tag and tag.is_retired else RETIRE,
    )
