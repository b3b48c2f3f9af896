"""H3, what comes back: the proof that a summons was received, and what a party answers."""

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
from app.conciliation.door import PapersOf
from app.conciliation.summons import Summoned, SummonedOf
from app.evidence.rules import ACCEPT
from app.filing.arriving import PAPERS, Papers
from app.filing.attendance import Attendance, content_of
from app.filing.road import ANSWERED, SUMMONS_CAME
from app.intake.acting import order_checks
from app.saisine.steps.days import Day, Month, Year, day_of

router = APIRouter()
PROOF = N_("Ajoutez la preuve de réception.")


class Came(Answers):
    """A summons that its party has in hand."""

    recue_le_jour: Annotated[str, Day(whole=N_("Reçue le"), missing=N_("Écrivez la date de réception."))]
    recue_le_mois: Annotated[str, Month()]
    recue_le_annee: Annotated[str, Year()]
    preuve: Annotated[
        tuple[()],
        Files(
            label=N_("Preuve de réception"),
            hint=N_("L'avis signé, en photo ou en PDF."),
            missing=PROOF,
            accept=ACCEPT,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check the day against that of the sending, and that the proof is there."""
        yield from order_checks(found, "recue_le")
        if not found[PAPERS]:
            yield "preuve", Mistake(PROOF)


def _expect_sent(one: Summoned) -> None:
    """Refuse a proof of reception for a party that was sent nothing. Raises ``AlreadyDone``."""
    one.case.expect(SUMMONS_CAME, lambda now: one.party.value in now.road.summons)


@router.get("/agent/plaintes/{numero}/conciliation/convocations/{partie}/reception", name="conciliation.summons.came")
def ask_reception(request: Request, one: SummonedOf) -> Response:
    """Ask when a party had its summons."""
    _expect_sent(one)
    return _show_came(request, one, {})


@router.post(
    "/agent/plaintes/{numero}/conciliation/convocations/{partie}/reception", name="conciliation.summons.came.do"
)
def came(request: Request, one: SummonedOf, papers: PapersOf) -> Response:
    """Note that a party has its summons, with the proof."""
    case, party = one.case, one.party.value
    _expect_sent(one)
    parsed = parse(Came, papers.form.typed, {**case.days(SUMMONS_CAME, party), **papers.known})
    errors = papers.told("preuve", dict(parsed.errors))
    if parsed.values is None or errors:
        return _show_came(request, one, papers.form.typed, errors, papers)
    on = day_of(dict(parsed.values), "recue_le")
    words = translate(N_("{party} : reçue le {day}")).format(party=one.label, day=date_text(on, weekday=False))
    content = {"party": party, "on": on.isoformat(), "words": words}
    case.do(SUMMONS_CAME, content, papers, lambda now: party in now.road.summons)
    return see(request, "conciliation.summons", numero=case.number)


@router.get("/agent/plaintes/{numero}/conciliation/convocations/{partie}/reponse", name="conciliation.summons.answer")
def ask_answer(request: Request, one: SummonedOf) -> Response:
    """Ask what a party answered by letter or by telephone."""
    one.case.expect(ANSWERED)
    return _show_answer(request, one, {})


@router.post(
    "/agent/plaintes/{numero}/conciliation/convocations/{partie}/reponse", name="conciliation.summons.answer.do"
)
def answered(request: Request, one: SummonedOf, papers: PapersOf) -> Response:
    """Note what a party answered; the last answer counts."""
    one.case.expect(ANSWERED)
    parsed = parse(Attendance, papers.form.typed)
    errors = papers.told("mandat", dict(parsed.errors))
    if parsed.values is None or errors:
        return _show_answer(request, one, papers.form.typed, errors, papers)
    content = content_of(parsed.values, one.party.value)
    one.case.do(ANSWERED, content | {"words": f"{one.label} : {content['words']}"}, papers)
    return see(request, "conciliation.summons", numero=one.case.number)


def _show_came(
    request: Request,
    one: Summoned,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    papers: Papers | None = None,
) -> Response:
    return one.case.show(
        request,
        "conciliation/summons_came.html",
        status=422 if mistakes else 200,
        form=make_form(request, Came, typed, mistakes),
        party=one.party.value,
        label=one.label,
        papers=papers,
    )


def _show_answer(
    request: Request,
    one: Summoned,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    papers: Papers | None = None,
) -> Response:
    return one.case.show(
        request,
        "conciliation/summons_answer.html",
        status=422 if mistakes else 200,
        form=make_form(request, Attendance, typed, mistakes),
        party=one.party.value,
        label=one.label,
        papers=papers,
    )
