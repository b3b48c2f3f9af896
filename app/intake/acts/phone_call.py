"""« Noter un appel »: what was said on the telephone with the person, who has it in the copy of their data."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import Choices, FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios
from app.base.i18n import translate
from app.filing.sealed.receipt import Called
from app.filing.status.case_status import PHONE_CALL
from app.intake.desk.act_dates import order_checks
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase

WORDS = N_("{who}, le {day} : {text}")


class Caller(Choices):
    """Who called."""

    AUTORITE = "autorite", N_("Notre service a appelé la personne")
    PERSONNE = "personne", N_("La personne a appelé")


class Call(Answers):
    """Who called, when, and what was said."""

    appelant: Annotated[Caller, Radios(label=N_("Qui a appelé ?"), choices=Caller, missing=N_("Dites qui a appelé."))]
    appel_le: Annotated[date, Date(label=N_("Date de l'appel"), missing=N_("Écrivez la date de l'appel."))]
    appel_contenu: Annotated[
        str,
        LongText(
            label=N_("Ce qui a été dit"),
            hint=N_("La personne peut le lire dans la copie de ses données."),
            missing=N_("Écrivez ce qui a été dit."),
            longest=2000,
            rows=5,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: since the receipt, not to come."""
        yield from order_checks(found, "appel_le")


class CallPage(ActPage):
    """A call, once it took place; it stops no date of the law."""

    kind, path, model, button = PHONE_CALL, "appel", Call, N_("Garder cet appel")
    lede = N_("Un appel ne remplace ni l'accusé de réception ni une convocation : aucune date de la loi ne change.")

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("appel_le", case.today)

    def content(self, case: DeskCase, said: Call) -> Called:  # noqa: ARG002
        """Keep the day, who called, and what was said."""
        on = said.appel_le
        told = {"who": translate(said.appelant.label), "day": date_text(on, weekday=False), "text": said.appel_contenu}
        return Called(on=on, caller=said.appelant.value, text=said.appel_contenu, words=translate(WORDS).format(**told))
