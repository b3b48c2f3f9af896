"""The files carried by the product, read into rows ready for the tables; no database here."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.routing.rules.names import compact, normalise
from app.routing.rules.territories import local_zone

DATA = Path(__file__).parent / "data"
LAYOUT = "1"
"""Raised when the files are read another way, so that an unchanged folder is loaded again."""

FILES = (
    "communes.csv.gz",
    "departements.csv",
    "regions.csv",
    "cpam.csv",
    "cpam_exceptions.csv",
    "councils.csv",
    "professions.csv",
    "motives.csv",
    "forms.csv",
)
Row = dict[str, Any]

KINDS = {
    "départemental": "ordre_departemental",
    "départemental_ou_interdépartemental": "ordre_departemental",
    "interdépartemental": "ordre_interdepartemental",
    "régional": "ordre_regional",
    "interrégional": "ordre_interregional",
    "central": "ordre_central",
    "territorial": "ordre_territorial",
}
"""Level of a council, as the file writes it → kind of authority."""
WHOLE_COUNTRY = ("FR", "metropole")


def digest(folder: Path) -> str:
    """Return the SHA-256 of the files and of the way they are read."""
    total = hashlib.sha256(LAYOUT.encode())
    for name in FILES:
        total.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return total.hexdigest()


def lines(path: Path) -> Iterator[dict[str, str]]:
    """Read one file, compressed or not, line by line."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


@dataclass(frozen=True)
class Towns:
    """Rows of the four tables of towns."""

    communes: list[Row]
    postcodes: list[Row]
    names: list[Row]
    aliases: list[Row]


def towns(folder: Path) -> Towns:
    """Read the towns: those of today, their postal codes, and the names and codes that lead to them."""
    read = list(lines(folder / "communes.csv.gz"))
    current = [line for line in read if line["type"] in ("commune-actuelle", "arrondissement-municipal")]
    former = [line for line in read if line["type"] in ("commune-deleguee", "commune-associee")]
    codes = {line["code"] for line in current}
    aliases = {old: line["code"] for line in current for old in _several(line["anciens_codes"])}
    aliases |= {line["code"]: line["parent"] for line in former}
    own = {line["code"]: normalise(line["nom"]) for line in current}
    return Towns(
        communes=[_commune(line) for line in current],
        postcodes=[
            {"postcode": postcode, "commune": line["code"]}
            for line in current
            for postcode in dict.fromkeys(_several(line["codes_postaux"]))
        ],
        names=[_name(line["code"], line["nom"], own[line["code"]], is_former=False) for line in current]
        + [
            _name(line["parent"], line["nom"], key, is_former=True)
            for line in former
            if (key := normalise(line["nom"])) != own[line["parent"]]
        ],
        aliases=[{"code": old, "commune": new} for old, new in aliases.items() if old not in codes],
    )


def _several(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _commune(line: dict[str, str]) -> Row:
    return {
        "code": line["code"],
        "name": line["nom"],
        "parent": line["parent"] or None,
        "departement": line["departement"],
        "arrondissement": line["arrondissement"],
        "postal_codes": line["codes_postaux"],
        "population": int(line["population"] or 0),
    }


def _name(commune: str, name: str, key: str, *, is_former: bool) -> Row:
    return {"commune": commune, "name": name, "is_former": is_former, "key": key, "compact": compact(key)}


def departements(folder: Path) -> list[Row]:
    """Read the départements with the name of their region; a collectivity is its own region."""
    regions = {line["code"]: line["nom"] for line in lines(folder / "regions.csv")}
    return [
        {
            "code": line["code"],
            "name": line["nom"],
            "region": line["region"],
            "region_name": regions.get(line["region"], line["nom"]),
        }
        for line in lines(folder / "departements.csv")
    ]


def authorities(folder: Path) -> list[Row]:
    """Read caisses and councils into one list."""
    caisses = [_caisse(line) for line in lines(folder / "cpam.csv")]
    return caisses + [_council(line) for line in lines(folder / "councils.csv")]


def _caisse(line: dict[str, str]) -> Row:
    return {
        "code": line["code_organisme"],
        "kind": line["type"].lower().replace("-", "_"),
        "ordre": "",
        "profession": "",
        "section": "",
        "departements": line["departements"],
        "town": line["localite_cedex"] or line["ville_siege"],
        "zone": local_zone(line["departements"].partition(";")[0]),
        **_contact(line),
    }


def _council(line: dict[str, str]) -> Row:
    territory = "" if line["departements"] in WHOLE_COUNTRY else line["departements"]
    seat = "75" if line["niveau"] == "central" else territory.partition(";")[0]
    return {
        "code": line["code"],
        "kind": KINDS[line["niveau"]],
        "ordre": line["ordre"],
        "profession": line["profession_rpps"],
        "section": line["section_pharmacien"],
        "departements": territory,
        "town": line["ville_siege"],
        "zone": local_zone(seat),
        **_contact(line),
    }


def _contact(line: dict[str, str]) -> Row:
    return {
        "name": line["nom"],
        "address": line["adresse"].replace(", ", "\n") if not _starts_with_number(line["adresse"]) else line["adresse"],
        "postal_code": line["code_postal"],
        "address_date": line.get("adresse_date", ""),
        "email": line["email"],
        "phone": "",
        "confidence": line["confidence"],
        "source": line["source"],
        "remark": line["remarque"],
    }


def _starts_with_number(address: str) -> bool:
    """Return whether a comma follows the street number itself: ``16, rue de Lausanne`` is one line."""
    return address.partition(",")[0].isdigit()


def exceptions(folder: Path) -> list[Row]:
    """Read where communes and arrondissements belong."""
    return [
        {
            "origin": "reference",
            "scope": line["portee"],
            "scope_code": line["code_portee"],
            "scope_name": line["nom_portee"],
            "departement": line["departement"],
            "caisses": line["codes_organisme"],
            "status": line["statut"],
            "confidence": line["confidence"],
            "source": line["source"],
            "remark": line["remarque"],
        }
        for line in lines(folder / "cpam_exceptions.csv")
    ]


def professions(folder: Path) -> list[Row]:
    """Read the professions of the RPPS."""
    return [
        {
            "code": line["code_rpps"],
            "position": int(line["position"]),
            "label": line["libelle"],
            "ordre": line["ordre"],
            "level": line["niveau_conseil"],
            "is_health": line["professionnel_sante_csp"] != "non",
            "procedure": line["procedure"],
            **_trust(line),
        }
        for line in lines(folder / "professions.csv")
    ]


def motives(folder: Path) -> list[Row]:
    """Read the prohibited grounds."""
    return [
        {
            "is_sensitive": line["donnee_sensible_rgpd"] == "oui",
            "is_legal": line["motif_legal"] == "oui",
            **_choice(line),
        }
        for line in lines(folder / "motives.csv")
    ]


def forms(folder: Path) -> list[Row]:
    """Read the forms of refusal."""
    return [{"procedure": line["procedure"], **_choice(line)} for line in lines(folder / "forms.csv")]


def _choice(line: dict[str, str]) -> Row:
    named = {"code": line["code"], "position": int(line["ordre_affichage"])}
    return {**named, "label": line["libelle"], "article": line["base_legale"], **_trust(line)}


def _trust(line: dict[str, str]) -> Row:
    return {"confidence": line["confidence"], "source": line["source"], "remark": line["remarque"]}
