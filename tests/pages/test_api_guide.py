"""The guide of the interface: what it prints is run as it is printed, against a server that listens."""

import os
import re
import socket
import subprocess
import sys
import threading
import time

import pytest
import uvicorn
from sqlalchemy import func, select

from app.filing.models import Filing
from tests.journeys import PNG
from tests.support.api import manager_of, software
from tests.support.files import picture
from tests.support.source import HOME

GUIDE = (HOME / "docs/api.md").read_text(encoding="utf-8").partition("## Webhooks")[0]
SECONDS = 60


def blocks(language):
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))


@pytest.fixture
def around(app, client, portal, tmp_path):
    """Serve the application; give the environment and the folder of whoever follows the guide."""
    program = software(client, portal, manager_of(portal))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        (tmp_path / "mandat.png").write_bytes(PNG)
        (tmp_path / "refus.png").write_bytes(picture("PNG", size=(7, 5)))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        known = {"SAISINE": address, "SAISINE_ID": program.id, "SAISINE_SECRET": program.secret}
        yield {**os.environ, **known, "no_proxy": "*"}, tmp_path
        server.should_exit = True
        thread.join(SECONDS)


def run(around, *command):
    env, folder = around
    done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_what_the_guide_prints_sends_complaints(around, portal):
    said = run(around, "bash", "-euo", "pipefail", "-c", blocks("sh"))
    assert "Ajoutez le mandat signé." in said
    assert "Le mandat signé est ajouté." in said
    assert (around[1] / "recepisse.pdf").read_bytes().startswith(b"%PDF")
    again = run(around, sys.executable, "-c", blocks("python"))
    assert re.match(r"SA-2026-\w{4}-\w{4} La plainte a été reçue le mardi 3 mars 2026", again)
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Filing)) == 2
