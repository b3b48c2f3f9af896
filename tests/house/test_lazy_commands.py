"""The command line: what a command does not use is not imported, and the list of commands says what each says."""

import json
import subprocess
import sys
from functools import cache
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
LIGHT = (("--help",), ("deadlines", "--help"), ("deadlines", *RECEIVED))
OPENING = (("verify", "--help"), ("demo", "--help"), ("agent", "add", "--help"))
PRINTS = """
import json, sys
from app.cli import main
for words in {commands!r}:
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as left:
        print(json.dumps([left.code or 0, *sys.modules]), file=sys.stderr)
"""


@cache
def imported() -> dict[tuple[str, ...], set[str]]:
    """Run the commands in a process of their own, the light ones first; give what was imported once each is done.

    What is not there after a command, none until it imports.
    """
    commands = (*LIGHT, *OPENING)
    program = [sys.executable, "-c", PRINTS.format(commands=commands)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [status for status, *_ in lines] == [0] * len(commands), done.stderr[:500]
    return {words: set(modules) for words, (_, *modules) in zip(commands, lines, strict=True)}


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_what_opens_no_instance_imports_neither_the_web_nor_the_tables(words):
    assert imported()[words] & HEAVY == set()


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
def test_only_what_serves_imports_what_serves(words):
    assert imported()[words] & {"uvicorn", "app.runtime.app", "app.runtime.server"} == set()


@pytest.mark.parametrize("name", Commands.places)
def test_the_list_says_of_a_command_what_the_command_says_of_itself(name):
    told = typer.main.get_group(saisine).commands[name]
    assert isinstance(told, ListedCommand)
    itself = told.load()
    assert told.help
    assert (itself.name, " ".join(itself.help.split())) == (name, " ".join(told.help.split()))


def test_the_hash_of_nobody_takes_as_long_as_any_other():
    assert not HASHER.current_hasher.check_needs_rehash(NOBODY)
