"""What a press on several complaints will change: which ones, from what to what, which are passed over and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.base.errors import N_
from app.intake.rows import DeskRow

NOT_HERE = N_("Elle n'est plus sur votre bureau.")
NOT_OPEN = N_("Votre service ne peut pas encore la lire.")
ALREADY = N_("Elle est déjà attribuée ainsi.")


@dataclass(frozen=True)
class ForeseenChange:
    """A complaint that will change, and who takes care of it by now."""

    number: str
    person: str
    assignee: str
    """Name, or nothing."""


@dataclass(frozen=True)
class Foreseen:
    """What will be done, and what will not."""

    made: Sequence[ForeseenChange]
    passed_over: Mapping[str, str]
    """Why, by number."""

    @property
    def numbers(self) -> list[str]:
        """The numbers of the complaints that will change."""
        return [change.number for change in self.made]


def foresee(
    numbers: Sequence[str], rows: Sequence[DeskRow], people: Mapping[str, str], to: str | None = None
) -> Foreseen:
    """Foresee what is done of the complaints that were ticked, from their rows.

    ``to``: the id of who will take care of them, empty for nobody; ``None`` when nobody is chosen, or nothing changes.
    """
    made, passed_over = [], {}
    known = {row.number: row for row in rows}
    for number in numbers:
        row = known.get(number)
        if row is None:
            passed_over[number] = NOT_HERE
        elif not (row.person or row.professional):
            passed_over[number] = NOT_OPEN
        elif row.assignee == to:
            passed_over[number] = ALREADY
        else:
            made.append(ForeseenChange(number, row.person, people.get(row.assignee, "")))
    return Foreseen(made, passed_over)
