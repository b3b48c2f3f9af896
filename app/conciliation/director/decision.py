"""What the director decides: no procedure, the procedure abandoned, or a sanction (CSS L. 162-1-14-1, R. 147-2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.dates import Date, typed_day
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers, widgets
from app.base.forms.widgets import Amount, Checkboxes, LongText, Radios
from app.base.i18n import translate
from app.conciliation.director.ceilings import PenaltyFor, highest, highest_for_refusal
from app.conciliation.director.rules import DISPLAY, LONGEST, NOT_YET, Conclusion, Known, Sanction, mistakes
from app.conciliation.fields import Months
from app.conciliation.page import ConciliationPage
from app.filing.sealed.director import DirectorConcluded, NoActionDecided
from app.filing.status.director import CONCLUDED, NO_ACTION
from app.intake.desk.act_dates import order_checks
from app.intake.desk.case import DeskCase

MAY = "avis_favorables"
"""Whether the opinions that a sanction needs are there, as the check of the form knows it."""
EXPLAIN = N_("Expliquez à la personne pourquoi, en 20 caractères au moins.")
DONE = {
    Conclusion.ABANDON: N_("Procédure abandonnée, le {day}"),
    Conclusion.SANCTION: N_("Sanction prononcée, le {day}"),
}
SANCTION = ("decision_directeur", "sanction")
PROPOSED = N_(
    "Au plus {ceiling} € en {year} : deux fois le plafond mensuel de la sécurité sociale (CSS R. 147-15, I, 1°)."
)
MONTHS = N_("36 mois au plus, 72 en cas de nouvelle récidive pendant une telle sanction (CSS R. 147-15, II).")


class NoAction(Answers):
    """When it was decided, and what the person is told."""

    sans_suite_le: Annotated[date, Date(label=N_("Décidé le"), missing=N_("Écrivez la date de la décision."))]
    explication: Annotated[
        str,
        LongText(
            label=N_("Explication pour la personne"),
            hint=N_("Elle la lit dans son suivi, avec les autres recours."),
            missing=EXPLAIN,
            shortest=20,
            too_short=EXPLAIN,
            longest=2000,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day: since the receipt, not to come."""
        yield from order_checks(found, "sans_suite_le")


