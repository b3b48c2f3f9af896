"""Rebuild the reference files carried by the product, in ``app/routing/data``.

    python scripts/reference/build.py PACKAGE SOURCE [OUT]

PACKAGE  the unpacked folder of @etalab/decoupage-administratif 6.0.0 (it holds ``data/communes.json``)
SOURCE   the folder of the collected tables: cpam.csv, cpam_communes_exceptions.csv, ordres.csv, professions.csv,
         motifs.csv, types_refus.csv, associations_agreees.csv
OUT      where to write; ``app/routing/data`` by default

The same inputs give the same bytes. What is changed on the way is told in ``app/routing/data/SOURCES.md``.
"""

import csv
import gzip
import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from accents import accented

OUT = Path(__file__).parents[2] / "app" / "routing" / "data"
Row = dict[str, str]
SENTENCES = ("source", "remarque", "base_legale")
"""Columns whose accents are given back."""
CPS = "CPS-975"
"""Our own code for the caisse of Saint-Pierre-et-Miquelon, which has none in the sources."""
NO_ORDRE = (
    ("35", "Aide-soignant", "L. 4391-1"),
    ("36", "Ambulancier", "L. 4393-1"),
    ("37", "Auxiliaire de puériculture", "L. 4392-1"),
    ("38", "Préparateur en pharmacie hospitalière", "L. 4241-13"),
    ("39", "Préparateur en pharmacie", "L. 4241-1"),
)
"""Professions of the fourth part of the CSP that the collected table leaves out: code, name, article."""
SECTION_E = "971;972;973;974;975;976;977;978;986"
"""Territories of section E (CSP L. 4232-1 and L. 4232-10)."""


def main(package: Path, source: Path, out: Path) -> None:
    """Write every file and tell how many rows each holds."""
    for name, rows in (*divisions(package / "data"), *collected(source)):
        write(out / name, rows)
        sys.stdout.write(f"{name}: {len(rows) - 1} rows\n")


def divisions(data: Path) -> list[tuple[str, list[list[str]]]]:
    """Take from the administrative divisions what routing needs."""
    plain = {
        "departements.csv": ("code", "nom", "region", "chefLieu", "zone"),
        "regions.csv": ("code", "nom", "chefLieu", "zone"),
        "arrondissements.csv": ("code", "nom", "departement", "chefLieu"),
    }
    tables = [("communes.csv.gz", communes(json.loads((data / "communes.json").read_text(encoding="utf-8"))))]
    for name, columns in plain.items():
        found = json.loads((data / name.replace(".csv", ".json")).read_text(encoding="utf-8"))
        header = [re.sub("L", "_l", column) for column in columns]
        tables.append((name, [header, *sorted([entry.get(column) or "" for column in columns] for entry in found)]))
    return tables


def communes(found: list[dict[str, object]]) -> list[list[str]]:
    """Keep nine columns; ``parent`` is the commune of today, or the city of an arrondissement municipal."""
    named = ("code", "nom", "type", "departement", "arrondissement")
    rows = [
        [
            *(str(entry.get(column) or "") for column in named),
            ";".join(_texts(entry.get("codesPostaux"))),
            str(entry.get("chefLieu") or entry.get("commune") or ""),
            ";".join(_texts(entry.get("anciensCodes"))),
            str(entry.get("population") or 0),
        ]
        for entry in found
    ]
    header = [*named, "codes_postaux", "parent", "anciens_codes", "population"]
    return [header, *sorted(rows, key=lambda row: (row[0], row[2], row[1]))]


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def collected(source: Path) -> list[tuple[str, list[list[str]]]]:
    """Take the collected tables, with the corrections told in SOURCES.md."""
    steps: dict[str, tuple[str, Callable[[Row], Row]]] = {
        "cpam.csv": ("cpam.csv", _caisse),
        "cpam_exceptions.csv": ("cpam_communes_exceptions.csv", _same),
        "councils.csv": ("ordres.csv", _council),
        "professions.csv": ("professions.csv", _same),
        "motives.csv": ("motifs.csv", _same),
        "forms.csv": ("types_refus.csv", _same),
        "associations.csv": ("associations_agreees.csv", _same),
    }
    ours = {"professions.csv": "position"}
    tables = []
    for name, (origin, correct) in steps.items():
        with (source / origin).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            header = list(reader.fieldnames or ())
            rows = [correct(_with_accents(row)) for row in reader]
        if name in ours:
            header = [ours[name], *header]
            at = next(n for n, row in enumerate(rows) if row["procedure"] == "hors_champ")
            rows[at:at] = [_without_ordre(dict.fromkeys(header, ""), *one) for one in NO_ORDRE]
            rows = [{**row, ours[name]: str(rank)} for rank, row in enumerate(rows, start=1)]
        if name == "councils.csv":
            header = [column for column in header if column != "adresse"] + ["adresse", "code_postal"]
            _name_nurses(rows)
        tables.append((name, [header, *([row[column] for column in header] for row in rows)]))
    return tables


def _with_accents(row: Row) -> Row:
    return {column: accented(value) if column in SENTENCES else value for column, value in row.items()}


def _without_ordre(empty: Row, code: str, name: str, article: str) -> Row:
    """Write a profession without an ordre; its code in the directory is not confirmed."""
    return {
        **empty,
        "code_rpps": code,
        "libelle": name,
        "professionnel_sante_csp": "oui",
        "procedure": "cpam_seule",
        "source": f"CSP {article} ; CSP R. 1110-9",
        "confidence": "derived",
        "remarque": "code du répertoire à vérifier",
    }


def _same(row: Row) -> Row:
    return row


def _caisse(row: Row) -> Row:
    if not row["code_organisme"]:
        row["code_organisme"] = CPS
    return row


def _council(row: Row) -> Row:
    """Split the only full address; give section E its whole territory; say the sections in plain words."""
    street, _, place = row["adresse"].rpartition(", ")
    row["adresse"], row["code_postal"] = street, place.partition(" ")[0]
    row["nom"] = re.sub(r"\(industrie \((.*)\)\)$", r"(industrie : \1)", row["nom"])
    if row["code"] == "PHA-E":
        row["departements"] = SECTION_E
        row["source"] = "CSP L. 4232-1 et L. 4232-10 ; R. 1110-9 2° c"
        row["remarque"] = "siège à Paris à vérifier"
        row["nom"] = "Conseil central de la section E de l'ordre des pharmaciens (outre-mer)"
    return row


def _name_nurses(rows: list[Row]) -> None:
    """Write « compétent pour le département de l'Ain », with the article that the doctors' council already has."""
    of = {row["departements"]: _after(row["nom"], "l'ordre des médecins ") for row in rows if row["code"][:4] == "MED-"}
    for row in rows:
        if row["code"].startswith("INF-") and row["niveau"] == "départemental_ou_interdépartemental":
            row["nom"] = f"Conseil de l'ordre des infirmiers compétent pour le département {of[row['departements']]}"


def _after(text: str, words: str) -> str:
    return text.partition(words)[2]


def write(path: Path, rows: Iterable[list[str]]) -> None:
    """Write one file as RFC 4180 says; a compressed one carries no date."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    content = text.getvalue().encode("utf-8")
    if path.suffix == ".gz":
        content = gzip.compress(content, compresslevel=9, mtime=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else OUT)  # noqa: PLR2004
