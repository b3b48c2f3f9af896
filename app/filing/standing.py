"""Where a complaint stands: what was sealed at its receipt, then each legal act in turn. Pure rules on values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.filing.rules import AIGUILLAGE, INFORMED, RECEIVER

MOVED = "reorientation"
"""Transmission to the competent authority (CRPA L. 114-2)."""
ACKNOWLEDGED = "accuse_reception"
"""The authority's own acknowledgement, within eight days (CSP R. 1110-11)."""
ACTS = (MOVED, ACKNOWLEDGED)
"""Kinds of acts, as the ledger names them."""


@dataclass(frozen=True)
class Standing:
    """Who holds a complaint, and what each authority must do next."""

    receiver: str
    informed: str
    state: str = "recue"

    @property
    def desks(self) -> tuple[tuple[str, str, str], ...]:
        """Authority, role, and the date of the calendar that it must keep (CSP R. 1110-11).

        The receiver acknowledges (D2), then tells the other authority (D3); where there is none, the professional (D4).
        """
        next_of_receiver = "D2" if self.state == "recue" else ("D3" if self.informed else "D4")
        places = ((self.receiver, RECEIVER, next_of_receiver), (self.informed, INFORMED, "D3"))
        return tuple(place for place in places if place[0])


def standing(document: Mapping[str, Any], acts: Iterable[Mapping[str, Any]]) -> Standing:
    """Tell where a complaint stands after its acts, the oldest first; an unknown act changes nothing."""
    now = Standing(document["receiver"], document["informed"])
    for act in acts:
        if act["kind"] == MOVED:
            now = Standing(act["receiver"]["code"], act["informed"].get("code", ""))  # it begins again there
        elif act["kind"] == ACKNOWLEDGED:
            now = replace(now, state="accusee")
    return now


def other_authority(new: str, known: Sequence[tuple[str, bool]], *, is_ordre: bool) -> str:
    """Find the authority to inform once ``new`` receives; empty when several may be, or none (CSP R. 1110-11).

    ``known``: each authority that was named so far, with whether it is the council of an ordre.
    """
    others = {code for code, ordre in known if ordre is not is_ordre and code not in {new, "", AIGUILLAGE}}
    return others.pop() if len(others) == 1 else ""
