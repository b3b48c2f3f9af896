"""How the command is used: what it lists, what it refuses, and what production asks before it serves."""

import re

import pytest
import sqlalchemy as sa
import typer

from app import cli
from app.routing.models import Commune

pytestmark = pytest.mark.engines("sqlite")
"""What reaches the database says by itself that it is tried on both."""
RECEIVED = ("deadlines", "--received", "2026-03-03T22:41:07+01:00")
COMMANDS = [
    *((), ("serve",), ("work",), ("migrate",), ("load-reference",), ("route",), ("deadlines",)),
    *(("agent",), ("agent", "add"), ("keys",), ("keys", "init"), ("demo",), ("demo", "accounts"), ("demo", "load")),
    *(("verify",), ("checkpoint",), ("backup",), ("restore",), ("import-directory",)),
    *(("keys", what) for what in ("rotate", "destroy", "escrow-tried", "status")),
    *(("annual-report",), ("open-data",), ("statistics",), ("statistics", "rebuild"), ("index",)),
    *(("purge",), ("import-associations",), *(("help-places", *what) for what in ((), ("load",), ("forget",)))),
    *(("import-territories",), ("reference",), *(("reference", what) for what in ("diff", "apply", "export"))),
]


def test_every_command_is_tried_here():
    known: set[tuple[str, ...]] = {()}
    for name, command in vars(typer.main.get_command(cli.saisine))["commands"].items():
        known |= {(name,), *((name, under) for under in vars(command.load()).get("commands", {}))}
    assert known == set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_says_what_the_command_does(saisine, words):
    done = saisine(*words, "--help")
    assert (done.status, done.err) == (0, "")
    assert " ".join(("saisine", *words)) in done.out
    for line in re.findall(r"│ (--[a-z-]+|\w[\w-]*) +(.*) │", done.out):
        assert line[1].strip(), f"{line[0]} is not explained"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing",), "No such command 'nothing'."),
        (("agent", "nothing"), "No such command 'nothing'."),
        (("serve", "now"), "Got unexpected extra argument"),
        (("migrate", "--force"), "No such option: --force"),
        (("deadlines",), "Missing option '--received'."),
        (("deadlines", "--received"), "Option '--received' requires an argument."),
        (("agent", "add", "--email", "awa@exemple.fr"), "Missing option '--name'."),
        (("keys", "init", "here.json"), "Got unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_that_is_not_one_is_told(saisine, words, told):
    done = saisine(*words)
    assert (done.status, done.out) == (2, "")
    assert len([line for line in done.err.splitlines() if told in line]) == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [(), ("agent",), ("keys",), ("demo",)], ids=" ".join)
def test_a_command_alone_lists_what_can_be_asked(saisine, words):
    done = saisine(*words)
    assert done.status == 2
    assert "Commands" in done.out + done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("route",), "--commune"),
        (("route", "--profession", "10"), "--postal-code"),
        (("deadlines", "--received", "hier"), "'hier'"),
        (("deadlines", "--received", "2026-03-03T22:41:07"), "no offset from UTC"),
        (("deadlines", "--received", "2026-02-30T10:00:00+01:00"), "day is out of range"),
        (("deadlines", "--received", "2021-01-03T23:59:59+01:00"), "2021-01-04"),
        ((*RECEIVED, "--zone", "Mars/Olympus"), "'Mars/Olympus'"),
        ((*RECEIVED, "--session", "demain"), "'demain'"),
        ((*RECEIVED, "--session", "2026-03-02"), "before the complaint is received (2026-03-03)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_value_that_means_nothing_is_told(saisine, words, told):
    saisine(*words).refuses(told)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SAISINE_PORT", "abc", "SAISINE_PORT"),
        ("SAISINE_ENV", "test", "SAISINE_ENV"),
        ("SAISINE_DATA", "/proc/nowhere", "/proc/nowhere"),
        ("SAISINE_DATABASE_URL", "nothing", "the database cannot be used"),
        ("SAISINE_DATABASE_URL", "postgresql://saisine:CANARI@127.0.0.1:1/saisine", "the database cannot be used"),
        ("SAISINE_DATABASE_URL", "sqlite:////proc/nowhere/s.sqlite", "the database cannot be used"),
    ],
)
def test_a_setting_that_cannot_serve_is_told(saisine, monkeypatch, name, value, told):
    monkeypatch.setenv(name, value)
    done = saisine("migrate")
    done.refuses(told)
    assert "CANARI" not in done.err


@pytest.mark.parametrize("command", ["serve", "work"])
def test_nothing_is_served_with_unsafe_settings_and_each_is_named(saisine, monkeypatch, command):
    monkeypatch.setenv("SAISINE_ENV", "production")
    done = saisine(command)
    assert (done.status, done.out) == (2, "")
    first, *reasons = done.err.splitlines()
    assert first == "saisine: unsafe settings, nothing is served:"
    named = [reason.split()[1] for reason in reasons]
    missing = ["PUBLIC_URL", "KEYRING", "SMTP_URL", "MAIL_FROM"]
    missing += ["OPERATOR_NAME", "OPERATOR_CONTACT", "PUBLICATION_DIRECTOR", "HOSTING", "DPO_CONTACT"]
    assert named == [f"SAISINE_{one}" for one in missing]


@pytest.mark.parametrize("command", ["serve", "work", "route"])
@pytest.mark.usefixtures("in_production")
def test_production_never_prepares_itself(on, command, empty_database):
    words = (command, "--commune", "59350") if command == "route" else (command,)
    on(empty_database)(*words).refuses("saisine migrate")
    assert sa.inspect(empty_database.engine).get_table_names() == []


@pytest.mark.usefixtures("in_production")
def test_production_asks_for_the_reference_data_then_for_the_keyring(on, tmp_path, database):
    saisine = on(database)
    saisine("serve").refuses("saisine load-reference")
    loaded = saisine("load-reference")
    assert loaded.status == 0
    with database.read() as session:
        assert loaded.json["commune"] == session.scalar(sa.select(sa.func.count()).select_from(Commune)) > 34_000
    saisine("serve").refuses("keys.json", "saisine keys init")
    assert not (tmp_path / "keys.json").exists()
    saisine("demo", "load").refuses("SAISINE_ENV is not demo")


@pytest.mark.engines("sqlite", "postgresql")
def test_migrating_twice_changes_nothing(on, empty_database):
    first = on(empty_database)("migrate")
    tables = sa.inspect(empty_database.engine).get_table_names()
    assert (first.status, "filing" in tables) == (0, True)
    second = on(empty_database)("migrate")
    assert (second.status, second.out) == (0, first.out)
    assert re.fullmatch(r"(SQLite|PostgreSQL) [\d.]+.*: ready\n", second.out)
    assert sa.inspect(empty_database.engine).get_table_names() == tables
