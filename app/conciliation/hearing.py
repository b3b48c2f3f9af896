"""H1 « Entendre le professionnel »: within a month, if the authority wants; its record goes to the commission."""

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
from app.base.widgets import Files
from app.conciliation.door import Case, PapersOf, SecretariatOf
from app.evidence.rules import ACCEPT
from app.filing.arriving import PAPERS, Papers
from app.filing.road import HEARD
from app.intake.acting import order_checks
from app.intake.acts import with_lateness
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
RECORD = N_("Ajoutez le relevé de l'audition.")


class Hearing(Answers):
    """When the professional was heard, and the record."""

    audition_le_jour: Annotated[str, Day(whole=N_("Entendu le"), missing=N_("Écrivez la date de l'audition."))]
    audition_le_mois: Annotated[str, Month()]
    audition_le_annee: Annotated[str, Year()]
    releve: Annotated[tuple[()], Files(label=N_("Relevé de l'audition"), missing=RECORD, accept=ACCEPT)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day, and that the record is there."""
        yield from order_checks(found, "audition_le")
        if not found[PAPERS]:
            yield "releve", Mistake(RECORD)


@router.get("/agent/plaintes/{numero}/conciliation/professionnel", name="conciliation.hearing")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Ask when the professional was heard."""
    case.expect(HEARD)
    return _show(request, case, {})


@router.post("/agent/plaintes/{numero}/conciliation/professionnel", name="conciliation.hearing.do")
def heard(request: Request, case: SecretariatOf, papers: PapersOf) -> Response:
    """Keep the record; a hearing after the month is kept too, and told as late."""
    case.expect(HEARD)
    parsed = parse(Hearing, papers.form.typed, {**case.days(HEARD), **papers.known})
    errors = papers.told("releve", dict(parsed.errors))
    if parsed.values is None or errors:
        return _show(request, case, papers.form.typed, errors, papers)
    on = day_of(dict(parsed.values), "audition_le")
    words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
    content = {"on": on.isoformat(), "words": with_lateness(words, (on - case.due["D5"]).days)}
    case.do(HEARD, content, papers)
    return see(request, "conciliation.home", numero=case.number)


def _show(
    request: Request,
    case: Case,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    papers: Papers | None = None,
) -> Response:
    return case.show(
        request,
        "conciliation/hearing.html",
        status=422 if mistakes else 200,
        form=make_form(request, Hearing, typed, mistakes),
        last=date_text(case.due["D5"]),
        is_late=case.due["D5"] < case.today,
        papers=papers,
    )
