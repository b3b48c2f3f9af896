"""From the answers to the authorities: the town that was meant, who is competent there, and what must still be asked.

Unknown or ambiguous never blocks: the person may say that no town fits, or go on quand même; the complaint is then
received and a person finds the authority (CRPA L. 114-2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import Answers
from app.base.ttl_cache import TtlCache
from app.filing import rules
from app.filing.sealed.payload import Complaint
from app.filing.sealed.recorded import Recorded
from app.routing import queries as routing
from app.routing.rules import Outcome
from app.saisine.competence import Town, competence_of, find_town, town_of
from app.saisine.journey import Route
from app.saisine.pages import FORM_VERSION as DETAILED
from app.saisine.short_form import FORM_VERSION, ShortForm
from app.saisine.steps.asked import profession_of
from app.saisine.steps.sending import Addressee

PARIS_ZONE = "Europe/Paris"
ON_PAPER = "papier-1"
"""Version of the form that a clerk fills from a paper, sealed with the answers."""
GO_ON = N_("Cochez “Continuer quand même” pour envoyer votre plainte, ou changez votre réponse.")


@dataclass(frozen=True)
class Settled:
    """A complaint ready to be received, or what to ask."""

    complaint: Complaint | None
    mistakes: Mapping[str, FieldError] = field(default_factory=dict)
    offered: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    out_of_scope: bool = False


def settle(session: Session, typed: Typed, answers: Answers | None, cache: TtlCache | None = None) -> Settled:
    """Find the town and, when the short form is valid, the authorities.

    The town is looked for even when something else is to be corrected: everything is asked at once.
    """
    question = find_town(session, typed)
    if question.town is None or not isinstance(answers, ShortForm):
        return Settled(None, question.mistakes, question.offered)
    competence = competence_of(session, dict(answers), question.town, cache)
    if competence.outcome == Outcome.HORS_CHAMP and not answers.continuer_quand_meme:
        return Settled(None, {"continuer_quand_meme": FieldError(GO_ON)}, question.offered, out_of_scope=True)
    decision = rules.decide(competence, answers.destinataire)
    complaint = _complaint(session, (answers,), FORM_VERSION, question.town, decision)
    return Settled(complaint, offered=question.offered)


def complaint_of(
    session: Session, route: Route, cache: TtlCache | None = None, *, town: Town | None = None
) -> Complaint:
    """Return the complaint that a whole detailed form makes; ``town``: the one of its answers, if it was looked for."""
    town = town or town_of(session, route.trail)
    sheets = tuple(route.answers.values())
    competence = competence_of(session, route.trail, town, cache)
    decision = rules.decide(competence, route.trail.get("destinataire", ""))
    return _complaint(session, sheets, DETAILED, town, decision)


def recorded_complaint(
    session: Session, answers: Answers, town: Town, recorded: Recorded, cache: TtlCache | None = None
) -> Complaint:
    """Return the complaint that an authority received by itself; ``answers``: as much as the paper says."""
    own = routing.authority(session, recorded.authority)
    wish = Addressee.ORDRE if own and own.is_ordre else Addressee.CPAM
    decision = rules.decide(competence_of(session, dict(answers), town, cache), wish)
    decision = rules.seised(decision, recorded.authority)
    return replace(_complaint(session, (answers,), ON_PAPER, town, decision), recorded=recorded)


def _complaint(
    session: Session, sheets: tuple[Answers, ...], form: str, town: Town, decision: rules.CompetenceDecision
) -> Complaint:
    answers = {name: value for sheet in sheets for name, value in sheet}
    named = (decision.receiver, decision.informed, *decision.candidates)
    known = {one.code: one for one in routing.authorities(session, tuple(filter(None, named)))}
    receiver, informed = known.get(decision.receiver), known.get(decision.informed)
    return Complaint(
        sheets=sheets,
        form=form,
        profession=profession_of(answers),
        commune=town.code,
        town=town.name,
        place=town.label,
        zone=receiver.zone if receiver else PARIS_ZONE,
        decision=decision,
        receiver=contact_of(receiver),
        informed=contact_of(informed),
        proposed=tuple(contact_of(known[code]) for code in decision.candidates if code in known),
    )


def contact_of(authority: routing.AuthorityRow | None) -> dict[str, Any]:
    """Copy what is known of an authority that day: the récépissé must not change with the reference."""
    if authority is None:
        return {}
    lines = [authority.address, f"{authority.postal_code} {authority.town}".strip()] if authority.address else []
    return {
        "code": authority.code,
        "name": authority.name,
        "kind": authority.kind,
        "address": lines,
        "address_date": authority.address_date,
        "phone": authority.phone,
        "email": authority.email,
    }
