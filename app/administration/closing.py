"""« Fermer cette autorité »: from which day, who succeeds it, what becomes of its accounts and open complaints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts import queries as accounts
from app.accounts.fields import Listed
from app.accounts.queries import Clerk
from app.accounts.rules import AccountScope
from app.accounts.service import access
from app.accounts.sign_in.done import JustDone, after
from app.acts import succession
from app.administration.routes import AdminOf, frame
from app.base.dates import date_text, local_day
from app.base.errors import N_, NotFound
from app.base.forms.dates import Date
from app.base.forms.fields import Choices, FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.searched_options import SEARCH, searched
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.base.web.pages import PortalOf, ReadOf, make_form, render
from app.base.web.reading import FormOf
from app.routing import closures
from app.routing.closures import Closing, NoSuccessor
from app.routing.models import Authority, AuthorityClosure

router = APIRouter()
PAST = N_("Cette date est passée. Choisissez aujourd'hui ou un jour à venir.")
NEEDED = N_("Choisissez l'autorité qui succède : elle reprend les plaintes en cours.")
NOT_THIS_ONE = N_("Choisissez une autorité ouverte, du même type, qui ne ferme pas elle-même.")
TOO_LATE = N_("Cette autorité ouvre le {day}. Choisissez ce jour ou un jour suivant.")
NOWHERE = N_("Sans autorité qui succède, les comptes sont désactivés.")
CANCEL = "annuler"


class ClosedAccounts(Choices):
    """What becomes of the accounts of an authority that closes."""

    MOVED = "deplacer", N_("Ils passent à l'autorité qui succède, avec le même rôle")
    DISABLED = "desactiver", N_("Ils sont désactivés")


class ClosingAuthority(Answers):
    """The end of an authority."""

    fermeture: Annotated[
        date, Date(label=N_("Fermée à partir du"), missing=N_("Écrivez le premier jour où elle est fermée."))
    ]
    successeur: Annotated[
        str,
        Listed(
            label=N_("Autorité qui succède"),
            hint=N_("Laissez vide s'il n'y en a pas. C'est possible seulement sans plainte en cours."),
        ),
    ]
    motif: Annotated[
        str,
        LongText(
            label=N_("Raison"),
            hint=N_("Par exemple la référence du texte qui la ferme. N'écrivez le nom de personne."),
            missing=N_("Écrivez la raison."),
            longest=300,
            rows=2,
        ),
    ]
    comptes: Annotated[
        ClosedAccounts,
        Radios(
            label=N_("Les comptes de ses agents"),
            choices=ClosedAccounts,
            missing=N_("Choisissez ce que deviennent les comptes."),
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check that the accounts have somewhere to go."""
        if found.get("comptes") == ClosedAccounts.MOVED and not found.get("successeur"):
            yield "comptes", FieldError(NOWHERE)


@dataclass(frozen=True)
class Decision:
    """What stands of the end of an authority, for its page."""

    kept: AuthorityClosure
    day: str
    successor: str
    remaining: int


@router.get("/administration/autorites/{autorite}/fermer", name="administration.authority.closing")
def ask(request: Request, session: ReadOf, clerk: AdminOf, autorite: str) -> Response:
    """Ask how it closes, or show what was decided and how far it is."""
    return _page(request, session, clerk, _row(session, autorite), {})


@router.post("/administration/autorites/{autorite}/fermer", name="administration.authority.close")
def close(request: Request, session: ReadOf, portal: PortalOf, clerk: AdminOf, autorite: str, form: FormOf) -> Response:
    """Keep the decision, at once in force when its day is today; or cancel one whose day has not come."""
    row, now = _row(session, autorite), portal.clock()
    if form.get("action") == CANCEL:
        session.close()
        with portal.database.write() as writing:
            if closures.cancel(writing, autorite):
                _note(writing, clerk, autorite, "autorite_fermeture_annulee", now)
        return after(request, JustDone.CLOSING_CANCELLED, "administration.authority.closing", autorite=autorite)
    if row.is_retired:
        raise NotFound
    parsed = parse(ClosingAuthority, form.typed)
    errors = dict(parsed.errors) if parsed.values is None else _wrong(session, row, parsed.values, now)
    if parsed.values is None or errors:
        return _page(request, session, clerk, row, form.typed, errors)
    said = parsed.values
    session.close()
    closing = Closing(said.fermeture, said.successeur, said.motif, said.comptes is ClosedAccounts.MOVED)
    try:
        with portal.database.write() as writing:
            kept = closures.decide(writing, autorite, closing, clerk.name, now)
            _note(writing, clerk, autorite, "autorite_fermeture", now)
            if kept in closures.due(writing, now):
                succession.close(writing, portal, kept)
    except NoSuccessor:
        return _page(request, session, clerk, row, form.typed, {"successeur": FieldError(NOT_THIS_ONE)})
    return after(request, JustDone.CLOSING_KEPT, "administration.authority.closing", autorite=autorite)


def _row(session: Session, code: str) -> Authority:
    """Return an authority. Raises :class:`NotFound`."""
    row = session.get(Authority, code)
    if row is None:
        raise NotFound
    return row


def _wrong(session: Session, row: Authority, said: ClosingAuthority, now: datetime) -> dict[str, FieldError]:
    """Return what the complaints, the other authorities and the day do not allow."""
    wrong = {}
    if said.fermeture < local_day(now, ZoneInfo(row.zone)):
        wrong["fermeture_jour"] = FieldError(PAST)
    is_needed = succession.open_complaints(session, row.code) or closures.is_successor(session, row.code)
    if not said.successeur and is_needed:
        wrong["successeur"] = FieldError(NEEDED)
    if said.successeur and said.successeur not in {one.code for one in closures.may_succeed(session, row)}:
        wrong["successeur"] = FieldError(NOT_THIS_ONE)
    elif opens_on := closures.opens_too_late(session, said.successeur, said.fermeture):
        wrong.setdefault("fermeture_jour", FieldError(TOO_LATE, day=date_text(opens_on, weekday=False)))
    return wrong


def _note(session: Session, clerk: Clerk, code: str, kind: str, at: datetime) -> None:
    access.note(session, access.Access(clerk.name, code, kind, ""), at)


def _page(
    request: Request,
    session: Session,
    clerk: Clerk,
    row: Authority,
    typed: Typed,
    mistakes: Mapping[str, FieldError] | None = None,
) -> Response:
    kept = closures.closure_of(session, row.code)
    count = succession.open_complaints(session, row.code)
    others = [Option(one.code, one.name) for one in closures.may_succeed(session, row)]
    search = searched(others, request.query_params.get(SEARCH, ""))
    form = make_form(request, ClosingAuthority, typed, mistakes, {"successeur": list(search.options)})
    holders, total = accounts.people(session, "", AccountScope(authority=row.code))
    shown: dict[str, Any] = {
        "row": row,
        "count": count,
        "decision": _decision(session, kept, count) if kept else None,
        "form": form,
        "search": search,
        "holders": [one for one in holders if one.disabled_at is None],
        "total": total,
    }
    status = 422 if mistakes else 200
    return render(request, "administration/closing.html", status=status, **frame(request, clerk), **shown)


def _decision(session: Session, kept: AuthorityClosure, count: int) -> Decision:
    heir = session.get(Authority, kept.successor) if kept.successor else None
    return Decision(
        kept, date_text(kept.closes_on, weekday=False), heir.name if heir else translate(N_("Aucune")), count
    )
