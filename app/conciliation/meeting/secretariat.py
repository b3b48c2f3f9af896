"""« Confier le secrétariat »: to the other authority, when both agree (CSP R. 1110-10)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Tick
from app.base.i18n import translate
from app.conciliation.page import ConciliationPage
from app.filing.sealed.conciliation import SecretariatGiven
from app.filing.status.conciliation import SECRETARIAT
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase
from app.routing import queries as routing
from app.routing.rules.articles import to_the

AGREED = N_("Cochez cette case une fois que l'autre autorité a dit oui.")


class Agreed(Answers):
    """That both agreed, and when."""

    accord_autorite: Annotated[
        bool, Tick(label=N_("L'autre autorité est d'accord pour tenir le secrétariat"), missing=AGREED)
    ]
    accord_le: Annotated[date, Date(label=N_("Date de l'accord"), missing=N_("Écrivez la date de l'accord."))]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day."""
        yield from order_checks(found, "accord_le")


class SecretariatPage(ConciliationPage):
    """The other authority fixes the meeting, summons, and writes the report from now on; it may give it back."""

    kind, path, model, is_news = SECRETARIAT, "conciliation/secretariat", Agreed, False
    lede = N_(
        "L'autorité qui a reçu la plainte tient le secrétariat de la commission, sauf si les deux autorités en "
        "conviennent autrement (CSP R. 1110-10). L'autre autorité fixera la réunion, enverra les convocations et le "
        "compte rendu. Elle pourra vous le rendre."
    )

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("accord_le", case.today)

    def also(self, case: DeskCase) -> bool:
        """Ask that the other authority works here."""
        return case.uses_service(_other(case))

    def content(self, case: DeskCase, said: Agreed) -> SecretariatGiven:
        """Keep to whom, and since when."""
        other = routing.authority(case.session, _other(case))
        told = {"name": to_the(other.name) if other else "", "day": date_text(said.accord_le, weekday=False)}
        words = translate(N_("Confié {name}, par accord du {day}")).format(**told)
        return SecretariatGiven(to=_other(case), on=said.accord_le, words=words)


def _other(case: DeskCase) -> str:
    """Return the code of the authority that does not keep it now."""
    return next((code for code in case.now.readers if code != case.now.secretariat), "")
