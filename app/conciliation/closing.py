"""« Clore le dossier »: from an end of the procedure, a withdrawal, or out of scope, which the person is told."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from app.acts.guards import reason_of
from app.base.errors import N_
from app.base.forms.fields import FieldError, Typed
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText
from app.base.i18n import translate
from app.conciliation.page import ConciliationPage
from app.filing.sealed.conciliation import Closed
from app.filing.status.conciliation import CLOSED, OUT_OF_SCOPE
from app.filing.status.director import ABANDONED, NO_ACTION, SANCTIONED
from app.intake.desk.case import DeskCase
from app.intake.desk.courtesy import Courtesy, courtesy, french_too

SHORTEST = 20
EXPLAIN = N_("Expliquez à la personne pourquoi, en 20 caractères au moins.")
REASONS = {
    "retrait": N_("La plainte est retirée."),
    "accord": N_("La conciliation a abouti."),
    "chambre": N_("La plainte est transmise à la chambre disciplinaire."),
    NO_ACTION: N_("Le directeur n'engage pas de procédure."),
    ABANDONED: N_("Le directeur a pris une décision."),
    SANCTIONED: N_("Le directeur a pris une décision."),
    "carence": N_("Le directeur a décidé des suites."),
    OUT_OF_SCOPE: N_("Le dossier n'entre pas dans cette procédure."),
}
UNENDED = N_(
    "La conciliation est en cours, et la plainte est maintenue. Vous pouvez clore ce dossier s'il est hors champ. Si "
    "une autre autorité est compétente, envoyez-lui plutôt le dossier."
)
UNDECIDED = N_(
    "Le directeur n'a rien décidé. S'il n'engage pas de procédure, notez-le d'abord : la plainte n'est pas hors champ "
    "pour autant. Si une autre autorité est compétente, envoyez-lui plutôt le dossier."
)


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
    traduction: Courtesy

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse a translation of nothing."""
        yield from french_too(found, "explication")


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
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Refuse a word or two."""
        if 0 < len(found.get("explication", "")) < SHORTEST:
            yield "explication", FieldError(EXPLAIN)


class ClosePage(ConciliationPage):
    """From which end it is closed, or why it is out of scope; once, and the person reads why."""

    kind, path, template, model, then = CLOSED, "cloturer", "conciliation/close.html", Close, "intake.filing"

    def form(self, case: DeskCase) -> type[Answers]:
        """Ask why, where no end of the procedure says it."""
        return CloseOutOfScope if reason_of(case.now) == OUT_OF_SCOPE else Close

    def beside(self, case: DeskCase, typed: Typed) -> dict[str, Any]:  # noqa: ARG002
        """Return from which end."""
        reason = reason_of(case.now)
        is_out, is_alone = reason == OUT_OF_SCOPE, bool(case.now.caisse) and case.now.is_without_meeting
        warning = translate(UNDECIDED if is_alone else UNENDED) if is_out else ""
        return {"reason": translate(REASONS[reason]), "is_out_of_scope": is_out, "warning": warning}

    def content(self, case: DeskCase, said: Close) -> Closed:
        """Keep the end from which it is closed, and the words."""
        reason = reason_of(case.now)
        own = courtesy(case, said.traduction)
        return Closed(reason=reason, explanation=said.explication, translation=own, words=translate(REASONS[reason]))
