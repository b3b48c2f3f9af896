"""The messages that leave at receipt: facts, a date, an address; never the story (CRPA R. 112-11-3)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.base.fields import Translate


@dataclass(frozen=True)
class Words:
    """What messages need of the instance."""

    translate: Translate
    address: str
    """Public address, without a final slash."""


