"""« Modèles » of an authority: its manager writes them, clerks find them on the pages of the acts that they serve."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.base.clock import PARIS
from app.base.dates import date_text, local_day
from app.base.errors import N_, NotFound
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers, inputs, parse
from app.base.forms.shown_version import digest, is_past, notice
from app.base.forms.widgets import LongText, Select, Text
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import VERSION, PortalOf, ReadOf, render, versioned
from app.base.web.reading import FormData, FormOf
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.message_templates import queries, rules, service
from app.intake.message_templates.filling import example
from app.intake.message_templates.queries import Template, TemplateVersion
from app.intake.message_templates.rules import ServedAct, Variable
from app.intake.message_templates.service import Wording
from app.intake.rules import is_id, label_of

router = APIRouter()
CONFLICT = 409
Mistakes = Mapping[str, FieldError] | None
PREVIEW, ARCHIVE, SERVE, PUT_BACK = "apercu", "archiver", "resservir", "remettre"
"""What the buttons of the page say, beside that which keeps the text; the last one with the number of a version."""
DONE = {
    ARCHIVE: JustDone.TEMPLATE_ARCHIVED,
    SERVE: JustDone.TEMPLATE_SERVES,
    PUT_BACK: JustDone.TEMPLATE_PUT_BACK,
}
"""What is said of the buttons that keep no text."""
STRANGE = N_("{word} n'est pas un mot que nous remplaçons. Choisissez parmi : {known}.")


class TemplateText(Answers):
    """What a template says."""

    titre: Annotated[
        str,
        Text(
            label=N_("Nom du modèle"),
            hint=N_("Par exemple : demande de facture."),
            missing=N_("Écrivez le nom du modèle."),
            longest=rules.NAME_LONGEST,
        ),
    ]
    texte: Annotated[
        str,
        LongText(
            label=N_("Texte"),
            hint=N_("N'écrivez rien sur une personne : ce texte sert pour toutes les plaintes."),
            missing=N_("Écrivez le texte du modèle."),
            longest=rules.TEXT_LONGEST,
            rows=10,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse what no variable is called."""
        if word := rules.strange(found.get("texte", "")):
            yield "texte", FieldError(STRANGE, word=word, known=", ".join(f"{{{one.value}}}" for one in Variable))


class NewTemplate(TemplateText):
    """What a new one says, and the act that it serves for ever."""

    acte: Annotated[ServedAct, Select(label=N_("Sert à"), choices=ServedAct, missing=N_("Choisissez à quoi il sert."))]


@router.get("/agent/modeles", name="intake.templates")
def listing(request: Request, session: ReadOf, clerk: DeskOf) -> Response:
    """List the templates: those that serve, then those that are archived."""
    found = queries.templates(session, clerk.authority)
    return render(request, "intake/templates.html", **frame(request, clerk), templates=found, act_of=_act_of, day=_day)


@router.get("/agent/modeles/nouveau", name="intake.templates.new")
def ask(request: Request, clerk: DeskOf) -> Response:
    """Ask for a new template."""
    return _form(request, clerk, {})


