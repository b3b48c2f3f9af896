"""The facts that rules of competence need, read from the reference: authorities, their territories, their communes."""

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.routing import closures
from app.routing.models import Authority, AuthorityClosure, AuthorityOpening, CpamException, ReferenceVersion
from app.routing.rules import Book, Caisse, CaisseRule, Council
from app.routing.rules.succession import inherit, inherit_rules

_STAMP = select(
    func.count(CpamException.id),
    func.max(CpamException.id),
    func.max(CpamException.decided_at),
    select(ReferenceVersion.digest).where(ReferenceVersion.id == 1).scalar_subquery(),
    select(func.count(AuthorityClosure.in_force_at)).scalar_subquery(),
    select(func.count(AuthorityOpening.in_force_at)).scalar_subquery(),
)
"""Written once: it is asked each time that a rule of competence is."""
CAISSES = ("cpam", "ccss", "cgss", "cssm", "cps", "msa_cps")


def book(session: Session, profession: str | None = None) -> Book:
    """Read the facts that rules need; the councils of one profession, or all of them.

    Those that closed leave their territory to their successors.
    """
    heirs = closures.heirs(session)
    bodies = select(
        Authority.code,
        Authority.kind,
        Authority.profession,
        Authority.section,
        Authority.departements,
        Authority.confidence,
        Authority.source,
    ).where(or_(Authority.is_retired.is_(False), Authority.code.in_(heirs))).order_by(Authority.code)  # fmt: skip
    if profession is not None:
        bodies = bodies.where(Authority.profession.in_({"", profession}))
    caisses, councils = [], []
    for row in session.execute(bodies):
        territory = _several(row.departements)
        if row.kind in CAISSES:
            caisses.append(Caisse(row.code, territory, row.confidence, row.source))
        else:
            here = territory if row.section in ("", "A") else ()
            councils.append(Council(row.code, row.profession, row.section, here, row.confidence, row.source))
    # A new council without a territory of its own waits for that of those that close: it is no central one.
    placed = [one for one in inherit(councils, heirs) if one.departements or one.section not in ("", "A")]
    return Book.of(inherit(caisses, heirs), inherit_rules(_rules(session), heirs), placed)


def stamp(session: Session) -> tuple[Any, ...]:
    """Return the state of the reference and of what was decided: a word on a caisse, a closure, an opening."""
    return tuple(session.execute(_STAMP).one())


def _rules(session: Session) -> list[CaisseRule]:
    found = session.execute(
        select(
            CpamException.scope,
            CpamException.scope_code,
            CpamException.departement,
            CpamException.caisses,
            CpamException.status,
            CpamException.source,
            CpamException.origin,
        ).order_by(CpamException.id)
    )
    return [
        CaisseRule(r.scope, r.scope_code, r.departement, _several(r.caisses), r.status, r.source, r.origin)
        for r in found
    ]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
