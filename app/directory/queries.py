"""What is asked of the directory: the professionals of a name near a place, and one record."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.directory import rules
from app.directory.models import Edition, Key, Listing, Site, Word
from app.directory.rules import zone_of
from app.routing.models import Commune
from app.routing.queries import PlaceRow

ACTIVE, READY = "active", "prete"
MOST = 20
AT_ONCE = 150
"""Rows looked at for each way of matching; the nearest are shown."""
CUT_CITIES = frozenset({"13055", "69123", "75056"})
"""Marseille, Lyon and Paris (COG): their sites are also known by arrondissement."""
HERE, BESIDE, AROUND = 0, 1, 2
"""How far a site is: in the town asked, under one of its postal codes, elsewhere in the zone."""


KEY, WORD, LISTING, SITE = (table.__table__.c for table in (Key, Word, Listing, Site))
"""Columns as they are: a search asks ten questions, and those of mapped classes cost twice as much to write."""
WHOLE = (
    select(
        *(column for column in LISTING if column.key != "edition"),
        *(column for column in SITE if column.key not in {"id", "edition", "mark", "zone"}),
    )
    .join(Site.__table__, SITE.id == LISTING.site)
    .where(LISTING.id.in_(bindparam("listings", expanding=True)))
)


@dataclass(frozen=True)
class SiteRow:
    """A place of work, as pages and letters show it."""

    key: str
    """What a choice keeps; it holds for one edition."""
    name: str
    address: str
    postal_code: str
    town: str
    commune: str
    phone: str

    @property
    def line(self) -> str:
        """The address in one line."""
        where = " ".join(filter(None, (self.postal_code, self.town)))
        return ", ".join(filter(None, (self.name, self.address, where)))


@dataclass(frozen=True)
class PersonRow:
    """A professional and the places of work that are known; the one that was looked for first."""

    rpps: str
    family: str
    given: str
    profession: str
    skill: str
    section: str
    sites: Sequence[SiteRow] = ()

    @property
    def name(self) -> str:
        """The name as people say it."""
        return " ".join(filter(None, (self.given, self.family)))


@dataclass(frozen=True)
class Looking:
    """Where, and for which profession."""

    edition: int
    zones: Sequence[str]
    communes: Sequence[str]
    postal_codes: Sequence[str]
    profession: str


def active(session: Session) -> Edition | None:
    """Return the edition that serves."""
    return session.scalar(select(Edition).where(Edition.state == ACTIVE))


def ready(session: Session) -> Edition | None:
    """Return the edition that was prepared and does not serve yet."""
    return session.scalar(select(Edition).where(Edition.state == READY).order_by(Edition.id.desc()).limit(1))


def difference(session: Session, edition: int) -> dict[str, int]:
    """Count the people that an edition adds to the one that serves, and those that it does not have any more."""
    serving = active(session)
    if serving is None:
        return {"added": _people_not_in(session, edition, 0), "gone": 0}
    return {
        "added": _people_not_in(session, edition, serving.id),
        "gone": _people_not_in(session, serving.id, edition),
    }


def _people_not_in(session: Session, one: int, other: int) -> int:
    there = aliased(Listing)
    known = select(there.id).where(there.edition == other, there.rpps == Listing.rpps).exists()
    people = select(func.count(Listing.rpps.distinct())).where(Listing.edition == one, ~known)
    return session.scalar(people) or 0


def taken_on(session: Session) -> date | None:
    """Return the date of the edition that serves; ``None`` when there is none."""
    return session.scalar(select(Edition.taken_on).where(Edition.state == ACTIVE))


def search(session: Session, asked: str, places: Sequence[PlaceRow], profession: str = "") -> list[PersonRow]:
    """Find professionals by name, or by the name of their place of work, in the towns asked and around.

    One typo in a word is forgiven, accents and hyphens too. At most :data:`MOST`, the nearest first: same name before
    near names, the town before those around; the same answer on both databases.
    """
    edition, words = active(session), rules.asked_words(asked)
    if edition is None or not words or not places:
        return []
    looking = _looking(session, edition.id, places, profession)
    begun = {word: _begins(Key.word, word) for word in words}
    found = _ranked(session, looking, words, _named(session, looking, list(begun.values())))
    if not found or found[0][0] > 0:
        near = {word: _alike(session, looking, word) for word in words}
        more = _named(session, looking, list(near.values()))
        more = more or {one for matches in near.values() for one in _named(session, looking, [matches])}
        found = _ranked(session, looking, words, {*more, *(listing for _, listing in found)})
    listings = [listing for _, listing in found]
    listings += [one for one in _by_site(session, looking, words) if one not in set(listings)]
    return _people(session, edition.id, listings)[:MOST]


def person(session: Session, rpps: str) -> PersonRow | None:
    """Return one professional of the edition that serves, with every place of work."""
    edition = active(session)
    if edition is None:
        return None
    wanted = select(Listing.id).where(Listing.edition == edition.id, Listing.rpps == rpps).order_by(Listing.id)
    found = _people(session, edition.id, list(session.scalars(wanted)))
    return found[0] if found else None


def _looking(session: Session, edition: int, places: Sequence[PlaceRow], profession: str) -> Looking:
    codes = [place.code for place in places]
    wanted: ColumnElement[bool] = Commune.code.in_(codes)
    if not CUT_CITIES.isdisjoint(codes):
        wanted = or_(wanted, Commune.parent.in_(codes))
    rows = session.execute(select(Commune.code, Commune.arrondissement, Commune.departement).where(wanted)).all()
    zones = sorted({zone_of(row.arrondissement, row.departement) for row in rows})
    postal = sorted({code for place in places for code in place.postal_codes})
    return Looking(edition, zones, [row.code for row in rows], postal, profession)


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    return and_(column >= prefix, column < rules.after(prefix))


def _alike(session: Session, looking: Looking, word: str) -> ColumnElement[bool]:
    """Match the words of the zone that begin so or are one typo away; a short word, only those that begin so."""
    if len(word) < rules.SHORTEST_TYPO:
        return _begins(KEY.word, word)
    start, end = rules.halves(word)
    found: set[str] = set()
    for column, part in ((WORD.word, start), (WORD.reversed, end)):
        where = (WORD.edition == looking.edition, WORD.zone.in_(looking.zones), _begins(column, part))
        found |= set(session.scalars(select(WORD.word).where(*where)))
    return KEY.word.in_(sorted(one for one in found if rules.distance(word, one) < rules.FAR))


def _named(session: Session, looking: Looking, matches: Sequence[ColumnElement[bool]]) -> set[int]:
    """List the listings whose name has a word for each match; those of the town, when there are too many."""
    wanted = _keys(looking, "p", matches)
    if looking.profession:
        wanted = wanted.where(KEY.profession == looking.profession)
    here = KEY.commune.in_(looking.communes)
    return set(session.scalars(wanted.order_by(here.desc(), KEY.word, KEY.ref).limit(AT_ONCE)))


def _keys(looking: Looking, kind: str, matches: Sequence[ColumnElement[bool]]) -> Any:
    """Ask for what has a word for each match in the zones."""
    first, *others = matches
    wanted = select(KEY.ref).where(KEY.edition == looking.edition, KEY.zone.in_(looking.zones), KEY.kind == kind, first)
    for other in others:
        # As an expression: SQLite would else look up each word with each number instead of reading the words once.
        wanted = wanted.where((KEY.ref + 0).in_(_keys(looking, kind, [other]).correlate(None)))
    return wanted


def _by_site(session: Session, looking: Looking, words: Sequence[str]) -> list[int]:
    """List the listings of places of work whose name holds every word asked."""
    asked = [_begins(KEY.word, word) for word in words if word not in rules.COMMON]
    sites = set(session.scalars(_keys(looking, "s", asked).limit(AT_ONCE))) if asked else None
    if not sites:
        return []
    rows = select(LISTING.id).join(Site.__table__, SITE.id == LISTING.site).where(LISTING.site.in_(sites))
    if looking.profession:
        rows = rows.where(LISTING.profession == looking.profession)
    here = SITE.commune.in_(looking.communes)
    return list(session.scalars(rows.order_by(here.desc(), LISTING.family, LISTING.id).limit(MOST)))


def _ranked(session: Session, looking: Looking, words: Sequence[str], listings: set[int]) -> list[tuple[int, int]]:
    """Sort listings by how near their name and their town are; give each with its distance."""
    ranked = []
    for row in _rows(session, listings):
        name = rules.name_distance(words, rules.name_words(row.family, row.given))
        far = _far(row, looking)
        ranked.append((name + far, name, far, row.family, row.given, row.id))
    return [(total, listing) for total, *_, listing in sorted(ranked)]


def _far(row: Row[Any], looking: Looking) -> int:
    if row.commune in looking.communes:
        return HERE
    return BESIDE if row.postal_code in looking.postal_codes else AROUND


def _rows(session: Session, listings: Sequence[int] | set[int]) -> Sequence[Row[Any]]:
    return session.execute(WHOLE, {"listings": list(listings)}).all() if listings else []


def _people(session: Session, edition: int, listings: Sequence[int]) -> list[PersonRow]:
    """Gather listings by person, in the order given, with all their other places of work."""
    rows = {row.id: row for row in _rows(session, listings)}
    order = list(dict.fromkeys(rows[one].rpps for one in listings if one in rows))[:MOST]
    wanted = select(LISTING.id).where(LISTING.edition == edition, LISTING.rpps.in_(order))
    sites: dict[str, list[Row[Any]]] = defaultdict(list)
    place = {listing: position for position, listing in enumerate(listings)}
    every = _rows(session, set(session.scalars(wanted)))
    for row in sorted(every, key=lambda row: (place.get(row.id, len(place)), row.id)):
        sites[row.rpps].append(row)
    return [_person(sites[rpps]) for rpps in order]


def _person(rows: Sequence[Row[Any]]) -> PersonRow:
    first = rows[0]
    made = PersonRow(first.rpps, first.family, first.given, first.profession, first.skill, first.section)
    sites = [SiteRow(f"{r.site}", r.name, r.address, r.postal_code, r.town, r.commune, r.phone) for r in rows]
    return replace(made, sites=tuple({site.key: site for site in sites}.values()))
