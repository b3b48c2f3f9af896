"""What is counted of a complaint: pure rules on values."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

ALL = "*"
RECEIVED = "recue"
BLOCK = 512
"""Sealed counters are made as long as one another: their length must not tell which codes they hold."""
CounterKey = tuple[str, str, str, str]
"""Authority, month, profession and town of a counter."""


@dataclass(frozen=True)
class StatisticsRecord:
    """What a complaint counts as: nothing in it is a name, a date of day or a word of the person."""

    authority: str
    month: str
    profession: str
    town: str
    codes: tuple[str, ...]
    """``canal|patient``, ``motif|c2s``, ``echeance|D2|tenue``…; each counts for one."""

    @property
    def keys(self) -> Iterator[CounterKey]:
        """Yield the counters in which it is: of its authority and of the country, whole or narrowed."""
        for authority in (ALL, self.authority):
            for profession in (ALL, self.profession):
                for town in (ALL, self.town):
                    yield authority, self.month, profession, town


Counts = Mapping[str, int]


def by_month(records: Iterable[StatisticsRecord]) -> dict[str, Counter[str]]:
    """Count some complaints, month by month, as a counter would."""
    found: dict[str, Counter[str]] = {}
    for record in records:
        _add(found.setdefault(record.month, Counter()), record.codes, 1)
    return found


def changes(before: StatisticsRecord | None, after: StatisticsRecord | None) -> dict[CounterKey, Counter[str]]:
    """Return by how much each counter changes when a complaint is counted otherwise; ``None``: not counted."""
    found: dict[CounterKey, Counter[str]] = {}
    for record, sign in ((before, -1), (after, 1)):
        for key in record.keys if record else ():
            _add(found.setdefault(key, Counter()), record.codes if record else (), sign)
    return {key: counter for key, counter in found.items() if any(counter.values())}


def _add(counter: Counter[str], codes: Iterable[str], sign: int) -> None:
    for code in (RECEIVED, *codes):
        counter[code] += sign


def added(counts: Counts, change: Counts) -> dict[str, int]:
    """Return counters after a change, without those that fell to nothing."""
    codes = {*counts, *change}
    return {code: n for code in sorted(codes) if (n := counts.get(code, 0) + change.get(code, 0)) > 0}


def write_counts(counts: Counts) -> bytes:
    """Write counters to be sealed."""
    return _padded(json.dumps(dict(counts)))


def read_counts(written: bytes) -> dict[str, int]:
    """Read counters."""
    counts: dict[str, int] = json.loads(written)
    return counts


def write_record(record: StatisticsRecord) -> bytes:
    """Write what a complaint is counted as, to be sealed."""
    return _padded(json.dumps([*vars(record).values()]))


def read_record(written: bytes) -> StatisticsRecord:
    """Read what a complaint is counted as."""
    authority, month, profession, town, codes = json.loads(written)
    return StatisticsRecord(authority, month, profession, town, tuple(codes))


def _padded(text: str) -> bytes:
    written = text.encode()
    return written.ljust(-(-len(written) // BLOCK) * BLOCK)
