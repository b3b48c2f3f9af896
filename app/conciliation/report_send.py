"""H4, its end: the report goes to both parties, the director and the president, within eight days (R. 1110-12)."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import date_text
from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import make_form, see
from app.base.web.reading import FormOf
from app.base.widgets import Text, Tick
from app.conciliation import letters
from app.conciliation.door import Case, SecretariatOf
from app.filing.road import REPORT_SENT
from app.intake.acting import order_checks, typed_day
from app.intake.acts import with_lateness
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
TO_ALL = N_("Cochez cette case une fois le compte rendu parti.")


class Sending(Answers):
    """When the report left, and to whom."""

    envoye_le_jour: Annotated[str, Day(whole=N_("Envoyé ou remis le"), missing=N_("Écrivez la date d'envoi."))]
    envoye_le_mois: Annotated[str, Month()]
    envoye_le_annee: Annotated[str, Year()]
    reference_envoi: Annotated[str, Text(label=N_("Référence de l'envoi"), longest=100)]
    a_tous: Annotated[
        bool,
        Tick(label=N_("Envoyé à la personne, au professionnel, au directeur et au président"), missing=TO_ALL),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day: after the meeting, not to come."""
        yield from order_checks(found, "envoye_le")


@router.get("/agent/plaintes/{numero}/conciliation/envoi-releve", name="conciliation.report.send")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Ask when it left."""
    case.expect(REPORT_SENT)
    return _show(request, case, typed_day("envoye_le", case.today))


@router.post("/agent/plaintes/{numero}/conciliation/envoi-releve", name="conciliation.report.send.do")
def send(request: Request, case: SecretariatOf, form: FormOf) -> Response:
    """Note that it left; late all the same, saying by how many days."""
    case.expect(REPORT_SENT)
    parsed = parse(Sending, form.typed, case.days(REPORT_SENT))
    if parsed.values is None:
        return _show(request, case, form.typed, parsed.errors, 422)
    said = parsed.values
    on = day_of(dict(said), "envoye_le")
    words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
    content = {
        "on": on.isoformat(),
        "reference": said.reference_envoi,
        "words": with_lateness(words, (on - case.due["D8"]).days),
    }
    case.do(REPORT_SENT, content)
    return see(request, "conciliation.home", numero=case.number)


def _show(
    request: Request,
    case: Case,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
) -> Response:
    return case.show(
        request,
        "conciliation/report_send.html",
        status=status,
        form=make_form(request, Sending, typed, mistakes),
        last=date_text(case.due["D8"]),
        result=translate(letters.ENDS[case.now.road.issue]),
        is_mixed=bool(case.now.informed),
    )
