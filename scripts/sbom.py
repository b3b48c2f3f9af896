"""Write what the service is made of as a bill of materials (CycloneDX 1.6, ECMA-424), from what the project keeps.

Libraries, their hashes and who asks for them come from ``requirements.lock``; their licences from decision 25; the
files of others from the tables beside them. The same files give the same bill: it bears no date.
"""

import json
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent.parent
TARGET = HOME / "build" / "sbom.cdx.json"
LOCK, DECISION = "requirements.lock", "docs/decisions/0025-licence.md"
FONTS, VENDOR = Path("app/printing/fonts"), Path("static/vendor")
ROOT = "saisine"
Part = dict[str, Any]


def _text(name: str | Path) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def _licence(expression: str) -> list[Part]:
    return [{"expression": expression}]


def _sha256(content: str) -> Part:
    return {"alg": "SHA-256", "content": content}


def licences() -> dict[str, str]:
    """Return the licence of each library, an SPDX expression, as decision 25 read it."""
    rows = re.findall(r"^\| (?!licence)(\w[^|]*) \| (.+) \|$", _text(DECISION), re.MULTILINE)
    return {name: licence for licence, names in rows for name in re.findall(r"`([\w.-]+)`", names)}


def blocks() -> dict[str, str]:
    """Return each library of the lock, with the lines that lock it."""
    found = re.split(r"^(?=[a-zA-Z0-9])", _text(LOCK), flags=re.MULTILINE)[1:]
    return {block.partition("==")[0]: block for block in found}


def library(name: str, block: str, licence: str) -> Part:
    """Return one library; the hashes are those of the files that may be installed."""
    version = re.search(r"==([^\s;\\]+)", block)[1]  # type: ignore[index]  # every line of a lock has one
    address = f"pkg:pypi/{name}@{version}"
    hashes = [_sha256(content) for content in re.findall(r"--hash=sha256:([0-9a-f]{64})", block)]
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "licenses": _licence(licence),
        "externalReferences": [{"type": "distribution", "url": LOCK, "hashes": hashes}],
    }


def carried() -> list[Part]:
    """Return what others wrote and the project carries: the front end, from its table, and the fonts, from theirs."""
    front = re.findall(
        r"^\| \[([\w-]+)\]\(\S+\), npm `([\w.-]+)`.*?\| (\S+) \| (\S+) \| (.+?) \| (.+?) \|$",
        _text(VENDOR / "README.md"),
        re.MULTILINE,
    )
    parts: list[Part] = []
    for name, package, version, licence, _, seal in front:
        address, sums = f"pkg:npm/{package}@{version}", re.findall(r"`([0-9a-f]{64})`", seal)
        part = {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}
        parts.append({**part, "licenses": _licence(licence), "hashes": [_sha256(one) for one in sums]})
    fonts = re.findall(
        r"^\| `(\S+\.ttf)` \|.*?\| (\S+) \| `([0-9a-f]{64})` \|$", _text(FONTS / "README.md"), re.MULTILINE
    )
    for file, version, content in fonts:
        part = {"type": "file", "bom-ref": f"{FONTS}/{file}", "name": f"{FONTS}/{file}", "version": version}
        parts.append({**part, "licenses": _licence("OFL-1.1"), "hashes": [_sha256(content)]})
    return parts


def dependencies(found: dict[str, str], libraries: list[Part], others: list[Part]) -> list[Part]:
    """Return who asks for whom: the lock says it of libraries (« via »), and the service carries the rest."""
    refs = {ROOT: ROOT, **{part["name"]: part["bom-ref"] for part in libraries}}
    asked: dict[str, set[str]] = {ref: set() for ref in refs.values()}
    asked[ROOT] |= {part["bom-ref"] for part in others}
    for name, block in found.items():
        for asker in re.findall(r"^    # (?:via|  )\s*([\w.-]+)", block, re.MULTILINE):
            asked[refs[asker]].add(refs[name])
    return [{"ref": ref, "dependsOn": sorted(needs)} for ref, needs in asked.items()]


def bill() -> Part:
    """Return the whole bill. Raises :class:`KeyError` when the licence of a library was not read."""
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    known, found = licences(), blocks()
    libraries = [library(name, block, known[name]) for name, block in found.items()]
    others = carried()
    service = {"type": "application", "bom-ref": ROOT, "name": ROOT, "version": project["version"]}
    body: Part = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**service, "licenses": _licence(project["license"])}},
        "components": [*libraries, *others],
        "dependencies": dependencies(found, libraries, others),
    }
    return {**body, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body))}"}


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    written = bill()
    TARGET.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(HOME)}: {len(written['components'])} components")