@router.post("/agent/modeles/nouveau", name="intake.templates.new.do")
def create(request: Request, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Keep it, or show how it reads."""
    parsed = parse(NewTemplate, form.typed)
    if parsed.values is None:
        return _form(request, clerk, form.typed, parsed.errors)
    said = parsed.values
    if form.get("geste") == PREVIEW:
        return _form(request, clerk, form.typed, preview=_preview(portal, clerk, said.texte))
    try:
        with portal.database.write() as writing:
            kept = service.create(writing, clerk.authority, said.acte.value, _wording(portal, clerk, said))
            _note(writing, portal, clerk)
    except service.TooManyTemplates as full:
        return _form(request, clerk, form.typed, {"titre": FieldError(full.says)})
    return after(request, JustDone.TEMPLATE_KEPT, "intake.templates.one", modele=kept)


@router.get("/agent/modeles/{modele}", name="intake.templates.one")
def show(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, modele: str) -> Response:
    """Show one template, how it reads, and what it said before."""
    found = _template(session, clerk, modele)
    return _page(request, session, portal, clerk, found, Shown(_typed(found.last)))


@router.post("/agent/modeles/{modele}", name="intake.templates.one.do")
def change(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, modele: str, form: FormOf) -> Response:
    """Keep what was written, show how it reads, put an old version back, archive it, or let it serve again."""
    found = _template(session, clerk, modele)
    gesture, _, number = form.get("geste").partition(":")
    if gesture in DONE:
        before = {str(one.n): one for one in queries.versions(session, found)}.get(number)
        session.close()
        _do(portal, clerk, found, gesture, before)
        return after(request, DONE[gesture], "intake.templates.one", modele=modele)
    parsed = parse(TemplateText, form.typed)
    if parsed.values is None:
        return _page(request, session, portal, clerk, found, Shown(form.typed, parsed.errors))
    if gesture == PREVIEW:
        return _page(request, session, portal, clerk, found, Shown(form.typed, tried=parsed.values.texte))
    return _keep(request, session, portal, clerk, found, form, parsed.values)


def _keep(
    request: Request,
    session: Session,
    portal: Portal,
    clerk: Clerk,
    found: Template,
    form: FormData,
    said: TemplateText,
) -> Response:
    """Keep a new version; refused when another one was kept since the page was shown."""
    session.close()
    try:
        with portal.database.write() as writing:
            now = queries.template(writing, clerk.authority, found.id) or found
            past = is_past(
                form.get(VERSION), _version(_typed(now.last)), _version({"titre": [said.titre], "texte": [said.texte]})
            )
            if not past:
                service.revise(writing, clerk.authority, found.id, _wording(portal, clerk, said))
                _note(writing, portal, clerk)
    except service.TooManyVersions as full:
        return _page(request, session, portal, clerk, found, Shown(form.typed, {"texte": FieldError(full.says)}))
    if past:
        return _page(request, session, portal, clerk, now, Shown(form.typed, is_past=True))
    return after(request, JustDone.TEMPLATE_KEPT, "intake.templates.one", modele=found.id)


def _do(portal: Portal, clerk: Clerk, found: Template, gesture: str, before: TemplateVersion | None) -> None:
    """Do what asks for no text. Raises :class:`NotFound` for a version that is not there."""
    with portal.database.write() as writing:
        if gesture == ARCHIVE:
            service.archive(writing, clerk.authority, found.id, portal.clock())
        elif gesture == SERVE:
            service.serve_again(writing, clerk.authority, found.id)
        elif before:
            wording = Wording(before.name, before.text, clerk.name, portal.clock())
            service.revise(writing, clerk.authority, found.id, wording)
        else:
            raise NotFound
        _note(writing, portal, clerk)


def _note(session: Session, portal: Portal, clerk: Clerk) -> None:
    access.note(session, access.Access(clerk.name, clerk.authority, "modele_change", ""), portal.clock())


def _wording(portal: Portal, clerk: Clerk, said: TemplateText) -> Wording:
    return Wording(said.titre, said.texte, clerk.name, portal.clock())


def _template(session: Session, clerk: Clerk, modele: str) -> Template:
    """Find a template of this authority. Raises :class:`NotFound` for any other."""
    found = queries.template(session, clerk.authority, modele) if is_id(modele) else None
    if found is None:
        raise NotFound
    return found


def _typed(version: TemplateVersion) -> Typed:
    return {"titre": [version.name], "texte": [version.text]}


def _version(typed: Typed) -> str:
    return digest(typed, inputs(TemplateText))


def _preview(portal: Portal, clerk: Clerk, text: str) -> str:
    return rules.fill(text, example(clerk, today_of(portal, clerk)))


def _form(request: Request, clerk: Clerk, typed: Typed, mistakes: Mistakes = None, preview: str = "") -> Response:
    form = versioned(request, NewTemplate, typed, mistakes, version="")
    around = frame(request, clerk) | {"form": form, "preview": preview, "variables": Variable}
    return render(request, "intake/template.html", status=422 if mistakes else 200, **around)


@dataclass(frozen=True)
class Shown:
    """What the page of a template shows in its fields, and why."""

    typed: Typed
    mistakes: Mistakes = None
    is_past: bool = False
    tried: str = ""
    """The text that is read with an invented complaint before it is kept."""


def _page(request: Request, session: Session, portal: Portal, clerk: Clerk, found: Template, shown: Shown) -> Response:
    kept = _typed(found.last)
    form = versioned(request, TemplateText, shown.typed, shown.mistakes, version=_version(kept), is_past=shown.is_past)
    return render(
        request,
        "intake/template.html",
        status=422 if shown.mistakes else CONFLICT if shown.is_past else 200,
        **frame(request, clerk),
        form=form,
        template=found,
        act=_act_of(found.act),
        newer=notice(form, kept) if shown.is_past else None,
        preview=_preview(portal, clerk, shown.tried or found.last.text),
        variables=Variable,
        versions=queries.versions(session, found),
        day=_day,
    )


def _act_of(code: str) -> str:
    return translate(label_of(ServedAct, code))


def _day(version: TemplateVersion) -> str:
    return date_text(local_day(version.at, PARIS), weekday=False)
