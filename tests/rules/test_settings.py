"""The settings that must not serve, each named; what is read from the environment."""

import pytest
from pydantic import ValidationError

from app.base.settings import Settings

GOOD = {
    "env": "production",
    "data": "donnees",
    "keyring": "cles/trousseau.json",
    "public_url": "https://saisine.exemple.fr",
    "smtp_url": "smtps://compte:secret@courrier.exemple.fr",
    "mail_from": "saisine@exemple.fr",
    "operator_name": "Organisme Exemple",
    "operator_contact": "exploitation@exemple.fr",
    "publication_director": "Camille Exemple",
    "hosting": "Hébergeur Exemple, 1 rue Inventée, 75000 Paris",
    "dpo_contact": "dpo@exemple.fr",
}


def unsafe(**changes):
    return Settings(**{**GOOD, **changes}).unsafe()


def test_production_well_set_is_safe():
    assert unsafe() == []


@pytest.mark.parametrize("url", ["https://lre.exemple.fr/v1", "http://127.0.0.1:8099/lre"])
def test_a_provider_of_registered_letters_is_reached_without_being_overheard(url):
    assert unsafe(lre_url=url, lre_token="jeton") == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"public_url": ""}, "SAISINE_PUBLIC_URL"),
        ({"public_url": "http://saisine.exemple.fr"}, "SAISINE_PUBLIC_URL"),
        ({"keyring": None}, "SAISINE_KEYRING"),
        ({"keyring": "donnees/trousseau.json"}, "SAISINE_KEYRING"),
        ({"keyring": "donnees/plus/bas/trousseau.json"}, "SAISINE_KEYRING"),
        ({"smtp_url": ""}, "SAISINE_SMTP_URL"),
        ({"lre_url": "http://lre.exemple.fr", "lre_token": "x"}, "SAISINE_LRE_URL"),
        ({"lre_url": "https://lre.exemple.fr"}, "SAISINE_LRE_TOKEN"),
        ({"mail_from": "saisine@exemple.invalid"}, "SAISINE_MAIL_FROM"),
        ({"operator_name": ""}, "SAISINE_OPERATOR_NAME"),
        ({"operator_contact": ""}, "SAISINE_OPERATOR_CONTACT"),
        ({"publication_director": ""}, "SAISINE_PUBLICATION_DIRECTOR"),
        ({"hosting": ""}, "SAISINE_HOSTING"),
        ({"dpo_contact": ""}, "SAISINE_DPO_CONTACT"),
        ({"accessibility": "totalement conforme"}, "SAISINE_ACCESSIBILITY"),
    ],
)
def test_each_unsafe_setting_is_named_alone(changes, named):
    reasons = unsafe(**changes)
    assert len(reasons) == 1
    assert named in reasons[0]


def test_an_audit_proves_the_accessibility():
    assert not unsafe(accessibility="partiellement conforme", accessibility_audit="2026-02-01, 80 %")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_demonstration_listens_on_this_machine(host):
    assert Settings(host=host, public_url="http://127.0.0.1:8000").unsafe() == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_the_demonstration_listens_nowhere_else(host):
    assert any("SAISINE_ENV=demo" in reason for reason in Settings(host=host).unsafe())


def test_plain_http_is_refused_away_from_this_machine():
    reasons = Settings(public_url="http://demo.exemple.fr").unsafe()
    assert ["SAISINE_PUBLIC_URL" in reason for reason in reasons] == [True]


@pytest.mark.parametrize(
    ("url", "https"), [("https://saisine.exemple.fr/", True), ("http://127.0.0.1:8000", False), ("", False)]
)
def test_cookies_are_secure_when_people_come_by_https(url, https):
    settings = Settings(public_url=url)
    assert settings.is_https is https
    assert not settings.address.endswith("/")


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgresql://saisine@base/saisine", "postgresql+psycopg://saisine@base/saisine"),
        ("postgresql+psycopg://saisine@base/saisine", "postgresql+psycopg://saisine@base/saisine"),
        ("sqlite:////var/donnees/s.sqlite", "sqlite:////var/donnees/s.sqlite"),
    ],
)
def test_the_address_of_the_database(given, opened):
    assert Settings(database_url=given).database == opened


def test_the_embedded_database_lies_in_the_data_folder(tmp_path):
    assert Settings(data=tmp_path).database == f"sqlite:///{tmp_path}/saisine.sqlite"


def test_the_keyring_of_the_demonstration_lies_beside_the_data(tmp_path):
    path = Settings(data=tmp_path / "donnees").keyring_path
    assert path.parent == tmp_path
    assert (tmp_path / "donnees") not in path.parents


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("SAISINE_PORT", "8765")
    monkeypatch.setenv("SAISINE_WORKER", "false")
    monkeypatch.setenv("SAISINE_ENV", "production")
    settings = Settings()
    assert (settings.port, settings.worker, settings.is_demo) == (8765, False, False)


@pytest.mark.parametrize(
    ("name", "value"), [("SAISINE_ENV", "prod"), ("SAISINE_PORT", "huit"), ("SAISINE_WORKER", "?")]
)
def test_a_setting_that_means_nothing_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()
