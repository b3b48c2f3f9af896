"""The register: what anybody can read and keep, what is sent to those who hold complaints."""

import hashlib
import subprocess
import threading

from app.notifications.worker import Worker
from app.runtime.monitor import Monitor
from app.runtime.timestamping import TimestampWorker
from app.stamping.trust import trust_of
from app.verification.chain import read_checkpoints
from app.verification.service import verify
from tests.cast import AMINA, Sent, begin


class Mailbox:
    """Keeps what leaves."""

    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)


def files(client):
    return Sent(client.submit(begin(client), dict(AMINA))).number


def lines(client):
    text = client.get("/registre").text
    assert text.startswith("# Registre")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_before_any_point_the_register_says_what_it_is_and_no_more(client):
    assert lines(client) == []
    assert client.get("/registre/2026-03-03/ecriture").status_code == 404
    assert client.get("/registre/2026-03-03/jeton").status_code == 404


def test_a_day_can_be_checked_with_stock_tools_and_the_network_off(client, portal, tmp_path):
    files(client)
    Monitor(portal).step()
    assert client.get("/registre/2026-03-03/jeton").status_code == 404
    TimestampWorker(portal).step(threading.Event())
    day, n, head, token = lines(client)[0].split()
    assert (day, n) == ("2026-03-03", "2")
    names = {"jour.bin": f"{day}/ecriture", "jour.tsr": f"{day}/jeton", "racine.pem": "racine"}
    for name, path in names.items():
        (tmp_path / name).write_bytes(client.get(f"/registre/{path}").content)
    assert hashlib.sha256((tmp_path / "jour.bin").read_bytes()).hexdigest() == head
    assert hashlib.sha256((tmp_path / "jour.tsr").read_bytes()).hexdigest() == token
    command = ["openssl", "ts", "-verify", "-data", "jour.bin", "-in", "jour.tsr", "-CAfile", "racine.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_the_register_names_no_complaint_and_no_person(client, portal):
    number = files(client)
    Monitor(portal).step()
    text = client.get("/registre").text
    assert number not in text
    assert "Amina" not in text


def test_the_authorities_of_a_complaint_and_nobody_else_get_the_point_with_its_number(client, portal):
    number = files(client)
    portal.clock.advance(days=1)
    Monitor(portal).step()
    box = Mailbox()
    worker = Worker(portal.database, portal.keyring, box, portal.clock, "exemple.fr")
    while worker.run_once():
        pass
    told = [letter for letter in box.letters if "point de contrôle" in letter.subject]
    assert told
    line = lines(client)[0]
    for letter in told:
        assert letter.subject == "Saisine\u00a0: point de contrôle du 4 mars 2026"
        assert line in letter.text
        assert number in letter.text
        assert "Amina" not in letter.text + letter.html
    assert len({letter.to for letter in told}) == len(told)


def test_a_kept_line_tells_a_ledger_that_was_cut(client, portal, database):
    files(client)
    Monitor(portal).step()
    kept = read_checkpoints(client.get("/registre").text)
    trust = trust_of(portal.settings, portal.keyring)
    assert verify(portal, trust, kept).is_whole
    assert [point.n for point in kept] == [2]
