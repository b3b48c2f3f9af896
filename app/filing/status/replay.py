"""How a complaint came to stand where it does: what was sealed at its receipt, then each legal act in turn. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.filing.rules import days_not_asked
from app.filing.sealed.act import Act
from app.filing.sealed.base import Contact
from app.filing.sealed.mandate import MandateGivenUp, MandateRevoked, MandateRevokedOnPaper
from app.filing.sealed.person import KeptOn, WithdrawalAsked, Withdrawn
from app.filing.sealed.receipt import SUCCESSION, Acknowledged, Confirmed, Held, Moved, ToldAuthority, ToldProfessional
from app.filing.status.case_status import DUTIES, CaseStatus
from app.filing.status.conciliation import Milestone, advance
from app.filing.status.director import advance as advance_director
from app.filing.status.sanctions import sanctioned_on
from app.procedure.days import LegalDay
from app.procedure.law import rule_of


def replay(document: Mapping[str, Any], acts: Iterable[Act]) -> Iterator[CaseStatus]:
    """Yield where a complaint stood at its receipt, then after each of its acts, the oldest first."""
    met, association = document["authorities"], document.get("association", {})
    named = [met["receiver"], met["informed"], *met["proposed"]]
    ordres = frozenset(one["code"] for one in named if one and is_ordre(one))
    sealed = document.get("without")
    without = days_not_asked(document["outcome"]) if sealed is None else frozenset(sealed.split())
    now = CaseStatus(
        *(document["receiver"], document["informed"], without),
        ordres=ordres,
        association=association.get("id", ""),
        powers=frozenset(association.get("mandate", {}).get("scope", ())),
    )
    yield now
    for act in acts:
        now = apply_act(now, act)
        yield now


def status_of(document: Mapping[str, Any], acts: Iterable[Act]) -> CaseStatus:
    """Return where a complaint stands after its acts, the oldest first; an unknown act changes nothing."""
    *_, now = replay(document, acts)
    return now


def is_ordre(contact: Contact) -> bool:
    """Tell a council from a caisse, by what was sealed of it."""
    return str(contact["kind"]).startswith("ordre")


def apply_act(now: CaseStatus, act: Act) -> CaseStatus:
    """Return where a complaint stands after one more act; an unknown one changes nothing."""
    match act.sealed:
        case Moved() as moved:
            now = _moved(now, moved)
        case Confirmed(informed=other):
            now = _confirmed(now, other)
        case Acknowledged() | ToldAuthority() | ToldProfessional() as told:
            now = _told(now, DUTIES[act.kind], Milestone(told.on, act.at), told)
        case Held(until=until):
            now = _kept(now, until)
        case _:
            conciliation, director = advance(now.conciliation, act), advance_director(now.director, act)
            now = _ended(replace(now, conciliation=conciliation, director=director), act)
            if sanctioned := sanctioned_on(act.sealed):
                now = _kept(now, rule_of(LegalDay.REPEAT_SINCE).delay.after(sanctioned))
    return now


def _kept(now: CaseStatus, until: date) -> CaseStatus:
    """Keep a complaint until a day: a later one counts, such as the end of the six years of a sanction (R. 1110-14)."""
    return replace(now, kept_until=max(until, now.kept_until or until))


def _ended(now: CaseStatus, act: Act) -> CaseStatus:
    """Follow what the person ends: the complaint, in two steps, and the mandate of an association."""
    match act.sealed:
        case WithdrawalAsked():
            return replace(now, withdrawing_since=act.at)
        case KeptOn():
            return replace(now, withdrawing_since=None)
        case Withdrawn():
            return replace(now, withdrawing_since=None, withdrawn_at=act.at)
        case MandateRevoked() | MandateRevokedOnPaper() | MandateGivenUp():
            return replace(now, mandate_ended_at=act.at)
    return now


def _told(
    now: CaseStatus, code: str, kept: Milestone, told: Acknowledged | ToldAuthority | ToldProfessional
) -> CaseStatus:
    """Keep a duty of the eight days, the first time alone."""
    is_shared = isinstance(told, ToldAuthority) and told.is_shared
    return replace(now, told={code: kept, **now.told}, is_shared=now.is_shared or is_shared)


def _confirmed(now: CaseStatus, other: Contact) -> CaseStatus:
    """Return the other authority, ``other`` being its contact, or nothing when there is none.

    The secretariat of the commission stays with whoever succeeds to the one that kept it.
    """
    ordres = now.ordres | ({other["code"]} if other and is_ordre(other) else frozenset())
    new, kept = other.get("code", ""), now.conciliation
    if kept.secretariat and kept.secretariat == now.informed:
        kept = replace(kept, secretariat=new)
    return replace(now, informed=new, is_alone=not other, ordres=ordres, conciliation=kept)


def _moved(now: CaseStatus, moved: Moved) -> CaseStatus:
    """Begin again at the new authority; what was told to those who stay told is not told twice.

    The successor of an authority that closed takes the complaint as it is: what was done stays done.
    """
    contacts = [one for one in (moved.receiver, moved.informed) if one]
    new = replace(
        now,
        receiver=moved.receiver["code"],
        informed=moved.informed.get("code", ""),
        ordres=now.ordres | {one["code"] for one in contacts if is_ordre(one)},
        is_alone=False,
        conciliation=replace(now.conciliation, secretariat=""),
    )
    if moved.reason == SUCCESSION:
        is_secretary = bool(now.conciliation.secretariat) and now.conciliation.secretariat != now.receiver
        secretariat = now.conciliation.secretariat if is_secretary else ""
        return replace(new, is_alone=now.is_alone, conciliation=replace(now.conciliation, secretariat=secretariat))
    is_same = bool(new.informed) and new.informed == now.informed
    kept = {LegalDay.TELL_PROFESSIONAL} | ({LegalDay.TRANSMIT} if is_same else set())
    return replace(
        new,
        told={code: when for code, when in now.told.items() if code in kept},
        is_shared=now.is_shared and LegalDay.TRANSMIT in kept,
    )
