"""H7 « Carence »: the council did not pass the complaint on in time; the director may act (CSP L. 1110-3, R. 1110-15).

The three months of the council are those of its own transmission (R. 1110-13, R. 1110-14); from which day R. 1110-15
counts is to be confirmed: see ``docs/droit.md``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.acts.order import First
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios
from app.base.i18n import translate
from app.conciliation import rules
from app.conciliation.page import ConciliationPage
from app.filing.sealed.conciliation import DirectorDecided
from app.filing.status.conciliation import INACTION
from app.intake.desk.act_dates import AFTER, order_checks
from app.intake.desk.case import DeskCase

SANCTION = ("suite", "sanction")
BEFORE_DECISION = N_("Cette date est avant la décision, le {day}.")
LAPSED = N_("Cette date est avant la fin du délai de l'ordre, le {day}.")


class Director(Answers):
    """What the director decided."""

    suite: Annotated[
        rules.Inaction,
        Radios(
            label=N_("Que décide le directeur ?"),
            choices=rules.Inaction,
            missing=N_("Choisissez ce que décide le directeur."),
        ),
    ]
    decision_le: Annotated[
        date, Date(label=N_("Décision, ou dernier point fait, le"), missing=N_("Écrivez la date de la décision."))
    ]
    ordre_informe_le: Annotated[
        Day,
        Date(
            label=N_("L'ordre est informé de la sanction le"),
            missing=N_("Écrivez quand l'ordre a été informé."),
            only_if=SANCTION,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days: past, and in their order (CSS R. 147-17)."""
        wrong = list(order_checks(found, "decision_le"))
        yield from wrong
        if not wrong and (day := found.get("decision_le")):
            decided = First(day, BEFORE_DECISION)
            yield from order_checks({**found, AFTER: decided}, "ordre_informe_le")


def is_overdue(case: DeskCase) -> bool:
    """Return whether the council let its three months pass, even those that end on the next working day.

    The texts do not settle which end counts, and a sanction may follow: the later one is waited for.
    """
    return case.now.conciliation.chamber in case.calendar and _last(case) < case.today


def _last(case: DeskCase) -> date:
    return case.calendar[case.now.conciliation.chamber].due_postponed


class InactionPage(ConciliationPage):
    """The council has not passed it on: what the director decides. The person reads of it from the director."""

    kind, path, template, model = INACTION, "conciliation/carence", "conciliation/inaction.html", Director
    is_news = False

    def also(self, case: DeskCase) -> bool:
        """Ask that the three months are over."""
        return is_overdue(case)

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("decision_le", case.today)

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Count the days from the end of the council's time."""
        return {**super().known(case), AFTER: First(_last(case), LAPSED)}

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return when that time ended."""
        return {"last": date_text(_last(case))}

    def content(self, case: DeskCase, said: Director) -> DirectorDecided:  # noqa: ARG002
        """Keep the decision, and when the council was told of a sanction (CSS R. 147-17)."""
        return DirectorDecided(
            follow=said.suite.value,
            words=translate(said.suite.label),
            on=said.decision_le,
            told_on=said.ordre_informe_le or "",
        )
