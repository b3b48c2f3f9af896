"""Routes of the administration."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.accounts.rules import Role
from app.accounts.sign_in.current_user import ClerkOf
from app.accounts.sign_in.done import JustDone, after, done_of
from app.administration import coverage_gaps, queries
from app.base import dates
from app.base.errors import N_, NotFound
from app.base.forms.fields import Typed
from app.base.forms.form import parse
from app.base.forms.shown_version import is_past, notice
from app.base.i18n import translate
from app.base.web.addresses import path_of
from app.base.web.pages import VERSION, PortalOf, ReadOf, render, see, versioned
from app.base.web.reading import FormOf
from app.directory import queries as directory
from app.directory import service as editing
from app.routing import openings
from app.routing.card import AuthorityContact, columns_of, contact_of, version_of
from app.routing.models import Authority, AuthorityOpening
from app.routing.queries import Atlas, professions
from app.routing.service import keep_contact

router = APIRouter()
Known = tuple[Authority, AuthorityOpening | None]
CONFLICT = 409
SWITCHED = N_("Depuis que cette page est ouverte, l'annuaire a changé. Relisez le tableau, puis choisissez de nouveau.")
LATE = timedelta(hours=24)
NAV = (
    ("administration.authorities", N_("Autorités")),
    ("administration.mentions", N_("Mentions à compléter")),
    ("administration.gaps", N_("Trous et chevauchements")),
    ("administration.associations", N_("Associations")),
    ("administration.directory", N_("Annuaire")),
    ("administration.switching", N_("Aiguillage")),
    ("statistics.national.show", N_("Statistiques")),
    ("administration.retention", N_("Conservation")),
    ("administration.people", N_("Utilisateurs")),
    ("administration.journal", N_("Journal")),
)
STATES = {
    "active": N_("Elle sert"),
    "prete": N_("Prête, elle ne sert pas encore"),
    "ancienne": N_("Celle d'avant"),
    "chargement": N_("Chargement en cours, ou coupé"),
}


CONFIDENCE = {"confirmed": N_("confirmée"), "derived": N_("déduite"), "a_verifier": N_("à vérifier")}


def administrator(clerk: ClerkOf) -> Clerk:
    """Return an administrator. Raises :class:`NotFound` for anybody else."""
    if clerk.role != Role.ADMIN:
        raise NotFound
    return clerk


AdminOf = Annotated[Clerk, Depends(administrator)]


def frame(request: Request, clerk: Clerk) -> dict[str, Any]:
    """Return what surrounds every page of the administration."""
    where = {name: path_of(request.app, name) for name, _ in NAV}
    return {
        "agent": {"name": clerk.name, "authority": translate(N_("Administration"))},
        "nav": [(where[name], translate(words), request.url.path == where[name]) for name, words in NAV],
        "home_url": "/administration",
        "done": done_of(request),
        "confidence": CONFIDENCE,
        "signout_url": path_of(request.app, "accounts.signout"),
    }


@router.get("/administration", name="administration.home")
def home(request: Request, clerk: AdminOf) -> Response:
    """Begin with what is asked most."""
    del clerk
    return see(request, "administration.authorities")


@router.get("/administration/autorites", name="administration.authorities")
def authorities(request: Request, session: ReadOf, clerk: AdminOf, q: str = "") -> Response:
    """List the authorities that answer to a few words."""
    asked = " ".join(q.split())[:80]
    rows, total = queries.found(session, asked)
    to_open = {code: dates.date_text(day, weekday=False) for code, day in openings.to_come(session).items()}
    shown: dict[str, Any] = {"asked": asked, "rows": rows, "total": total, "to_open": to_open, "day": _day}
    return render(request, "administration/authorities.html", **frame(request, clerk), **shown)


@router.get("/administration/autorites/{autorite}", name="administration.authority")
def authority(request: Request, session: ReadOf, clerk: AdminOf, autorite: str) -> Response:
    """Show one authority, and ask for what is true of it today."""
    row, opening = _known(session, autorite)
    return _authority(request, clerk, (row, opening), contact_of(row))


@router.post("/administration/autorites/{autorite}", name="administration.authority.save")
def save(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, autorite: str, form: FormOf) -> Response:
    """Keep an address that a person checked: no reload changes it any more."""
    row, opening = _known(session, autorite)
    session.close()
    parsed = parse(AuthorityContact, form.typed)
    if parsed.values is None:
        return _authority(request, clerk, (row, opening), form.typed, parsed.errors, 422)
    sent = {name: [value] for name, value in parsed.values}
    with portal.database.write() as writing:
        row = writing.get_one(Authority, autorite, with_for_update=True)
        past = is_past(form.get(VERSION), version_of(contact_of(row)), version_of(sent))
        if not past:
            keep_contact(writing, autorite, columns_of(parsed.values), dates.local_day(portal.clock()))
    if past:
        return _authority(request, clerk, (row, opening), form.typed, status=409)
    return after(request, JustDone.AUTHORITY_KEPT, "administration.authorities")


def _known(session: Session, autorite: str) -> Known:
    """Return an authority, and its creation if it was created here. Raises :class:`NotFound`."""
    row = session.get(Authority, autorite)
    if row is None:
        raise NotFound
    return row, openings.opening_of(session, autorite)


def _authority(
    request: Request, clerk: Clerk, known: Known, typed: Typed, mistakes: Any = None, status: int = 200
) -> Response:
    row, opening = known
    kept, past = contact_of(row), status == CONFLICT
    form = versioned(request, AuthorityContact, typed, mistakes, version=version_of(kept), is_past=past)
    checked = dates.date_text(row.contact_checked_on, weekday=False) if row.contact_checked_on else ""
    around = frame(request, clerk)
    newer = notice(form, kept) if past else None
    opens_on = dates.date_text(opening.opens_on, weekday=False) if opening else ""
    context = {**around, "row": row, "form": form, "checked": checked, "newer": newer}
    context |= {"opening": opening, "opens_on": opens_on}
    return render(request, "administration/authority.html", status=status, **context)


@router.get("/administration/trous", name="administration.gaps")
def holes(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """Show what the sources leave open, commune by commune and profession by profession."""

    def read() -> dict[str, Any]:
        atlas = Atlas(session)
        labels = {row.code: row.label for row in professions(session)}
        return {"caisses": coverage_gaps.caisses(atlas), "councils": coverage_gaps.councils(atlas), "labels": labels}

    found = portal.cache.get("administration.gaps", read)
    total = coverage_gaps.counted(found["caisses"])
    return render(request, "administration/gaps.html", **frame(request, clerk), **found, total=total)


@router.get("/administration/annuaire", name="administration.directory")
def show_directory(request: Request, session: ReadOf, clerk: AdminOf) -> Response:
    """Show the editions of the directory, and what the one that is ready would change."""
    return _directory(request, session, clerk)


def _directory(request: Request, session: Session, clerk: Clerk, status: int = 200) -> Response:
    rows, version = queries.editions(session), queries.version_of_editions(session)
    ready = directory.ready(session)
    changes = directory.difference(session, ready.id) if ready else None
    around = frame(request, clerk)
    newer = {"says": translate(SWITCHED), "rows": []} if status == CONFLICT else None
    shown: dict[str, Any] = {
        "rows": rows,
        "states": STATES,
        "changes": changes,
        "text": _text,
        "day": _day,
        "version": version,
        "newer": newer,
    }
    return render(request, "administration/directory.html", status=status, **around, **shown)


@router.post("/administration/annuaire", name="administration.directory.switch")
def switch_directory(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, form: FormOf) -> Response:
    """Let the edition that is ready serve, or the one before: the one that the page showed, never another."""
    done = None
    with portal.database.write() as writing:
        ready = directory.ready(writing)
        past = is_past(form.get(VERSION), queries.version_of_editions(writing))
        if past:
            pass
        elif form.get("action") == "appliquer" and ready is not None:
            editing.activate(writing, ready.id)
            done = JustDone.EDITION_SERVES
        elif form.get("action") == "revenir":
            editing.go_back(writing)
            done = JustDone.EDITION_BACK
    return _directory(request, session, clerk, CONFLICT) if past else after(request, done, "administration.directory")


@router.get("/administration/aiguillage", name="administration.switching")
def switching(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf) -> Response:
    """Count what waits for an authority, and list what clerks kept for a commune."""
    waits = queries.waiting(session)
    shown: dict[str, Any] = {
        "waits": waits,
        "kept": queries.decisions(session),
        "confirmed": queries.confirmed_councils(session),
        "labels": {row.code: row.label for row in professions(session)},
        "sent_back": queries.sent_back(session),
        "is_late": waits.oldest is not None and portal.clock() - waits.oldest > LATE,
        "text": _text,
    }
    return render(request, "administration/switching.html", **frame(request, clerk), **shown)


def _day(text: date | str) -> str:
    """Write a day, or the month of which the reference data are (``2016-02``)."""
    return dates.short_date_text(text) if isinstance(text, date) else "/".join(reversed(text.split("-")))


def _text(at: Any) -> str:
    return dates.moment_text(at, weekday=False, seconds=False)
