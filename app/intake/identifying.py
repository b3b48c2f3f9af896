"""« Identifier le professionnel »: the person could not name them; the clerk does, from the directory."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.queries import Clerk
from app.base.dates import date_text
from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed
from app.base.forms import Answers, parse
from app.base.portal import Portal
from app.base.web.pages import PortalOf, make_form, render, see
from app.base.web.reading import FormOf
from app.base.widgets import Text
from app.directory import queries as directory
from app.filing.acts import record
from app.filing.queries import OpenFiling
from app.filing.remarks import IDENTIFIED
from app.intake.acting import ready
from app.intake.desk import DeskOf, frame
from app.intake.fields import Record
from app.intake.turn import take
from app.routing import queries as routing

router = APIRouter()
PLACES, RPPS = 5, 11
NOT_THERE = N_("Cette fiche n'est plus dans l'annuaire. Cherchez de nouveau.")
NO_TOWN = N_("Aucune ville ne correspond. Écrivez une ville ou un code postal.")


class Search(Answers):
    """Who is looked for."""

    q: Annotated[
        str,
        Text(
            label=N_("Nom ou numéro RPPS"),
            missing=N_("Écrivez un nom, ou un numéro RPPS de 11 chiffres."),
            longest=80,
            autocomplete="off",
        ),
    ]
    ou: Annotated[str, Text(label=N_("Ville ou code postal"), longest=80, autocomplete="off")]


class Chosen(Search):
    """Which record."""

    pro_id: Annotated[str, Record(label=N_("Professionnel"), missing=N_("Choisissez un professionnel."))]


@router.get("/agent/plaintes/{numero}/identifier", name="intake.identify")
def ask(request: Request, portal: PortalOf, clerk: DeskOf, numero: str) -> Response:
    """Ask who the professional is; what the person wrote is beside."""
    opened = ready(portal, clerk, numero, IDENTIFIED)
    return _show(request, portal, clerk, opened, {"ou": [opened.filing.town]})


@router.post("/agent/plaintes/{numero}/identifier", name="intake.identify.do")
def identify(request: Request, portal: PortalOf, clerk: DeskOf, numero: str, form: FormOf) -> Response:
    """Search by POST, so that no address holds a name; then seal the record that was chosen."""
    opened = ready(portal, clerk, numero, IDENTIFIED)
    if form.get("geste") == "chercher":
        parsed = parse(Search, form.typed)
        return _show(request, portal, clerk, opened, form.typed, parsed.errors)
    chosen = parse(Chosen, form.typed)
    if chosen.values is None:
        return _show(request, portal, clerk, opened, form.typed, chosen.errors)
    with portal.database.write() as session:
        found = _copy(session, chosen.values.pro_id)
        if found:
            opened = take(session, portal, clerk, numero, IDENTIFIED)
            words = ", ".join(filter(None, (found["name"], found["skill"], found["place"], f"RPPS {found['rpps']}")))
            content = {"by": clerk.name, "authority": clerk.authority, "words": words, "professional": found}
            record(session, portal.keyring, opened, IDENTIFIED, content, portal.clock)
    if not found:
        return _show(request, portal, clerk, opened, form.typed, {"pro_id": Mistake(NOT_THERE)})
    return see(request, "intake.filing", numero=numero)


def _copy(session: Session, chosen: str) -> dict[str, str]:
    """Copy a record as it is today; the directory changes, the act does not."""
    rpps, _, key = chosen.partition(".")
    person, taken_on = directory.person(session, rpps), directory.taken_on(session)
    site = next((one for one in person.sites if one.key == key), None) if person else None
    if person is None or site is None or taken_on is None:
        return {}
    return {
        "rpps": person.rpps,
        "name": person.name,
        "profession": person.profession,
        "skill": person.skill,
        "place": site.line,
        "commune": site.commune,
        "taken_on": taken_on.isoformat(),
    }


def _look(session: Session, asked: str, where: str) -> tuple[list[Option], dict[str, Mistake]]:
    number = "".join(asked.split())
    if len(number) == RPPS and number.isdecimal():
        person = directory.person(session, number)
        people = [person] if person else []
    else:
        places = routing.find_places(session, where)
        if not places:
            return [], {"ou": Mistake(NO_TOWN)}
        people = directory.search(session, asked, ([one for one in places if one.is_exact] or places)[:PLACES])
    return [
        Option(f"{one.rpps}.{site.key}", " — ".join(filter(None, (one.name, one.skill))), site.line)
        for one in people
        for site in one.sites
    ], {}


def _show(
    request: Request,
    portal: Portal,
    clerk: Clerk,
    opened: OpenFiling,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
) -> Response:
    asked, where = ((typed.get(name) or [""])[-1].strip() for name in ("q", "ou"))
    wrong: dict[str, Any] = dict(mistakes or {})
    with portal.database.read() as session:
        taken_on = directory.taken_on(session)
        options, missed = _look(session, asked, where) if asked and "q" not in wrong else ([], {})
    form = make_form(request, Chosen, typed, wrong | missed, {"pro_id": options})
    written = [row for row in opened.payload["complaint"] if row["name"].startswith("pro_")]
    return render(
        request,
        "intake/identify.html",
        status=422 if wrong or missed else 200,
        **frame(request, clerk),
        form=form,
        number=opened.filing.number,
        written=written,
        has_directory=taken_on is not None,
        taken_on=date_text(taken_on, weekday=False) if taken_on else "",
        is_found=bool(options),
        is_searched=bool(asked) and not wrong and not missed,
    )
