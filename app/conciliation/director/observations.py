"""What the professional answers to the facts, within a month of their reception (CSS R. 147-2 I)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios
from app.base.i18n import translate
from app.conciliation.director.rules import Observation
from app.filing.sealed.director import Observed
from app.filing.status.director import OBSERVED
from app.intake.desk.act_dates import order_checks
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase


class ObservationForm(Answers):
    """How and when the professional answered."""

    observations_forme: Annotated[
        Observation,
        Radios(
            label=N_("Comment le professionnel a-t-il répondu ?"),
            choices=Observation,
            missing=N_("Dites comment le professionnel a répondu."),
        ),
    ]
    observations_le: Annotated[
        date, Date(label=N_("Reçues, ou professionnel entendu, le"), missing=N_("Écrivez la date de la réponse."))
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: after the notification came, not to come."""
        yield from order_checks(found, "observations_le")


class ObservationsPage(ActPage):
    """What the professional answered; a later hearing moves the day of the commission."""

    kind, path, model, then = OBSERVED, "directeur/observations", ObservationForm, "conciliation.home"
    button = N_("Enregistrer la réponse")
    lede = N_(
        "Après la fin du mois, ou après une audition plus tardive, le directeur abandonne ou saisit la commission."
    )

    def content(self, case: DeskCase, said: ObservationForm) -> Observed:  # noqa: ARG002
        """Keep how the professional answered, and when."""
        on = said.observations_le
        told = {"how": translate(said.observations_forme.label), "day": date_text(on, weekday=False)}
        return Observed(
            on=on, form=said.observations_forme.value, words=translate(N_("{how}, le {day}")).format(**told)
        )
