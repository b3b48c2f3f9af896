"""A verifier of ``preuve.zip`` written from docs/format-preuve.md alone: it imports nothing of the product."""

import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path


def refusals(archive: bytes) -> list[str]:
    """List what does not hold (empty: the proof is whole)."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        held = {name.partition("/")[2]: opened.read(name) for name in opened.namelist()}
    try:
        return [why for why, holds in checks(held) if not holds]
    except (KeyError, ValueError, TypeError) as trouble:
        return [f"not a proof: {trouble!r}"]


def checks(held: dict[str, bytes]) -> list[tuple[str, bool]]:
    """Check each rule of « What must hold »."""
    salt, complaint = bytes.fromhex(held["sel.txt"].decode()), json.loads(held["plainte.json"])
    entry = json.loads(held["inscription.json"])
    commitment = hashlib.sha256(held["engagement.bin"]).hexdigest()
    fingerprint = hashlib.sha256(held["depot.bin"]).hexdigest()
    sums = f"{commitment}  engagement.bin\n{fingerprint}  depot.bin\n"
    return [
        ("commitment", commitment == entry["commitment"]),
        ("salt", held["sel.txt"].decode() == salt.hex() + "\n" and len(salt) == 32),
        ("engagement", held["engagement.bin"] == b"\0" + salt + held["plainte.json"]),
        ("deposit", held["depot.bin"] == b"\1" + held["inscription.json"]),
        ("members", set(entry) == {"n", "kind", "number", "commitment", "at", "prev"} and entry["kind"] == "depot"),
        ("number", complaint["number"] == entry["number"]),
        ("instant", complaint["received_at"] == entry["at"]),
        ("sums", held["empreintes.txt"].decode() == sums),
        ("token", stamped(held)),
    ]


def stamped(held: dict[str, bytes]) -> bool:
    """Ask OpenSSL about the token."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("depot.bin", "jeton.tsr", "racine.pem"):
            (Path(folder) / name).write_bytes(held[name])
        command = ["openssl", "ts", "-verify", "-data", "depot.bin", "-in", "jeton.tsr", "-CAfile", "racine.pem"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return done.stdout == "Verification: OK\n"
