"""What the president of the council is asked of a transmission to the chamber, then of what the chamber decided."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from app.base.errors import N_
from app.base.forms.dates import Date, Day, to_come
from app.base.forms.fields import Choices, FieldError
from app.base.forms.files import Files
from app.base.forms.form import Answers
from app.base.forms.widgets import LongText, Radios, Text
from app.conciliation.chamber import director_told
from app.conciliation.chamber.director_told import LetterToDirector
from app.evidence.rules import ACCEPT
from app.filing.web.uploads import PAPERS
from app.intake.desk.act_dates import TODAY, order_checks

BEFORE_DECISION = N_("Cette date est avant la décision.")
BEFORE_TRANSMISSION = N_("Cette date est avant la transmission.")
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
    transmis_le: Annotated[date, Date(label=N_("Transmis le"), missing=N_("Écrivez la date de transmission."))]
    directeur_informe_le: LetterToDirector

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days, and that the opinion is there."""
        yield from order_checks(found, "transmis_le")
        yield from director_told.checks(found, "transmis_le", BEFORE_TRANSMISSION)
        if not found[PAPERS]:
            yield "avis", FieldError(OPINION_NEEDED)


class IsSanction(Choices):
    """Whether a decision punishes."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Non")


class ChamberDecision(Answers):
    """What the chamber decided."""

    decision_le: Annotated[date, Date(label=N_("Décision rendue le"), missing=N_("Écrivez la date de la décision."))]
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

    sanction: Annotated[
        IsSanction,
        Radios(
            label=N_("La chambre a-t-elle prononcé une sanction ?"),
            choices=IsSanction,
            missing=N_("Dites si la chambre a prononcé une sanction."),
        ),
    ]
    definitive_le: Annotated[
        Day,
        Date(
            label=N_("Sanction définitive depuis le"),
            hint=N_("Si vous le savez : elle compte six ans pour une récidive (CSP R. 1110-14)."),
            only_if=("sanction", IsSanction.OUI.value),
            optional=True,
        ),
    ]
    directeur_informe_le: LetterToDirector

    @classmethod
    def checks(cls, found: Mapping[str, Any]) -> Iterator[tuple[str, FieldError]]:
        """Check the days: the decision after the transmission, final after it, neither to come."""
        yield from order_checks(found, "decision_le")
        yield from director_told.checks(found, "decision_le", BEFORE_DECISION)
        final, decided = found.get("definitive_le"), found.get("decision_le")
        if mistake := to_come(final, found[TODAY]):
            yield "definitive_le", mistake
        elif final and decided and final < decided:
            yield "definitive_le", FieldError(BEFORE_DECISION)
