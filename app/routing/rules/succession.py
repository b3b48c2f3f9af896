"""Who takes the place of an authority that closed: its territory, its communes, its open complaints."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from app.routing.rules.values import Caisse, CaisseRule, Council

Body = TypeVar("Body", bound=Caisse | Council)
Heirs = Mapping[str, str]
"""Code of each closed authority → code of the one that holds its place today; empty when nobody does."""


def last_heirs(successors: Heirs) -> dict[str, str]:
    """Follow each successor to the one that is still open; ``successors`` says who directly follows whom."""
    return {code: _last(code, successors) for code in successors}


def _last(code: str, successors: Heirs) -> str:
    seen: set[str] = set()
    while code in successors and code not in seen:
        seen.add(code)
        code = successors[code]
    return code


def inherit(bodies: Iterable[Body], heirs: Heirs) -> list[Body]:
    """Give the départements of those that closed to those that hold their place."""
    known = list(bodies)
    left: dict[str, tuple[str, ...]] = {}
    for one in known:
        if heir := heirs.get(one.code):
            left[heir] = (*left.get(heir, ()), *one.departements)
    return [
        replace(one, departements=_once(*one.departements, *left[one.code])) if one.code in left else one
        for one in known
        if one.code not in heirs
    ]


def inherit_rules(rules: Iterable[CaisseRule], heirs: Heirs) -> list[CaisseRule]:
    """Name in the rules those that hold the place of the closed ones.

    Two caisses that became one leave no doubt; a rule that names nobody any more says nothing.
    """
    found = []
    for rule in rules:
        caisses = _once(*filter(None, (heirs.get(code, code) for code in rule.caisses)))
        is_settled = len(caisses) == 1 < len(rule.caisses)
        if caisses:
            found.append(replace(rule, caisses=caisses, status="certain" if is_settled else rule.status))
    return found


def _once(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
