"""The highest penalty that the text allows, as data with article and date (CSS L. 162-1-14-1, R. 147-15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.procedure.law import Tag

UNKNOWN_YEAR = N_(
    "Le service ne connaît pas le plafond mensuel de la sécurité sociale de {year} : écrivez deux fois ce plafond."
)
KNOWN_YEAR = N_("Pour {year}, le plafond de cette pénalité est de {ceiling} € : laissez ce champ vide.")
ABOVE = N_("Ce montant dépasse le plafond de cette pénalité, {ceiling} € (CSS R. 147-15).")


class PenaltyFor(Choices):
    """The facts that a penalty is for; each has its own ceiling."""

    DISCRIMINATION = (
        "discrimination",
        N_("Un refus discriminatoire"),
        N_("Au plus deux fois le plafond mensuel de la sécurité sociale (CSS R. 147-15, I, 1°)."),
    )
    HONORAIRES = (
        "honoraires",
        N_("Des dépassements d'honoraires"),
        N_("Au plus deux fois les dépassements facturés (CSS R. 147-15, I, 2°)."),
    )


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """How many times a base a penalty may reach, since a day, under which article."""

    times: int
    source: str
    in_force: date = date(2020, 10, 5)
    tag: Tag = Tag.CONFIRMED


CEILINGS = {
    PenaltyFor.DISCRIMINATION: Ceiling(times=2, source="CSS R. 147-15, I, 1°"),
    PenaltyFor.HONORAIRES: Ceiling(times=2, source="CSS R. 147-15, I, 2°"),
}
"""The base is the monthly ceiling of the sécurité sociale, or the excess that was charged."""


@dataclass(frozen=True, kw_only=True)
class MonthlyCeiling:
    """The plafond mensuel de la sécurité sociale of a year, in euros (CSS D. 242-17), with the order that sets it."""

    year: int
    euros: int
    source: str
    tag: Tag


MONTHLY = (
    MonthlyCeiling(year=2025, euros=3925, source="CSS D. 242-17", tag=Tag.TO_VERIFY),
    MonthlyCeiling(year=2026, euros=4005, source="CSS D. 242-17 (JORF 2025-12-23)", tag=Tag.CONFIRMED),
)
"""One more row each year; that of the decision is taken (the text does not say which, to be verified)."""


def highest_for_refusal(on: date) -> str:
    """Return the ceiling in euros for a decision of this day; empty when the year is not in the table."""
    times = CEILINGS[PenaltyFor.DISCRIMINATION].times
    return next((str(times * one.euros) for one in MONTHLY if one.year == on.year), "")


def highest(found: Mapping[str, Any]) -> str:
    """Return the ceiling of a penalty in euros, from what is known of it; empty when it cannot be worked out.

    ``found``: ``penalite_pour``, ``depassements`` in euros, ``plafond`` as a clerk wrote it and
    ``decision_directeur_le``, the day of the decision, as far as they were given.
    """
    match found.get("penalite_pour"):
        case PenaltyFor.DISCRIMINATION:
            on = found.get("decision_directeur_le")
            return (highest_for_refusal(on) if on else "") or found.get("plafond") or ""
        case PenaltyFor.HONORAIRES if charged := found.get("depassements"):
            return euros(CEILINGS[PenaltyFor.HONORAIRES].times * cents(charged))
    return ""


def above(found: Mapping[str, Any]) -> Mapping[str, FieldError]:
    """Return what is wrong with the amount of a penalty (``montant``) or with a ceiling that a clerk wrote, by field.

    ``found``: as for :func:`highest`.
    """
    wrong, ceiling, written = {}, highest(found), found.get("plafond")
    on = found.get("decision_directeur_le")
    if found.get("penalite_pour") == PenaltyFor.DISCRIMINATION and on:
        if not ceiling:
            wrong["plafond"] = FieldError(UNKNOWN_YEAR, year=on.year)
        elif written and cents(written) != cents(ceiling):
            wrong["plafond"] = FieldError(KNOWN_YEAR, year=on.year, ceiling=ceiling)
    if ceiling and (amount := found.get("montant")) and cents(amount) > cents(ceiling):
        wrong["montant"] = FieldError(ABOVE, ceiling=ceiling)
    return wrong


def cents(amount: str) -> int:
    """Return a sum in cents, from euros as :class:`~app.base.forms.widgets.Amount` writes them."""
    whole, _comma, rest = amount.partition(",")
    return int(whole) * 100 + int(rest or 0)


def euros(amount: int) -> str:
    """Return a sum in euros, from cents: ``45`` or ``45,50``."""
    whole, rest = divmod(amount, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def in_euros(amount: str) -> str:
    """Write a sum as a letter does, ``8 010,50 €`` with spaces that do not break; empty when there is none."""
    whole, comma, rest = amount.partition(",")
    return f"{int(whole):,}".replace(",", "\u202f") + f"{comma}{rest}\u00a0€" if whole else ""
