"""« Clore le dossier »: from an end of the procedure, a withdrawal, or out of scope, which the person is told."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.base.errors import N_
from app.base.fields import Mistake, Typed
from app.base.forms import Answers, parse
from app.base.i18n import translate
from app.base.web.pages import make_form, see
from app.base.web.reading import FormOf
from app.base.widgets import LongText
from app.conciliation.door import Case, SecretariatOf
from app.filing.road import CLOSED, OUT_OF_SCOPE
from app.intake.guards import reason_of

router = APIRouter()
SHORTEST = 20
EXPLAIN = N_("Expliquez à la personne pourquoi, en 20 caractères au moins.")
REASONS = {
    "retrait": N_("La plainte est retirée."),
    "accord": N_("La conciliation a abouti."),
    "chambre": N_("La plainte est transmise à la chambre disciplinaire."),
    "carence": N_("Le directeur a décidé des suites."),
    OUT_OF_SCOPE: N_("Le dossier n'entre pas dans cette procédure."),
}


class Close(Answers):
    """Why it ends here, in words for the person."""

    explication: Annotated[
        str,
        LongText(
            label=N_("Explication pour la personne"),
            hint=N_("Elle la lit dans son suivi, avec les autres recours."),
            longest=2000,
            rows=5,
        ),
    ]


class CloseOutOfScope(Close):
    """The same, where the person must be told why."""

    explication: Annotated[
        str,
        LongText(
            label=N_("Explication pour la personne"),
            hint=N_("Elle la lit dans son suivi, avec les autres recours."),
            missing=EXPLAIN,
            longest=2000,
            rows=5,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, Mistake]]:
        """Refuse a word or two."""
        if 0 < len(found.get("explication", "")) < SHORTEST:
            yield "explication", Mistake(EXPLAIN)


def _model(reason: str) -> type[Close]:
    return CloseOutOfScope if reason == OUT_OF_SCOPE else Close


@router.get("/agent/plaintes/{numero}/cloturer", name="conciliation.close")
def ask(request: Request, case: SecretariatOf) -> Response:
    """Say from which end it is closed, or ask why it is out of scope."""
    case.expect(CLOSED)
    return _show(request, case, {})


@router.post("/agent/plaintes/{numero}/cloturer", name="conciliation.close.do")
def close(request: Request, case: SecretariatOf, form: FormOf) -> Response:
    """Close it, once; the person reads why."""
    case.expect(CLOSED)
    reason = reason_of(case.now)
    parsed = parse(_model(reason), form.typed)
    if parsed.values is None:
        return _show(request, case, form.typed, parsed.errors)
    content = {"reason": reason, "explanation": parsed.values.explication, "words": translate(REASONS[reason])}
    case.do(CLOSED, content, also=lambda now: reason_of(now) == reason)
    return see(request, "intake.filing", numero=case.number)


def _show(request: Request, case: Case, typed: Typed, mistakes: Mapping[str, Mistake] | None = None) -> Response:
    reason = reason_of(case.now)
    return case.show(
        request,
        "conciliation/close.html",
        status=422 if mistakes else 200,
        form=make_form(request, _model(reason), typed, mistakes),
        reason=translate(REASONS[reason]),
        is_out_of_scope=reason == OUT_OF_SCOPE,
    )
