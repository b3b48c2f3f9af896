"""« Attribuer » and « Ajouter une note interne »: who takes care of a complaint here, and what colleagues must know."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.accounts.queries import Clerk
from app.acts.kinds.lines import ASSIGNED, NOTE
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.filing.acts import mentions
from app.filing.receipt import receive as filings
from app.filing.sealed.base import Sealed
from app.intake.absences.queries import absences, team_of
from app.intake.absences.rules import stand_in
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.fields import Colleague
from app.intake.rows import desk_line

NOBODY = "personne"
"""The line of the list for nobody."""
GIVEN, TO_NOBODY = N_("À {name}"), N_("À personne")
FOR = N_("Pour {name} :")
AWAY = N_("{name}, absence jusqu'au {day} : {replacement} remplace")
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
    prevenir: Annotated[
        str,
        Colleague(
            label=N_("Prévenir un collègue"),
            hint=N_("Votre note lui est signalée dans la liste des plaintes, jusqu'à ce qu'il l'ouvre."),
        ),
    ]


class AssignPage(ActPage):
    """To a colleague, to oneself, or to nobody."""

    kind, path, model = ASSIGNED, "attribuer", Assign

    def first(self, case: DeskCase) -> Typed:
        """Propose who has it, or who reads the page; who takes the place, when away."""
        line = desk_line(case.session, case.number, case.clerk.authority)
        return proposed(case.session, case.clerk, case.today, line.assignee if line else "")

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer those who work here."""
        return {"agent_id": colleagues(case.session, case.clerk, case.today)}

    def do(self, case: DeskCase, said: Assign) -> None:
        """Give it, and say so in the history."""
        case.write(ASSIGNED, given(case, said))


def given(case: DeskCase, said: Assign) -> Sealed:
    """Give a complaint to whom was chosen; say it. Raises :class:`~app.intake.desk.act_page.Wrong`."""
    people = dict(accounts.colleagues(case.session, case.clerk.authority))
    if said.agent_id not in people and said.agent_id != NOBODY:
        raise Wrong({"agent_id": FieldError(GONE)})
    to = "" if said.agent_id == NOBODY else said.agent_id
    filings.assign(case.session, case.opened.filing.id, case.clerk.authority, to)
    words = translate(GIVEN).format(name=people[to]) if to else translate(TO_NOBODY)
    return Sealed(words="\n".join(filter(None, [words, said.note])))


def proposed(session: Session, clerk: Clerk, today: date, assignee: str = "") -> Typed:
    """Propose who has it, or who reads the page; who takes the place, when away."""
    return {"agent_id": [stand_in(assignee or clerk.id, today, absences(session, clerk.authority, today))]}


def colleagues(session: Session, clerk: Clerk, today: date) -> list[Option]:
    """Offer those who work with a clerk, with who takes the place of those that are away, and nobody."""
    team = team_of(session, clerk.authority, today)
    people, away = team.people, {one.account: one for one in team.away if one.meets(today, today)}

    def told(account: str, name: str) -> str:
        if account not in away:
            return name
        last = date_text(away[account].last, weekday=False)
        return translate(AWAY).format(name=name, day=last, replacement=people[away[account].replacement])

    return [*(Option(one, told(one, name)) for one, name in people.items()), Option(NOBODY, translate(N_("Personne")))]


class NotePage(ActPage):
    """A note in the history."""

    kind, path, model, button = NOTE, "noter", Note, N_("Ajouter la note")

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer the others who work here."""
        return {"prevenir": [Option(one, name) for one, name in _others(case).items()]}

    def content(self, case: DeskCase, said: Note) -> Sealed:
        """Keep it, with the name of who is told. Raises :class:`~app.intake.desk.act_page.Wrong`."""
        if not said.prevenir:
            return Sealed(words=said.note)
        name = _others(case).get(said.prevenir)
        if name is None:
            raise Wrong({"prevenir": FieldError(GONE)})
        return Sealed(words=f"{translate(FOR).format(name=name)}\n{said.note}")

    def tell(self, case: DeskCase, said: Note) -> None:
        """Tell the colleague, in the list of complaints."""
        if said.prevenir:
            mentions.note(case.session, case.opened.filing.id, said.prevenir, case.portal.clock())


def _others(case: DeskCase) -> dict[str, str]:
    """Return the names of those who work here, by the ids of their accounts, without who writes."""
    people = dict(accounts.colleagues(case.session, case.clerk.authority))
    return {one: name for one, name in people.items() if one != case.clerk.id}
