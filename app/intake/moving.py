"""« Envoyer à une autre autorité »: an administration seised by mistake transmits, and tells (CRPA L. 114-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText, Radios, Tick
from app.filing.queries import OpenFiling
from app.filing.standing import MOVED
from app.intake import service
from app.intake.acting import ready
from app.intake.desk import DeskOf, frame
from app.intake.fields import AuthorityChoice
from app.routing import queries as routing

router = APIRouter()
SAME = N_("Ce dossier est déjà à cette autorité. Choisissez-en une autre.")


class Why(Choices):
    """Why another authority is competent (CSP R. 1110-9)."""

    LIEU = "lieu_exercice", N_("Le lieu d'exercice dépend d'une autre autorité")
    PROFESSION = "profession", N_("Le professionnel exerce une autre profession")
    TABLEAU = "tableau", N_("Le professionnel est inscrit à un autre tableau")
    AUTRE = "autre", N_("Une autre raison")


class Move(Answers):
    """Where to, and why."""

    nouvelle_autorite: Annotated[
        str,
        AuthorityChoice(label=N_("Nouvelle autorité"), missing=N_("Choisissez la nouvelle autorité.")),
    ]
    raison: Annotated[Why, Radios(label=N_("Raison"), choices=Why, missing=N_("Choisissez la raison."))]
    raison_texte: Annotated[
        str,
        LongText(
            label=N_("Quelle raison ?"),
            missing=N_("Écrivez la raison."),
            only_if=("raison", "autre"),
            longest=500,
            rows=3,
        ),
    ]
    retenir: Annotated[
        bool,
        Tick(
            label=N_("Retenir cette caisse pour les prochaines plaintes de cette ville"),
            hint=N_("Seulement si vous êtes certain que toute la ville en dépend."),
            optional=False,
        ),
    ]


@dataclass(frozen=True)
class Held:
    """A complaint that this clerk may send elsewhere."""

    clerk: Clerk
    opened: OpenFiling


def _held(portal: Portal, clerk: Clerk, numero: str) -> Held:
    return Held(clerk, ready(portal, clerk, numero, MOVED))


@router.get("/agent/plaintes/{numero}/reorienter", name="intake.move")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask where to, and why."""
    return _show(request, portal, _held(portal, clerk, numero), {})


@router.post("/agent/plaintes/{numero}/reorienter", name="intake.move.do")
def move(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Send it: the act, the rights and the mails in one transaction; the date of receipt does not change."""
    held = _held(portal, clerk, numero)
    parsed = parse(Move, form.typed)
    mistakes = dict(parsed.errors)
    with portal.database.read() as session:
        if not mistakes and parsed.values:
            mistakes = _wrong(session, held, parsed.values)
    if mistakes or parsed.values is None:
        return _show(request, portal, held, form.typed, mistakes, status=422)
    wish = service.Wish(
        to=parsed.values.nouvelle_autorite,
        reason=parsed.values.raison.value,
        words=parsed.values.raison_texte or translate(parsed.values.raison.label),
        remember=parsed.values.retenir,
    )
    with portal.database.write() as session:
        service.move(session, portal, clerk, numero, wish)
    return see(request, "intake.list")


def _wrong(session: Session, held: Held, asked: Move) -> dict[str, Mistake]:
    """Check the authority against the reference."""
    found = routing.authority(session, asked.nouvelle_autorite)
    if found is None or found.is_retired:
        return {"nouvelle_autorite": Mistake(N_("Choisissez la nouvelle autorité."))}
    return {"nouvelle_autorite": Mistake(SAME)} if found.code == held.opened.filing.receiver else {}


def _show(
    request: Request,
    portal: Portal,
    held: Held,
    typed: Typed,
    mistakes: dict[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    filing = held.opened.filing
    with portal.database.read() as session:
        offered = {"nouvelle_autorite": _choices(session, filing.candidates.split(), filing.receiver)}
    about: dict[str, Any] = {"number": filing.number, "town": filing.town if filing.commune else ""}
    form = make_form(request, Move, typed, mistakes, offered)
    return render(request, "intake/move.html", status=status, **frame(request, held.clerk), form=form, **about)


def _choices(session: Session, candidates: Sequence[str], receiver: str) -> list[Option]:
    """Offer those that the law points at first, then all the others in the order of their names."""
    near = set(candidates)
    known = [one for one in routing.authorities(session) if one.code != receiver]
    first = [
        Option(one.code, one.name, group=translate(N_("Autorités possibles"))) for one in known if one.code in near
    ]
    caisses = [one for one in known if not one.is_ordre and one.code not in near]
    councils = [one for one in known if one.is_ordre and one.code not in near]
    rest = [(N_("Caisses"), caisses), (N_("Conseils des ordres"), councils)]
    return first + [
        Option(one.code, one.name, group=translate(title))
        for title, some in rest
        for one in sorted(some, key=lambda one: one.name)
    ]
