"""What the director may decide, and within which bounds: values, and pure rules on them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.i18n import ntranslate, translate
from app.conciliation.director.ceilings import above
from app.filing.sealed.director import DirectorConcluded
from app.filing.status.director import ABANDONED, AGAINST, COMMISSION, HEARING, SANCTIONED, UNCAM
from app.procedure.law import Delay, Tag

NOT_YET = N_(
    "Une sanction demande l'avis de la commission, puis l'avis conforme du directeur général de l'UNCAM "
    "(CSS R. 147-2, R. 147-14)."
)
REPEAT_ONLY = N_("Le retrait et la suspension demandent une sanction antérieure définitive (CSS R. 147-15).")
NOT_ALONE = N_("L'affichage s'ajoute à une autre sanction (CSS R. 147-16) : choisissez-la aussi.")


@dataclass(frozen=True, kw_only=True)
class MonthLimit:
    """Bounds of a sanction, in months, both included, with their article and how sure we are of them."""

    least: int = 1
    most: int
    source: str
    tag: Tag


LONGEST = MonthLimit(most=72, source="CSS R. 147-15, II", tag=Tag.CONFIRMED)
"""Three years, six when there is a new repeat while they run."""
FIRST_REPEAT = MonthLimit(most=36, source="CSS R. 147-15, II", tag=Tag.CONFIRMED)
DISPLAY = MonthLimit(most=3, source="CSS R. 147-16", tag=Tag.CONFIRMED)


PAYMENT = Delay(months=2, source="CSS R. 147-2, III")
"""To pay a penalty, from the reception of its notification."""
REMEDY = Delay(months=2, source="CSS R. 142-1-A, III")
"""To contest a sanction, from its notification."""


class Proof(Choices):
    """How the facts are notified: in a way that proves the day of reception (CSS R. 147-2 I)."""

    RECOMMANDE = "courrier_recommande", N_("Courrier recommandé avec avis de réception")
    REMISE = "remise", N_("Remise en main propre contre signature")
    ELECTRONIQUE = "recommande_electronique", N_("Lettre recommandée électronique")


class Known(Choices):
    """Whether something happened yet, as far as the caisse knows."""

    OUI = "oui", N_("Oui")
    NON = "non", N_("Pas encore")


class Observation(Choices):
    """How the professional answers the facts (CSS R. 147-2 I)."""

    ECRITES = "ecrites", N_("Par des observations écrites")
    AUDITION = HEARING, N_("En étant entendu")


class OpinionBody(Choices):
    """Who gives an opinion, in the order of the law (CSS R. 147-2, R. 147-14)."""

    COMMISSION = COMMISSION, N_("Commission des pénalités")
    UNCAM = UNCAM, N_("Directeur général de l'UNCAM")


class Sense(Choices):
    """What an opinion says."""

    FAVORABLE = "favorable", N_("Favorable à une sanction")
    DEFAVORABLE = AGAINST, N_("Défavorable à une sanction")
    REPUTE = "repute_rendu", N_("Le délai est passé sans avis")


class Conclusion(Choices):
    """How the director ends the procedure (CSS R. 147-2)."""

    ABANDON = ABANDONED, N_("Abandonner la procédure")
    SANCTION = SANCTIONED, N_("Prononcer une sanction")


class Sanction(Choices):
    """What may be pronounced; a warning is not of this list (CSS R. 147-14 to R. 147-16)."""

    PENALITE = "penalite", N_("Pénalité financière")
    DEPASSEMENT = "retrait_depassement", N_("Retrait du droit à dépassement, en récidive")
    COTISATIONS = "suspension_cotisations", N_("Suspension de la participation aux cotisations, en récidive")
    AFFICHAGE = "affichage", N_("Affichage dans les locaux de la caisse, en plus d'une autre sanction")


IN_REPEAT = frozenset({Sanction.DEPASSEMENT, Sanction.COTISATIONS})


def mistakes(sanctions: Collection[Sanction], found: Mapping[str, Any]) -> Mapping[str, FieldError]:
    """Return what is wrong between the sanctions and what is said of them, by field.

    ``found``: ``en_recidive`` (``oui`` or ``non``), ``montant`` in euros and what its ceiling is worked out from (see
    :func:`~app.conciliation.director.ceilings.highest`), when they were asked.
    """
    wrong = {}
    if IN_REPEAT & set(sanctions) and found.get("en_recidive") == "non":
        wrong["sanctions"] = FieldError(REPEAT_ONLY)
    if set(sanctions) == {Sanction.AFFICHAGE}:
        wrong["sanctions"] = FieldError(NOT_ALONE)
    return {**wrong, **(above(found) if Sanction.PENALITE in sanctions else {})}


def measures(decided: DirectorConcluded) -> Iterator[str]:
    """Say each sanction with its measure, to clerks."""
    months = {
        Sanction.DEPASSEMENT: decided.fees_months,
        Sanction.COTISATIONS: decided.contributions_months,
        Sanction.AFFICHAGE: decided.display_months,
    }
    for one in Sanction:
        if one in decided.sanctions:
            n = months.get(one)
            measure = ntranslate("{n} mois", "{n} mois", n).format(n=n) if n else f"{decided.amount} €"
            yield translate(N_("{what} : {measure}")).format(what=translate(one.label), measure=measure)


PUBLICATION = "publication"
"""What a notification announces beside the sanctions: that the decision would be made public (CSS R. 147-16)."""
NO_DISPLAY = N_("La notification n'annonçait pas d'affichage : il ne peut pas être décidé (CSS R. 147-14).")
NO_PUBLICATION = N_("La notification n'annonçait pas de publication : elle ne peut pas être décidée (CSS R. 147-14).")


def unannounced(
    sanctions: Collection[Sanction], publication: str | None, announced: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    """Yield the field and the words of what is decided without having been announced with the facts.

    Nothing is known of a notification that was written elsewhere (``announced`` is ``None``).
    """
    if announced is None:
        return
    if Sanction.AFFICHAGE in sanctions and Sanction.AFFICHAGE not in announced:
        yield "sanctions", NO_DISPLAY
    if publication and PUBLICATION not in announced:
        yield PUBLICATION, NO_PUBLICATION
