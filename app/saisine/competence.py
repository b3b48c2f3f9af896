"""Which authorities the answers lead to: the town that was meant, then who is competent there (CSP R. 1110-9).

What is not found, or not known, never blocks: the complaint is received, and a person finds the authority.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.forms.fields import FieldError, FieldQuestion, Option, Typed
from app.base.ttl_cache import TtlCache
from app.routing import queries as routing
from app.routing.rules import Competence, is_outside_france, outside
from app.saisine.journey import Trail
from app.saisine.steps.asked import profession_of
from app.saisine.steps.place import is_of_armed_forces
from app.saisine.steps.professional import ABROAD, CHOOSE_TOWN, NOT_FOUND, UNKNOWN_DEPARTMENT, UNKNOWN_TOWN
from app.saisine.steps.professions import section_of
from app.saisine.steps.reasons import is_fees_alone

OFFERED = 10
"""Towns offered at most."""
NONE_OF_THESE = N_("Une autre ville, ou je ne sais pas")
SEND_ANYWAY = N_("Je ne sais pas mieux dire la ville. Continuer quand même.")


@dataclass(frozen=True)
class Town:
    """The town that was meant: an INSEE code and a name, either of which may be unknown."""

    code: str
    name: str
    abroad: bool = False
    departement: str = ""
    """COG code, when it is all that is known."""
    label: str = ""
    """What is said back: « Saint-Denis (93200, Seine-Saint-Denis) »; empty when it is not known."""


@dataclass(frozen=True)
class TownQuestion:
    """The town, or what to ask about it; the choices stay in view once they were needed."""

    town: Town | None
    mistakes: Mapping[str, FieldError] = field(default_factory=dict)
    offered: Mapping[str, Sequence[Option]] = field(default_factory=dict)


def find_town(session: Session, typed: Typed) -> TownQuestion:
    """Return the town meant by what was typed, or the question to ask; not to choose is a mistake the second time."""
    text, chosen = (" ".join(" ".join(typed.get(name, ())[-1:]).split()) for name in ("pro_commune", "commune_insee"))
    if not text:
        return TownQuestion(None)
    if is_outside_france(text):
        return TownQuestion(Town("", text, abroad=True))
    meant = routing.place_meant(session, text)
    if meant:
        return TownQuestion(Town(meant.code, meant.name, label=meant.label))
    places = routing.find_places(session, text)
    out = SEND_ANYWAY if not places else NONE_OF_THESE
    offered = {"commune_insee": [*(Option(p.code, p.label) for p in places[:OFFERED]), Option(UNKNOWN_TOWN, out)]}
    known = {UNKNOWN_TOWN: Town("", text)} | {p.code: Town(p.code, p.name, label=p.label) for p in places}
    if chosen in known:
        return TownQuestion(known[chosen], offered=offered)
    if not places:
        return TownQuestion(None, {"pro_commune": FieldError(NOT_FOUND)}, offered)
    choose = FieldError if typed.get("commune_insee") else FieldQuestion
    return TownQuestion(None, {"commune_insee": choose(CHOOSE_TOWN)}, offered)


def settle_town(session: Session, typed: dict[str, list[str]]) -> TownQuestion:
    """Write down the town that was meant, when it is certain; else return what to ask."""
    if any(typed.get("sans_ville", ())):
        return TownQuestion(None)
    question = find_town(session, typed)
    town = question.town
    typed["commune_insee"] = [] if town is None else [ABROAD if town.abroad else town.code or UNKNOWN_TOWN]
    return question


def town_of(session: Session, trail: Trail) -> Town:
    """Return the town that valid answers say, or what is known of it."""
    if trail.get("sans_ville"):
        code = str(trail.get("pro_departement", ""))
        return Town("", "", departement="" if code == UNKNOWN_DEPARTMENT else code)
    text, code = str(trail.get("pro_commune", "")), str(trail.get("commune_insee", ""))
    if code == ABROAD or is_outside_france(text):
        return Town("", text, abroad=True)
    found = routing.place_row(session, code, text) if code and code != UNKNOWN_TOWN else None
    return Town(found.code, found.name, label=found.label) if found else Town("", text)


def competence_of(session: Session, trail: Trail, town: Town, cache: TtlCache | None = None) -> Competence:
    """Find the competent authorities for what was answered."""
    if town.abroad:
        return outside("CSP L. 1110-3")
    return routing.authorities_for(
        session,
        cache,
        profession=profession_of(trail),
        commune=town.code or None,
        departement=None if town.code else town.departement,
        section=section_of(trail["pharmacie_titulaire"]) or trail.get("pro_section") or None,
        pharmacie_type=trail["pharmacie_type"] or None,
        fees_only=is_fees_alone(trail),
        armed_forces=is_of_armed_forces(trail),
    )
