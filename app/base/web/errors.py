"""Calm pages for what goes wrong; nothing typed is lost, nothing personal is logged."""

import logging
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from app.base.errors import N_, NotFound, Refusal, StorageTrouble, TooMany
from app.base.forms.form import Answers
from app.base.forms.typed import is_long, long_texts, typed_again
from app.base.i18n import translate
from app.base.log import place_of
from app.base.storage.database import is_of_storage
from app.base.web.addresses import meant, page_asked, path_of
from app.base.web.language_prefix import localized
from app.base.web.pages import is_swap, render
from app.base.web.reading import FormData, read_body

log = logging.getLogger("saisine.trouble")

Exits = Sequence[tuple[str, str]]
"""Ways out of a page of trouble: name of the route, words."""
FILER: Exits = (("home", N_("Aller à l'accueil")), ("followup.resume", N_("Reprendre ou suivre ma plainte")))
OURS = 500
"""From this status on, the trouble is ours: the database is not asked who reads."""

WHOLE = {"HX-Retarget": "#contenu", "HX-Reselect": "#contenu", "HX-Reswap": "outerHTML show:window:top"}
"""What htmx shows of a page of trouble: all of it, and not where a part was expected."""


@dataclass(frozen=True)
class PageFrame:
    """What surrounds a page of trouble: the ways out, and the frame of a desk; without one, that of the form."""

    exits: Exits = FILER
    frame: Mapping[str, Any] = field(default_factory=dict)


UNKNOWN_ADDRESS = N_("Cette adresse n'existe pas.")
WRONG_VALUE = N_("La valeur de “{name}” n'est pas de la bonne forme.")
BROKEN = N_("Le service a un problème. Vos réponses enregistrées sont gardées. Réessayez dans quelques minutes.")
NOT_SENT = N_("Votre plainte n'est pas encore envoyée. Vos réponses sont gardées. Réessayez.")
WRONG_METHOD = N_("Cette adresse ne se lit pas ainsi. Revenez à l'accueil et recommencez.")
WRONG_METHOD_ASKED = N_("Cette adresse n'accepte pas cette méthode. L'en-tête Allow donne celles qu'elle accepte.")


