"""Finding the professional in the directory (A6), and copying the record that was chosen into the draft."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session

from app.base import dates
from app.base.errors import N_
from app.base.forms.fields import FieldError, Option, Typed
from app.base.forms.form import widgets
from app.base.i18n import translate
from app.base.web.pages import make_form
from app.directory import queries as directory
from app.directory.queries import PersonRow, SiteRow
from app.routing import queries as routing
from app.routing.queries import PlaceRow
from app.saisine.journey import Trail
from app.saisine.press import MARK
from app.saisine.steps.found import DESCRIBED, DIRECTORY, DONT_KNOW, DirectorySearch, FoundProfessional
from app.saisine.steps.professional import NOT_FOUND, UNKNOWN_TOWN
from app.saisine.steps.professions import rpps_of

TOO_SHORT = N_("Écrivez au moins 2 lettres du nom.")
NO_PLACE = N_("Écrivez une ville ou un code postal.")
SOURCE = N_("Annuaire Santé du {day}. Numéro : {rpps}")
SHORTEST, PLACES = 2, 5
SEARCHED = f"{MARK}cherche"
"""Under which a draft keeps what was looked for: the name, the place."""


def results(request: Request, session: Session, trail: Trail, typed: Typed) -> dict[str, Any]:
    """Gather what the page shows: the form of the search, what is wrong in it, who was found."""
    query = request.query_params
    words = looked_for(query, typed)
    is_asked = request.method == "POST" or not query.keys().isdisjoint(words)
    mistakes, places = _places(session, words) if is_asked or any(words.values()) else ({}, ())
    taken_on = trail.get(DIRECTORY)
    return {
        "search": make_form(request, DirectorySearch, {k: [v] for k, v in words.items()}, mistakes if is_asked else {}),
        "missing": bool(mistakes),
        "found": _found(session, trail, words["q"], places) if places and not mistakes else None,
        "place": places[0].name if places else "",
        "looked_for": words["q"],
        "taken_on": dates.date_text(taken_on, weekday=False) if taken_on else "",
    }


def looked_for(asked: Mapping[str, str], typed: Typed) -> dict[str, str]:
    """Return what is looked for: what an address asks, else what was just typed, else what the draft keeps."""
    names = tuple(widgets(DirectorySearch))
    if any(name in asked for name in names):
        return {name: _cut(name, asked.get(name, "")) for name in names}
    if any(name in typed for name in names):
        return {name: _cut(name, *typed.get(name, ())) for name in names}
    kept = typed.get(SEARCHED) or [_last(typed, "pro_nom"), _last(typed, "pro_commune")]
    return {name: _cut(name, value) for name, value in zip(names, kept, strict=True)}


def is_well_asked(session: Session, typed: Typed) -> bool:
    """Return whether what was typed can be looked for."""
    return not _places(session, looked_for({}, typed))[0]


def _places(session: Session, words: Mapping[str, str]) -> tuple[dict[str, FieldError], Sequence[PlaceRow]]:
    """Return what is wrong in what is looked for, and the towns where to look."""
    name, where = words["q"], words["ou"]
    mistakes = {"q": FieldError(TOO_SHORT)} if sum(sign.isalnum() for sign in name) < SHORTEST else {}
    if len(where) < SHORTEST:
        return {**mistakes, "ou": FieldError(NO_PLACE)}, ()
    places = routing.places_near(session, where, PLACES)
    return mistakes if places else {**mistakes, "ou": FieldError(NOT_FOUND)}, places


def _found(session: Session, trail: Trail, name: str, places: Sequence[PlaceRow]) -> list[Option]:
    """Offer the professionals of this name and of the profession that was said."""
    code = rpps_of(trail.get("profession", ""), trail.get("profession_autre", ""))
    found = directory.search(session, name, places, code)
    return [Option(f"{one.rpps}.{one.sites[0].key}", title(one), one.sites[0].line) for one in found]


def title(person: PersonRow) -> str:
    """Return the name of a professional as people say it, with what he or she does."""
    return " — ".join(filter(None, (person.name, person.skill)))


def addresses(session: Session, typed: Typed) -> dict[str, Sequence[Option]]:
    """Offer the places of work of the record that was chosen."""
    rpps, _, _ = (typed.get("pro_id") or ("",))[-1].partition(".")
    person = directory.person(session, rpps)
    known = [Option(site.key, site.line) for site in person.sites] if person else []
    return {"lieu_exercice": [*known, Option(DONT_KNOW, translate(N_("Je ne sais pas")))]}


def chosen(session: Session, sent: Typed, before: Typed) -> dict[str, list[str]]:
    """Return what to keep of a press on the page of the search: its words, and the choice; none leaves the last one.

    The copy is made here, never taken from the browser. Whoever is not found is described: what was looked for is not
    asked again.
    """
    words = {SEARCHED: list(looked_for({}, sent).values())}
    choice = _last(sent, "pro_id")
    if not choice:
        return words | {"pro_id": list(before.get("pro_id", ()))}
    if choice == DESCRIBED:
        return words | {"pro_id": [choice]} | _described(before, words[SEARCHED])
    copy = copied(session, choice, "")
    if not copy:  # it left the directory since it was shown
        return words | _no_copy(before) | {"pro_id": []}
    if copy["pro_adresses"] != ["1"]:
        copy["lieu_exercice"] = []  # which one is asked next
    return words | {"pro_id": [choice]} | copy


def placed(session: Session, sent: Typed, before: Typed) -> dict[str, list[str]]:
    """Return what to keep of a press on the page of the addresses."""
    choice, site = _last(before, "pro_id"), _last(sent, "lieu_exercice")
    copy = copied(session, choice, site)
    if not copy and choice != DESCRIBED:  # it left the directory since it was chosen
        return _no_copy(before) | {"pro_id": []}
    return {"pro_id": [choice]} | ({"lieu_exercice": [site]} if site else {}) | copy


def _described(before: Typed, words: Sequence[str]) -> dict[str, list[str]]:
    """Fill with what was looked for the fields that say it, when nothing is in any of them.

    The copy of a record that was chosen before goes first: it is of somebody else.
    """
    said = dict(zip(("pro_nom", "pro_commune"), words, strict=True))
    if emptied := _no_copy(before):
        return emptied | {name: [value] for name, value in said.items()}
    if any(value for name in said for value in before.get(name, ())):
        return {}
    return {name: [value] for name, value in said.items() if value}


def _no_copy(before: Typed) -> dict[str, list[str]]:
    """Empty the fields of the record that was chosen before; nothing when none was, for they hold what was typed."""
    is_copied = _last(before, "pro_id") not in {"", DESCRIBED}
    return {name: [] for name in widgets(FoundProfessional)} if is_copied else {}


def _last(typed: Typed, name: str) -> str:
    """Return the last value of an input; nothing when it is not there."""
    return "".join(typed.get(name, ())[-1:])


def _cut(name: str, *values: str) -> str:
    """Return what was looked for in one field, as long as the field may be."""
    longest: int = widgets(DirectorySearch)[name].longest  # type: ignore[attr-defined]
    return " ".join("".join(values[-1:]).split())[:longest]


SEARCH, SITE = "professionnel", "professionnel/adresse"
CHOICES: Mapping[str, Callable[[Session, Typed, Typed], dict[str, list[str]]]] = {SEARCH: chosen, SITE: placed}
"""What is kept of a press on each of the two pages, by its name."""


def copied(session: Session, chosen: str, site: str) -> dict[str, list[str]]:
    """Copy a record into the fields of the draft; nothing when it is not in the directory any more."""
    rpps, _, first = chosen.partition(".")
    person, taken_on = directory.person(session, rpps), directory.taken_on(session)
    if chosen == DESCRIBED or person is None or taken_on is None:
        return {}
    sites = {one.key: one for one in person.sites}
    place = sites.get(site) or sites.get(first) or person.sites[0]
    answer = site if site == DONT_KNOW else place.key
    return {name: [value] for name, value in _fields(person, place, taken_on).items()} | {"lieu_exercice": [answer]}


def _fields(person: PersonRow, site: SiteRow, taken_on: date) -> dict[str, str]:
    return {
        "pro_nom": person.family,
        "pro_prenom": person.given,
        "pro_specialite": person.skill,
        "pro_lieu": site.name,
        "pro_adresse": site.address,
        "pro_commune": " ".join(filter(None, (site.postal_code, site.town))),
        "commune_insee": site.commune or UNKNOWN_TOWN,
        "pro_telephone": site.phone,
        "pro_source": translate(SOURCE).format(day=dates.date_text(taken_on, weekday=False), rpps=person.rpps),
        "pro_profession": person.profession,
        "pro_section": person.section,
        "pro_adresses": str(len(person.sites)),
    }
