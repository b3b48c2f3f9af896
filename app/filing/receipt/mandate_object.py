"""What the mandate of a draft bears on, as far as its valid answers say it (CSP R. 1110-11)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.associations.mandate_text import BLANK, ExpressMandate
from app.associations.registry import KnownAssociation
from app.associations.rules import agreed_on
from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.filing.rules import professional_name
from app.saisine.competence import town_of
from app.saisine.steps.mandate import MandateScope
from app.saisine.steps.professions import OtherProfession, ProfessionChoice
from app.saisine.steps.situation import QUALITIES, represents
from app.saisine.steps.when import DatePrecision

NOT_NAMED = {"", ProfessionChoice.AUTRE, ProfessionChoice.NE_SAIT_PAS, OtherProfession.INCONNUE}
"""Answers that name no profession."""


def mandate_of(
    session: Session,
    known: KnownAssociation | None,
    answers: Mapping[str, Any],
    powers: Collection[str],
    today: date,
    t: Translate,
) -> ExpressMandate:
    """Gather what a mandate to this association says; ``answers``: valid ones, some or all; ``powers``: those given.

    Whoever acts in the person's place gives it in the quality that the form asks (Code civil, art. 372-2 and 440).
    """
    acts_for_another = represents(answers)
    return ExpressMandate(
        person=_named(answers, "pers_prenom", "pers_nom") if acts_for_another else _named(answers, "prenom", "nom"),
        giver=(_named(answers, "prenom", "nom") or BLANK) if acts_for_another else "",
        quality=t(QUALITIES[answers["mandant"]]) if acts_for_another else "",
        association=known.row.name if known else "",
        rna=(known.row.rna or "") if known else "",
        siren=known.row.siren if known else "",
        agreement=agreed_on(known.agreements, today) if known else None,
        professional=_professional(session, answers, t),
        facts=tuple(t(one.label) for one in answers.get("formes", ())),
        when=_when(answers, t),
        powers=tuple((t(one.label), one in powers) for one in MandateScope),
    )


def _named(answers: Mapping[str, Any], first: str, last: str) -> str:
    return f"{answers.get(first) or ''} {answers.get(last) or ''}".strip()


def _professional(session: Session, answers: Mapping[str, Any], t: Translate) -> str:
    chosen = answers.get("profession_autre") or answers.get("profession", "")
    profession = "" if chosen in NOT_NAMED else t(chosen.label)
    town = town_of(session, answers)
    return ", ".join(filter(None, (professional_name(answers), profession, town.label or town.name)))


def _when(answers: Mapping[str, Any], t: Translate) -> str:
    """Write the date of the facts as it is known, in the words of the person when they are hers."""
    match answers.get("date_precision"):
        case DatePrecision.EXACTE:
            return date_text(answers["date"], weekday=False)
        case DatePrecision.APPROX:
            return str(answers["date_approx"])
        case DatePrecision.PLUSIEURS:
            return ", ".join(str(answers["date_plusieurs"]).splitlines())
        case DatePrecision.NE_SAIT_PAS:
            return t(N_("jour non connu"))
    return ""
