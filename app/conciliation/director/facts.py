"""The facts notified to the professional, then what the professional answers within a month (CSS R. 147-2 I)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.acts.order import First
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, Day, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Radios, Text
from app.base.i18n import translate
from app.conciliation.director.rules import Known, Observation, Proof
from app.filing.sealed.director import FactsNotified, Observed
from app.filing.status.director import FACTS, OBSERVED
from app.intake.desk.act_dates import AFTER, order_checks
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase

SENT = N_("Cette date est avant l'envoi, le {day}.")
WORDS = N_("Envoyés le {day}")
BESIDE = N_("Ce pouvoir n'attend pas la fin de la conciliation.")
CAME = N_("Envoyés le {day}, reçus le {came}")


class Notification(Answers):
    """How and when the facts left, and when the professional had them."""

    mode_griefs: Annotated[
        Proof,
        Radios(label=N_("Comment les griefs sont-ils notifiés ?"), choices=Proof, missing=N_("Choisissez un moyen.")),
    ]
    reference_griefs: Annotated[
        str, Text(label=N_("Référence de l'envoi"), hint=N_("Par exemple le numéro du courrier suivi."), longest=100)
    ]
    griefs_le: Annotated[date, Date(label=N_("Envoyés ou remis le"), missing=N_("Écrivez la date d'envoi."))]
    griefs_recus: Annotated[
        Known,
        Radios(
            label=N_("Le professionnel les a-t-il reçus ?"),
            hint=N_("Son mois pour répondre part de ce jour. Sans preuve, revenez ici quand vous l'aurez."),
            choices=Known,
            missing=N_("Dites si le professionnel a reçu la notification."),
        ),
    ]
    griefs_recus_le: Annotated[
        Day,
        Date(label=N_("Reçus le"), missing=N_("Écrivez la date de réception."), only_if=("griefs_recus", "oui")),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days: past, and in their order."""
        yield from order_checks(found, "griefs_le")
        if on := found.get("griefs_le"):
            yield from order_checks({**found, AFTER: First(on, SENT)}, "griefs_recus_le")


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


class FactsPage(ActPage):
    """The notification, done again to say when it came; the person does not read of it."""

    kind, path, model, then = FACTS, "directeur/griefs", Notification, "conciliation.home"
    button = N_("Enregistrer la notification")
    lede = N_(
        "Le directeur de la caisse écrit au professionnel les faits reprochés et la sanction encourue, par un moyen "
        "qui prouve la date de réception. Le professionnel a un mois à compter de cette date pour être entendu ou "
        "écrire ses observations (CSS L. 162-1-14-1, R. 147-2 I)."
    )

    def introduction(self, case: DeskCase) -> str:
        """Say that nothing waits for the meeting, where there is one."""
        said = super().introduction(case)
        return said if case.now.is_without_meeting else f"{said} {translate(BESIDE)}"

    def first(self, case: DeskCase) -> Typed:
        """Propose today, or what was said already."""
        known = case.now.director.facts
        if known is None:
            return typed_day("griefs_le", case.today)
        kept = {"mode_griefs": [known.mode], "reference_griefs": [known.reference], "griefs_recus": ["oui"]}
        return {**kept, **typed_day("griefs_le", known.on), **typed_day("griefs_recus_le", known.came_on or case.today)}

    def content(self, case: DeskCase, said: Notification) -> FactsNotified:  # noqa: ARG002
        """Keep how it left, and when it came."""
        on, came = said.griefs_le, said.griefs_recus_le
        told = {"day": date_text(on, weekday=False), "came": date_text(came, weekday=False) if came else ""}
        return FactsNotified(
            on=on,
            mode=said.mode_griefs.value,
            reference=said.reference_griefs,
            came_on=came or "",
            words=translate(CAME if came else WORDS).format(**told),
        )


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
