"""« Vérifier la récidive »: a final sanction within six years before the receipt excludes the meeting (R. 1110-14)."""

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
from app.base.widgets import LongText, Radios, Text
from app.conciliation.door import Case, SecretariatOf
from app.conciliation.rules import Recidive
from app.filing.road import AGAIN
from app.intake.acting import RECEIVED, TODAY
from app.procedure.rules import is_recidive, recidive_since
from app.saisine.steps.days import Day, Month, Year, day_checks, day_of

router = APIRouter()
TOO_OLD = N_("Cette sanction a plus de six ans : la procédure normale s'applique.")
AFTER = N_("Cette sanction est devenue définitive après la réception : la procédure normale s'applique.")
YES = ("recidive", "oui")


class Answer(Answers):
    """Whether a sanction exists, and where that is known from."""

    recidive: Annotated[
        Recidive,
        Radios(
            label=N_("Une sanction définitive existe-t-elle pour un refus de soins discriminatoire ?"),
            choices=Recidive,
            missing=N_("Choisissez une réponse."),
        ),
    ]
    sanction_date_jour: Annotated[
        str,
        Day(whole=N_("Sanction définitive depuis le"), missing=N_("Écrivez la date de la sanction."), only_if=YES),
    ]
    sanction_date_mois: Annotated[str, Month(only_if=YES)]
    sanction_date_annee: Annotated[str, Year(only_if=YES)]
    sanction_autorite: Annotated[
        str,
        Text(
            label=N_("Qui l'a prononcée ?"),
            missing=N_("Écrivez qui a prononcé la sanction."),
            longest=200,
            only_if=YES,
        ),
    ]
    source: Annotated[
        str,
        LongText(
            label=N_("D'où le savez-vous ?"),
            missing=N_("Écrivez d'où vous le savez."),
            longest=500,
            rows=2,
            only_if=YES,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Check that the sanction is of the six years before the receipt."""
        if found.get("recidive") != Recidive.OUI:
            return
        wrong = list(day_checks(found, "sanction_date", found[TODAY]))
        yield from wrong
        if wrong or not all(found.get(f"sanction_date_{part}") for part in ("jour", "mois", "annee")):
            return
        day = day_of(found, "sanction_date")
        if not is_recidive(day, found[RECEIVED]):
            yield "sanction_date_jour", Mistake(TOO_OLD if day < found[RECEIVED] else AFTER)


@router.get("/agent/plaintes/{numero}/recidive", name="conciliation.recidive")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Ask what is known; the person is never told."""
    case.expect(AGAIN)
    return _show(request, case, {})


@router.post("/agent/plaintes/{numero}/recidive", name="conciliation.recidive.do")
def say(request: Request, case: SecretariatOf, form: FormOf) -> Response:
    """Keep the answer; « oui » takes the meeting away, once it is confirmed."""
    case.expect(AGAIN)
    parsed = parse(Answer, form.typed, case.days(AGAIN))
    if parsed.values is None:
        return _show(request, case, form.typed, parsed.errors, 422)
    said = parsed.values
    if said.recidive is Recidive.OUI and form.get("geste") != "confirmer":
        return _show(request, case, form.typed, is_asked_again=True)
    words, content = translate(said.recidive.label), {"answer": said.recidive.value}
    if said.recidive is Recidive.OUI:
        day = day_of(dict(said), "sanction_date")
        told = {"day": date_text(day, weekday=False), "by": said.sanction_autorite}
        words = translate(N_("Oui : sanction définitive depuis le {day}, {by}")).format(**told)
        content |= {"sanction_on": day.isoformat(), "sanction_by": said.sanction_autorite, "source": said.source}
    case.do(AGAIN, {**content, "words": words})
    return see(request, "conciliation.home", numero=case.number)


def _show(
    request: Request,
    case: Case,
    typed: Typed,
    mistakes: Mapping[str, Mistake] | None = None,
    status: int = 200,
    *,
    is_asked_again: bool = False,
) -> Response:
    return case.show(
        request,
        "conciliation/recidive.html",
        status=status,
        form=make_form(request, Answer, typed, mistakes),
        since=date_text(recidive_since(case.received_on)),
        received=date_text(case.received_on),
        is_asked_again=is_asked_again,
        is_fixed=bool(case.now.road.session_on),
        typed=typed,
    )
