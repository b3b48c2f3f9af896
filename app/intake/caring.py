"""« Attribuer » and « Ajouter une note interne »: who takes care of a complaint here, and what colleagues must know."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText
from app.filing import ledger
from app.filing import service as filings
from app.filing.queries import Event, OpenFiling, history_of, read_for
from app.intake import service
from app.intake.acting import readable
from app.intake.desk import DeskOf, frame, line_of
from app.intake.fields import Colleague
from app.intake.rules import EventKind
from app.intake.turn import AlreadyDone, changed, take

router = APIRouter()
NOBODY, VERSION = "personne", "version"
"""The line of the list for nobody; the hidden field that says which attribution the page was shown."""
GIVEN, TO_NOBODY = N_("À {name}"), N_("À personne")
GONE = N_("Cette personne ne travaille plus ici. Choisissez quelqu'un d'autre.")


class Assign(Answers):
    """Who takes care of it, and a word for them."""

    agent_id: Annotated[str, Colleague(label=N_("Attribuer à"), missing=N_("Choisissez une personne."))]
    note: Annotated[str, LongText(label=N_("Note"), longest=4000, rows=3)]


class Note(Answers):
    """What colleagues must know."""

    note: Annotated[
        str,
        LongText(
            label=N_("Note interne"),
            hint=N_(
                "Seuls les agents de votre service la lisent. La personne et le professionnel ne la voient jamais."
            ),
            missing=N_("Écrivez votre note."),
            longest=4000,
            rows=6,
        ),
    ]


@router.get("/agent/plaintes/{numero}/attribuer", name="intake.assign")
def ask_who(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask who takes care of it."""
    line = line_of(portal, clerk, numero)
    readable(portal, clerk, numero)
    return _show_assign(request, portal, clerk, numero, {"agent_id": [line.assignee or clerk.id]})


@router.post("/agent/plaintes/{numero}/attribuer", name="intake.assign.do")
def assign(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Give it to a colleague, to oneself, or to nobody."""
    opened = readable(portal, clerk, numero)
    parsed = parse(Assign, form.typed)
    if parsed.values is None:
        return _show_assign(request, portal, clerk, numero, form.typed, parsed.errors, 422)
    to, note = parsed.values.agent_id, parsed.values.note
    with portal.database.read() as session:
        people = dict(accounts.colleagues(session, clerk.authority))
    if to not in people and to != NOBODY:
        return _show_assign(request, portal, clerk, numero, form.typed, {"agent_id": Mistake(GONE)}, 422)
    words = translate(TO_NOBODY) if to == NOBODY else translate(GIVEN).format(name=people[to])
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, EventKind.ATTRIBUEE, opens=read_for)
        _expect_same(session, opened, clerk, form.get(VERSION))
        filings.assign(session, opened.filing.id, clerk.authority, "" if to == NOBODY else to)
        why = "\n".join(filter(None, [words, note]))
        service.trace(session, opened, clerk, EventKind.ATTRIBUEE, why, portal.clock)
    return see(request, "intake.filing", numero=numero)


def _last(session: Session, filing_id: str, authority: str, key: bytes | None = None) -> Event | None:
    """Give the last line of the history that says to whom a complaint was given here."""
    lines = [one for one in history_of(session, filing_id, key) if one.kind == EventKind.ATTRIBUEE]
    return next((one for one in reversed(lines) if one.authority == authority), None)


def _expect_same(session: Session, opened: OpenFiling, clerk: Clerk, seen: str) -> None:
    """Refuse to replace what a colleague decided since the page was shown. Raises :class:`AlreadyDone`."""
    last = _last(session, opened.filing.id, clerk.authority, opened.key)
    if last and ledger.instant(last.at) != seen:
        says = changed(EventKind.ATTRIBUEE, last.by, last.at, last.why)
        raise AlreadyDone(says, opened.filing.number)


@router.get("/agent/plaintes/{numero}/noter", name="intake.note")
def ask_note(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask for a note."""
    readable(portal, clerk, numero)
    return _show(request, clerk, numero, "intake/note.html", make_form(request, Note, {}))


@router.post("/agent/plaintes/{numero}/noter", name="intake.note.do")
def note(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Keep a note in the history."""
    opened = readable(portal, clerk, numero)
    parsed = parse(Note, form.typed)
    if parsed.values is None:
        shown = make_form(request, Note, form.typed, parsed.errors)
        return _show(request, clerk, numero, "intake/note.html", shown, 422)
    with portal.database.write() as session:
        opened = take(session, portal, clerk, numero, EventKind.NOTE, opens=read_for)
        service.trace(session, opened, clerk, EventKind.NOTE, parsed.values.note, portal.clock)
    return see(request, "intake.filing", numero=numero)


def _show_assign(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    numero: str,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    with portal.database.read() as session:
        people = accounts.colleagues(session, clerk.authority)
        last = _last(session, line_of(portal, clerk, numero).filing_id, clerk.authority)
    version = typed.get(VERSION, [ledger.instant(last.at) if last else ""])[-1]
    options = [Option(one, name) for one, name in people] + [Option(NOBODY, translate(N_("Personne")))]
    form = make_form(request, Assign, typed, mistakes, {"agent_id": options})
    return _show(request, clerk, numero, "intake/assign.html", form, status, version=version)


def _show(
    request: Request, clerk: Clerk, numero: str, template: str, form: Any, status: int = 200, **more: str
) -> Response:
    return render(request, template, status=status, **frame(request, clerk), form=form, number=numero, **more)
