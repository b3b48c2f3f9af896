"""What an association must show before a complaint is sent: its agreement of that day, the mandate of the person.

CSP R. 1110-11: an approved association seizes with the express mandate of the person. Without it nothing is sent, and
nothing is lost (CRPA L. 114-5: it is asked for, the draft is kept).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.associations import registry
from app.associations.mandate_text import VERSION, words
from app.associations.registry import KnownAssociation
from app.associations.rules import whom_to_write, why_not_sending
from app.base import dates
from app.base.clock import Clock
from app.base.errors import N_, Refusal
from app.base.forms.fields import Translate
from app.evidence import queries as evidence
from app.filing.receipt.mandate_object import mandate_of
from app.filing.rules import filer_name
from app.saisine import mandate_requests
from app.saisine.mandate_doubts import SIGNED_ON, doubts_of
from app.saisine.queries import OpenDraft, association_of
from app.saisine.steps.identity import through_association
from app.saisine.steps.mandate import MANDATE_FILE, MandateMode, MandateScope
from app.saisine.steps.situation import represents

MISSING = N_("Il manque le mandat de {person}. La plainte est gardée.")
NO_ADDRESS = N_(
    "Votre association n'a pas d'adresse postale dans le registre : on ne peut pas joindre la personne par elle."
)
PAPER, ONLINE = "papier", "en_ligne"


class NotMandated(Refusal):
    """The association may not send this complaint now; says why."""

    code, status = "mandat_manquant", 409

    def __init__(self, says: str) -> None:
        """Keep the sentence, already in the reader's language."""
        super().__init__(says)
        self.says = says


class NotAgreed(NotMandated):
    """The association has no agreement on this day."""

    code = "agrement_termine"


@dataclass(frozen=True)
class MandatedAssociation:
    """An association that lacks nothing before it sends, and the signed mandates of this draft."""

    known: KnownAssociation
    papers: Mapping[str, str]
    """SHA-256 of each, by the id of its file."""


def check_agreement(
    session: Session, association: str, answers: Mapping[str, Any], contact: str, today: date, t: Translate
) -> KnownAssociation:
    """Return an association that may send on this day, whatever the person said; else raise :class:`NotMandated`."""
    known = registry.known(session, association)
    refused = why_not_sending(known.agreements if known else (), today, contact, t)
    if known is None or refused:
        raise NotAgreed(refused)
    if through_association(answers) and not known.row.address:
        raise NotMandated(whom_to_write(t(NO_ADDRESS), contact, t))
    return known


def check(
    session: Session,
    draft: OpenDraft,
    association: str,
    answers: Mapping[str, Any],
    contact: str,
    today: date,
    t: Translate,
) -> MandatedAssociation:
    """Return an association that lacks nothing before it sends; else raise :class:`NotMandated`."""
    known = check_agreement(session, association, answers, contact, today, t)
    if answers.get("mandat_mode") == MandateMode.EMAIL:
        papers, lacking = {}, _missing_online(session, draft)
    else:
        papers = _papers(session, draft, answers)
        lacking = "" if papers and _is_signed(answers, today) else MISSING
    if lacking:
        raise NotMandated(t(lacking).format(person=filer_name(answers)))
    return MandatedAssociation(known, papers)


def _missing_online(session: Session, draft: OpenDraft) -> str:
    """Return what lacks of a mandate asked online; empty when the person gave it for what she read."""
    if not mandate_requests.given_for(session, draft):
        return MISSING
    return "" if mandate_requests.holds(session, draft) else mandate_requests.CHANGED


def statement(
    session: Session, draft: OpenDraft, answers: Mapping[str, Any], contact: str, clock: Clock, t: Translate
) -> Mapping[str, Any] | None:
    """Return what is sealed with the complaint of an association; ``None`` when the row of the draft names none.

    Raises :class:`NotMandated`, whichever form was filled and whichever page it came from.
    """
    association, today = association_of(session, draft.id), dates.local_day(clock())
    if not association:
        return None
    found = check(session, draft, association, answers, contact, today, t)
    row, agreement = found.known.row, next(one for one in found.known.agreements if one.holds_on(today))
    is_online = answers["mandat_mode"] == MandateMode.EMAIL
    given = _online(session, draft) if is_online else _on_paper(session, found, answers, today, t)
    dated = {**answers, SIGNED_ON: date.fromisoformat(given["signed_on"])}
    doubts = [str(one) for one in doubts_of(session, found.known.agreements, dated, today)]
    return {
        "id": row.id,
        "name": row.name,
        "rna": row.rna or "",
        "siren": row.siren,
        "email": row.email,
        "phone": row.phone,
        "address": row.address,
        **_filed_by(draft),
        "agreement": {
            "number": agreement.number,
            "level": agreement.level,
            "region": agreement.region,
            "starts_on": agreement.starts_on.isoformat(),
            "ends_on": agreement.ends_on.isoformat(),
        },
        "mandate": {**given, **_giver(answers), "warnings": doubts},
    }


def _filed_by(draft: OpenDraft) -> dict[str, str]:
    """Return the member who pressed « Envoyer », or the software that sent (CSP R. 1110-11: who seizes is named)."""
    return {name: who for name, who in (("member", draft.reader), ("software", draft.software)) if who}


def _giver(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return who gave the mandate in the person's place, and in which quality; nothing when the person did."""
    if not represents(answers):
        return {}
    return {"giver": {"name": filer_name(answers), "quality": str(answers["mandant"])}}


def _on_paper(
    session: Session, found: MandatedAssociation, answers: Mapping[str, Any], today: date, t: Translate
) -> dict[str, Any]:
    """Return what is sealed of a mandate that was signed on paper."""
    scope, signed_on = answers["mandat_portee"], answers["mandat_date"]
    given = replace(mandate_of(session, found.known, answers, scope, today, t), signed_on=signed_on)
    return {
        "mode": PAPER,
        "text": VERSION,
        "words": list(words(given, t)),
        "scope": [str(one) for one in scope],
        "signed_on": signed_on.isoformat(),
        **({"signed_as": answers["mandat_autre_nom"]} if answers.get("mandat_autre_nom") else {}),
        "files": [{"id": one, "sha256": sha256} for one, sha256 in found.papers.items()],
    }


def _online(session: Session, draft: OpenDraft) -> dict[str, Any]:
    """Return what is sealed of a mandate that was given online: what the person read, and when she said yes."""
    given = mandate_requests.given_for(session, draft)
    assert given is not None  # noqa: S101 - nothing was missing just before, under the same turn
    assert given.answered_at is not None  # noqa: S101
    read = mandate_requests.read_of(given, draft.key)
    return {
        "mode": ONLINE,
        "text": read.version,
        "words": read.words,
        "scope": read.powers,
        "signed_on": dates.local_day(given.answered_at).isoformat(),
        "given_at": given.answered_at.isoformat(),
        "files": [],
    }


def _is_signed(answers: Mapping[str, Any], today: date) -> bool:
    """Return whether a paper that gives the power to seize bears a date that has come."""
    signed_on = answers.get("mandat_date")
    return bool(signed_on and signed_on <= today) and MandateScope.SAISIR in answers.get("mandat_portee", ())


def _papers(session: Session, draft: OpenDraft, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the files of the mandate that are still there: id and SHA-256."""
    there = {file.id: file.sha256 for file in evidence.files_of(session, draft.id, draft.key)}
    return {one: there[one] for one in answers.get(MANDATE_FILE, ()) if one in there}
