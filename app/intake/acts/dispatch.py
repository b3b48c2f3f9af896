"""How something left the desk on paper: the way, the day, the reference. The same questions for whoever receives it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import Choices, FieldError
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios, Text
from app.base.i18n import translate
from app.intake.acts.receipt_duties import Delivery
from app.intake.desk.act_dates import order_checks

WORDS = N_("{way}, le {day}")
LABEL, MISSING = N_("Comment l'avez-vous transmise ?"), N_("Choisissez comment elle est partie.")


class Way(Choices):
    """How a complaint reaches somebody who does not work here."""

    COURRIER = "courrier_suivi", N_("Courrier suivi ou recommandé")
    REMISE = "remise", N_("Remise en main propre")
    EMAIL = "email", N_("Messagerie sécurisée")


class Dispatch(Answers):
    """The way, the day and the reference of what left."""

    mode: Annotated[Way, Radios(label=LABEL, choices=Way, missing=MISSING)]
    transmis_le: Annotated[date, Date(label=N_("Transmise le"), missing=N_("Écrivez la date d'envoi."))]
    reference_envoi: Annotated[
        str, Text(label=N_("Référence de l'envoi"), hint=N_("Par exemple le numéro du courrier suivi."), longest=100)
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day."""
        yield from super().checks(found)
        yield from order_checks(found, "transmis_le")

    def sending(self) -> Delivery:
        """Return how it left, and when."""
        words = translate(WORDS).replace("{way}", translate(self.mode.label))
        return Delivery(words, self.transmis_le, self.mode.value, self.reference_envoi)
