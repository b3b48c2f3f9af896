"""H7 « Carence »: the council did not pass the complaint on in time; the director may act (CSP L. 1110-3, R. 1110-15).

The three months of the council are those of its own transmission (R. 1110-13, R. 1110-14); from which day R. 1110-15
counts is to be confirmed: see ``docs/droit.md``.
"""

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
from app.base.widgets import Radios
from app.conciliation import rules
from app.conciliation.door import Case, DirectorOf
from app.filing.road import INACTION
from app.filing.standing import Standing
from app.intake.acting import AFTER, PARTS, order_checks, typed_day
from app.intake.guards import may
from app.intake.order import First
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
SANCTION = ("suite", "sanction")
BEFORE_DECISION = N_("Cette date est avant la décision, le {day}.")
LAPSED = N_("Cette date est avant la fin du délai de l'ordre, le {day}.")


class Director(Answers):
    """What the director decided."""

    suite: Annotated[
        rules.Inaction,
        Radios(
            label=N_("Que décide le directeur ?"),
            choices=rules.Inaction,
            missing=N_("Choisissez ce que décide le directeur."),
        ),
    ]
    decision_le_jour: Annotated[
        str, Day(whole=N_("Décision, ou dernier point fait, le"), missing=N_("Écrivez la date de la décision."))
    ]
    decision_le_mois: Annotated[str, Month()]
    decision_le_annee: Annotated[str, Year()]
    ordre_informe_le_jour: Annotated[
        str,
        Day(
            whole=N_("L'ordre est informé de la sanction le"),
            missing=N_("Écrivez quand l'ordre a été informé."),
            only_if=SANCTION,
        ),
    ]
    ordre_informe_le_mois: Annotated[str, Month(only_if=SANCTION)]
    ordre_informe_le_annee: Annotated[str, Year(only_if=SANCTION)]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the days: past, and in their order (CSS R. 147-17)."""
        wrong = list(order_checks(found, "decision_le"))
        yield from wrong
        if not wrong and all(found.get(f"decision_le_{part}") for part in PARTS):
            decided = First(day_of(found, "decision_le"), BEFORE_DECISION)
            yield from order_checks({**found, AFTER: decided}, "ordre_informe_le")


def is_overdue(case: Case) -> bool:
    """Tell whether the council let its three months pass."""
    return may(case.now, INACTION) and _is_past(case, case.now)


def _is_past(case: Case, now: Standing) -> bool:
    return now.road.chamber in case.due and case.due[now.road.chamber] < case.today


@router.get("/agent/plaintes/{numero}/conciliation/carence", name="conciliation.inaction")
def ask(request: Request, case: DirectorOf) -> Response:
    """Say that the council has not passed it on, and ask what the director decides."""
    case.expect(INACTION, lambda now: _is_past(case, now))
    return _show(request, case, typed_day("decision_le", case.today))


@router.post("/agent/plaintes/{numero}/conciliation/carence", name="conciliation.inaction.do")
def decide(request: Request, case: DirectorOf, form: FormOf) -> Response:
    """Keep what the director decided."""
    case.expect(INACTION, lambda now: _is_past(case, now))
    lapsed = First(case.due[case.now.road.chamber], LAPSED)
    parsed = parse(Director, form.typed, {**case.days(INACTION), AFTER: lapsed})
    if parsed.values is None:
        return _show(request, case, form.typed, parsed.errors)
    said = dict(parsed.values)
    content: dict[str, Any] = {"follow": parsed.values.suite.value, "words": translate(parsed.values.suite.label)}
    for name, prefix in (("on", "decision_le"), ("told_on", "ordre_informe_le")):
        content[name] = day_of(said, prefix).isoformat() if said[f"{prefix}_jour"] else ""
    case.do(INACTION, content, also=lambda now: _is_past(case, now))
    return see(request, "conciliation.home", numero=case.number)


def _show(request: Request, case: Case, typed: Typed, mistakes: Mapping[str, Mistake] | None = None) -> Response:
    return case.show(
        request,
        "conciliation/inaction.html",
        status=422 if mistakes else 200,
        form=make_form(request, Director, typed, mistakes),
        last=date_text(case.due[case.now.road.chamber]),
    )
