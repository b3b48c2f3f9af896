"""Who sits: the members that each authority appointed, or named by its own means (CSP R. 1110-9, R. 1110-10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.base.errors import N_
from app.base.forms.fields import FieldError, Option
from app.base.i18n import translate
from app.commission import queries
from app.commission.rules import Rank, Seat, quorum
from app.conciliation import rules
from app.filing.sealed.conciliation import Fixed, SittingMember
from app.intake.desk.case import DeskCase
from app.intake.rules import label_of
from app.routing import queries as routing

SITTING, OTHERS, SIDES = "membres_connus", "autres_connus", "cotes"
"""What a page knows of the commission beside its fields."""
GONE = N_("Un membre choisi n'est plus dans la liste. Choisissez de nouveau.")


@dataclass(frozen=True)
class Table:
    """The two sides of the commission, and who may sit on each."""

    sides: tuple[str, ...]
    names: Mapping[str, str]
    seats: Mapping[str, Seat]
    labels: Mapping[str, str]
    own_list: str
    """The other authority, when it keeps its own list."""

    @classmethod
    def of(cls, case: DeskCase) -> "Table":
        """Read who may sit."""
        held, now = case.opened.filing, case.now
        sides = tuple(code for code in (now.receiver, now.informed) if code)
        names = {one.code: one.name for one in routing.authorities(case.session, sides)}
        rows = [row for side in sides for row in queries.sitting(case.session, side, held.profession, case.today)]
        seats = {row.id: Seat(row.authority, row.name, row.appointed_on, row.until) for row in rows}
        labels = {row.id: f"{row.name} — {translate(label_of(Rank, row.rank))}, {names[row.authority]}" for row in rows}
        other = now.informed if now.informed and not any(row.authority == now.informed for row in rows) else ""
        return cls(sides, names, seats, labels, other)

    @property
    def known(self) -> dict[str, Any]:
        """What the checks of a form know of it."""
        return {SITTING: self.seats, OTHERS: self.own_list, SIDES: self.sides}

    def options(self) -> list[Option]:
        """Offer each member."""
        return [Option(one, label) for one, label in self.labels.items()]


def commission_checks(found: Mapping[str, Any], day: date | None) -> Iterator[tuple[str, FieldError]]:
    """Check who sits: the quorum, the terms, the links with the parties."""
    known: Mapping[str, Seat] = found[SITTING]
    chosen = found.get("membres", ())
    if not set(chosen) <= set(known):
        yield "membres", FieldError(GONE)
        return
    others = named(found)
    wrong = next(quorum([*(known[one] for one in chosen), *others], found[SIDES], day), None)
    if wrong:
        yield "membres", wrong
    elif set(chosen) - set(found.get("sans_lien", ())):
        yield "sans_lien", FieldError(rules.NOT_FREE)
    elif others and not found.get("sans_lien_autres"):
        yield "sans_lien_autres", FieldError(rules.NOT_FREE)


def who_sits(table: Table, said: Any) -> list[SittingMember]:
    """Write down who sits, as the answers say it: ``membres``, and ``membres_autres`` of the other authority."""
    seats = [*(table.seats[one] for one in said.membres), *named({**dict(said), OTHERS: table.own_list})]
    return [SittingMember(side=seat.side, authority=table.names[seat.side], name=seat.name) for seat in seats]


def seats_of(fixed: Fixed) -> list[Seat]:
    """Read who sits at a meeting."""
    return [Seat(one.side, one.name) for one in fixed.members]


def named(found: Mapping[str, Any]) -> list[Seat]:
    """Return the members whom the other authority, which does not work here, named by its own means."""
    if not found[OTHERS]:
        return []
    lines = (line.strip() for line in str(found.get("membres_autres", "")).splitlines())
    return [Seat(found[OTHERS], line[:120]) for line in lines if line]
