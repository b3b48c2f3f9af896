"""« Transmettre à l'autre autorité »: within eight days of the receipt, stating its date (CSP R. 1110-11)."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.acts.guards import is_unnamed
from app.base.forms.dates import typed_day
from app.base.forms.fields import Typed
from app.base.forms.form import Answers
from app.base.i18n import translate
from app.base.web.pages import see
from app.base.web.reading import FormData
from app.filing.status.case_status import TOLD_AUTHORITY
from app.intake.acts import receipt_duties
from app.intake.acts.dispatch import Dispatch
from app.intake.desk.act_page import ActPage
from app.intake.desk.case import DeskCase
from app.procedure.days import LegalDay
from app.routing import queries as routing


class OpenAccess(Answers):
    """Nothing is asked: the other authority works here."""


class ToAuthority(ActPage):
    """To whom it goes; how it left, when that authority does not work here. It must be named first."""

    kind, path, template, model = TOLD_AUTHORITY, "transmettre-autorite", "intake/to_authority.html", Dispatch

    def form(self, case: DeskCase) -> type[Answers]:
        """Ask how it left only when the access cannot simply be opened."""
        return OpenAccess if case.uses_service(case.now.informed) else Dispatch

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("transmis_le", case.today)

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return the other authority."""
        other = routing.authority(case.session, case.now.informed)
        return {
            "other": other.name if other else case.now.informed,
            "is_shared": self.form(case) is OpenAccess,
            "late": case.late(LegalDay.TRANSMIT),
        }

    def ask(self, request: Request, case: DeskCase) -> Response:
        """Show the page, or the one that says who the other authority is."""
        return self._unnamed(request, case) or super().ask(request, case)

    def send(self, request: Request, case: DeskCase, form: FormData) -> Response:
        """Open the complaint to the other authority, or note how it was sent."""
        return self._unnamed(request, case) or super().send(request, case, form)

    def _unnamed(self, request: Request, case: DeskCase) -> Response | None:
        return see(request, "intake.confirm", numero=case.number) if is_unnamed(case.now) else None

    def do(self, case: DeskCase, said: Any) -> None:
        """Tell it, by an access or by what was sent."""
        sending = (
            said.sending()
            if isinstance(said, Dispatch)
            else receipt_duties.Delivery(translate(receipt_duties.SHARED), case.today)
        )
        receipt_duties.tell_authority(case, sending)
