"""Routes of the detailed form: a page is shown, a page is received; nothing typed is lost, no order is imposed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.associations import registry
from app.base import dates
from app.base.errors import N_, StorageTrouble
from app.base.forms.fields import FieldError, FieldErrors, Typed
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.language_prefix import READ
from app.base.web.pages import VERSION, ReadOf, portal_of, see, session_of, visitor_of
from app.base.web.reading import FormData
from app.saisine.attached import purpose_on
from app.saisine.competence import settle_town
from app.saisine.input_hints import SEEN, Remark, remarks
from app.saisine.journey import Page, Route
from app.saisine.mandate_doubts import doubts_of, remarks_of
from app.saisine.pages import ASKED, BY_NAME, LAST, MOVED, asked_elsewhere
from app.saisine.queries import OpenDraft
from app.saisine.steps.mandate import MANDATE_FILE
from app.saisine.steps.when import said_day
from app.saisine.web import common_page, find_professional
from app.saisine.web.common_page import CHANGING, address_of
from app.saisine.web.current_draft import (
    SHOWN_AGAIN,
    DraftOf,
    DraftUpload,
    PageExpired,
    SavedAnswers,
    WordsOf,
    already_sent,
    keep,
    open_draft,
    receiving,
    remove,
    titles,
)
from app.saisine.web.draft_route import route_of
from app.saisine.web.show import ShownPage, show, show_at_once

router = APIRouter()
Words = dict[str, list[str]]
SAVED = N_("Enregistré à {heure}")
NOT_REPLACED = N_("Pas encore enregistré : une autre réponse l'a été depuis. Appuyez sur « {button} » pour la voir.")
GO_ON, SEND = N_("Continuer"), N_("Envoyer ma plainte")
NOT_KEPT = N_("La connexion est coupée. Rien n'est perdu. Réessayez dans un moment.")


def reader(page: Page) -> Callable[..., Any]:
    """Make the endpoint that shows a page; one that many see the same takes no turn in the pool of threads."""

    def read(request: Request, b: str) -> Response:
        with session_of(request) as session:
            draft = open_draft(request, session, b)
            if draft.is_sent:
                return already_sent(request, draft)
            route = route_of(request, session, draft.typed, draft)
            if not route.holds(page):
                return _go(draft, route.open[-1])
            return show(request, session, ShownPage(page, draft, route, draft.typed))

    async def read_at_once(request: Request, b: str) -> Response:
        common = show_at_once(request, page, b)
        return common if common is not None else await run_in_threadpool(read, request, b)

    endpoint = read_at_once if page.template == common_page.TEMPLATE else read
    endpoint.__doc__ = page.heading
    return endpoint


def receiver(page: Page) -> Callable[..., Response]:
    """Make the endpoint that receives a page."""

    def receive(
        request: Request,
        session: ReadOf,
        got: Annotated[DraftUpload, Depends(receiving(purpose_on(page)))],
    ) -> Response:
        return _received(request, session, page, got)

    def receive_words(request: Request, session: ReadOf, got: WordsOf) -> Response:
        return _received(request, session, page, got)

    endpoint = receive if page.takes_files else receive_words
    endpoint.__doc__ = page.heading
    return endpoint


def _received(request: Request, session: Session, page: Page, got: DraftUpload) -> Response:
    """Receive a page; when it expired, or the disk refuses, say so and keep the words on the screen."""
    if got.draft.is_sent:
        return already_sent(request, got.draft)
    if got.is_expired:
        return _again(request, session, page, got, SHOWN_AGAIN, 403)
    try:
        return _receive(request, session, page, got)
    except StorageTrouble:
        return _again(request, session, page, got, NOT_KEPT, 503)


def _again(request: Request, session: Session, page: Page, got: DraftUpload, banner: str, status: int) -> Response:
    """Show a page with what was just typed in it, none of which was kept."""
    route = route_of(request, session, {**got.draft.typed, **got.form.typed}, got.draft)
    if got.is_expired and not route.holds(page):
        raise PageExpired
    mistakes = {_files_of(page): FieldErrors(got.lost)} if got.is_expired and got.lost else {}
    shown = ShownPage(page, got.draft, route, got.form.typed, mistakes, banner=banner, version=got.form.get(VERSION))
    written = {one: title for one, (title, _) in titles(got.form).items()}
    return show(request, session, replace(shown, titles=written, status=status))


def _receive(request: Request, session: Session, page: Page, got: DraftUpload) -> Response:
    """Keep what was typed, then do what the button said."""
    portal, draft, form = portal_of(request), got.draft, got.form
    typed, wrong = _read(session, page, form, draft.typed)
    typed |= said_day(widgets(page.answers), typed, dates.local_day(portal.clock()))
    session.close()
    if form.get("retirer"):
        remove(portal, draft, form.get("retirer"), purpose_on(page))
    kept = keep(portal, visitor_of(request), got, typed, page)
    draft = replace(draft, typed=kept.typed)
    if form.get("enregistrement"):
        return saved_alone(portal, kept)
    if kept.trouble:
        wrong[_files_of(page)] = FieldErrors(kept.trouble)
    if kept.is_past:
        route = route_of(request, session, {**kept.typed, **typed}, draft)
        return show(
            request,
            session,
            ShownPage(page, draft, route, typed, mistakes=wrong, is_past=True, titles=kept.titles, status=409),
        )
    if away := leaving(request, form, page, draft.public):
        return away
    if page.name == find_professional.SEARCH and not form.get("pro_id"):
        return _searched(request, session, page, draft)
    route = route_of(request, session, kept.typed, draft)
    return _answer(request, session, ShownPage(page, draft, route, kept.typed, mistakes=wrong), form)


def _searched(request: Request, session: Session, page: Page, draft: OpenDraft) -> Response:
    """Show who was found, by a page that « Back » shows again; else say what is wrong in what is looked for."""
    if find_professional.is_well_asked(session, draft.typed):
        return _go(draft, page, changing=request.query_params.get(CHANGING) == "oui")
    route = route_of(request, session, draft.typed, draft)
    return show(request, session, ShownPage(page, draft, route, draft.typed, status=422))


def saved_alone(portal: Portal, kept: SavedAnswers, button: str = GO_ON) -> Response:
    """Answer the script that saves while one writes, in one line; ``button``: the one of the page that goes on."""
    if kept.is_past:
        return PlainTextResponse(translate(NOT_REPLACED).format(button=translate(button)), 409)
    return PlainTextResponse(translate(SAVED).format(heure=dates.hour_text(portal.clock(), seconds=False)))


def _files_of(page: Page) -> str:
    """Return the field of a page that takes files; else its first one."""
    fields = widgets(page.answers)
    return next((name for name, widget in fields.items() if widget.kind == "files"), next(iter(fields)))


def _read(session: Session, page: Page, form: FormData, before: Typed) -> tuple[Words, dict[str, FieldError]]:
    """Take the fields of the page, the town or the professional that was meant."""
    if page.name in find_professional.CHOICES:
        return find_professional.CHOICES[page.name](session, form.typed, before), {}
    names = page.names - (asked_elsewhere(page) - form.typed.keys())
    typed = {name: form.typed.get(name, []) for name in names}
    return typed, dict(settle_town(session, typed).mistakes) if "pro_commune" in typed else {}


def _doubts(request: Request, session: Session, shown: ShownPage) -> dict[str, Remark]:
    """Return what is doubtful in a mandate; a second press goes on."""
    today = dates.local_day(portal_of(request).clock())
    agreements = registry.agreements_of(session, shown.draft.association)
    return dict(remarks_of(doubts_of(session, agreements, shown.route.trail, today), translate))


def _answer(request: Request, session: Session, shown: ShownPage, form: FormData) -> Response:
    """Show what to correct, what to look at once, or lead on."""
    page, route = shown.page, shown.route
    is_pending = route.pending is not None and route.pending.name == page.name
    wrong = {**(route.errors if is_pending else {}), **shown.mistakes}
    if is_pending or (wrong and route.holds(page)):
        return show(request, session, replace(shown, mistakes=wrong, status=422))
    if form.get("retirer") or form.get("ajouter"):
        return RedirectResponse(f"{address_of(page, shown.draft.public)}#fichiers-ajoutes", 303)
    found = {}
    if not form.get(SEEN) and page.name in route.answers:
        found = dict(remarks(widgets(page.answers), dict(route.answers[page.name])))
        if MANDATE_FILE in page.names:
            found |= _doubts(request, session, shown)
    if found:
        return show(request, session, replace(shown, remarks=found))
    return _lead_on(request, shown.draft, page, route)


def _lead_on(request: Request, draft: OpenDraft, page: Page, route: Route) -> Response:
    """Go to the page that follows; from a change, straight back to the row that changed, if nothing new is asked."""
    after = route.after(page) or LAST
    if request.query_params.get(CHANGING) != "oui":
        return _go(draft, after)
    if after.only_tells and after is not LAST:
        return _go(draft, after, changing=True)
    if route.pending is not None and route.pending.name != LAST.name:
        return _go(draft, route.pending, changing=True)
    return RedirectResponse(f"{address_of(LAST, draft.public)}#ligne-{page.name.replace('/', '-')}", 303)


def leaving(request: Request, form: FormData, page: Page, b: str) -> Response | None:
    """Lead away from a page, once what is typed in it is kept: to its languages, or to the code to come back with."""
    if form.get("pause"):
        return see(request, "saisine.pause", b=b)
    if not form.get(READ):
        return None
    return RedirectResponse(f"{path_of(request.app, 'pages.languages')}?page={address_of(page, b)}", 303)


def _go(draft: OpenDraft, page: Page, *, changing: bool = False) -> Response:
    return RedirectResponse(address_of(page, draft.public, changing=changing), 303)


def forwarder(page: Page) -> Callable[..., Response]:
    """Make the endpoint of a page that is gone: its questions are on this one."""

    def forward(request: Request, draft: DraftOf) -> Response:
        return _go(draft, page, changing=request.query_params.get(CHANGING) == "oui")

    forward.__doc__ = page.heading
    return forward


for _old, _new in MOVED.items():
    _path, _name = f"/saisine/{{b}}/{_old}", f"saisine.{_old}"
    router.add_api_route(_path, forwarder(BY_NAME[_new]), methods=["GET", "POST"], name=_name)
for _page in ASKED:
    _path, _name = f"/saisine/{{b}}/{_page.name}", f"saisine.{_page.name}"
    router.add_api_route(_path, reader(_page), methods=["GET"], name=_name)
    if not _page.only_tells:
        router.add_api_route(_path, receiver(_page), methods=["POST"], name=f"{_name}.receive")
