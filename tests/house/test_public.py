"""What catalogues, editors and hooks read of the project is true."""

import re
import tomllib
from datetime import date
from typing import Annotated, Literal

import pytest
import yaml
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.base.i18n import LANGUAGES
from app.runtime.health import VERSION
from tests.support.source import HOME, modules

Text = Annotated[str, StringConstraints(min_length=1)]
Some = Annotated[list[Text], Field(min_length=1)]


class Part(BaseModel):
    """A part of ``publiccode.yml``: no other key than those of the standard."""

    model_config = ConfigDict(extra="forbid")


class Description(Part):
    shortDescription: Annotated[str, StringConstraints(min_length=1, max_length=150)]  # noqa: N815 - the standard's word
    longDescription: Annotated[str, StringConstraints(min_length=150, max_length=10_000)]  # noqa: N815
    features: Some
    screenshots: list[Text] = []


class Audience(Part):
    countries: list[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]]
    scope: list[Literal["healthcare", "justice", "society"]]


class Legal(Part):
    license: Text


class Contact(Part):
    name: Text
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]


class Maintenance(Part):
    type: Literal["internal", "community"]
    contacts: Annotated[list[Contact], Field(min_length=1)]


class Localisation(Part):
    localisationReady: bool  # noqa: N815
    availableLanguages: Some  # noqa: N815


class Dependency(Part):
    name: Text
    versionMin: Text | None = None  # noqa: N815
    optional: bool = False


class Dependencies(Part):
    open: list[Dependency]


class PublicCode(Part):
    """The keys of publiccode.yml 0.4 that the project uses, each as mandatory as the standard makes it."""

    publiccodeYmlVersion: Literal["0.4"]  # noqa: N815
    name: Text
    url: AnyUrl
    softwareVersion: Text  # noqa: N815
    releaseDate: date | None = None  # noqa: N815
    platforms: Some
    categories: list[Literal["digital-citizenship", "data-collection", "workflow-management"]]
    developmentStatus: Literal["concept", "development", "beta", "stable", "obsolete"]  # noqa: N815
    softwareType: Literal["standalone/web"]  # noqa: N815
    intendedAudience: Audience  # noqa: N815
    description: Annotated[dict[Literal["fr", "en"], Description], Field(min_length=1)]
    legal: Legal
    maintenance: Maintenance
    localisation: Localisation
    dependsOn: Dependencies  # noqa: N815


def said():
    return yaml.safe_load((HOME / "publiccode.yml").read_text(encoding="utf-8"))


def project():
    return tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_is_written_once():
    assert project()["version"] == VERSION
    assert not [module.name for module in modules() if f'"{VERSION}"' in module.text]


def test_the_catalogue_is_told_what_the_project_says_of_itself():
    read = PublicCode.model_validate(said(), strict=False)
    assert read.softwareVersion == project()["version"]
    assert read.legal.license == project()["license"]
    assert read.localisation.availableLanguages == list(LANGUAGES)
    python = next(one for one in read.dependsOn.open if one.name == "Python")
    assert project()["requires-python"] == f">={python.versionMin}"
    for words in read.description.values():
        assert not [path for path in words.screenshots if not (HOME / path).is_file()]


@pytest.mark.parametrize("key", [name for name, field in PublicCode.model_fields.items() if field.is_required()])
def test_a_catalogue_refuses_what_lacks_a_key(key):
    with pytest.raises(ValidationError):
        PublicCode.model_validate({name: value for name, value in said().items() if name != key})


def test_the_hooks_run_what_make_check_runs():
    rule = (HOME / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    commands = re.findall(r"^\t\$\(BIN\)/(.+)$", rule, re.MULTILINE)
    (local,) = yaml.safe_load((HOME / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert local["repo"] == "local", "nothing is downloaded before a commit"
    assert [hook["entry"] for hook in local["hooks"]] == [f".venv/bin/{command}" for command in commands]
    assert {(hook["language"], hook["pass_filenames"]) for hook in local["hooks"]} == {("system", False)}
