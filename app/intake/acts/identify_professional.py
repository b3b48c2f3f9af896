"""« Identifier le professionnel »: the person could not name them; the clerk does, from the directory."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, parse
from app.base.forms.widgets import Text
from app.base.web.reading import FormData
from app.directory import queries as directory
from app.filing.sealed.receipt import Identified, Professional
from app.filing.status.annotations import IDENTIFIED
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.fields import RecordChoice
from app.routing import queries as routing

PLACES, RPPS = 5, 11
NOT_THERE = N_("Cette fiche n'est plus dans l'annuaire. Cherchez de nouveau.")
NO_TOWN = N_("Aucune ville ne correspond. Écrivez une ville ou un code postal.")


class ProfessionalSearch(Answers):
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


class ChosenProfessional(ProfessionalSearch):
    """Which record."""

    pro_id: Annotated[str, RecordChoice(label=N_("Professionnel"), missing=N_("Choisissez un professionnel."))]


class Identify(ActPage):
    """What the person wrote is beside; the search is by POST, so that no address holds a name."""

    kind, path, template, model = IDENTIFIED, "identifier", "intake/identify.html", ChosenProfessional

    def first(self, case: DeskCase) -> Typed:
        """Start from the town of the complaint."""
        return {"ou": [case.opened.filing.town]}

    def gesture(self, request: Request, case: DeskCase, form: FormData) -> Response | None:
        """Show who was found."""
        if form.get("geste") != "chercher":
            return None
        return self.show(request, case, form.typed, parse(ProfessionalSearch, form.typed).errors)

    def show(
        self,
        request: Request,
        case: DeskCase,
        typed: Typed,
        mistakes: Mapping[str, FieldError] | None = None,
        **more: Any,
    ) -> Response:
        """Show who was found; a town that is none is said beside its field."""
        asked, where = ((typed.get(name) or [""])[-1].strip() for name in ("q", "ou"))
        wrong = dict(mistakes or {})
        options, missed = _look(case.session, asked, where) if asked and "q" not in wrong else ([], {})
        more |= {"is_found": bool(options), "is_searched": bool(asked) and not wrong and not missed}
        return super().show(request, case, typed, wrong | missed, offered={"pro_id": options}, **more)

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Show what the person wrote, and of which day the directory is."""
        taken_on = directory.taken_on(case.session)
        return {
            "written": [row for row in case.opened.payload["complaint"] if row["name"].startswith("pro_")],
            "has_directory": taken_on is not None,
            "taken_on": date_text(taken_on, weekday=False) if taken_on else "",
        }

    def content(self, case: DeskCase, said: ChosenProfessional) -> Identified:
        """Seal the record that was chosen. Raises :class:`~app.intake.desk.act_page.Wrong` when it is there no more."""
        found = _copy(case.session, said.pro_id)
        if not found:
            raise Wrong({"pro_id": FieldError(NOT_THERE)})
        words = ", ".join(filter(None, (found.name, found.skill, found.place, f"RPPS {found.rpps}")))
        return Identified(words=words, professional=found)


def _copy(session: Session, chosen: str) -> Professional | None:
    """Copy a record as it is today; the directory changes, the act does not."""
    rpps, _, key = chosen.partition(".")
    person, taken_on = directory.person(session, rpps), directory.taken_on(session)
    site = next((one for one in person.sites if one.key == key), None) if person else None
    if person is None or site is None or taken_on is None:
        return None
    return Professional(
        rpps=person.rpps,
        name=person.name,
        profession=person.profession,
        skill=person.skill,
        place=site.line,
        commune=site.commune,
        taken_on=taken_on,
    )


def _look(session: Session, asked: str, where: str) -> tuple[list[Option], dict[str, FieldError]]:
    number = "".join(asked.split())
    if len(number) == RPPS and number.isdecimal():
        person = directory.person(session, number)
        people = [person] if person else []
    else:
        places = routing.places_near(session, where, PLACES)
        if not places:
            return [], {"ou": FieldError(NO_TOWN)}
        people = directory.search(session, asked, places)
    return [
        Option(f"{one.rpps}.{site.key}", " — ".join(filter(None, (one.name, one.skill))), site.line)
        for one in people
        for site in one.sites
    ], {}
