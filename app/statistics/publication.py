"""The figures of a year that anybody may read: by département and by what complaints say, small numbers hidden."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.base import cells
from app.base.crypto.vault import Keyring
from app.base.errors import N_
from app.base.forms.fields import Translate
from app.counters import queries as counters
from app.counters.rules import RECEIVED
from app.filing.status.counted_as import NOT_SAID
from app.filing.status.state import ComplaintState
from app.intake.filters import Channel
from app.routing import queries as routing
from app.saisine.steps.facts import RefusalKind
from app.saisine.steps.motives import MotiveChoice
from app.statistics.masking import CodesTable, hidden_rows, hide
from app.statistics.rules import LEAST

COUNTRY, UNKNOWN = "FR", "NC"
"""Codes of the whole country, and of the complaints whose place is not known."""
OVERSEAS = ("97", "98")
"""First figures of the codes of communes whose département has three (INSEE, code officiel géographique)."""
QUARTER = "trimestre"
COLUMNS = {
    "annee": ("integer", N_("Année civile de réception.")),
    "territoire": ("string", N_("Code du département du refus (INSEE) ; FR : toute la France ; NC : non connu.")),
    "territoire_nom": ("string", N_("Nom du territoire.")),
    "dimension": (
        "string",
        N_("Ce qui est compté : total, profession, forme (du refus), motif, canal, etat (de la plainte), trimestre."),
    ),
    "modalite": ("string", N_("Code dans cette dimension ; vide pour un total.")),
    "libelle": ("string", N_("Ce code en clair.")),
    "plaintes": ("integer", N_("Nombre de plaintes ; vide quand il est masqué.")),
    "masque": ("boolean", N_("Si le nombre est masqué, pour protéger les personnes.")),
}
"""Type and meaning of each column of the table, by its name."""
TITLE = N_("Plaintes pour refus de soins discriminatoire, {year}")
MASKING = N_(
    "Un nombre plus petit que 5 est masqué, zéro compris. D'autres le sont aussi, pour qu'aucune soustraction ne donne "
    "un nombre masqué. Un trimestre qui n'a pas commencé est un vrai zéro. Un territoire dont le total est masqué n'a "
    "pas de détail."
)
SEVERAL = N_("Une plainte peut avoir plusieurs formes et plusieurs motifs : leur somme dépasse le total.")
Places = Mapping[str, Counter[str]]


@dataclass(frozen=True)
class PublishedRow:
    """A line of the table; ``count`` is ``None`` when it is hidden."""

    year: int
    place: str
    place_name: str
    dimension: str
    code: str
    label: str
    count: int | None

    @property
    def cells(self) -> list[str]:
        """Write it in the order of :data:`COLUMNS`."""
        told = ("", "true") if self.count is None else (str(self.count), "false")
        return [str(self.year), self.place, self.place_name, self.dimension, self.code, self.label, *told]


def place_of(commune: str) -> str:
    """Return the département of a commune, by its code."""
    return (commune[:3] if commune.startswith(OVERSEAS) else commune[:2]) or UNKNOWN


def rows_of(session: Session, keyring: Keyring, year: int, today: date, t: Translate) -> list[PublishedRow]:
    """Make the table of a year; empty when fewer than five complaints came."""
    places: dict[str, Counter[str]] = {}
    for town, months in counters.of_each_town(session, keyring, year).items():
        for month, counts in months.items():
            found = places.setdefault(place_of(town), Counter())
            found.update(counts)
            found[f"{QUARTER}|{_quarter(month)}"] += counts[RECEIVED]
    names = {row.code: row.name for row in routing.departements(session)}
    labels = _labels(places, {row.code: row.label for row in routing.professions(session)}, t)
    names |= {COUNTRY: t(N_("Toute la France")), UNKNOWN: t(N_("Lieu non connu"))}
    to_come = range(_quarter(today.isoformat()) + 1, 5) if year == today.year else ()
    return publish(year, places, names, labels, to_come)


def publish(
    year: int,
    places: Places,
    names: Mapping[str, str],
    labels: Mapping[str, Mapping[str, str]],
    to_come: Sequence[int] = (),
) -> list[PublishedRow]:
    """Tell what may be told of each place, of each dimension, and of the country."""
    codes = sorted({*places, *names} - {COUNTRY})
    totals = [places.get(code, Counter())[RECEIVED] for code in codes]
    if sum(totals) < LEAST:
        return []
    small, rows, all_places = hidden_rows(totals), list[PublishedRow](), [*codes, COUNTRY]
    for row, (place, total) in enumerate(zip(all_places, [*totals, sum(totals)], strict=True)):
        told = None if row in small else total
        rows.append(PublishedRow(year, place, names.get(place, place), "total", "", "", told))
    for dimension, known in labels.items():
        keys = list(known)
        counts = [[places.get(code, Counter())[f"{dimension}|{key}"] for key in keys] for code in codes]
        whole = [n for n, key in enumerate(keys) if dimension == QUARTER and int(key) in to_come]
        table = CodesTable(counts, totals, whole)
        hidden = hide(table, sorted(small))
        rows += [
            PublishedRow(
                year,
                place,
                names.get(place, place),
                dimension,
                key,
                known[key],
                None if (row, column) in hidden else table.counts[row][column],
            )
            for row, place in enumerate(all_places)
            if row not in small
            for column, key in enumerate(keys)
        ]
    return rows


def _quarter(day: str) -> int:
    """Return the quarter of a month or a day in ISO 8601."""
    return (int(day[5:7]) + 2) // 3


def _labels(places: Places, professions: Mapping[str, str], t: Translate) -> dict[str, dict[str, str]]:
    """Name the codes of each dimension, those too that were counted and that no list names any more."""
    not_said = {NOT_SAID: t(N_("Pas de réponse"))}
    labels: dict[str, dict[str, str]] = {
        "profession": {code: t(label) for code, label in professions.items() if code}
        | {"": t(N_("Profession non précisée"))},
        "forme": {one.value: t(one.label) for one in RefusalKind} | not_said,
        "motif": {one.value: t(one.label) for one in MotiveChoice} | not_said,
        "canal": {one.value: t(one.label) for one in Channel},
        "etat": {one.value: t(one.label) for one in ComplaintState},
        QUARTER: {str(n): t(N_("Trimestre {n}")).format(n=n) for n in range(1, 5)},
    }
    counted = sorted({code for found in places.values() for code in found})
    for what, _, code in (one.partition("|") for one in counted):
        if what in labels:
            labels[what].setdefault(code, code)
    return labels


def written(rows: Sequence[PublishedRow]) -> bytes:
    """Write the table."""
    return cells.table([list(COLUMNS), *(row.cells for row in rows)])


def described(year: int, name: str, t: Translate) -> str:
    """Describe the table for programs, as a Tabular Data Resource does."""
    fields = [{"name": column, "type": kind, "description": t(words)} for column, (kind, words) in COLUMNS.items()]
    said = {
        "profile": "tabular-data-resource",
        "name": f"plaintes-{year}",
        "path": name,
        "title": t(TITLE).format(year=year),
        "description": f"{t(MASKING)} {t(SEVERAL)}",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";"},
        "schema": {"fields": fields, "missingValues": [""]},
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
