"""What is doubtful in the mandate of a draft: told beside its fields, sealed with it, never a reason to stop."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.associations.rules import Agreement, MandateDoubt, doubts
from app.base.forms.fields import Translate
from app.routing import queries as routing
from app.routing.rules.names import normalise
from app.saisine.competence import town_of
from app.saisine.input_hints import Remark
from app.saisine.steps.when import DatePrecision

OTHER_NAME = "mandat_autre_nom"
BESIDE = {MandateDoubt.ELSEWHERE: "mandat_portee", MandateDoubt.OTHER_NAME: OTHER_NAME}
"""The field beside which a doubt is told; the date of signature for the others."""
SIGNED_ON = "mandat_date"


def doubts_of(
    session: Session, agreements: Sequence[Agreement], answers: Mapping[str, Any], today: date
) -> tuple[MandateDoubt, ...]:
    """Find what is doubtful in a mandate given to an association, of valid answers; one not on paper is of today."""
    exact = answers.get("date_precision") == DatePrecision.EXACTE
    town = town_of(session, answers)
    return doubts(
        answers[SIGNED_ON] or today,
        answers["date"] if exact else None,
        agreements,
        today,
        routing.region_of(session, town.code, town.departement),
        is_named_otherwise=is_named_otherwise(answers),
    )


def is_named_otherwise(answers: Mapping[str, Any]) -> bool:
    """Return whether the paper bears another name than the complaint; accents, capitals and order count for nothing."""
    written = normalise(answers.get(OTHER_NAME) or "").split()
    named = normalise(f"{answers.get('prenom') or ''} {answers.get('nom') or ''}").split()
    return bool(written) and set(written) != set(named)


def remarks_of(found: tuple[MandateDoubt, ...], t: Translate) -> Iterator[tuple[str, Remark]]:
    """Write doubts as remarks, each beside its field; several on one field are one remark."""
    said: dict[str, list[str]] = {}
    for one in found:
        said.setdefault(BESIDE.get(one, SIGNED_ON), []).append(t(one.label))
    for name, sentences in said.items():
        yield name, Remark(" ".join(sentences))
