"""Finding a town from what people type."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from app.base.errors import N_
from app.base.searching import LONGEST
from app.routing.models import Commune, CommuneName, CommunePostcode, Departement
from app.routing.queries.place_rows import PlaceRow
from app.routing.queries.place_statements import BEGINNING_SO, BY_INSEE, BY_NAME, Found, towns
from app.routing.rules.names import (
    Typed,
    begins_alike,
    compact,
    is_outside_france,
    is_plain,
    normalise,
    one_typo_apart,
    read_place,
    with_articles,
)

MOST = 20
HOMONYMS = 100
"""More than the towns that bear one name."""
SHORTEST = 2
"""Fewer letters would name half the country."""
FORMERLY = N_("{former}, aujourd'hui {label}")


def find_places(session: Session, text: str, limit: int = MOST) -> list[PlaceRow]:
    """Find towns by name, postal code or both, the most likely first; nothing for Monaco and abroad.

    A text longer than :data:`~app.base.searching.LONGEST` characters names no town.
    """
    typed = _read(text)
    if typed is None:
        return []
    if not typed.postal:
        by_name = _by_name(session, typed, limit) or _of_departement(session, typed, limit)
        return by_name or _with_a_typo(session, typed, limit)
    found = _by_code(session, typed, limit)
    if found or not typed.key:
        return found
    by_code = _by_postal_code(session, Typed("", typed.postal), limit) if typed.is_whole_code else []
    by_name = _by_name(session, typed, limit) or _with_a_typo(session, typed, limit)
    both = {row.code: replace(row, is_exact=False) for row in (*by_code, *by_name)}
    return list(both.values())[:limit]


def place_meant(session: Session, text: str) -> PlaceRow | None:
    """Return the one town that may be taken without asking (:func:`~app.routing.rules.names.is_plain`), or ``None``.

    Its label, its whole name or its whole postal code was typed. A name alone reads one index, where
    :func:`find_places` reads every name.
    """
    typed = _read(text)
    if typed is None:
        return None
    if "(" in text and (chosen := _labelled(session, text)):
        return chosen
    found = _by_code(session, typed, MOST) if typed.postal else _named(session, typed, MOST)
    exact = [place for place in found if place.is_exact]
    if len(exact) != 1:
        return None
    one = exact[0]
    if typed.is_whole_code:
        return one
    others = _others(session, typed, one)
    return one if is_plain(one.population, others, is_former=bool(one.former)) else None


def _labelled(session: Session, text: str) -> PlaceRow | None:
    """Return the town of a whole label, « Lille (59000, Nord) », as a list gives it and as it is said back."""
    name, _, rest = text.rpartition("(")
    typed, label = Typed(normalise(name), read_place(rest).postal), normalise(text)
    found = [place for place in _named(session, typed, HOMONYMS) if normalise(place.label) == label]
    return found[0] if len(found) == 1 else None


def _read(text: str) -> Typed | None:
    """Take apart what was typed; ``None`` when it can name no town of ours."""
    typed = read_place(text) if len(text) <= LONGEST else None
    if typed is None or is_outside_france(text) or max(len(typed.postal), len(compact(typed.key))) < SHORTEST:
        return None
    return typed


def _others(session: Session, typed: Typed, one: PlaceRow) -> list[int]:
    """Count the inhabitants of the other towns whose name begins with the words of this one, by an index."""
    key, wanted = normalise(one.former or one.name), BEGINNING_SO
    bounds: dict[str, str] = {"code": one.code}
    for n, start in enumerate(map(compact, with_articles(key))):
        bounds |= {f"from_{n}": start, f"to_{n}": f"{start}zzzz"}
    if typed.postal:
        near = select(CommunePostcode.commune).where(CommunePostcode.postcode.startswith(typed.postal))
        wanted = wanted.where(Commune.code.in_(near))
    return [row.population for row in session.execute(wanted, bounds) if begins_alike(row.key, key)]


def places_near(session: Session, text: str, limit: int) -> list[PlaceRow]:
    """Return the towns around which to look for somebody: the one that is meant, else the likeliest."""
    meant = place_meant(session, text)
    return [meant] if meant else find_places(session, text, limit)


def place_row(session: Session, code: str, text: str = "") -> PlaceRow | None:
    """Return one town by its INSEE code, as :func:`find_places` does; ``text``: what was typed, for its postal code."""
    row = session.execute(BY_INSEE, {"insee": code}).first()
    return _row(row, read_place(text[:LONGEST]), is_exact=True) if row else None


def _by_code(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns of a postal code; with a name, a code of no town (CEDEX) says the département by its first digits."""
    found = _by_postal_code(session, typed, limit)
    if found or not (typed.key and typed.is_whole_code):
        return found
    is_known = session.scalar(select(CommunePostcode.commune).where(CommunePostcode.postcode == typed.postal).limit(1))
    return [] if is_known else _by_postal_code(session, Typed(typed.key, typed.postal[:2]), limit)


