"""What the authority that holds a complaint adds to it: its twin, the name of its professional, a translation.

Pure rules on values: these acts are sealed and in the ledger as the others, and change nothing of where it stands.
"""

from collections.abc import Iterable, Mapping
from typing import Any

TWIN, APART = "doublon", "doublon_annule"
"""Two complaints of one person about the same facts are followed together; or not any more."""
IDENTIFIED = "identification"
"""The professional that the person could not name is named, from the directory."""
TRANSLATED = "traduction"
"""A translation of the story; the original alone is what was said, and what is transmitted."""
REMARKS = (TWIN, APART, IDENTIFIED, TRANSLATED)

Act = Mapping[str, Any]


def twins(acts: Iterable[Act]) -> dict[str, Act]:
    """Give the acts that link a complaint to those it is followed with, by their numbers."""
    found: dict[str, Act] = {}
    for act in acts:
        if act["kind"] == TWIN:
            found[act["twin"]] = act
        elif act["kind"] == APART:
            found.pop(act["twin"], None)
    return found


def last(acts: Iterable[Act], kind: str) -> Act:
    """Give the last act of a kind, or an empty one."""
    found: Act = {}
    for act in acts:
        found = act if act["kind"] == kind else found
    return found


def named(document: Mapping[str, Any], acts: Iterable[Act]) -> Mapping[str, Any]:
    """Add to what was sealed the professional that was identified since, for who searches."""
    found = last(acts, IDENTIFIED)
    return {**document, "identified": found["professional"]} if found else document
