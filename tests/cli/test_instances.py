"""Several processes of the service on one database, started and killed as the system does."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from app.filing.models import Filing
from tests.support.source import HOME

pytestmark = pytest.mark.engines("sqlite", "postgresql")


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Start commands over one folder; what is left of them is killed."""
    monkeypatch.setenv("SAISINE_DATA", str(tmp_path / "data"))
    running = []

    def starts(database, *words):
        url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        program = [sys.executable, "-m", "app.cli", *words]
        place, pipe = os.environ | {"SAISINE_DATABASE_URL": url}, subprocess.PIPE
        running.append(subprocess.Popen(program, cwd=HOME, env=place, stdout=pipe, stderr=pipe, text=True))
        return running[-1]

    yield starts
    for process in running:
        process.kill()
        process.communicate()


def test_two_that_prepare_an_empty_database_wait_for_each_other(started, empty_database):
    """Tables, reference data, keys, accounts and complaints of the demonstration: each once, and nobody dies."""
    both = [started(empty_database, "demo", "load") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    with empty_database.read() as session:
        assert session.scalar(select(func.count(Filing.id))) == 24
