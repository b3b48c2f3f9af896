"""What a verification found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from app.verification.reading import Record, unreadable


@dataclass(frozen=True)
class VerificationProblem:
    """One thing that is not as it was: where, and what."""

    number: str
    """Number of the complaint; empty when it is not known."""
    table: str
    column: str
    what: str

    def __str__(self) -> str:
        """Write it in one line."""
        return f"{self.number or '-'}  {self.table}.{self.column}  {self.what}"


def _problem(number: object, table: str, column: str, what: str) -> VerificationProblem:
    return VerificationProblem(number if isinstance(number, str) else "", table, column, what)


@dataclass
class Findings:
    """Everything that was found, and how much was looked at."""

    problems: list[VerificationProblem] = field(default_factory=list)
    notes: list[VerificationProblem] = field(default_factory=list)
    """What is odd, and takes nothing away from what is proved; told each time."""
    entries: int = 0
    filings: int = 0
    files: int = 0
    tokens: int = 0
    laid_before: int = 0
    """Complaints that earlier rules laid on their desks: they are laid again when the service starts."""
    head: str = ""
    dated: dict[int, datetime | None] = field(default_factory=dict)
    """The tokens that passed, by the entry that holds their hash: when, or ``None`` if it is of another complaint."""

    def add(self, number: object, table: str, column: str, what: str) -> None:
        """Note a problem; a number that cannot be read is not told."""
        self.problems.append(_problem(number, table, column, what))

    def add_once(self, number: object, table: str, column: str, what: str) -> None:
        """Note a problem that another check may have noted."""
        problem = _problem(number, table, column, what)
        if problem not in self.problems:
            self.problems.append(problem)

    def read(self, number: object, table: str, *rows: Record) -> bool:
        """Note each value of some rows that cannot be read; tell whether there was none."""
        bad = unreadable(*rows)
        for column in bad:
            self.add(number, table, column, "cannot be read")
        return not bad

    def count(self, sound: "Findings") -> None:
        """Add what another looked at, and found whole."""
        self.filings += sound.filings
        self.files += sound.files
        self.tokens += sound.tokens
        self.dated |= sound.dated
        self.laid_before += sound.laid_before
        self.notes += sound.notes

    def note(self, number: str, table: str, column: str, what: str) -> None:
        """Note what is odd and honest."""
        self.notes.append(VerificationProblem(number, table, column, what))

    def expect(self, number: str, table: str, column: str, found: object, wanted: object) -> None:
        """Note a problem when two values differ; the values may be personal, so they are not told."""
        if found != wanted:
            self.add(number, table, column, "is not what was committed")

    def expect_each(
        self, number: str, table: str, columns: Sequence[str], found: tuple[object, ...], wanted: tuple[object, ...]
    ) -> None:
        """Note each column that differs."""
        if found != wanted:
            for column, *values in zip(columns, found, wanted, strict=True):
                self.expect(number, table, column, *values)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Give it all, for machines."""
        told = asdict(self)
        del told["dated"]
        return {"whole": self.is_whole, **told}
