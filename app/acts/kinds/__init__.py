"""Every act, and every line of the history, by its stored code: the one place where each is declared."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from app.accounts.audit import access_log
from app.acts import rules
from app.acts.kinds.conciliation import CONCILIATION
from app.acts.kinds.director import DIRECTOR
from app.acts.kinds.lines import DESK_LINES, LINES
from app.acts.kinds.mandate import MANDATE
from app.acts.kinds.person import PERSON
from app.acts.kinds.receipt import RECEIPT
from app.acts.rules import DESK, By, Kind
from app.filing.sealed.base import Sealed
from app.filing.status.act_codes import SEALED
from app.filing.status.case_status import CaseStatus

_DECLARED: Mapping[str, Kind] = {**DESK_LINES, **RECEIPT, **CONCILIATION, **DIRECTOR, **PERSON, **MANDATE, **LINES}
KINDS: Mapping[str, Kind] = {code: replace(kind, sealed=SEALED.get(code, Sealed)) for code, kind in _DECLARED.items()}
"""In the order of the menus."""
ACTS = frozenset(code for code, kind in KINDS.items() if kind.is_sealed)
"""Codes of what the ledger commits to."""
TOLD: Mapping[str, str] = {code: kind.told for code, kind in KINDS.items() if kind.told}
"""What the person reads of the history; what is not here stays with the authorities."""
INTERNAL = frozenset(code for code, kind in KINDS.items() if kind.is_internal)
ASKING_REASON = frozenset(code for code, kind in KINDS.items() if kind.asks_reason)
BY_PAGE: Mapping[str, str] = {kind.page: code for code, kind in KINDS.items() if kind.page}
"""Code of the act of each page of a desk, by the name of its address."""
NOTED = (*(code for code, kind in KINDS.items() if kind.by & DESK or not kind.is_sealed), *access_log.WORDS)
"""Codes of what the journal of access may hold: what is done at a desk."""


def may(now: CaseStatus, code: str) -> bool:
    """Return whether an act may be done of a complaint as it stands. Raises ``KeyError`` for another code."""
    return rules.may(KINDS[code], now)


def menu(now: CaseStatus, by: By) -> list[Kind]:
    """List what the page of a complaint offers to who may act so."""
    return [kind for kind in KINDS.values() if kind.is_in_menu and kind.by & by and rules.may(kind, now)]


class Signed(Protocol):
    """What is known of who did an act, or wrote a line of the history."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def by(self) -> str: ...  # noqa: D102
    @property
    def authority(self) -> str: ...  # noqa: D102


def is_of_association(done: Signed) -> bool:
    """Return whether the association of the person did it: somebody who is named, of no authority."""
    return bool(done.by) and not done.authority


def past_of(done: Signed) -> str:
    """Return what was done, to clerks and to the association."""
    return _of_association(done) or past(done.kind)


def told_of(done: Signed) -> str:
    """Return what was done, to the person. Raises ``KeyError`` for what is not told to her."""
    return _of_association(done) or TOLD[done.kind]


def _of_association(done: Signed) -> str:
    kind = KINDS.get(done.kind)
    return kind.of_association if kind and is_of_association(done) else ""


def past(code: str) -> str:
    """Return what was done, to clerks; the code of another version of the service is shown as it is."""
    return KINDS[code].past if code in KINDS else code
