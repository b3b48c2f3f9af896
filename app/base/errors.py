"""What can go wrong on purpose: refusals that explain themselves, and the disk that says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a French sentence for the catalogue; it is translated when it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - named as N_ is
    """Mark a French sentence that changes with a count, for the catalogue and ``ntranslate``."""
    return one, many


@dataclass(frozen=True)
class Back:
    """Where a refusal leads: words, and the address of a page by the name of its route."""

    words: str
    route: str
    params: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """What the law or the state of things forbids: a code, a French sentence, a way out (a route name)."""

    code: str = "refus"
    heading: str = N_("Un problème est survenu")
    says: str = N_("Cette action n'est pas possible.")
    way_out: str = "home"
    address: str = ""
    """Where the way out is, when the name of its route does not say all."""
    way_words: str = N_("Reprendre")
    """Words of the button that leads there, once what was typed is given back."""
    status: int = 409
    keeps_words: bool = False
    """Whether the page that was sent can be sent again as it was: what was typed there is still good."""
    back: Back | None = None
    """A page closer than the exits of everybody."""
    keeps_typed: bool = False
    """Whether the page shows again what was just typed: nothing in it is a secret of who reads it."""


class NotFound(Refusal):
    """Nothing here for this visitor; the same answer whether it exists or not."""

    code, status = "introuvable", 404
    says = N_("Cette page n'existe pas")


class TooMany(Refusal):
    """Too many tries; carries the minutes to wait."""

    code, status = "trop_d_essais", 429
    says = N_("Vous avez fait trop d'essais. Attendez {minutes} minutes, puis recommencez.")

    def __init__(self, minutes: int) -> None:
        """Keep the waiting time, in minutes."""
        super().__init__(self.code)
        self.minutes = minutes


class StorageTrouble(Exception):
    """The disk or the database server refused a commit; nothing was written."""
