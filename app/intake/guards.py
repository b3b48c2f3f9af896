"""What may be done of a complaint as it stands, act by act: the one table that pages, menus and tests ask. Pure rules.

A guard says what the complaint calls for; who may press (the secretariat, the council, the director, any reader) is
said by the door of each page. An act that a guard refuses is refused once more inside the turn of the ledger, where
what the page saw may be past.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.base.errors import N_
from app.filing import road
from app.filing.remarks import APART, IDENTIFIED, TRANSLATED, TWIN
from app.filing.road import OUT_OF_SCOPE
from app.filing.rules import AIGUILLAGE
from app.filing.standing import (
    ACKNOWLEDGED,
    ASKED,
    AUTHORITY_WROTE,
    CONFIRMED,
    HELD,
    MOVED,
    TOLD_AUTHORITY,
    TOLD_PROFESSIONAL,
    Standing,
)
from app.intake.rules import EventKind

CONFIRM_COUNCIL, CONFIRM_CAISSE = N_("Confirmer l'ordre"), N_("Confirmer la CPAM")


@dataclass(frozen=True)
class Guard:
    """What an act asks of where a complaint stands."""

    asks: Callable[[Standing], object]
    after: str = ""
    """Why it stays possible on a file that ended, closed or withdrawn; empty when it does not."""


def may(now: Standing, kind: str) -> bool:
    """Tell whether an act, or a line of the history, may be written of a complaint as it stands."""
    guard = GUARDS[kind]
    return bool((now.is_open or guard.after) and guard.asks(now))


def reason_of(now: Standing) -> str:
    """Say from which end a file is closed; without any, only as out of scope."""
    if now.withdrawn_at:
        return "retrait"
    if now.road.passed_on:
        return "chambre"
    if now.road.inaction and now.road.inaction["follow"] != "attente":
        return "carence"
    return "accord" if now.state == "accord" else OUT_OF_SCOPE


def is_unnamed(now: Standing) -> bool:
    """Tell whether a person must say who the other authority is before it can be told."""
    return may(now, CONFIRMED) and not (now.is_alone or now.informed)


def to_confirm(now: Standing) -> str:
    """Say which authority is to be confirmed: the caisse when a council holds the complaint, the council otherwise."""
    return CONFIRM_CAISSE if now.receiver in now.ordres else CONFIRM_COUNCIL


def _always(now: Standing) -> bool:
    return bool(now.receiver)


def _owes(code: str) -> Callable[[Standing], bool]:
    """Ask that a duty of the eight days is still to be done (CSP R. 1110-11)."""
    return lambda now: code in now.duties and code not in now.told


def _may_tell_authority(now: Standing) -> bool:
    return bool(now.informed) and _owes("D3")(now)


def _may_confirm(now: Standing) -> bool:
    """The receiver may say who the other authority is while it was not told yet."""
    return now.receiver != AIGUILLAGE and "D3" not in now.without and "D3" not in now.told


def _may_hear(now: Standing) -> bool:
    """The professional may be heard before the meeting (CSP L. 1110-3 al. 3, R. 1110-11 al. 4)."""
    return "D5" not in {*now.without, *now.done} and not now.road.report and not now.road.is_recidive


def _may_fix(now: Standing) -> bool:
    """A meeting can be fixed, or moved, once all were told and until it took place (CSP R. 1110-11)."""
    ahead = now.are_told and "D7" not in now.without and not now.withdrawing_since
    return ahead and not now.road.report and not now.road.is_recidive


def _is_fixed(now: Standing) -> bool:
    """A meeting is fixed whose end is not written yet."""
    return bool(now.road.session_on and not now.road.report)


def _may_come(now: Standing) -> bool:
    return _is_fixed(now) and bool(now.road.summons)


def _may_send_report(now: Standing) -> bool:
    return bool(now.road.report and not now.road.report_sent)


def _may_say_again(now: Standing) -> bool:
    """The question of a first sanction matters until the meeting took place, where a council is."""
    return not now.road.report and not now.road.passed_on and bool(now.ordre)


def _owes_chamber(now: Standing) -> bool:
    """The chamber must be seized (CSP R. 1110-13, R. 1110-14)."""
    return bool(now.road.chamber)


def _may_decide(now: Standing) -> bool:
    return bool(now.road.passed_on and not now.withdrawn_at)


def _may_close(now: Standing) -> bool:
    """Once, and neither in the middle of a withdrawal nor between a meeting and its report."""
    return not (now.road.closed or now.withdrawing_since or (now.road.report and not now.road.report_sent))


_DESK = "Internal to the desk, which still answers for the file."
GUARDS: Mapping[str, Guard] = {
    ACKNOWLEDGED: Guard(_owes("D2")),
    TOLD_AUTHORITY: Guard(_may_tell_authority),
    TOLD_PROFESSIONAL: Guard(_owes("D4")),
    CONFIRMED: Guard(_may_confirm),
    MOVED: Guard(_always),
    AUTHORITY_WROTE: Guard(_always),
    ASKED: Guard(_always),
    IDENTIFIED: Guard(_always),
    TRANSLATED: Guard(_always),
    TWIN: Guard(_always),
    APART: Guard(_always),
    road.HEARD: Guard(_may_hear),
    road.FIXED: Guard(_may_fix),
    road.SUMMONED: Guard(_is_fixed),
    road.SUMMONS_CAME: Guard(_may_come),
    road.ANSWERED: Guard(_is_fixed),
    road.REPORT: Guard(_is_fixed),
    road.REPORT_SENT: Guard(_may_send_report),
    road.AGAIN: Guard(_may_say_again),
    road.OPINION: Guard(_owes_chamber),
    road.INACTION: Guard(_owes_chamber),
    road.DECISION: Guard(_may_decide, "The chamber may decide after the file was closed here."),
    road.CLOSED: Guard(_may_close, "A withdrawn file is closed by an act; a closed one is not closed twice."),
    HELD: Guard(_always, "The time of keeping runs from the end: it is then that a pending case matters."),
    EventKind.NOTE: Guard(_always, _DESK),
    EventKind.ATTRIBUEE: Guard(_always, _DESK),
    EventKind.EXPORTEE: Guard(_always, "An ended file is still read, and asked for by a court or an archive."),
    EventKind.DANGEREUSE: Guard(_always, "An ended file is still read, its evidence too."),
    EventKind.CODE_POSTE: Guard(_always, "The person still reads how it ended, and needs the code for that."),
}
"""Acts, and lines of the history, that the desks write of one complaint, by their kinds."""
