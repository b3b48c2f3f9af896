"""Asking clamd: an invented one that listens on a real socket, and says what clamd would."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest

from app.evidence.antivirus import Antivirus, Scan, ScannerUnavailable

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(folder, says=None):
    """Listen as clamd does; ``says`` replaces its answer. Gives the address and what was heard."""
    path, heard = folder / "clamd.sock", []
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=_answers, args=(listening, says, heard), daemon=True)
        thread.start()
        yield str(path), heard
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def _answers(listening, says, heard):
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", said.read(4))[0]:
                content += said.read(size)
            heard.append(content)
            found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
            line.sendall(found if says is None else says)


def test_a_clean_file_and_a_dangerous_one(tmp_path):
    with clamd(tmp_path) as (address, heard):
        antivirus = Antivirus(address)
        assert antivirus.scan(b"x" * 200_000) is Scan.CLEAN
        assert antivirus.scan(b"PDF" + EICAR) is Scan.SUSPECT
        assert Antivirus(f"unix://{address}").scan(b"") is Scan.CLEAN
    assert heard == [b"x" * 200_000, b"PDF" + EICAR, b""]


@pytest.mark.parametrize(
    "says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but\0", b"x" * 9000, b"\xff\xfe"]
)
def test_what_is_not_an_answer_is_silence(tmp_path, says):
    with clamd(tmp_path, says) as (address, _), pytest.raises(ScannerUnavailable):
        Antivirus(address, timeout=5).scan(b"x")


def test_nobody_there_is_silence(tmp_path):
    for address in (str(tmp_path / "none.sock"), "127.0.0.1:1", "tcp://127.0.0.1:1"):
        with pytest.raises(ScannerUnavailable):
            Antivirus(address, timeout=2).scan(b"x")


@pytest.mark.parametrize("address", ["http://127.0.0.1:3310", "tcp://", "unix://"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(ValueError, match="SAISINE_CLAMD"):
        Antivirus(address)
