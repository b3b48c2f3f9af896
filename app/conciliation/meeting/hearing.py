"""H1 « Entendre le professionnel »: within a month, if the authority wants; its record goes to the commission."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date
from app.base.forms.fields import FieldError, Typed
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.conciliation.page import ConciliationPage
from app.evidence.rules import ACCEPT
from app.filing.sealed.conciliation import Heard
from app.filing.status.conciliation import HEARD
from app.filing.web.uploads import PAPERS
from app.intake.desk.act_dates import order_checks, with_lateness
from app.intake.desk.case import DeskCase
from app.procedure.days import LegalDay

RECORD = N_("Ajoutez le relevé de l'audition.")


class Hearing(Answers):
    """When the professional was heard, and the record."""

    audition_le: Annotated[date, Date(label=N_("Entendu le"), missing=N_("Écrivez la date de l'audition."))]
    releve: Annotated[tuple[()], Files(label=N_("Relevé de l'audition"), missing=RECORD, accept=ACCEPT)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day, and that the record is there."""
        yield from order_checks(found, "audition_le")
        if not found[PAPERS]:
            yield "releve", FieldError(RECORD)


class HearingPage(ConciliationPage):
    """When the professional was heard, with the record; after the month it is kept too, and told as late."""

    kind, path, template, model = HEARD, "conciliation/professionnel", "conciliation/hearing.html", Hearing
    files = "releve"

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return until when, and whether a commission reads the record."""
        last = case.due[LegalDay.HEAR]
        return {
            "last": date_text(last),
            "is_late": last < case.today,
            "has_meeting": not case.now.is_without_meeting,
        }

    def content(self, case: DeskCase, said: Hearing) -> Heard:
        """Keep the day."""
        on = said.audition_le
        words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
        return Heard(on=on, words=with_lateness(words, (on - case.due[LegalDay.HEAR]).days))
