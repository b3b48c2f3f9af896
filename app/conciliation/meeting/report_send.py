"""H4, its end: the report goes to both parties, the director and the president, within eight days (R. 1110-12)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import Text, Tick
from app.base.i18n import translate
from app.conciliation import letters
from app.conciliation.page import ConciliationPage
from app.filing.sealed.conciliation import ReportSent
from app.filing.status.conciliation import REPORT_SENT
from app.intake.desk.act_dates import order_checks, with_lateness
from app.intake.desk.case import DeskCase
from app.procedure.days import LegalDay

TO_ALL = N_("Cochez cette case une fois le compte rendu parti.")


class ReportSending(Answers):
    """When the report left, and to whom."""

    envoye_le: Annotated[date, Date(label=N_("Envoyé ou remis le"), missing=N_("Écrivez la date d'envoi."))]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]
    a_tous: Annotated[
        bool,
        Tick(label=N_("Envoyé à la personne, au professionnel, au directeur et au président"), missing=TO_ALL),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: after the meeting, not to come."""
        yield from order_checks(found, "envoye_le")


class SendReport(ConciliationPage):
    """When it left; late all the same, saying by how many days."""

    kind, path, template, model = (
        REPORT_SENT,
        "conciliation/envoi-releve",
        "conciliation/report_send.html",
        ReportSending,
    )

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("envoye_le", case.today)

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return until when, how the meeting ended, and who must have the report."""
        return {
            "last": date_text(case.due[LegalDay.SEND_REPORT]),
            "result": translate(letters.ENDS[case.now.conciliation.issue]),
            "is_mixed": bool(case.now.informed),
        }

    def content(self, case: DeskCase, said: ReportSending) -> ReportSent:
        """Keep the day and the reference."""
        on = said.envoye_le
        words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
        late = (on - case.due[LegalDay.SEND_REPORT]).days
        return ReportSent(on=on, reference=said.reference_envoi, words=with_lateness(words, late))
