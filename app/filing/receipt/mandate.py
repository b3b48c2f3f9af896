"""What an association must show before a complaint is sent: its agreement of that day, the mandate of the person.

CSP R. 1110-11: an approved association seizes with the express mandate of the person. Without it nothing is sent, and
nothing is lost (CRPA L. 114-5: it is asked for, the draft is kept).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.associations import registry
from app.associations.mandate_text import VERSION, words
from app.associations.rules import why_not_sending
from app.base import dates
from app.base.clock import Clock
from app.base.errors import N_, Refusal
from app.base.forms.fields import Translate
from app.evidence import queries as evidence
from app.filing.receipt.mandate_object import mandate_of
from app.saisine.mandate_doubts import doubts_of
from app.saisine.queries import OpenDraft, association_of
from app.saisine.steps.mandate import MANDATE_FILE, MandateScope

MISSING = N_("Il manque le mandat de {person}. La plainte est gardée.")
PAPER = "papier"


class NotMandated(Refusal):
    """The association may not send this complaint now; says why."""

    code, status = "mandat_manquant", 409

    def __init__(self, says: str) -> None:
        """Keep the sentence, already in the reader's language."""
        super().__init__(says)
        self.says = says


def missing(
    session: Session,
    draft: OpenDraft,
    association: str,
    answers: Mapping[str, Any],
    contact: str,
    today: date,
    t: Translate,
) -> str:
    """Return what an association lacks before it sends, as a sentence; empty when nothing is."""
    known = registry.known(session, association)
    if refused := why_not_sending(known.agreements if known else (), today, contact, t):
        return refused
    if (
        _is_signed(answers, today)
        and MandateScope.SAISIR in answers.get("mandat_portee", ())
        and _papers(session, draft, answers)
    ):
        return ""
    person = f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip()
    return t(MISSING).format(person=person)


def statement(
    session: Session, draft: OpenDraft, answers: Mapping[str, Any], contact: str, clock: Clock, t: Translate
) -> Mapping[str, Any] | None:
    """Return what is sealed with the complaint of an association; ``None`` when the row of the draft names none.

    Raises :class:`NotMandated`, whichever form was filled and whichever page it came from.
    """
    association, today = association_of(session, draft.id), dates.local_day(clock())
    if not association:
        return None
    if lacking := missing(session, draft, association, answers, contact, today, t):
        raise NotMandated(lacking)
    row = registry.row_of(session, association)
    agreement = next(one for one in registry.agreements_of(session, association) if one.holds_on(today))
    scope, signed_on = answers["mandat_portee"], answers["mandat_date"]
    given = replace(mandate_of(session, association, answers, scope, today, t), signed_on=signed_on)
    return {
        "id": row.id,
        "name": row.name,
        "rna": row.rna or "",
        "siren": row.siren,
        "email": row.email,
        "phone": row.phone,
        "agreement": {
            "number": agreement.number,
            "level": agreement.level,
            "region": agreement.region,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_on": agreement.ends_on.isoformat(),
        },
        "mandate": {
            "mode": PAPER,
            "text": VERSION,
            "words": list(words(given, t)),
            "scope": [str(one) for one in scope],
            "signed_on": signed_on.isoformat(),
            "warnings": [str(one) for one in doubts_of(session, association, answers, today)],
            "files": [{"id": one, "sha256": sha256} for one, sha256 in _papers(session, draft, answers).items()],
        },
    }


def _is_signed(answers: Mapping[str, Any], today: date) -> bool:
    signed_on = answers.get("mandat_date")
    return bool(signed_on and signed_on <= today)


def _papers(session: Session, draft: OpenDraft, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the files of the mandate that are still there: id and SHA-256."""
    there = {file.id: file.sha256 for file in evidence.files_of(session, draft.id, draft.key)}
    return {one: there[one] for one in answers.get(MANDATE_FILE, ()) if one in there}
