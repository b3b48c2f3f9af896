"""What the authority that holds a complaint adds to it: its duplicates, the name of its professional, a translation.

Pure rules on values: these acts are sealed and in the ledger as the others, and change nothing of where it stands.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from app.filing.sealed.act import Act, Done, One, of_kind
from app.filing.sealed.receipt import Duplicated, Identified, NotDuplicated, Professional

DUPLICATE, NOT_DUPLICATE = "doublon", "doublon_annule"
"""Two complaints of one person about the same facts are followed together; or not any more."""
IDENTIFIED = "identification"
"""The professional that the person could not name is named, from the directory."""
TRANSLATED = "traduction"
"""A translation of the story; the original alone is what was said, and what is transmitted."""
ANNOTATIONS = (DUPLICATE, NOT_DUPLICATE, IDENTIFIED, TRANSLATED)


def linked_duplicates(acts: Iterable[Act]) -> dict[str, Duplicated]:
    """Return what links a complaint to those it is followed with, by their numbers."""
    found: dict[str, Duplicated] = {}
    for act in acts:
        match act.sealed:
            case NotDuplicated(twin=twin):
                found.pop(twin, None)
            case Duplicated(twin=twin) as linked:
                found[twin] = linked
    return found


def last(acts: Iterable[Act], sealed: type[One]) -> Done[One] | None:
    """Return the last act that sealed this, if there is one."""
    return next(iter(deque(of_kind(acts, sealed), maxlen=1)), None)


def identified(acts: Iterable[Act]) -> Professional | None:
    """Return the professional that was identified since the receipt, if so."""
    found = last(acts, Identified)
    return found.sealed.professional if found else None


def named(document: Mapping[str, Any], acts: Iterable[Act]) -> Mapping[str, Any]:
    """Add to what was sealed the professional that was identified since, for who searches."""
    found = identified(acts)
    return {**document, "identified": {"name": found.name, "rpps": found.rpps}} if found else document
