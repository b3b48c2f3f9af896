"""The public directory of local services (DILA, « base de données locales », Licence Ouverte 2.0), read piece by piece.

Three forms are read: the archive ``all_latest.tar.bz2`` or its JSON, the CSV of local services, and the CSV of the
« compétence géographique », which says which caisse each commune belongs to. No database here.
"""

import csv
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

CAISSE = "cpam"
"""Type of service of every caisse, CGSS and CCSS too."""
PIECE = 1 << 16
COMMUNE, KIND = ("code_insee_commune",), ("type_service_local", "code_type_service_local", "type_service")
IDS = ("id", "ids", "service_id", "id_service", "services")
csv.field_size_limit(1 << 24)


class UnreadableDila(Exception):
    """A file that is not the public directory; says what is wrong."""


@dataclass(frozen=True)
class Service:
    """A service as the directory describes it."""

    id: str
    name: str
    address: str
    """Lines, without postal code and town."""
    postal_code: str
    town: str
    phone: str
    email: str
    communes: tuple[str, ...]
    """INSEE codes of its territory."""


@dataclass
class Published:
    """What a file says of the caisses."""

    services: list[Service] = field(default_factory=list)
    communes: dict[str, set[str]] = field(default_factory=dict)
    """INSEE code → ids of the caisses, from the file of the « compétence géographique »."""


def read(path: Path) -> Published:
    """Read a file of the directory. Raises :class:`UnreadableDila`: then nothing is to be changed."""
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                found = _csv(file)
        else:
            with _text(path) as file:
                found = Published([_service(one) for one in _records(file) if _is_caisse(one)])
    except UnicodeDecodeError as wrong:
        raise UnreadableDila("it is not UTF-8: take the file as it is published") from wrong
    except (OSError, EOFError, tarfile.TarError, csv.Error) as wrong:
        raise UnreadableDila(f"it cannot be read ({wrong})") from wrong
    if not found.services and not found.communes:
        raise UnreadableDila("no caisse is in it: this is not the directory of local services")
    return found


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """Open the JSON, packed or not."""
    if not tarfile.is_tarfile(path):
        with path.open(encoding="utf-8") as file:
            yield file
        return
    with tarfile.open(path) as archive:
        for member in archive:
            inside = archive.extractfile(member) if member.name.endswith(".json") else None
            if inside is not None:
                yield io.TextIOWrapper(inside, encoding="utf-8")
                return
    raise UnreadableDila("the archive holds no JSON")


def _records(file: IO[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of ``{"service": [ … ]}`` one at a time: the whole does not fit in a small machine."""
    decoder, text = json.JSONDecoder(), file.read(PIECE)
    while '"service"' not in text:
        more = file.read(PIECE)
        if not more or len(text) > 4 * PIECE:
            raise UnreadableDila('no list "service" is in it: this is not the directory of local services')
        text += more
    text = text.split('"service"', 1)[1].lstrip(" \r\n\t:").removeprefix("[")
    while True:
        text = text.lstrip(" \r\n\t,")
        if text.startswith("]"):
            return
        try:
            record, end = decoder.raw_decode(text)
        except json.JSONDecodeError as cut:
            more = file.read(max(PIECE, len(text)))
            if not more:
                raise UnreadableDila("it is cut: download it again") from cut
            text += more
            continue
        yield record if isinstance(record, dict) else {}
        text = text[end:]


def _csv(file: Iterable[str]) -> Published:
    lines = csv.DictReader(file, delimiter=";")
    names = lines.fieldnames or ()
    if "pivot" in names:
        records = ({name: _cell(value) for name, value in line.items() if name} for line in lines)
        return Published([_service(one) for one in records if _is_caisse(one)])
    commune, kind, ids = (next((one for one in wanted if one in names), None) for wanted in (COMMUNE, KIND, IDS))
    if not (commune and kind and ids):
        raise UnreadableDila(f"line 1: these columns are not known: {', '.join(names)[:200]}")
    found = Published()
    for line in lines:
        if (line[kind] or "").strip().lower() == CAISSE:
            several = (line[ids] or "").replace("[", "").replace("]", "").replace('"', "").replace(";", ",")
            found.communes.setdefault(line[commune].strip(), set()).update(
                filter(None, map(str.strip, several.split(",")))
            )
    return found


def _cell(value: Any) -> Any:
    """Read a cell of the CSV: lists are written in it as JSON."""
    text = value if isinstance(value, str) else ""
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    return text


def _several(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, Sequence) else []


def _is_caisse(record: Mapping[str, Any]) -> bool:
    return any(one.get("type_service_local") == CAISSE for one in _several(record.get("pivot")))


def _service(record: Mapping[str, Any]) -> Service:
    addresses = _several(record.get("adresse"))
    postal = next((one for one in addresses if one.get("type_adresse") == "Adresse postale"), None)
    where: Mapping[str, Any] = postal or (addresses[0] if addresses else {})
    phones, mails = _several(record.get("telephone")), record.get("adresse_courriel") or ""
    communes = [code for one in _several(record.get("pivot")) for code in one.get("code_insee_commune") or ()]
    lines = (where.get("complement1"), where.get("complement2"), where.get("numero_voie"))
    return Service(
        id=str(record.get("id") or ""),
        name=str(record.get("nom") or "").strip(),
        address=", ".join(str(line).strip() for line in lines if line),
        postal_code=str(where.get("code_postal") or "").strip(),
        town=str(where.get("nom_commune") or "").strip(),
        phone=str(phones[0].get("valeur") or "").strip() if phones else "",
        email=(mails[0] if isinstance(mails, list) and mails else mails if isinstance(mails, str) else "").strip(),
        communes=tuple(str(code) for code in communes),
    )
