"""The director begins no procedure (CSS L. 162-1-14-1)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.conciliation.page import ConciliationPage
from app.filing.sealed.director import NoActionDecided
from app.filing.status.director import NO_ACTION
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import Courtesy, courtesy

EXPLAIN = N_("Expliquez à la personne pourquoi, en 20 caractères au moins.")


class NoAction(Answers):
    """When it was decided, and what the person is told."""

    sans_suite_le: Annotated[date, Date(label=N_("Décidé le"), missing=N_("Écrivez la date de la décision."))]
    explication: Annotated[
        str,
        LongText(
            label=N_("Explication pour la personne"),
            hint=N_("Elle la lit dans son suivi, avec les autres recours."),
            missing=EXPLAIN,
            shortest=20,
            too_short=EXPLAIN,
            longest=2000,
        ),
    ]
    traduction: Courtesy

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: since the receipt, not to come."""
        yield from order_checks(found, "sans_suite_le")


class NoActionPage(ConciliationPage):
    """The director begins nothing, and the person reads why; the complaint is not out of scope for that."""

    kind, path, template, model = NO_ACTION, "directeur/sans-suite", "intake/act.html", NoAction
    button = N_("Enregistrer la décision")
    lede = N_(
        "Le directeur peut ne pas engager de procédure (CSS L. 162-1-14-1). La plainte n'est pas « hors champ » pour "
        "autant : la personne lit votre explication."
    )

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("sans_suite_le", case.today)

    def content(self, case: DeskCase, said: NoAction) -> NoActionDecided:
        """Keep the day and the explanation."""
        on = said.sans_suite_le
        words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
        own = courtesy(case, said.traduction)
        return NoActionDecided(on=on, explanation=said.explication, translation=own, words=words)
