"""Loading an extraction beside the edition that serves, some thousands of lines at a time."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, func, insert, literal, select, tuple_, update

from app.base.clock import Clock
from app.base.storage.database import Database
from app.directory.models import Edition, Key, Listing, Site, Word
from app.directory.rules import name_words, site_words
from app.directory.service.editions import AT_ONCE, BREATH_SECONDS, LOADING, READY, forget
from app.directory.service.places import Placed, Places
from app.directory.service.reading import Extraction, Line, Tell, UnreadableDirectory

BATCH = 4_000
MOST_REJECTED = 0.2
"""Above this part of lines left out, the file is not what it says."""
FRANCE = {"", "99000", "FR", "FRA"}
SECTIONS = frozenset("ABCDEFGH")
ABROAD, NAMELESS, PLACELESS, BROKEN, TWICE = "hors de France", "sans nom", "sans lieu", "colonnes", "en double"


@dataclass(frozen=True)
class LoadedEdition:
    """An edition that is ready to serve."""

    edition: int
    lines: int
    people: int
    listings: int
    rejected: dict[str, int]


@dataclass
class Batch:
    """Rows to write at once."""

    sites: list[dict[str, Any]] = field(default_factory=list)
    listings: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)


class Loader:
    """The load of one edition."""

    def __init__(self, database: Database, edition: int, first: dict[str, int]) -> None:
        """Begin after the rows that are there: ``first`` is the next free id of each table."""
        self._database, self._edition, self._next = database, edition, first
        self._person, self._seen = "", set[int]()
        self._waiting: list[tuple[Line, Placed, int]] = []
        self._places = Places(database)
        self.batch, self.rejected = Batch(), Counter[str]()
        self.lines = self.listings = 0

    def add(self, line: Line) -> None:
        """Take a line."""
        self.lines += 1
        placed = self._places.find(line["commune"], line["postal_code"], line["town"] or line["office"])
        if not line["family"] or not line["id"]:
            self.rejected[NAMELESS] += 1
        elif line["country"] not in FRANCE:
            self.rejected[ABROAD] += 1
        elif not placed.zone:
            self.rejected[PLACELESS] += 1
        else:
            self._waiting.append((line, placed, mark_of(line)))
        if len(self._waiting) >= BATCH:
            self.write()

    def _place(self, line: Line, placed: Placed, site: int) -> None:
        if line["id"] != self._person:  # the lines of a person follow each other
            self._person, self._seen = line["id"], set()
        if site in self._seen:  # another skill, or another activity, at the same place
            self.rejected[TWICE] += 1
            return
        self._seen.add(site)
        self._listing(line, site, placed)

    def _known(self, marks: set[int]) -> dict[int, int]:
        """Return the sites that are already written, by their mark: they are too many to be kept in memory."""
        wanted = select(Site.mark, Site.id).where(Site.edition == self._edition, Site.mark.in_(marks))
        with self._database.read() as session:
            return {row.mark: row.id for row in session.execute(wanted)}

    def _site(self, line: Line, placed: Placed, mark: int) -> int:
        made, name = self._id("site"), line["sign"] or line["legal_name"]
        row = {"id": made, "edition": self._edition, "mark": mark, "name": name, "address": address_of(line)}
        row |= {"postal_code": line["postal_code"][:10], "town": line["town"] or line["office"]}
        row |= {"commune": placed.commune, "zone": placed.zone, "phone": line["phone"][:30]}
        self.batch.sites.append(row)
        self._keys(site_words(name), placed, kind="s", ref=made, profession="")
        return made

    def _listing(self, line: Line, site: int, placed: Placed) -> None:
        made, profession = self._id("listing"), line["profession"][:8]
        section = line["section"][-1:].upper()
        row = {"id": made, "edition": self._edition, "rpps": line["id"][:16], "site": site}
        row |= {"family": line["family"], "given": line["given"], "profession": profession}
        row |= {"skill": line["skill"] or line["profession_label"], "section": section if section in SECTIONS else ""}
        self.batch.listings.append(row)
        words = name_words(line["family"], line["given"])
        self._keys(words, placed, kind="p", ref=made, profession=profession)
        self.listings += 1

    def _keys(self, words: Iterable[str], placed: Placed, **what: str | int) -> None:
        row = {"edition": self._edition, "zone": placed.zone, "commune": placed.commune, **what}
        self.batch.keys += ({**row, "word": word} for word in words)

    def _id(self, table: str) -> int:
        made = self._next[table]
        self._next[table] = made + 1
        return made

    def write(self) -> None:
        """Write what was taken, and leave the turn to whoever receives a complaint."""
        sites = self._known({mark for _, _, mark in self._waiting})
        for line, placed, mark in self._waiting:
            if mark not in sites:
                sites[mark] = self._site(line, placed, mark)
            self._place(line, placed, sites[mark])
        self._waiting = []
        self.batch.keys.sort(key=itemgetter("zone", "kind", "word", "ref"))  # as they lie: fewer pages are touched
        with self._database.write() as session:
            connection = session.connection()
            for table, rows in ((Site, self.batch.sites), (Listing, self.batch.listings), (Key, self.batch.keys)):
                if rows:
                    connection.execute(insert(table.__table__), rows)  # type: ignore[arg-type]
        self.batch = Batch()
        time.sleep(BREATH_SECONDS)


def address_of(line: Line) -> str:
    """Return the number and the street, or else what stands for them."""
    return " ".join(filter(None, (line["number"], line["repeat"], line["way"], line["street"]))) or line["extra"]


def mark_of(line: Line) -> int:
    """Tell a place of work from another: 63 bits of a digest of its identifier, names and address."""
    names = (line["structure"], line["sign"], line["legal_name"], address_of(line), line["postal_code"], line["town"])
    digest = blake2b("|".join(names).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def load(database: Database, extraction: Extraction, taken_on: date, clock: Clock, tell: Tell) -> LoadedEdition:
    """Prepare an edition; nothing changes for those who search.

    Raises :class:`UnreadableDirectory`: then nothing is left.
    """
    with database.write() as session:
        edition = Edition(state=LOADING, taken_on=taken_on, file_name=extraction.name[:200], loaded_at=clock())
        session.add(edition)
        session.flush()
        made = edition.id
    try:
        return _load(database, extraction, made, tell)
    except BaseException:
        forget(database, made)
        raise


def _load(database: Database, extraction: Extraction, edition: int, tell: Tell) -> LoadedEdition:
    with database.read() as session:
        last = {"site": Site.id, "listing": Listing.id}
        first = {name: (session.scalar(select(func.max(column))) or 0) + 1 for name, column in last.items()}
    loader = Loader(database, edition, first)
    for line in extraction.lines(tell):
        loader.add(line)
    loader.write()
    lines = loader.lines + extraction.broken
    rejected = {**loader.rejected, **({BROKEN: extraction.broken} if extraction.broken else {})}
    wrong = sum(count for reason, count in rejected.items() if reason in {NAMELESS, BROKEN})
    if not loader.listings or wrong > MOST_REJECTED * lines:
        raise UnreadableDirectory(
            f"{lines} lines, {loader.listings} kept: this file is not an extraction of the directory"
        )
    _write_words(database, edition)
    with database.read() as session:
        people = select(func.count(Listing.rpps.distinct())).where(Listing.edition == edition)
        counts = {"lines": lines, "people": session.scalar(people) or 0, "listings": loader.listings}
    with database.write() as session:
        values = {**counts, "rejected": json.dumps(rejected, ensure_ascii=False), "state": READY}
        session.execute(update(Edition).where(Edition.id == edition).values(**values))
    return LoadedEdition(edition, rejected=rejected, **counts)


def _write_words(database: Database, edition: int) -> None:
    """Write each word of a name once for its zone."""
    after = ("", "")
    wanted = select(Key.zone, Key.word).where(Key.edition == edition, Key.kind == "p").distinct()
    while found := _next_words(database, wanted, after):
        rows = [{"edition": edition, "zone": r.zone, "word": r.word, "reversed": r.word[::-1]} for r in found]
        with database.write() as session:
            session.connection().execute(insert(Word), rows)
        after = rows[-1]["zone"], rows[-1]["word"]
        time.sleep(BREATH_SECONDS)


def _next_words(database: Database, wanted: Any, after: tuple[str, str]) -> Sequence[Row[Any]]:
    later = tuple_(Key.zone, Key.word) > tuple_(*(literal(one) for one in after))
    with database.read() as session:
        return session.execute(wanted.where(later).order_by(Key.zone, Key.word).limit(AT_ONCE)).all()
