"""The command line: what a command does not use is not imported, and the list of commands says what each says."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from app.accounts.service.signing_in import HASHER, NOBODY
from app.cli import Commands, saisine
from app.cli.lazy import ListedCommand

ROOT = Path(__file__).parents[2]
WEB = {"fastapi", "starlette", "uvicorn", "app.runtime.app"}
HEAVY = {*WEB, "sqlalchemy", "alembic", "jinja2", "fastapi_mail", "pwdlib"}
RECEIVED = ("--received", "2026-03-03T22:41:07+01:00")
PRINTS = """
import sys
from app.cli import main
sys.argv[1:] = {words!r}
try:
    main()
except SystemExit as left:
    print(left.code, *sys.modules, file=sys.stderr)
"""


def imported(*words: str) -> set[str]:
    """Run the command in a process of its own; give the modules that it imported."""
    program = [sys.executable, "-c", PRINTS.format(words=list(words))]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    status, *modules = done.stderr.split()
    assert status in {"0", "None"}, done.stderr[:500]
    return set(modules)


@pytest.mark.parametrize("words", [("--help",), ("deadlines", "--help"), ("deadlines", *RECEIVED)], ids=" ".join)
def test_what_opens_no_instance_imports_neither_the_web_nor_the_tables(words):
    assert imported(*words) & HEAVY == set()


@pytest.mark.parametrize("words", [("verify", "--help"), ("demo", "--help"), ("agent", "add", "--help")], ids=" ".join)
def test_only_what_serves_imports_what_serves(words):
    assert imported(*words) & {"uvicorn", "app.runtime.app", "app.runtime.server"} == set()


@pytest.mark.parametrize("name", Commands.places)
def test_the_list_says_of_a_command_what_the_command_says_of_itself(name):
    told = typer.main.get_group(saisine).commands[name]
    assert isinstance(told, ListedCommand)
    itself = told.load()
    assert told.help
    assert (itself.name, " ".join(itself.help.split())) == (name, " ".join(told.help.split()))


def test_the_hash_of_nobody_takes_as_long_as_any_other():
    assert not HASHER.current_hasher.check_needs_rehash(NOBODY)