class Conclude(Answers):
    """How the procedure ends, with each sanction and its measure."""

    decision_directeur: Annotated[
        Conclusion,
        Radios(
            label=N_("Que décide le directeur ?"),
            choices=Conclusion,
            missing=N_("Choisissez ce que décide le directeur."),
        ),
    ]
    decision_directeur_le: Annotated[
        date, Date(label=N_("Décision notifiée au professionnel le"), missing=N_("Écrivez la date de la décision."))
    ]
    sanctions: Annotated[
        tuple[Sanction, ...],
        Checkboxes(
            label=N_("Sanctions prononcées"),
            hint=N_("Avec les voies et délais de recours."),
            choices=Sanction,
            missing=N_("Choisissez au moins une sanction."),
            only_if=SANCTION,
        ),
    ]
    en_recidive: Annotated[
        Known | str,
        Radios(
            label=N_("Le professionnel a-t-il déjà une sanction définitive ?"),
            hint=N_(
                "Dans les six ans pour une discrimination, dans les trois ans pour les honoraires (CSS R. 147-15)."
            ),
            choices=Known,
            missing=N_("Dites s'il y a une sanction antérieure."),
            only_if=SANCTION,
        ),
    ]
    montant: Annotated[
        str,
        Amount(
            label=N_("Montant de la pénalité, en euros"),
            missing=N_("Écrivez le montant de la pénalité."),
            only_if=("sanctions", "penalite"),
        ),
    ]
    penalite_pour: Annotated[
        PenaltyFor | str,
        Radios(
            label=N_("Pour quels faits ?"),
            choices=PenaltyFor,
            missing=N_("Dites pour quels faits est la pénalité."),
            only_if=("sanctions", "penalite"),
        ),
    ]
    depassements: Annotated[
        str,
        Amount(
            label=N_("Montant des dépassements facturés, en euros"),
            missing=N_("Écrivez le montant des dépassements facturés."),
            only_if=("penalite_pour", "honoraires"),
        ),
    ]
    plafond: Annotated[
        str,
        Amount(
            label=N_("Plafond de cette pénalité, en euros"),
            hint=N_(
                "Le service le connaît en général : laissez vide. Sinon, écrivez deux fois le plafond mensuel de "
                "la sécurité sociale de l'année de la décision."
            ),
            optional=True,
            only_if=("penalite_pour", "discrimination"),
        ),
    ]
    mois_depassement: Annotated[
        int | None,
        Months(
            label=N_("Retrait du droit à dépassement, en mois"),
            hint=MONTHS,
            least=LONGEST.least,
            most=LONGEST.most,
            only_if=("sanctions", "retrait_depassement"),
        ),
    ]
    mois_cotisations: Annotated[
        int | None,
        Months(
            label=N_("Suspension de la participation aux cotisations, en mois"),
            hint=MONTHS,
            least=LONGEST.least,
            most=LONGEST.most,
            only_if=("sanctions", "suspension_cotisations"),
        ),
    ]
    mois_affichage: Annotated[
        int | None,
        Months(
            label=N_("Affichage, en mois"),
            hint=N_("De un à trois mois (CSS R. 147-16)."),
            least=DISPLAY.least,
            most=DISPLAY.most,
            only_if=("sanctions", "affichage"),
        ),
    ]
    explication: Annotated[
        str,
        LongText(
            label=N_("Ce que la personne lit de cette décision"),
            hint=N_(
                "Sans ces mots, elle lit seulement que le directeur a pris une décision. Ce qu'elle peut savoir d'une "
                "sanction n'est pas tranché."
            ),
            longest=2000,
        ),
    ]

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the day, that a sanction has its opinions, and the measure of each one."""
        yield from order_checks(found, "decision_directeur_le")
        if found.get("decision_directeur") is Conclusion.SANCTION and not found[MAY]:
            yield "decision_directeur", FieldError(NOT_YET)
        yield from mistakes(found.get("sanctions", ()), found).items()


class NoActionPage(ConciliationPage):
    """The director begins nothing, and the person reads why; the complaint is not out of scope for that."""

    kind, path, template, model = NO_ACTION, "directeur/sans-suite", "intake/act.html", NoAction
    button = N_("Enregistrer la décision")
    lede = N_(
        "Le directeur peut ne pas engager de procédure (CSS L. 162-1-14-1). La plainte n'est pas « hors champ » pour "
        "autant : la personne lit votre explication."
    )

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("sans_suite_le", case.today)

    def content(self, case: DeskCase, said: NoAction) -> NoActionDecided:  # noqa: ARG002
        """Keep the day and the explanation."""
        on = said.sans_suite_le
        words = translate(N_("Le {day}")).format(day=date_text(on, weekday=False))
        return NoActionDecided(on=on, explanation=said.explication, words=words)


class ConclusionPage(ConciliationPage):
    """The procedure is abandoned or a sanction notified; the person reads that there is a decision, and not which."""

    kind, path, template, model = CONCLUDED, "directeur/decision", "intake/act.html", Conclude
    button = N_("Enregistrer la décision")
    lede = NOT_YET

    def first(self, case: DeskCase) -> Typed:
        """Propose today."""
        return typed_day("decision_directeur_le", case.today)

    def offered(self, case: DeskCase) -> Mapping[str, Sequence[Option]]:
        """Propose the ceiling of a penalty decided today, where it is known before anything is written."""
        ceiling = highest_for_refusal(case.today)
        hint = translate(PROPOSED).format(ceiling=ceiling, year=case.today.year)
        options = widgets(Conclude)["penalite_pour"].options()
        told = [replace(one, hint=hint) if one.value == PenaltyFor.DISCRIMINATION else one for one in options]
        return {"penalite_pour": told} if ceiling else {}

    def known(self, case: DeskCase) -> Mapping[str, Any]:
        """Know whether the opinions allow a sanction."""
        return {**super().known(case), MAY: case.now.director.may_sanction}

    def content(self, case: DeskCase, said: Conclude) -> DirectorConcluded:  # noqa: ARG002
        """Keep the decision, each sanction with its measure, and what the person is told."""
        on, is_sanction = said.decision_directeur_le, said.decision_directeur is Conclusion.SANCTION
        return DirectorConcluded(
            on=on,
            decision=said.decision_directeur.value,
            explanation=said.explication,
            sanctions=tuple(one.value for one in said.sanctions),
            is_repeat=said.en_recidive is Known.OUI if is_sanction else None,
            amount=said.montant or None,
            ceiling=highest(dict(said)) or None,
            fees_months=said.mois_depassement,
            contributions_months=said.mois_cotisations,
            display_months=said.mois_affichage,
            words=translate(DONE[said.decision_directeur]).format(day=date_text(on, weekday=False)),
        )
