"""Where a complaint stands: what was sealed at its receipt, then each legal act in turn. Pure rules on values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.filing.rules import AIGUILLAGE, INFORMED, RECEIVER

MOVED = "reorientation"
"""Transmission to the competent authority (CRPA L. 114-2)."""
ACTS = (MOVED,)
"""Kinds of acts, as the ledger names them."""


@dataclass(frozen=True)
class Standing:
    """Who holds a complaint, and what each authority must do next."""

    receiver: str
    informed: str
    state: str = "recue"

    @property
    def desks(self) -> tuple[tuple[str, str, str], ...]:
        """Authority, role, and the date of the calendar that it must keep (CSP R. 1110-11)."""
        places = ((self.receiver, RECEIVER, "D2"), (self.informed, INFORMED, "D3"))
        return tuple(place for place in places if place[0])


def standing(document: Mapping[str, Any], acts: Iterable[Mapping[str, Any]]) -> Standing:
    """Tell where a complaint stands after its acts, the oldest first; an unknown act changes nothing."""
    now = Standing(document["receiver"], document["informed"])
    for act in acts:
        if act["kind"] == MOVED:
            now = replace(now, receiver=act["receiver"]["code"], informed=act["informed"].get("code", ""))
    return now


def other_authority(new: str, known: Sequence[tuple[str, bool]], *, is_ordre: bool) -> str:
    """Find the authority to inform once ``new`` receives; empty when several may be, or none (CSP R. 1110-11).

    ``known``: each authority that was named so far, with whether it is the council of an ordre.
    """
    others = {code for code, ordre in known if ordre is not is_ordre and code not in {new, "", AIGUILLAGE}}
    return others.pop() if len(others) == 1 else ""
