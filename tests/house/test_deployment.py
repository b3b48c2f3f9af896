"""What an instance is started from says only what the service knows: settings, commands, folders."""

import re

import pytest
import yaml
from typer.main import get_command

from app.base.settings import Settings
from app.cli import saisine
from tests.support.source import HOME

DEPLOY = HOME / "deploy"
UNITS = ("saisine.service", "saisine-worker.service")
EXAMPLE = DEPLOY / "saisine.env.example"
IMAGE = (HOME / "Dockerfile").read_text(encoding="utf-8")
MANUAL = (HOME / "docs" / "exploitation.md").read_text(encoding="utf-8")
SETTING = re.compile(r"\bSAISINE_[A-Z_]*[A-Z]\b")
SECRET = re.compile(r"(?im)^ *\w*(?:password|secret|token)\w*: +(?!\$\{\w+:\?).+$|://\w+:(?!\$\{\w+:\?)[^@\s]+@")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))


def unit(name):
    """Give the lines of a section of a unit, in order: a key may come twice."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    sections = re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    return {
        section: [line for line in body.splitlines() if line and not line.startswith("#")] for section, body in sections
    }


def ours(compose):
    return {name: one for name, one in compose["services"].items() if one["image"] == "saisine"}


def knows(words):
    """Tell whether the command line has this command, and each group on its way."""
    command = get_command(saisine)
    for word in words:
        command = command.get_command(None, word) if hasattr(command, "get_command") else None
        if command is None:
            return False
    return True


def test_each_service_runs_a_command_that_exists(compose):
    commands = {name: one["command"] for name, one in ours(compose).items()}
    assert commands.pop("tools") == ["--help"]
    assert {"serve", "work", "load-reference"} == {words[0] for words in commands.values()}
    assert all(knows(words) for words in commands.values())
    assert not knows(["servir"]), "an unknown command would be seen"


def test_each_unit_runs_a_command_that_exists():
    runs = [line.partition("=")[2].split() for name in UNITS for line in unit(name)["Service"] if "ExecStart" in line]
    assert [run[1:] for run in runs] == [["serve"], ["work"]]
    assert all(knows(run[1:]) for run in runs)


def test_every_setting_that_is_written_exists():
    places = [HOME / "compose.yaml", HOME / "Dockerfile", EXAMPLE, *(DEPLOY / name for name in UNITS)]
    written = {name for place in places for name in SETTING.findall(place.read_text(encoding="utf-8"))}
    assert written
    assert written <= {f"SAISINE_{name}".upper() for name in Settings.model_fields}


def test_the_manual_tells_every_setting_and_no_other():
    """``saisine.env.example`` sends there for each of them."""
    assert set(SETTING.findall(MANUAL)) == {f"SAISINE_{name}".upper() for name in Settings.model_fields}


def test_every_section_of_the_manual_that_is_quoted_exists():
    places = (HOME / "compose.yaml", *(DEPLOY / name for name in UNITS))
    quoted = [re.findall(r"docs/exploitation\.md, « (.+?) »", place.read_text(encoding="utf-8")) for place in places]
    assert all(quoted)
    assert {one for found in quoted for one in found} <= set(re.findall(r"^## (.+)$", MANUAL, re.MULTILINE))


def test_the_example_could_be_served_once_it_is_filled(monkeypatch):
    for name, value in re.findall(r"^(SAISINE_\w+)=(.+)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE):
        monkeypatch.setenv(name, value)
    assert Settings().env == "production"
    assert Settings().unsafe() == []


def test_no_secret_is_written(compose):
    assert SECRET.search("  POSTGRES_PASSWORD: abc")
    assert SECRET.search("postgresql://saisine:abc@database/saisine")
    assert not SECRET.findall((HOME / "compose.yaml").read_text(encoding="utf-8"))
    assert re.search(r"^POSTGRES_PASSWORD=$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert "/deploy/saisine.env" in (HOME / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert all(one["env_file"] == "deploy/saisine.env" for one in ours(compose).values())


def test_every_container_is_confined_and_the_keyring_only_read(compose):
    for name, one in compose["services"].items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert name == "service" or "ports" not in one, name
    keys = {
        name: [place for place in one["volumes"] if place.startswith("keys:")] for name, one in ours(compose).items()
    }
    assert keys.pop("tools") == ["keys:/keys"]
    assert set(map(tuple, keys.values())) == {("keys:/keys:ro",)}


def test_folders_that_are_written_are_volumes_of_the_image(compose):
    made = set(re.search(r"install -d .* -m 0700 (.+)$", IMAGE, re.MULTILINE)[1].split())
    places = [place.split(":") for one in ours(compose).values() for place in one["volumes"]]
    assert {place[1] for place in places} == made
    assert {place[0] for place in places} <= set(compose["volumes"])


def test_tables_are_ready_before_anything_is_served_or_sent(compose):
    services = compose["services"]
    assert services["prepare"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("service", "worker"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
        assert services[name]["environment"]["SAISINE_WORKER"] == "false"
    assert services["database"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_what_serves_no_page_is_not_asked_for_its_state(compose):
    assert "HEALTHCHECK" in IMAGE
    silent = {name for name, one in ours(compose).items() if one.get("healthcheck") == {"disable": True}}
    assert silent == set(ours(compose)) - {"service"}


def test_both_units_are_confined_alike():
    service, worker = (unit(name) for name in UNITS)
    differs = set(service["Service"]) ^ set(worker["Service"])
    assert {line.partition("=")[0] for line in differs} == {"ExecStart"}
    assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "UMask=0077"} <= set(
        service["Service"]
    )
    assert "EnvironmentFile=/etc/saisine/saisine.env" in service["Service"]
