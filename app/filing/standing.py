"""Where a complaint stands: what was sealed at its receipt, then each legal act in turn. Pure rules on values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.base.dates import local_day
from app.filing.rules import AIGUILLAGE, INFORMED, RECEIVER, days_not_asked

MOVED = "reorientation"
"""Transmission to the competent authority (CRPA L. 114-2)."""
ACKNOWLEDGED = "accuse_reception"
"""The authority's own acknowledgement, within eight days (CSP R. 1110-11)."""
TOLD_AUTHORITY = "transmise_autorite"
"""The complaint given to the other authority, within eight days (CSP R. 1110-11)."""
TOLD_PROFESSIONAL = "transmise_professionnel"
"""The professional told of the complaint and of its date of receipt, within eight days (CSP R. 1110-11)."""
PERSON_WROTE, AUTHORITY_WROTE, ASKED = "message_personne", "message_autorite", "demande_piece"
"""What the person and the authority wrote to each other; it changes nothing of where the complaint stands."""
WITHDRAWING, KEPT_ON, WITHDRAWN = "retrait_demande", "retrait_annule", "retrait"
"""The person asks to withdraw the complaint, changes their mind, or a day has passed since."""
CHANGE_OF_MIND = timedelta(hours=24)
"""Time to cancel a withdrawal, counted from its instant."""
EXCHANGES = (PERSON_WROTE, AUTHORITY_WROTE, ASKED)
ACTS = (MOVED, ACKNOWLEDGED, TOLD_AUTHORITY, TOLD_PROFESSIONAL, *EXCHANGES, WITHDRAWING, KEPT_ON, WITHDRAWN)
"""Kinds of acts, as the ledger names them."""
DUTIES = {ACKNOWLEDGED: "D2", TOLD_AUTHORITY: "D3", TOLD_PROFESSIONAL: "D4"}
"""The day of the calendar that each act keeps."""
NOTHING, NEVER = "", date.max
"""What a desk must do next when the law expects nothing of it, and by when."""


@dataclass(frozen=True)
class Kept:
    """When a duty was kept: the day that the act bears, and the instant of its entry."""

    on: date
    at: datetime

    def instant(self, zone: ZoneInfo) -> datetime:
        """Give the instant to tick: that of the entry when it is the same day, else noon of that day and place."""
        return self.at if local_day(self.at, zone) == self.on else datetime.combine(self.on, time(12), zone)


@dataclass(frozen=True)
class Standing:
    """Who holds a complaint, what was done of it, and what each authority must do next."""

    receiver: str
    informed: str
    without: frozenset[str] = frozenset()
    """Codes of the days that the law does not ask for this complaint."""
    done: Mapping[str, Kept] = field(default_factory=dict)
    """Codes of the duties of the receiver that are done."""
    is_shared: bool = False
    """Whether the informed authority was given access here."""
    withdrawing_since: datetime | None = None
    """When the person asked to withdraw the complaint, while that can still be cancelled."""
    withdrawn_at: datetime | None = None

    @property
    def duties(self) -> tuple[str, ...]:
        """Codes of what the receiver owes within eight days (CSP R. 1110-11 al. 3), in the order of the law."""
        return tuple(code for code in DUTIES.values() if code not in self.without and (code != "D3" or self.informed))

    @property
    def state(self) -> str:
        """Code of the state, as people read it."""
        if self.withdrawn_at:
            return "retiree"
        if self.withdrawing_since:
            return "retrait_demande"
        if all(code in self.done for code in self.duties):
            return "transmise"
        return "accusee" if "D2" in self.done else "recue"

    @property
    def readers(self) -> tuple[str, ...]:
        """Codes of the authorities that may read the complaint now."""
        return (self.receiver, self.informed) if self.is_shared else (self.receiver,)

    @property
    def desks(self) -> tuple[tuple[str, str, str], ...]:
        """Authority, role, and the code of the day that it must keep next, if any.

        The receiver acknowledges, tells the other authority and the professional, then summons the parties in time
        for the session (D13). The other authority waits for the transmission (D3), then for the session.
        """
        if self.withdrawn_at:
            ended = ((self.receiver, RECEIVER, NOTHING), (self.informed, INFORMED, NOTHING))
            return tuple(place for place in ended if place[0])
        left = [code for code in (*self.duties, "D13") if code not in self.done and code not in self.without]
        own = left[0] if left else NOTHING
        places = (
            (self.receiver, RECEIVER, own),
            (self.informed, INFORMED, NOTHING if "D3" in self.done else "D3"),
        )
        return tuple(place for place in places if place[0])


def standing(document: Mapping[str, Any], acts: Iterable[Mapping[str, Any]]) -> Standing:
    """Tell where a complaint stands after its acts, the oldest first; an unknown act changes nothing."""
    now = Standing(document["receiver"], document["informed"], days_not_asked(document["outcome"]))
    for act in acts:
        if act["kind"] == MOVED:
            now = _moved(now, act)
        elif act["kind"] in DUTIES:
            kept = Kept(date.fromisoformat(act["on"]), datetime.fromisoformat(act["at"]))
            now = replace(now, done={DUTIES[act["kind"]]: kept, **now.done})
            now = replace(now, is_shared=now.is_shared or bool(act.get("is_shared")))
        elif act["kind"] in {WITHDRAWING, KEPT_ON}:
            asked = datetime.fromisoformat(act["at"]) if act["kind"] == WITHDRAWING else None
            now = replace(now, withdrawing_since=asked)
        elif act["kind"] == WITHDRAWN:
            now = replace(now, withdrawing_since=None, withdrawn_at=datetime.fromisoformat(act["at"]))
    return now


def _moved(now: Standing, act: Mapping[str, Any]) -> Standing:
    """Begin again at the new authority; what was told to those who stay told is not told twice."""
    new = replace(now, receiver=act["receiver"]["code"], informed=act["informed"].get("code", ""))
    kept = {"D3", "D4"} if new.informed and new.informed == now.informed else {"D4"}
    return replace(
        new,
        done={code: when for code, when in now.done.items() if code in kept},
        is_shared=now.is_shared and "D3" in kept,
    )


def other_authority(new: str, known: Sequence[tuple[str, bool]], *, is_ordre: bool) -> str:
    """Find the authority to inform once ``new`` receives; empty when several may be, or none (CSP R. 1110-11).

    ``known``: each authority that was named so far, with whether it is the council of an ordre.
    """
    others = {code for code, ordre in known if ordre is not is_ordre and code not in {new, "", AIGUILLAGE}}
    return others.pop() if len(others) == 1 else ""
