"""``preuve.zip``: whole for whoever knows only its format, refused when one byte changed, given with the code alone."""

import hashlib
import io
import json
import random
import subprocess
import threading
import zipfile

import pytest

from app.runtime.timestamping import TimestampWorker
from tests.cast import AMINA, Sent, begin
from tests.support.files import picture
from tests.support.independent import refusals

PHOTO = picture("PNG")


def proof_of(client, portal, *, stamped=True):
    """File with a photo, get the token, come back with the code, download the proof."""
    path = begin(client)
    sent = Sent(client.submit(path, dict(AMINA), {"fichiers": [("photo.png", PHOTO, "image/png")]}))
    if stamped:
        TimestampWorker(portal).step(threading.Event())
    client.submit("/reprendre", {"code": sent.code})
    return sent, client.get("/suivi/preuve").content


def files_of(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_an_independent_verifier_accepts_proofs_and_refuses_altered_ones(client, portal):
    chance = random.Random(7)
    for _ in range(5):
        portal.clock.advance(minutes=2)
        sent, archive = proof_of(client, portal)
        assert refusals(archive) == []
        files = files_of(archive)
        assert json.loads(files["preuve/plainte.json"])["number"] == sent.number
        for _ in range(20):
            name = chance.choice([one for one in files if not one.endswith(("LISEZ-MOI.txt", "racine.pem"))])
            changed = bytearray(files[name])
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(7)
            if name.endswith("jeton.tsr") and _says_the_same(bytes(changed), files):
                continue
            assert refusals(zipped(files | {name: bytes(changed)})), name


def _says_the_same(token, files):
    """Some bytes of an answer are outside of what is signed (its status text, its unsigned attributes)."""
    return refusals(zipped(files | {"preuve/jeton.tsr": token})) == []


def test_the_two_commands_of_the_page_work_as_they_are_written(client, portal, tmp_path):
    _, archive = proof_of(client, portal)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(tmp_path)
    page = (tmp_path / "preuve" / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    commands = [line.strip() for line in page.splitlines() if line.startswith("   ")]
    assert [command.split()[0] for command in commands] == ["sha256sum", "openssl"]
    for command in commands:
        done = subprocess.run(command.split(), cwd=tmp_path / "preuve", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert "Horodatage non qualifié du mardi 3 mars 2026" in page.replace("\u00a0", " ")


def test_the_files_of_the_person_are_named_by_their_hash(client, portal):
    _, archive = proof_of(client, portal)
    (file,) = json.loads(files_of(archive)["preuve/plainte.json"])["files"]
    assert (file["name"], file["sha256"]) == ("photo.png", hashlib.sha256(PHOTO).hexdigest())


def test_before_the_token_the_page_says_so(client, portal):
    _, archive = proof_of(client, portal, stamped=False)
    files = files_of(archive)
    assert "preuve/jeton.tsr" not in files
    assert "L’horodatage n’est pas encore arrivé" in files["preuve/LISEZ-MOI.txt"].decode()


def test_the_same_proof_gives_the_same_bytes(client, portal):
    _, archive = proof_of(client, portal)
    assert client.get("/suivi/preuve").content == archive


def test_without_the_code_there_is_no_proof(client, portal):
    proof_of(client, portal)
    client.submit("/suivi", form="/suivi/fermer")
    answer = client.get("/suivi/preuve", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reprendre")


@pytest.mark.parametrize("part", ["jeton.tsr", "racine.pem"])
def test_the_token_of_another_complaint_proves_nothing(client, portal, part):
    _, first = proof_of(client, portal)
    portal.clock.advance(minutes=2)
    _, second = proof_of(client, portal)
    mixed = files_of(first) | {f"preuve/{part}": files_of(second)[f"preuve/{part}"]}
    assert (refusals(zipped(mixed)) == ["token"]) is (part == "jeton.tsr")
