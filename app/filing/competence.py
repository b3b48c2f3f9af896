"""From the answers to the authorities: the town that was meant, who is competent there, and what must still be asked.

Unknown or ambiguous never blocks: the person may say that no town fits, or go on quand même; the complaint is then
received and a person finds the authority (CRPA L. 114-2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.fields import Mistake, Option, Typed, one_line
from app.base.forms import Answers
from app.filing import rules
from app.filing.payload import Complaint
from app.routing import queries as routing
from app.routing.rules import Competence, Outcome, is_outside_france, outside
from app.saisine.short import FORM_VERSION, ShortForm
from app.saisine.steps.professional import CHOOSE_TOWN, NOT_FOUND, UNKNOWN_TOWN, rpps_of, section_of

PARIS_ZONE = "Europe/Paris"
NONE_OF_THESE = N_("Aucune de ces villes, ou je ne sais pas")
SEND_ANYWAY = N_("Je ne connais pas mieux la ville : envoyer quand même")
GO_ON = N_("Cochez “Continuer quand même” pour envoyer votre plainte, ou changez votre réponse.")


@dataclass(frozen=True)
class Settled:
    """A complaint ready to be received, or what to ask."""

    complaint: Complaint | None
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    offered: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    out_of_scope: bool = False


@dataclass(frozen=True)
class Town:
    """The town that was meant: an INSEE code and a name, either of which may be unknown."""

    code: str
    name: str
    abroad: bool = False


@dataclass(frozen=True)
class TownQuestion:
    """The town, or what to ask about it; the choices stay in view once they were needed."""

    town: Town | None
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    offered: Mapping[str, Sequence[Option]] = field(default_factory=dict)


def settle(session: Session, typed: Typed, answers: Answers | None) -> Settled:
    """Find the town and, when the short form is valid, the authorities.

    The town is looked for even when something else is to be corrected: everything is asked at once.
    """
    question = find_town(session, _one(typed, "pro_commune"), _one(typed, "commune_insee"))
    if question.town is None or not isinstance(answers, ShortForm):
        return Settled(None, question.mistakes, question.offered)
    profession = rpps_of(answers.profession, answers.profession_autre)
    competence = _competence(session, answers, profession, question.town)
    if competence.outcome == Outcome.HORS_CHAMP and not answers.continuer_quand_meme:
        return Settled(None, {"continuer_quand_meme": Mistake(GO_ON)}, question.offered, out_of_scope=True)
    decision = rules.decide(competence, answers.destinataire)
    receiver = routing.authority(session, decision.receiver)
    informed = routing.authority(session, decision.informed)
    complaint = Complaint(
        answers=answers,
        form=FORM_VERSION,
        profession=profession,
        commune=question.town.code,
        town=question.town.name,
        zone=receiver.zone if receiver else PARIS_ZONE,
        decision=decision,
        receiver=_contact(receiver),
        informed=_contact(informed),
        proposed=tuple(_contact(one) for one in routing.authorities(session, decision.candidates)),
    )
    return Settled(complaint, offered=question.offered)


def _contact(authority: routing.AuthorityRow | None) -> dict[str, Any]:
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


def _one(typed: Typed, name: str) -> str:
    return one_line(typed.get(name, ("",))[-1])


def find_town(session: Session, text: str, chosen: str) -> TownQuestion:
    """Give the town meant by what was typed, or the question to ask."""
    if not text:
        return TownQuestion(None)
    if is_outside_france(text):
        return TownQuestion(Town("", text, abroad=True))
    places = routing.find_places(session, text)
    exact = [place for place in places if place.is_exact] or places
    if len(exact) == 1:
        return TownQuestion(Town(exact[0].code, exact[0].name))
    out = SEND_ANYWAY if not places else NONE_OF_THESE
    offered = {"commune_insee": [*(Option(p.code, p.label) for p in places), Option(UNKNOWN_TOWN, out)]}
    if chosen == UNKNOWN_TOWN:
        return TownQuestion(Town("", text), offered=offered)
    for place in places:
        if place.code == chosen:
            return TownQuestion(Town(place.code, place.name), offered=offered)
    mistake = {"commune_insee": Mistake(CHOOSE_TOWN)} if places else {"pro_commune": Mistake(NOT_FOUND)}
    return TownQuestion(None, mistake, offered)


def _competence(session: Session, answers: ShortForm, profession: str, town: Town) -> Competence:
    if town.abroad:
        return outside("CSP L. 1110-3")
    return routing.authorities_for(
        session,
        profession=profession,
        commune=town.code or None,
        departement=None if town.code else "",
        section=section_of(answers.pharmacie_titulaire),
        pharmacie_type=answers.pharmacie_type or None,
    )
