"""Who may sit on a commission of conciliation, and for how long: pure rules on values (CSP R. 1110-9, R. 1110-10)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.base.dates import date_text
from app.base.errors import N_
from app.base.forms.fields import Choices, FieldError
from app.procedure.days import LegalDay
from app.procedure.law import rule_of

MOST_OF_A_RANK = 2
"""Members of each rank on each side (CSP R. 1110-9)."""
LEAST_ALONE = 3
"""Members when the commission of the ordre sits alone (CSP R. 1521-1, R. 1541-1)."""
PARITY = N_("La commission doit compter autant de membres de la CPAM que de l'ordre.")
ONE_EACH = N_("Choisissez au moins un membre de chaque côté.")
TOO_MANY = N_("La commission compte au plus deux membres de chaque côté.")
THREE_ALONE = N_("Sans commission mixte, la commission de l'ordre compte au moins trois membres.")
BOTH_SIDES = N_("{nom} est des deux côtés. Choisissez quelqu'un d'autre.")
TERM = N_("Le mandat de {nom} ne couvre pas le {jour}. Choisissez quelqu'un d'autre.")
OVER = N_("Ce mandat de trois ans est terminé depuis le {day}. Vérifiez l'année.")
FULL = N_("Deux membres de ce rang sont déjà nommés à cette date. Mettez fin à un mandat d'abord.")


class Rank(Choices):
    """What a member is appointed as."""

    TITULAIRE = "titulaire", N_("Titulaire")
    SUPPLEANT = "suppleant", N_("Suppléant")


@dataclass(frozen=True)
class Seat:
    """Somebody who would sit: the side, the name, the term."""

    side: str
    name: str
    appointed_on: date | None = None
    """Empty when the other authority keeps its own list."""
    until: date | None = None

    def is_of(self, other: "Seat") -> bool:
        """Return whether it is that of the same person, on the same side, however the name was typed."""
        return self.side == other.side and plain(self.name) == plain(other.name)


def plain(name: str) -> str:
    """Write a name so that two ways of typing it are one."""
    bare = unicodedata.normalize("NFD", name.casefold())
    return " ".join("".join(c if c.isalpha() else " " for c in bare if not unicodedata.combining(c)).split())


def quorum(seats: Sequence[Seat], sides: Sequence[str], day: date | None) -> Iterator[FieldError]:
    """Yield what is wrong with a commission that would sit that day (CSP R. 1110-9, R. 1110-10).

    ``sides``: the two authorities, or the council alone where no mixed commission exists.
    """
    counts = [sum(seat.side == side for seat in seats) for side in sides]
    if len(sides) == 1:
        if counts[0] < LEAST_ALONE:
            yield FieldError(THREE_ALONE)
    elif min(counts) == 0:
        yield FieldError(ONE_EACH)
    elif len(set(counts)) > 1:
        yield FieldError(PARITY)
    elif max(counts) > MOST_OF_A_RANK:
        yield FieldError(TOO_MANY)
    names: dict[str, str] = {}
    for seat in seats:
        if names.setdefault(plain(seat.name), seat.side) != seat.side:
            yield FieldError(BOTH_SIDES, nom=seat.name)
    yield from (
        FieldError(TERM, nom=seat.name, jour=date_text(day, weekday=False))
        for seat in seats
        if day and not _covers(seat, day)
    )


def _covers(seat: Seat, day: date) -> bool:
    return (seat.appointed_on or day) <= day <= (seat.until or day)


def ended(sitting: Sequence[Seat], terms: Sequence[Seat], day: date) -> list[str]:
    """List who was to sit on a day, and whose term was ended since; ``terms``: all those that each side ever gave.

    Nothing is known of who was named by an authority that keeps its own list.
    """
    given = {(one.side, plain(one.name)) for one in terms}
    there = {(one.side, plain(one.name)) for one in terms if _covers(one, day)}
    return [seat.name for seat in sitting if (seat.side, plain(seat.name)) in given - there]


def is_quorate(sitting: Sequence[Seat], terms: Sequence[Seat], day: date) -> bool:
    """Return whether those of a commission, composed as it should be, who may still sit on a day are enough.

    Each side of it had somebody: the sides are theirs.
    """
    gone = set(ended(sitting, terms, day))
    sides = list(dict.fromkeys(seat.side for seat in sitting))
    return next(quorum([seat for seat in sitting if seat.name not in gone], sides, None), None) is None


def end_of_term(appointed_on: date) -> date:
    """Return the last day of a term of three years, date to date (CSP R. 1110-9)."""
    return rule_of(LegalDay.MEMBER_TERM).delay.after(appointed_on)


def over_already(appointed_on: date, today: date) -> FieldError | None:
    """Refuse to appoint somebody whose term would be over: nobody of that term sits any more."""
    last = end_of_term(appointed_on)
    return FieldError(OVER, day=date_text(last, weekday=False)) if last < today else None


def last_day(appointed_on: date, until: date, ended_on: date) -> date:
    """Return the last day of a term that is ended on a day: not before it began, nor after it would have ended."""
    return min(until, max(ended_on, appointed_on))


def is_full(terms: Iterable[tuple[date, date]], first: date, last: date) -> bool:
    """Return whether two members of a rank sit already at some time between two days."""
    others = [(start, end) for start, end in terms if start <= last and end >= first]
    starts = [first, *(start for start, _ in others if start > first)]
    return any(sum(start <= day <= end for start, end in others) >= MOST_OF_A_RANK for day in starts)
