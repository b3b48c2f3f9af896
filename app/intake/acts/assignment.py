"""« Attribuer » and « Ajouter une note interne »: who takes care of a complaint here, and what colleagues must know."""

from collections.abc import Mapping
from typing import Annotated

from sqlalchemy.orm import Session

from app.accounts import queries as accounts
from app.acts.kinds.lines import ASSIGNED, NOTE
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.filing.acts import mentions
from app.filing.receipt import receive as filings
from app.filing.sealed.base import Sealed
from app.intake import queries
from app.intake.desk.act_page import ActPage, Wrong
from app.intake.desk.case import DeskCase
from app.intake.fields import Colleague

NOBODY = "personne"
"""The line of the list for nobody."""
GIVEN, TO_NOBODY = N_("À {name}"), N_("À personne")
FOR = N_("Pour {name} :")
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
        """Propose who has it, or who reads the page."""
        line = queries.desk_line(case.session, case.number, case.clerk.authority)
        return {"agent_id": [(line.assignee if line else "") or case.clerk.id]}

    def offered(self, case: DeskCase) -> Mapping[str, list[Option]]:
        """Offer those who work here."""
        return {"agent_id": colleagues(case.session, case.clerk.authority)}

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


def colleagues(session: Session, authority: str) -> list[Option]:
    """Offer those who work for an authority, and nobody."""
    people = [Option(one, name) for one, name in accounts.colleagues(session, authority)]
    return [*people, Option(NOBODY, translate(N_("Personne")))]


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
