"""D2: the complaints of this authority, narrowed by filters in the address, or by names that it holds sealed."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.accounts.queries import Clerk
from app.base.crypto.vault import DecryptionError, Keyring
from app.base.cutting import PER_PAGE
from app.base.dates import date_text
from app.base.forms.typed_text import one_line
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.addresses import path_of
from app.base.web.pages import PortalOf, ReadOf, render
from app.base.web.reading import FormData, FormOf
from app.intake import asked as words
from app.intake import columns, filters, labels, queries, rules, saved_views
from app.intake.absences.queries import absences, team_of
from app.intake.absences.rules import Away, replaced
from app.intake.desk.page import DeskOf, frame, today_of
from app.intake.filters import Filters, View
from app.intake.tags.queries import names_of
from app.routing import queries as routing

router = APIRouter()
SOUGHT, LONGEST, SEALED_MOST = "recherche", 200, 2_000
"""Query parameter of the words of a search, sealed; letters of a search, a name is shorter; signs once sealed."""


@router.get("/agent/plaintes", name="intake.list")
def inbox(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf) -> Response:
    """Show what the address asks for; the nearest date of law first, unless another order is asked."""
    asked, is_ignored = filters.read_filters(request.query_params, professions_of(session, portal))
    if given := request.query_params.get(SOUGHT, ""):
        sought = opened_words(portal.keyring, clerk.authority, given)
        asked, is_ignored = replace(asked, mots=sought), is_ignored or not sought
    return _show(request, session, portal, clerk, asked, is_ignored=is_ignored)


@router.post("/agent/plaintes", name="intake.list.do")
def search(request: Request, session: ReadOf, portal: PortalOf, clerk: DeskOf, form: FormOf) -> Response:
    """Ask the same by an address, to which one comes back; it holds names, towns or RPPS numbers sealed."""
    asked, _ = asked_by(session, portal, form)
    pairs = asked.pairs
    if asked.mots:
        pairs[SOUGHT] = sealed_words(portal.keyring, clerk.authority, asked.mots)
    query = f"?{urlencode(pairs)}" if pairs else ""
    return RedirectResponse(path_of(request.app, "intake.list") + query, 303)


def sealed_words(keyring: Keyring, authority: str, words: str) -> str:
    """Seal the words of a search for the clerks of one authority; what is returned goes in an address as it is."""
    return base64.urlsafe_b64encode(keyring.seal(words.encode(), f"search|{authority}")).decode().rstrip("=")


def opened_words(keyring: Keyring, authority: str, given: str) -> str:
    """Return the words that were sealed for this authority; nothing for anything else."""
    try:
        raw = base64.b64decode(given[:SEALED_MOST] + "=" * (-len(given) % 4), altchars=b"-_", validate=True)
        return one_line(keyring.unseal(raw, f"search|{authority}").decode())[:LONGEST]
    except (DecryptionError, ValueError):  # one of which is what base64 refuses
        return ""


def asked_by(session: Session, portal: Portal, form: FormData) -> tuple[Filters, bool]:
    """Read what a form asks of the list, and whether something of it was not understood."""
    typed = {name: values[-1] for name, values in form.typed.items()}
    sought = one_line(typed.pop("q", ""))[:LONGEST]
    asked, is_ignored = filters.read_filters(typed, professions_of(session, portal))
    if rules.is_number(sought.upper()):
        return replace(asked, q=sought.upper()), is_ignored
    return replace(asked, mots=sought), is_ignored


def on_arrival(session: Session, portal: Portal, clerk: Clerk) -> str:
    """Return the end of the address of the list that a clerk finds on arrival."""
    chosen = saved_views.display_of(session, clerk.id).view
    view = chosen and saved_views.view_of(session, clerk.authority, chosen, professions_of(session, portal))
    return view.filters.query() if view else ""


def asking_of(session: Session, portal: Portal, clerk: Clerk, away: Sequence[Away] | None = None) -> queries.Asking:
    """Return who asks, and when; ``away``: the absences of the authority, when they were read."""
    today = today_of(portal, clerk)
    known = absences(session, clerk.authority, today) if away is None else away
    others = [one.account for one in replaced(clerk.id, today, known)]
    return queries.Asking(clerk.authority, today, clerk.id, others, ZoneInfo(clerk.zone))


def professions_of(session: Session, portal: Portal) -> Mapping[str, str]:
    """Return the names of the professions, by their codes."""

    def read() -> Mapping[str, str]:
        return {row.code: row.label for row in routing.professions(session) if row.code}

    return portal.cache.get("intake.professions", read)


def _show(
    request: Request, session: Session, portal: Portal, clerk: Clerk, asked: Filters, *, is_ignored: bool
) -> Response:
    professions, today = professions_of(session, portal), today_of(portal, clerk)
    team = team_of(session, clerk.authority, today)
    people = team.people
    saved, display = saved_views.reading_of(session, clerk.id, clerk.authority, professions)
    own = columns.shown(display.columns)
    views = [View(translate(one.label), one.filters) for one in filters.VIEWS]
    views += [View(one.name, one.filters) for one in saved]
    asking = asking_of(session, portal, clerk, team.away)
    found = queries.inbox(session, portal.keyring, asking, asked, [one.filters for one in views])
    names = words.Names(professions, people, names_of(found.tags))
    lines = [labels.line(row, names, today, translate) for row in found.rows]
    return render(
        request,
        "intake/list.html",
        block="results",
        **frame(request, clerk),
        found=found,
        lines=[(line, columns.cells(line, own, translate)) for line in lines],
        professions=professions,
        colleagues=[(code, name) for code, name in people.items() if code != clerk.id],
        replaced=[
            (people[one.account], date_text(one.last, weekday=False)) for one in replaced(clerk.id, today, team.away)
        ],
        choices=words.CHOICES,
        titles=words.TITLES,
        set_filters=words.asked(found.filters, names, translate),
        tags=names.tags,
        columns=own,
        sorts={one.value: one for one in filters.Column},
        views=list(zip(views, found.of_views, strict=True)),
        current=_current([one.filters for one in views], found.filters),
        per_page=PER_PAGE,
        is_ignored=is_ignored,
        is_kept=found.filters.kept in [one.filters for one in saved],
        since=urlencode({**found.filters.pairs, "depuis": found.last_line}),
    )


def _current(views: Sequence[Filters], asked: Filters) -> int:
    """Return the place of the view that is shown: in the same order, else in another one; -1 when none is."""
    wanted = next((one for one in (asked.unpaged, asked.narrowing) if one in views), None)
    return views.index(wanted) if wanted else -1
