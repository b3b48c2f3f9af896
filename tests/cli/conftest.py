"""Running the command as the shell does, over a folder and a database of one's own."""

import json
import os
import shutil
import sys
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from app import cli
from app.base.crypto.vault import Keyring
from app.base.storage.database import Database


class Held(NamedTuple):
    """What a database holds."""

    entries: int
    complaints: int
    files: int


def held(database):
    """Count what the ledger, the complaints and their files are."""
    tables = ("ledger", "filing", "evidence WHERE owner IN (SELECT draft_id FROM filing)")
    with database.read() as session:
        return Held(*(session.scalar(sa.text(f"SELECT count(*) FROM {one}")) for one in tables))


class Done:
    """What a command answered."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        """The one document of the output, and nothing else."""
        return json.loads(self.out)

    def refuses(self, *words):
        """Check that it says why, in one line, on the error output, and that it did nothing."""
        assert self.status == 2, self.err
        assert self.out == ""
        assert self.err.startswith("saisine: "), self.err
        assert self.err.count("\n") == 1
        assert [word for word in words if word not in self.err] == [], self.err


@pytest.fixture
def saisine(monkeypatch, capsys, tmp_path, quiet_after):
    """Run a command as the shell does, in this process and a folder of its own."""
    monkeypatch.setenv("SAISINE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    opened, prepare = [], Database.__init__

    def noted(self, url):
        prepare(self, url)
        opened.append(self)

    def runs(*words, typed=""):
        monkeypatch.setattr(sys, "argv", ["saisine", *words])
        own = os.umask(0o022)
        os.umask(own)
        read, write = os.pipe()
        os.write(write, typed.encode())
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as keyboard, monkeypatch.context() as seated:
            seated.setattr(sys, "stdin", keyboard)
            seated.setattr(Database, "__init__", noted)
            with pytest.raises(SystemExit) as left:
                cli.main()
        os.umask(own)
        while opened:  # the shell's process would have ended
            opened.pop().close()
        return Done(left.value.code or 0, *capsys.readouterr())

    return runs


@pytest.fixture
def on(monkeypatch, saisine):
    """The same, over a database."""

    def over(database):
        url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        monkeypatch.setenv("SAISINE_DATABASE_URL", url)
        return saisine

    return over


@pytest.fixture
def filled(run, engine, on, reference, tmp_path):
    """The command, over the complaints of the demonstration: loaded once in a run, then copied with files and keys."""
    saisine, kept, kept_url = on(reference), run.folder / f"demo-{engine}", run.url(engine, "demo")
    url = reference.url.render_as_string(hide_password=False)
    with run.first(kept.name) as first:
        if first:
            assert saisine("demo", "load").status == 0
            reference.close()
            run.duplicate(url, kept_url)
            shutil.copytree(tmp_path, kept)
            return saisine
    run.drop(url)
    run.duplicate(kept_url, url)
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    return saisine


@pytest.fixture
def keyring(saisine, tmp_path):
    saisine("keys", "init")
    return Keyring.load(tmp_path / "data-keyring.json")


@pytest.fixture
def in_production(monkeypatch, tmp_path):
    """Settings that are safe."""
    settings = {
        "ENV": "production",
        "PUBLIC_URL": "https://saisine.exemple.fr",
        "KEYRING": str(tmp_path / "keys.json"),
        "SMTP_URL": "smtp://127.0.0.1:1",
        "MAIL_FROM": "saisine@exemple.fr",
        "OPERATOR_NAME": "Organisme Exemple",
        "OPERATOR_CONTACT": "exploitation@exemple.fr",
        "PUBLICATION_DIRECTOR": "Camille Exemple",
        "HOSTING": "Hébergeur Exemple",
        "DPO_CONTACT": "dpo@exemple.fr",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"SAISINE_{name}", value)
