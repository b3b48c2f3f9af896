"""H5, H6 « Avis motivé »: the president of the council passes a failure, or a second refusal, on to the chamber.

Within three months of the session (CSP R. 1110-13), or of the receipt after a first sanction (R. 1110-14), with the
complaint and every document of the conciliation; the director is told of it, then of the decision.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.dates import date_text
from app.base.errors import N_
from app.base.fields import Choices, Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import make_form, see
from app.base.web.reading import FormOf
from app.base.widgets import Files, LongText, Radios, Text
from app.conciliation import bundle, rules
from app.conciliation.door import Case, CouncilOf, PapersOf
from app.evidence.rules import ACCEPT
from app.filing.arriving import PAPERS, Papers
from app.filing.road import DECISION, OPINION
from app.intake.acting import order_checks, typed_day
from app.intake.acts import with_lateness
from app.routing import queries as routing
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
OPINION_NEEDED = N_("Ajoutez l'avis motivé.")


class Joins(Choices):
    """Whether the council joins the complaint."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Non")


class Opinion(Answers):
    """What leaves for the chamber, and when."""

    juridiction: Annotated[
        str,
        Text(
            label=N_("Juridiction"),
            hint=N_("Proposée d'après le lieu et la profession : vérifiez-la."),
            missing=N_("Écrivez la juridiction."),
            longest=200,
        ),
    ]
    s_associe: Annotated[
        Joins,
        Radios(
            label=N_("Le conseil s'associe-t-il à la plainte ?"),
            choices=Joins,
            missing=N_("Dites si le conseil s'associe à la plainte."),
        ),
    ]
    avis: Annotated[tuple[()], Files(label=N_("Avis motivé"), missing=OPINION_NEEDED, accept=ACCEPT)]
    transmis_le_jour: Annotated[str, Day(whole=N_("Transmis le"), missing=N_("Écrivez la date de transmission."))]
    transmis_le_mois: Annotated[str, Month()]
    transmis_le_annee: Annotated[str, Year()]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day, and that the opinion is there."""
        yield from order_checks(found, "transmis_le")
        if not found[PAPERS]:
            yield "avis", Mistake(OPINION_NEEDED)


class Decision(Answers):
    """What the chamber decided."""

    decision_le_jour: Annotated[str, Day(whole=N_("Décision rendue le"), missing=N_("Écrivez la date de la décision."))]
    decision_le_mois: Annotated[str, Month()]
    decision_le_annee: Annotated[str, Year()]
    decision_sens: Annotated[
        str,
        LongText(
            label=N_("Sens de la décision"),
            hint=N_("Par exemple : blâme, rejet de la plainte."),
            missing=N_("Écrivez le sens de la décision."),
            longest=1000,
            rows=3,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day: after the transmission, not to come."""
        yield from order_checks(found, "decision_le")


@router.get("/agent/plaintes/{numero}/conciliation/avis-motive", name="conciliation.chamber")
def ask(request: Request, case: CouncilOf) -> Response:
    """Propose the court, give the bundle, ask when all left."""
    case.expect(OPINION)
    typed = {"juridiction": [_proposed(case)], **typed_day("transmis_le", case.today)}
    return _show(request, case, typed)


@router.get("/agent/plaintes/{numero}/conciliation/avis-motive/pieces", name="conciliation.chamber.bundle")
def pieces(case: CouncilOf) -> Response:
    """Give the complaint and every document of the conciliation, numbered, with their list."""
    if not case.now.road.passed_on:
        case.expect(OPINION)
    return bundle.download_of(case)


@router.post("/agent/plaintes/{numero}/conciliation/avis-motive", name="conciliation.chamber.do")
def pass_on(request: Request, case: CouncilOf, papers: PapersOf) -> Response:
    """Note the transmission; late all the same, saying by how many days."""
    case.expect(OPINION)
    parsed = parse(Opinion, papers.form.typed, {**case.days(OPINION), **papers.known})
    errors = papers.told("avis", dict(parsed.errors))
    if parsed.values is None or errors:
        return _show(request, case, papers.form.typed, errors, papers)
    said = parsed.values
    on = day_of(dict(said), "transmis_le")
    words = translate(N_("{court}, le {day}")).format(court=said.juridiction, day=date_text(on, weekday=False))
    content = {
        "on": on.isoformat(),
        "court": said.juridiction,
        "joins": said.s_associe.value,
        "words": with_lateness(words, (on - case.due[case.now.road.chamber]).days),
    }
    case.do(OPINION, content, papers)
    return see(request, "conciliation.home", numero=case.number)


@router.get("/agent/plaintes/{numero}/conciliation/decision", name="conciliation.decision")
def ask_decision(request: Request, case: CouncilOf) -> Response:
    """Ask what the chamber decided."""
    case.expect(DECISION)
    return _show_decision(request, case, {})


@router.post("/agent/plaintes/{numero}/conciliation/decision", name="conciliation.decision.do")
def decided(request: Request, case: CouncilOf, form: FormOf) -> Response:
    """Note the decision; the director is told that there is one."""
    case.expect(DECISION)
    parsed = parse(Decision, form.typed, case.days(DECISION))
    if parsed.values is None:
        return _show_decision(request, case, form.typed, parsed.errors)
    on = day_of(dict(parsed.values), "decision_le")
    words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
    content = {"on": on.isoformat(), "decision": parsed.values.decision_sens, "words": words}
    case.do(DECISION, content)
    return see(request, "conciliation.home", numero=case.number)


def _proposed(case: Case) -> str:
    with case.portal.database.read() as session:
        council = routing.authority(session, case.now.ordre)
        places = {row.code: row for row in routing.departements(session)}
    place = places.get(council.departements.split(";")[0]) if council else None
    words, ordre, region = rules.chamber_of(
        council.ordre if council else "", place.region if place else "", place.region_name if place else ""
    )
    return translate(words).format(ordre=ordre, region=translate(region) if region else "")


def _show(
    request: Request,
    case: Case,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    papers: Papers | None = None,
) -> Response:
    return case.show(
        request,
        "conciliation/chamber.html",
        status=422 if mistakes else 200,
        form=make_form(request, Opinion, typed, mistakes),
        last=date_text(case.due[case.now.road.chamber]),
        is_recidive=case.now.road.is_recidive,
        pieces=bundle.names_of(case),
        papers=papers,
    )


def _show_decision(
    request: Request, case: Case, typed: Typed, mistakes: Mapping[str, Mistake] | None = None
) -> Response:
    form = make_form(request, Decision, typed, mistakes)
    return case.show(request, "conciliation/decision.html", status=422 if mistakes else 200, form=form)
