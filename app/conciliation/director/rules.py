"""What the director may decide, and within which bounds: values, and pure rules on them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.base.i18n import ntranslate, translate
from app.filing.sealed.director import DirectorConcluded
from app.filing.status.director import ABANDONED, AGAINST, COMMISSION, HEARING, SANCTIONED, UNCAM
from app.procedure.law import Tag

NOT_YET = N_(
    "Une sanction demande l'avis de la commission, puis l'avis conforme du directeur général de l'UNCAM "
    "(CSS R. 147-2, R. 147-14)."
)
REPEAT_ONLY = N_("Le retrait et la suspension demandent une sanction antérieure définitive (CSS R. 147-15).")
NOT_ALONE = N_("L'affichage s'ajoute à une autre sanction (CSS R. 147-16) : choisissez-la aussi.")
ABOVE = N_("Ce montant dépasse le plafond que vous avez écrit.")


@dataclass(frozen=True, kw_only=True)
class MonthLimit:
    """Bounds of a sanction, in months, both included, with their article and how sure we are of them."""

    least: int = 1
    most: int
    source: str
    tag: Tag


LONGEST = MonthLimit(most=72, source="CSS R. 147-15", tag=Tag.TO_VERIFY)
"""Three years, six when it is not the first repeat: known from a summary, the text is still to be read."""
DISPLAY = MonthLimit(most=3, source="CSS R. 147-16", tag=Tag.CONFIRMED)


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


def mistakes(sanctions: Collection[Sanction], found: Mapping[str, str]) -> Mapping[str, FieldError]:
    """Return what is wrong between the sanctions and what is said of them, by field.

    ``found``: ``en_recidive`` (``oui`` or ``non``), ``montant`` and ``plafond`` in euros, when they were asked.
    """
    wrong = {}
    if IN_REPEAT & set(sanctions) and found.get("en_recidive") == "non":
        wrong["sanctions"] = FieldError(REPEAT_ONLY)
    if set(sanctions) == {Sanction.AFFICHAGE}:
        wrong["sanctions"] = FieldError(NOT_ALONE)
    if found.get("montant") and found.get("plafond") and cents(found["montant"]) > cents(found["plafond"]):
        wrong["montant"] = FieldError(ABOVE)
    return wrong


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


def cents(amount: str) -> int:
    """Return a sum in cents, from euros as :class:`~app.base.forms.widgets.Amount` writes them."""
    euros, _comma, rest = amount.partition(",")
    return int(euros) * 100 + int(rest or 0)
