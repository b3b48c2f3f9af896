"""What is sealed of the end of the mandate that a person gave to an association (Code civil, articles 2003 to 2007)."""

from dataclasses import dataclass
from datetime import date

from app.filing.sealed.base import Brings, Sealed


@dataclass(frozen=True, kw_only=True)
class MandateRevoked(Sealed):
    """The person ends it, whenever they want and without a reason (Code civil, article 2004)."""


@dataclass(frozen=True, kw_only=True)
class MandateRevokedOnPaper(Brings):
    """The person ended it by a paper, which came with the act."""

    on: date
    """Day of the paper."""


@dataclass(frozen=True, kw_only=True)
class MandateGivenUp(Sealed):
    """The association gives it up (Code civil, article 2007)."""
