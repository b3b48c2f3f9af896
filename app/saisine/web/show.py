"""Showing a page of the detailed form, with what was typed, what to correct, and the way around."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.base.errors import N_
from app.base.forms.fields import CommonOptions, FieldError, Option, Typed
from app.base.forms.form import widgets
from app.base.forms.shown import OK, Form
from app.base.i18n import french, translate
from app.base.storage.database import WouldWait
from app.base.ttl_cache import TtlCache
from app.base.web.pages import VERSION, csrf_token, in_page, is_swap, portal_of, render, visitor_of
from app.evidence import purposes
from app.evidence.queries import retitled
from app.routing import queries as routing
from app.saisine import attached, mandate_requests
from app.saisine.competence import competence_of, find_town, town_of
from app.saisine.input_hints import Remark
from app.saisine.journey import Page, Route
from app.saisine.kept_answers import newer_on
from app.saisine.press import version_of
from app.saisine.queries import OpenDraft, open_draft
from app.saisine.steps.asked import readers_so_far, recipients_on
from app.saisine.steps.professional import UNKNOWN_DEPARTMENT
from app.saisine.steps.recipients import TOLD
from app.saisine.third_person import speaking
from app.saisine.web import find_professional
from app.saisine.web.common_page import show_common, step_of, ways
from app.saisine.web.draft_route import route_of

NOT_SURE = N_("Nous ne savons pas encore laquelle exactement : une personne du service devra la chercher.")
DONT_KNOW = N_("Je ne sais pas")
Offered = Mapping[str, Sequence[Option]]


@dataclass(frozen=True)
class ShownPage:
    """A page as it must be shown now."""

    page: Page
    draft: OpenDraft
    route: Route
    typed: Typed
    mistakes: Mapping[str, FieldError] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    banner: str | None = None
    status: int = 200
    is_past: bool = False
    """Whether what was typed replaced nothing: other answers were kept since the page was shown."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of files that replaced nothing, as they were sent."""
    version: str = ""
    """What the form says that it was shown; else, what is kept now."""

    @property
    def is_plain(self) -> bool:
        """Return whether the page says nothing but its questions."""
        said = self.mistakes or self.remarks or self.banner or self.is_past
        return not said and self.status == OK


def show(request: Request, session: Session, shown: ShownPage, **more: Any) -> Response:
    """Send the page."""
    page, draft, trail = shown.page, shown.draft, shown.route.trail
    offered, extra = _extras(request, session, shown)
    if extra.get("missing") and is_swap(request):
        return Response(status_code=204)  # what is being typed is no question yet: the list stays as it is
    form = _form_of(request, shown, offered)
    if shown.is_plain and not (draft.shared_device or extra or more):
        common = show_common(request, page, shown.route, form, draft.public)
        if common:
            return common
    return render(
        request,
        page.template,
        status=form.status(shown.status),
        block="results" if page.name == find_professional.SEARCH else None,
        form=form,
        page=page,
        heading=form["commune_insee"].label if form.only_asks else form.translate(page.heading),
        said=form.translate,
        trail=trail,
        readers=readers_so_far(trail),
        told=TOLD[recipients_on(trail)],
        remarks={name: in_page(r.text).format(suggestion=r.suggestion) for name, r in shown.remarks.items()},
        suggestions={name: r.suggestion for name, r in shown.remarks.items() if r.suggestion},
        banner=shown.banner,
        newer=newer_on(page, form, draft.typed, extra.get("added", ())) if shown.is_past else None,
        shared_device=draft.shared_device,
        step=step_of(page),
        **ways(request, page, shown.route, draft.public),
        **(extra | more),
    )


def show_at_once(request: Request, page: Page, b: str) -> Response | None:
    """Send the page of a draft as many see it, without waiting for anything; ``None``: to be asked in a thread."""
    portal = portal_of(request)
    try:
        with portal.database.read_at_once() as session:
            draft = open_draft(session, portal.keyring, b, visitor_of(request), portal.clock())
            if draft is None or draft.is_sent or draft.is_arriving or draft.shared_device:
                return None
            route = route_of(request, session, draft.typed, draft)
    except WouldWait:
        return None
    if not route.holds(page):
        return None
    return show_common(request, page, route, _form_of(request, ShownPage(page, draft, route, draft.typed)), b)


