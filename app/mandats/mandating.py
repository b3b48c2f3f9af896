"""What an association must show before a complaint is sent: its agreement of that day, the mandate of the person.

CSP R. 1110-11: an approved association seizes with the express mandate of the person. Without it nothing is sent, and
nothing is lost (CRPA L. 114-5: it is asked for, the draft is kept).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.base import dates
from app.base.clock import Clock
from app.base.errors import N_, Refusal
from app.base.fields import Translate
from app.evidence import queries as evidence
from app.mandats import registry
from app.mandats.rules import agreed_on, why_not_sending
from app.saisine.queries import OpenDraft
from app.saisine.steps.days import day_of

MISSING = N_("Il manque le mandat de {person}. La plainte est gardée.")
PAPER = "papier"


class NotMandated(Refusal):
    """The association may not send this complaint now; says why."""

    code, status = "mandat_manquant", 409

    def __init__(self, says: str) -> None:
        """Keep the sentence, already in the reader's language."""
        super().__init__(says)
        self.says = says


def statement(
    session: Session, draft: OpenDraft, answers: Mapping[str, Any], contact: str, clock: Clock, t: Translate
) -> dict[str, Any]:
    """Give what is sealed with the complaint of an association. Raises :class:`NotMandated`."""
    known = registry.known(session, draft.association)
    today = dates.local_day(clock())
    if refused := why_not_sending(known.agreements if known else (), today, contact, t):
        raise NotMandated(refused)
    there = {file.id: file.sha256 for file in evidence.files_of(session, draft.id, draft.key)}
    papers = [one for one in answers.get("mandat_fichier", ()) if one in there]
    agreement = agreed_on(known.agreements, today) if known else None
    if known is None or agreement is None or not papers:
        person = f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip()
        raise NotMandated(t(MISSING).format(person=person))
    return {
        "id": known.row.id,
        "name": known.row.name,
        "rna": known.row.rna or "",
        "siren": known.row.siren,
        "agreement": {
            "number": agreement.number,
            "level": agreement.level,
            "region": agreement.region,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_on": agreement.ends_on.isoformat(),
        },
        "mandate": {
            "mode": PAPER,
            "text": known.row.mandate_text,
            "scope": [str(one) for one in answers["mandat_portee"]],
            "signed_on": day_of(answers, "mandat_date").isoformat(),
            "files": [{"id": one, "sha256": there[one]} for one in papers],
        },
    }
