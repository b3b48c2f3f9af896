"""« Garder un an de plus »: a case is pending elsewhere, so its complaint must not be erased yet."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter

from app.base.dates import add_months, date_text
from app.base.errors import N_, Refusal
from app.base.forms.fields import Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.filing.sealed.receipt import Held
from app.filing.status.case_status import HELD
from app.intake.desk.act_page import ActPage, add
from app.intake.desk.case import DeskCase
from app.privacy import queries
from app.privacy.expiry import periods_of

router = APIRouter()
YEAR = 12
SOON = timedelta(days=366)


class TooEarly(Refusal):
    """The complaint is kept for more than a year yet, or it was erased."""

    code, status, way_out = "garde_deja", 409, "intake.list"
    says = N_("Ce dossier est déjà gardé pour plus d'un an.")


class Keep(Answers):
    """Why."""

    raison: Annotated[
        str,
        LongText(
            label=N_("Quelle affaire est en cours ?"),
            hint=N_("Par exemple : chambre disciplinaire, tribunal. Votre réponse reste dans l'historique."),
            missing=N_("Écrivez pourquoi ce dossier doit être gardé."),
            longest=500,
            rows=3,
        ),
    ]


class KeepPage(ActPage):
    """Until when it is kept, and why it should be longer."""

    kind, path, template, model = HELD, "conserver", "privacy/keep.html", Keep

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return until when."""
        ends_on = queries.ends_on(case.session, case.number, periods_of(case.portal)) or date.min
        return {"until": date_text(ends_on, weekday=False), "may_keep": _may(ends_on, case.today)}

    def content(self, case: DeskCase, said: Keep) -> Held:
        """Keep it a year more. Raises :class:`TooEarly`."""
        ends_on = queries.ends_on(case.session, case.number, periods_of(case.portal))
        if ends_on is None or not _may(ends_on, case.today):
            raise TooEarly
        return Held(words=said.raison, until=add_months(max(ends_on, case.today), YEAR))


def _may(ends_on: date, today: date) -> bool:
    return ends_on <= today + SOON


add(router, KeepPage())
