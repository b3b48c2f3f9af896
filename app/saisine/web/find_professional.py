"""Finding the professional in the directory (A6), and copying the record that was chosen into the draft."""

from collections.abc import Mapping, Sequence
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
from app.saisine.journey import Trail
from app.saisine.steps.found import DESCRIBED, DIRECTORY, DONT_KNOW, DirectorySearch
from app.saisine.steps.professional import NOT_FOUND, UNKNOWN_TOWN
from app.saisine.steps.professions import rpps_of

TOO_SHORT = N_("Écrivez au moins 2 lettres du nom.")
NO_PLACE = N_("Écrivez une ville ou un code postal.")
SOURCE = N_("Annuaire Santé, données du {day}. Numéro : {rpps}")
SHORTEST, PLACES = 2, 5


def results(request: Request, session: Session, trail: Trail) -> dict[str, Any]:
    """Gather what the page shows: the form of the search, what is wrong in it, who was found."""
    asked, typed = DirectorySearch.model_fields.keys(), request.query_params
    words = {name: [_cut(typed, name)] for name in asked}
    shown: dict[str, Any] = {"found": None, "place": "", "looked_for": ""}
    mistakes: dict[str, FieldError] = {}
    if any(name in typed for name in asked):
        mistakes, found = _look(session, trail, words["q"][0], words["ou"][0])
        shown |= found
    taken_on = trail.get(DIRECTORY)
    day = dates.date_text(taken_on, weekday=False) if taken_on else ""
    where = {name: values[0] for name, values in words.items() if values[0]}
    search = make_form(request, DirectorySearch, words, mistakes)
    return {**shown, "search": search, "missing": bool(mistakes), "asked": where, "taken_on": day}


def _look(session: Session, trail: Trail, name: str, where: str) -> tuple[dict[str, FieldError], dict[str, Any]]:
    mistakes = {"q": FieldError(TOO_SHORT)} if sum(sign.isalnum() for sign in name) < SHORTEST else {}
    if len(where) < SHORTEST:
        return {**mistakes, "ou": FieldError(NO_PLACE)}, {}
    places = routing.places_near(session, where, PLACES)
    if not places:
        return {**mistakes, "ou": FieldError(NOT_FOUND)}, {}
    if mistakes:
        return mistakes, {}
    code = rpps_of(trail.get("profession", ""), trail.get("profession_autre", ""))
    found = directory.search(session, name, places, code)
    options = [Option(f"{one.rpps}.{one.sites[0].key}", title(one), one.sites[0].line) for one in found]
    return {}, {"found": options, "place": places[0].name, "looked_for": name}


def title(person: PersonRow) -> str:
    """Return the name of a professional as people say it, with what he or she does."""
    return " — ".join(filter(None, (person.name, person.skill)))


def addresses(session: Session, typed: Typed) -> dict[str, Sequence[Option]]:
    """Offer the places of work of the record that was chosen."""
    rpps, _, _ = (typed.get("pro_id") or ("",))[-1].partition(".")
    person = directory.person(session, rpps)
    known = [Option(site.key, site.line) for site in person.sites] if person else []
    return {"lieu_exercice": [*known, Option(DONT_KNOW, translate(N_("Je ne sais pas")))]}


def meant(
    session: Session, typed: dict[str, list[str]], before: Typed, searched: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return what to keep of a press on one of the two pages: a copy is made here, never taken from the browser.

    Whoever is not found is described: what was looked for (``searched``) is not asked again.
    """
    if "pro_id" in typed:
        chosen, site = (typed["pro_id"] or [""])[-1], ""
    else:
        chosen, site = (before.get("pro_id") or ("",))[-1], (typed.get("lieu_exercice") or [""])[-1]
    copy = copied(session, chosen, site)
    known = bool(copy) or chosen == DESCRIBED
    kept = {"pro_id": [chosen] if known else []} | ({"lieu_exercice": [site]} if site else {})
    if "pro_id" in typed and int((copy.get("pro_adresses") or ["0"])[0]) > 1:
        copy["lieu_exercice"] = []  # which one is asked next
    return kept | copy | (_described(before, searched) if chosen == DESCRIBED else {})


def _described(before: Typed, searched: Mapping[str, str]) -> dict[str, list[str]]:
    """Fill with what was looked for the fields that say it, when nothing is in any of them."""
    said = {"pro_nom": _cut(searched, "q"), "pro_commune": _cut(searched, "ou")}
    if any(value for name in said for value in before.get(name, ())):
        return {}
    return {name: [value] for name, value in said.items() if value}


def _cut(searched: Mapping[str, str], name: str) -> str:
    """Return what was looked for in one field, as long as the field may be."""
    longest: int = widgets(DirectorySearch)[name].longest  # type: ignore[attr-defined]
    return " ".join(searched.get(name, "").split())[:longest]


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