def _by_postal_code(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns of a postal code, or of its first digits, and of the name if one was typed."""
    whole = typed.is_whole_code
    code = CommunePostcode.postcode == typed.postal if whole else CommunePostcode.postcode.startswith(typed.postal)
    wanted = towns().where(Commune.code.in_(select(CommunePostcode.commune).where(code)))
    wanted = wanted.where(_matches(typed.key) if typed.key else CommuneName.is_former.is_(False))
    rank = _rank(typed.key) if typed.key else CommuneName.is_former
    ordered = wanted.order_by(rank, Commune.population.desc(), Commune.code, CommuneName.name)
    rows = _once(session.execute(ordered.limit(None if whole else limit)).all())
    kept = _without_cut_cities(rows) if whole else rows
    return [_row(row, typed, is_exact=_is_meant(row, typed)) for row in kept[:limit]]


def _is_meant(row: Found, typed: Typed) -> bool:
    """Return whether the whole name was typed, or the whole code and, if any, the beginning of the name."""
    asked = compact(typed.key)
    return row.compact == asked or (typed.is_whole_code and row.compact.startswith(asked))


def _without_cut_cities(rows: Sequence[Found]) -> list[Found]:
    """Leave out Paris, Lyon or Marseille where the postal code already gives their district."""
    cities = {row.parent for row in rows}
    return [row for row in rows if row.code not in cities]


def _by_name(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns by name, the whole name first; before it, those that begin so and have more inhabitants than it."""
    wanted = towns().where(_matches(typed.key))
    ordered = wanted.order_by(_rank(typed.key), Commune.population.desc(), Commune.code, CommuneName.name)
    rows = _once(session.execute(ordered.limit(limit)).all())
    found = [_row(row, typed, is_exact=row.compact == compact(typed.key)) for row in rows]
    exact = [place for place in found if place.is_exact]
    if not exact:
        return found
    key, known = normalise(exact[0].former or exact[0].name), max(place.population for place in exact)
    larger = [place for place in found if place.population > known and begins_alike(normalise(place.name), key)]
    return [*larger, *(place for place in found if place not in larger)]


def _named(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns of that whole name, today's names before former ones, the largest first."""
    rows = session.execute(BY_NAME, {"compact": compact(typed.key), "limit": limit}).all()
    return [_row(row, typed, is_exact=True) for row in _once(rows)]


def _of_departement(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns of the département or of the overseas territory of that name: « Saint-Pierre-et-Miquelon »."""
    rows = session.execute(select(Departement.code, Departement.name))
    codes = [row.code for row in rows if normalise(row.name) == typed.key]
    wanted = towns().where(Commune.departement.in_(codes), CommuneName.is_former.is_(False))
    ordered = wanted.order_by(Commune.population.desc(), Commune.code).limit(limit)
    return [_row(row, typed, is_exact=False) for row in session.execute(ordered)]


def _matches(key: str) -> ColumnElement[bool]:
    """Match the whole name, its beginning, or the beginning of one of its words."""
    return or_(CommuneName.compact.startswith(compact(key)), CommuneName.key.like(f"% {key}%"))


def _rank(key: str) -> ColumnElement[int]:
    """Exact names first, then names that begin so; today's names before former ones."""
    whole, begins = CommuneName.compact == compact(key), CommuneName.compact.startswith(compact(key))
    former = CommuneName.is_former.is_(True)
    return case((and_(whole, ~former), 0), (whole, 1), (and_(begins, ~former), 2), (~former, 3), else_=4)


def _with_a_typo(session: Session, typed: Typed, limit: int) -> list[PlaceRow]:
    """Towns whose name is one letter away, the first letter being right."""
    asked = compact(typed.key)
    names = session.execute(select(CommuneName.id, CommuneName.compact).where(CommuneName.compact.startswith(asked[0])))
    near = [row.id for row in names if one_typo_apart(asked, row.compact)][:200]
    wanted = towns().where(CommuneName.id.in_(near))
    rows = session.execute(wanted.order_by(CommuneName.is_former, Commune.population.desc(), Commune.code).limit(limit))
    return [_row(row, typed, is_exact=False) for row in _once(rows.all())]


def _once(rows: Iterable[Found]) -> list[Found]:
    """Keep the best line of each town."""
    best: dict[str, Found] = {}
    for row in rows:
        best.setdefault(row.code, row)
    return list(best.values())


def _row(row: Found, typed: Typed, *, is_exact: bool) -> PlaceRow:
    codes = tuple(code for code in row.postal_codes.split(";") if code)
    shown = next((code for code in codes if typed.postal and code.startswith(typed.postal)), codes[0] if codes else "")
    plain = f"{row.name} ({', '.join(part for part in (shown, row.departement_name) if part)})"
    former = row.found_name if row.is_former else ""
    return PlaceRow(
        code=row.code,
        name=row.name,
        former=former,
        postal_codes=codes,
        departement=row.departement,
        departement_name=row.departement_name,
        plain=plain,
        label=FORMERLY.format(former=former, label=plain) if former else plain,
        is_exact=is_exact,
        population=row.population,
    )