def install(app: FastAPI) -> None:
    """Give each kind of trouble its page."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(StorageTrouble, _storage)
    app.add_exception_handler(OperationalError, _storage)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _refusal(request: Request, trouble: Exception) -> Response:
    """Answer a refusal; one that keeps what was typed reads it first, when its page was refused before.

    It is given back to whoever sent it, who may have lost the cookie too: its token, which no act waits for, is not
    looked at. What another site sends never comes so far.
    """
    assert isinstance(trouble, Refusal)  # noqa: S101 - told by the framework
    if trouble.keeps_typed and request.method == "POST" and not hasattr(request.state, "form"):
        with suppress(Refusal):
            request.state.form = await read_body(request)
    return await run_in_threadpool(_refused, request, trouble)


def _refused(request: Request, trouble: Refusal) -> Response:
    typed, heading = _typed(request) if trouble.keeps_typed else [], translate(trouble.heading)
    if trouble.back:
        back = (path_of(request.app, trouble.back.route, **trouble.back.params), trouble.back.words)
        return _page(request, trouble.status, trouble.says, heading=heading, back=back, typed=typed)
    if isinstance(trouble, NotFound):
        if trouble.says == NotFound.says:
            return _page(request, 404, None)
        way_out = path_of(request.app, trouble.way_out)
        written = long_texts(_form(request).typed) if trouble.keeps_typed else ""
        return _page(request, trouble.status, translate(trouble.says), way_out, written=written)
    if trouble.status == 303:  # noqa: PLR2004 - the way out is a page that asks for what is missing
        where = trouble.address or path_of(request.app, trouble.way_out)
        if not typed:
            return _leave_for(request, where)
        back = (where, translate(trouble.way_words))
        return _page(request, 403, translate(trouble.says), heading=heading, back=back, typed=typed)
    named = {"minutes": trouble.minutes} if isinstance(trouble, TooMany) else {}
    says, long = translate(trouble.says).format(**named), [(label, text) for label, text in typed if is_long(text)]
    asked, keeps = page_asked(request) if long else "", trouble.keeps_words
    afresh = localized(asked) if asked else None
    return _page(request, trouble.status, says, afresh, heading=heading, keeps_words=keeps, typed=long)


def _leave_for(request: Request, where: str) -> Response:
    """Send the visitor there; htmx is told to load the whole page, which it would put in a part of this one."""
    if is_swap(request):
        return Response(status_code=401, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def _form(request: Request) -> FormData:
    return getattr(request.state, "form", None) or FormData()


def _typed(request: Request) -> list[tuple[str, str]]:
    """Return what was typed on a page, under the questions of the forms that its module knows."""
    page = sys.modules.get(getattr(request.scope.get("endpoint"), "__module__", ""))
    models = [one for one in vars(page).values() if isinstance(one, type) and issubclass(one, Answers)] if page else []
    return typed_again(models, _form(request).typed, translate)


def _invalid(request: Request, trouble: Exception) -> Response:
    """Name the first wrong parameter to a program; to people, a made-up address is an unknown page."""
    if not is_for_program(request):
        return _page(request, 404, None)
    assert isinstance(trouble, RequestValidationError)  # noqa: S101 - told by the framework
    name = str(trouble.errors()[0]["loc"][-1])
    return problem(422, translate(WRONG_VALUE).format(name=name))


def is_for_program(request: Request) -> bool:
    """Return whether a program asks: it is answered in JSON."""
    return request.url.path.startswith("/api/")


def problem(status: int, title: str) -> Response:
    """Tell a program what is wrong (RFC 9457), in French."""
    told = {"type": "about:blank", "title": title, "status": status}
    return JSONResponse(told, status, media_type="application/problem+json")


def _http(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, HTTPException)  # noqa: S101 - told by the framework
    status, headers = trouble.status_code, trouble.headers or {}
    if status == 405:  # noqa: PLR2004
        page = _page(request, 405, translate(WRONG_METHOD_ASKED if is_for_program(request) else WRONG_METHOD))
        page.headers.update(headers)  # what is allowed (RFC 9110, 15.5.6)
        return page
    if status == 404 and request.method == "GET" and (page_meant := meant(request.app, request.scope["path"])):  # noqa: PLR2004
        return RedirectResponse(page_meant, 307)
    return _page(request, 404, None) if status == 404 else _page(request, status, translate(BROKEN))  # noqa: PLR2004


def _storage(request: Request, trouble: Exception) -> Response:
    """Say that nothing was sent to whoever was sending; a page that could not be read says less."""
    kind = type(trouble.__cause__ or trouble).__name__
    log.error("storage trouble", extra={"id": request.state.id, "kind": kind})
    is_sending = isinstance(trouble, StorageTrouble) and request.url.path.startswith("/saisine/")
    return _page(request, 503, translate(NOT_SENT if is_sending else BROKEN))


def surprise(request: Request, trouble: Exception) -> Response:
    """Log where it happened, never what was said: a message may quote what a person typed.

    A disk that refuses outside of a page, or of which the driver has no better word, is no surprise.
    """
    if isinstance(trouble, StorageTrouble) or is_of_storage(trouble):
        return _storage(request, trouble)
    log.error("surprise", extra={"id": request.state.id, "kind": type(trouble).__name__, "where": place_of(trouble)})
    return _page(request, 500, translate(BROKEN))


def _way_back(request: Request) -> str | None:
    """Return the page to take up again, when the trouble came while sending one; what was saved is there."""
    path: str = request.scope["path"]
    return localized(path) if request.method == "POST" and path.startswith("/saisine/") else None


def _around(request: Request, status: int) -> PageFrame:
    """Return what surrounds the page for whoever reads it; what surrounds a filer when that cannot be known."""
    may_read = status < OURS and not request.url.path.startswith("/static/")
    try:
        around: PageFrame = request.app.state.around_of(request, may_read=may_read)
    except Exception:  # everybody's exits are better than nothing
        log.exception("who reads the page is not known")
        return PageFrame()
    return around


def _page(
    request: Request,
    status: int,
    says: str | None,
    retry: str | None = None,
    *,
    keeps_words: bool = False,
    **more: Any,
) -> Response:
    """Show the page; one that was sent and not read, for a trouble of ours, can be sent again as it was."""
    again = request.method == "POST" and (keeps_words or status >= OURS)
    if is_for_program(request):
        return problem(status, says or translate(UNKNOWN_ADDRESS))
    way_back = retry or _way_back(request)
    is_put = is_swap(request)
    try:
        around = _around(request, status)
        exits = [(path_of(request.app, name), translate(words)) for name, words in around.exits]
        shown: dict[str, Any] = {"says": says, "retry": way_back, "again": again, "exits": exits, "is_put": is_put}
        shown |= {**around.frame, **more}
        page = render(request, "errors/error.html", status=status, own_path="/", **shown)
    except Exception:  # the page itself is broken: plain words are better than nothing
        log.exception("the error page is broken")
        return PlainTextResponse(translate(BROKEN), status)
    if is_put:
        page.headers.update(WHOLE)
    return page
