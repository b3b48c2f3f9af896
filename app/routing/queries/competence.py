"""Which authorities are competent, from what the form or the directory knows."""

from collections import defaultdict
from typing import Any, Protocol

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.base.ttl_cache import TtlCache
from app.routing.models import Commune, CommuneAlias, CommunePostcode, ProfessionRow
from app.routing.queries.book import book, stamp
from app.routing.rules import (
    TO_CHOOSE,
    Book,
    Competence,
    Practice,
    PracticePlace,
    Profession,
    agree,
    decide,
    is_outside_code,
    is_outside_postal_code,
    outside,
)
from app.routing.rules.values import UNKNOWN_PROFESSION

OUTSIDE = outside("CSP L. 1110-3")
BOOK = "routing.book"


class Facts(Protocol):
    """Where the facts of a question are found."""

    def place(self, insee: str) -> PracticePlace | None:
        """Bring an INSEE code to a commune of today."""

    def behind(self, postal_code: str) -> list[PracticePlace]:
        """List the communes of a postal code."""

    def profession(self, code: str) -> Profession:
        """Return a profession of the reference; one that is not there is unknown."""

    def book(self, profession: str) -> Book:
        """Return the authorities that may be competent."""


def authorities_for(session: Session, cache: TtlCache | None = None, **asked: Any) -> Competence:
    """Find the competent authorities in the database; see :func:`competence`. ``cache`` keeps the book meanwhile."""
    return competence(Stored(session, cache), **asked)


def competence(  # noqa: PLR0913 - each answer of the form has its name
    facts: Facts,
    *,
    profession: str,
    commune: str | None = None,
    postal_code: str | None = None,
    departement: str | None = None,
    section: str | None = None,
    pharmacie_type: str | None = None,
    fees_only: bool = False,
    armed_forces: bool = False,
) -> Competence:
    """Find the competent authorities (CSP L. 1110-3, R. 1110-9); the first of these that is known decides of the place.

    ``commune``: INSEE code, of today or former; ``postal_code``: only when all its communes give the same answer;
    ``departement``: COG code, ``""`` when the person does not know it either (nothing is found, all is to confirm).
    A place that cannot be told gives ``commune_a_choisir``; Monaco and abroad give ``hors_champ``.
    ``profession`` is an RPPS code; one that is not in the reference is unknown (``""``).
    """
    if is_outside_code(commune):
        return OUTSIDE
    places = _places(facts, commune, postal_code, departement)
    who = facts.profession(profession)
    if not places:
        return _without_place(who, is_abroad=is_outside_postal_code(postal_code))
    practice = Practice(section, pharmacie_type, fees_only=fees_only, armed_forces=armed_forces)
    book_ = facts.book(who.code)
    return agree([decide(who, where, practice, book_) for where in places])


class Stored:
    """The facts of one question, read from the database."""

    def __init__(self, session: Session, cache: TtlCache | None = None) -> None:
        """Read nothing yet."""
        self._session, self._cache = session, cache

    def place(self, insee: str) -> PracticePlace | None:
        """Bring an INSEE code to a commune of today."""
        return place(self._session, insee)

    def behind(self, postal_code: str) -> list[PracticePlace]:
        """List the communes of a postal code."""
        towns = self._session.scalars(
            select(Commune)
            .join(CommunePostcode, CommunePostcode.commune == Commune.code)
            .where(CommunePostcode.postcode == postal_code, Commune.parent.is_(None))
            .order_by(Commune.code)
        )
        return [_place(town) for town in towns]

    def profession(self, code: str) -> Profession:
        """Return a profession of the reference."""
        return _known(self._session.get(ProfessionRow, code.strip()))

    def book(self, profession: str) -> Book:
        """Return the authorities that may be competent: every one when they are kept."""
        if self._cache is None:
            return book(self._session, profession)
        return self._cache.get(BOOK, lambda: book(self._session), stamp(self._session))


class Atlas:
    """All the facts, in memory: for thousands of questions."""

    def __init__(self, session: Session) -> None:
        """Read them."""
        read = select(Commune.code, Commune.parent, Commune.departement, Commune.arrondissement)
        towns = {town.code: town for town in session.execute(read)}
        self.places = {code: _place(towns[town.parent or code]) for code, town in towns.items()}
        aliases = session.execute(select(CommuneAlias.code, CommuneAlias.commune))
        self._every = {code: self.places[town] for code, town in aliases if town in self.places} | self.places
        self._behind: dict[str, list[PracticePlace]] = defaultdict(list)
        for postal, code in session.execute(
            select(CommunePostcode.postcode, CommunePostcode.commune).order_by(CommunePostcode.commune)
        ):
            if code in towns and towns[code].parent is None:
                self._behind[postal].append(self.places[code])
        self.professions = {row.code: _known(row) for row in session.scalars(select(ProfessionRow))}
        self._book = book(session)

    def place(self, insee: str) -> PracticePlace | None:
        """Bring an INSEE code to a commune of today."""
        return self._every.get(insee.strip().upper())

    def behind(self, postal_code: str) -> list[PracticePlace]:
        """List the communes of a postal code."""
        return self._behind.get(postal_code, [])

    def profession(self, code: str) -> Profession:
        """Return a profession of the reference."""
        return self.professions.get(code.strip(), UNKNOWN_PROFESSION)

    def book(self, profession: str) -> Book:
        """Return every authority."""
        del profession
        return self._book


def place(session: Session, insee: str) -> PracticePlace | None:
    """Bring an INSEE code (arrondissement municipal, déléguée, associée, former) to a commune of today."""
    code = insee.strip().upper()
    town = session.get(Commune, code)
    if town is None and (alias := session.get(CommuneAlias, code)):
        town = session.get(Commune, alias.commune)
    if town and town.parent:
        town = session.get(Commune, town.parent)
    return _place(town) if town else None


def _places(facts: Facts, commune: str | None, postal_code: str | None, departement: str | None) -> list[PracticePlace]:
    """List the places meant: one commune, the communes of a postal code, or a whole département."""
    where = facts.place(commune) if commune else None
    if where:
        return [where]
    towns = facts.behind("".join((postal_code or "").split()))
    if towns or departement is None:
        return towns
    return [PracticePlace(None, departement.strip().upper())]


def _without_place(profession: Profession, *, is_abroad: bool) -> Competence:
    """Return what can be said without a place: abroad is outside, and so are some professions wherever they are."""
    if is_abroad:
        return OUTSIDE
    nowhere = decide(profession, PracticePlace(None, ""), Practice(), Book({}, {}, {}))
    return nowhere if profession.procedure == "hors_champ" else TO_CHOOSE


def _known(row: ProfessionRow | None) -> Profession:
    if row is None or not row.code:
        return UNKNOWN_PROFESSION
    return Profession(row.code, row.procedure, row.confidence, row.source)


def _place(town: Commune | Row[str, str | None, str, str]) -> PracticePlace:
    return PracticePlace(town.code, town.departement, town.arrondissement)