def _form_of(request: Request, shown: ShownPage, offered: Offered | None = None) -> Form:
    """Make the form of a page ready to be shown, in the words of whoever fills it in."""
    page, trail = shown.page, shown.route.trail
    hidden = {"csrf": csrf_token(request), VERSION: shown.version or version_of(page, shown.draft.typed)}
    return Form(
        page.answers,
        page.answers.settle(shown.typed),
        translate=speaking(trail, in_page, recipients_on(trail)),
        hidden=hidden,
        mistakes={name: mistake for name, mistake in shown.mistakes.items() if name},
        offered=offered,
        known=trail,
    )


def _extras(request: Request, session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    """Gather what some pages show beside their own fields."""
    if shown.page.name == find_professional.SEARCH:
        return {}, find_professional.results(request, session, shown.route.trail, shown.typed)
    readers: Mapping[str, Callable[[Session, ShownPage], tuple[Offered, dict[str, Any]]]] = {
        find_professional.SITE: _addresses,
        "professionnel/decrire": partial(_places, portal_of(request).cache),
        "preuves": _files,
        "titre": _files,
        "mandat": partial(_mandate, portal_of(request).clock()),
        "destinataire": partial(_authorities, portal_of(request).cache),
    }
    reader = readers.get(shown.page.name)
    return reader(session, shown) if reader else ({}, {})


def _places(cache: TtlCache, session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    """Offer the towns that answer to what was typed, and the départements."""
    question = find_town(session, shown.typed)
    departements = cache.get("saisine.departements", lambda: _listed(tuple(routing.departements(session))))
    return {**question.offered, "pro_departement": departements}, {}


@lru_cache(maxsize=4)
def _listed(departements: tuple[routing.DepartementRow, ...]) -> CommonOptions:
    """Write the list of the départements, as the same object for the same ones."""
    named = (Option(one.code, f"{one.code} – {one.name}") for one in departements)
    return CommonOptions((Option(UNKNOWN_DEPARTMENT, DONT_KNOW), *named))


def _addresses(session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    return find_professional.addresses(session, shown.typed), {}


def _files(session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    """List the files of this page, and those alone: each purpose has its own page."""
    own = {"preuves": purposes.EVIDENCE_PAGE, "titre": purposes.TITLE_PAGE, "mandat": purposes.MANDATE_PAGE}
    there = attached.files_of(session, shown.draft)
    added = attached.going(there, own[shown.page.name])
    return {}, {"added": retitled(added, shown.titles), "room": attached.room_beside(there)}


def _mandate(now: datetime, session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    """List the signed papers, and say where the mandate that was asked for by e-mail is."""
    offered, extra = _files(session, shown)
    return offered, {**extra, "mandate_said": mandate_requests.said_of(session, shown.draft, now, translate)}


def _authorities(cache: TtlCache, session: Session, shown: ShownPage) -> tuple[Offered, dict[str, Any]]:
    """Return the caisse and the council that the law makes competent here, as far as they are known."""
    trail = shown.route.trail
    found = competence_of(session, trail, town_of(session, trail), cache)
    caisses = routing.authorities(session, found.cpam)
    councils = routing.authorities(session, found.council)
    known = {"cpam": caisses, "ordre": councils}
    names = {choice: only[0].name for choice, only in known.items() if len(only) == 1}
    choices = [
        replace(one, label=french(names.get(one.value, one.label)), hint=_sure(one, known, names))
        for one in widgets(shown.page.answers)["destinataire"].options()
    ]
    return {"destinataire": choices}, {}


def _sure(one: Option, known: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Say beside an authority that is not known that a person must still look for it, when the other one is known."""
    hint = translate(one.hint or "")
    return f"{hint} {translate(NOT_SURE)}" if one.value in known and one.value not in names and names else hint
