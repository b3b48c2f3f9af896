"""Who takes the place of whom on a day, and which absences cannot be: pure rules on values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Away:
    """An absence, from its first to its last day."""

    account: str
    replacement: str
    first: date
    last: date
    id: str = ""

    def meets(self, first: date, last: date) -> bool:
        """Return whether it has a day in common with a time."""
        return self.first <= last and first <= self.last


def overlapping(new: Away, known: Sequence[Away]) -> Away | None:
    """Return the absence of the same clerk that has a day in common with a new one."""
    return next((one for one in known if one.account == new.account and one.meets(new.first, new.last)), None)


def comes_back(new: Away, known: Sequence[Away]) -> bool:
    """Return whether, on some day, the place of the absent clerk would be taken by the absent clerk."""
    return _reaches(new.account, new.replacement, new.first, new.last, known)


def _reaches(wanted: str, account: str, first: date, last: date, known: Sequence[Away]) -> bool:
    """Follow the replacements from an account, each on the days that all of them have in common."""
    if account == wanted:
        return True
    return any(
        _reaches(wanted, one.replacement, max(first, one.first), min(last, one.last), known)
        for one in known
        if one.account == account and one.meets(first, last)
    )


def stand_in(account: str, day: date, known: Sequence[Away]) -> str:
    """Return who is there on a day in the place of a clerk; the clerk, when not away."""
    away = next((one for one in known if one.account == account and one.meets(day, day)), None)
    return stand_in(away.replacement, day, known) if away else account


def replaced(account: str, day: date, known: Sequence[Away]) -> list[Away]:
    """List the absences of a day during which a clerk takes the place of others."""
    today = [one for one in known if one.meets(day, day)]
    return [one for one in today if stand_in(one.account, day, today) == account]
