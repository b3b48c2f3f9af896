"""Passwords, codes that serve once, the life of a session."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.accounts import rules
from app.accounts.known_passwords import KNOWN

NOW = datetime(2026, 3, 3, 21, 41, 7, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXP" * 2
EMAIL = "emile.exemple@caisse.exemple.fr"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("onze lettre", rules.TOO_SHORT),
        ("é" * 129, rules.TOO_LONG),
        ("azertyuiopqs", rules.TOO_COMMON),
        ("aaaaaaaaaaaa", rules.TOO_COMMON),
        ("abc-abc-abc-abc-", rules.TOO_COMMON),
        ("012345678901", rules.TOO_COMMON),
        ("MotDePasse2026", rules.TOO_COMMON),
        ("emile.exemple", rules.TOO_COMMON),
        ("correct horse battery staple", rules.TOO_COMMON),
        ("tulipe moteur falaise", None),
        ("lampe verte 12", None),
        ("!?#%&$*^~@=+", None),
        ("é" + "tulipe moteur" * 9, None),
    ],
)
def test_a_password_is_long_and_not_the_first_one_tried(password, reason):
    assert rules.weakness(password, EMAIL, KNOWN) == reason


def test_the_same_letters_from_two_keyboards_are_one_password():
    assert rules.normal_password("e\N{COMBINING ACUTE ACCENT}te") == rules.normal_password("éte")


def test_an_address_is_the_same_in_any_case():
    assert rules.normal_email("  Emile.Exemple@Caisse.EXEMPLE.fr ") == EMAIL


@pytest.mark.parametrize(("shift", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_accepted_one_step_around_now(shift, accepted):
    code = pyotp.TOTP(SEED).at(NOW + timedelta(seconds=shift))
    assert (rules.accepted_step(SEED, code, NOW, last_step=0) is not None) is accepted


def test_a_code_serves_once_and_an_older_one_no_more():
    step = rules.step_of(NOW)
    assert rules.accepted_step(SEED, rules.code_at(SEED, NOW), NOW, last_step=0) == step
    assert rules.accepted_step(SEED, rules.code_at(SEED, NOW), NOW, last_step=step) is None
    before = rules.code_at(SEED, NOW - timedelta(seconds=30))
    assert rules.accepted_step(SEED, before, NOW, last_step=step) is None


def test_a_code_is_read_with_its_spaces():
    code = rules.code_at(SEED, NOW)
    assert rules.accepted_step(SEED, f" {code[:3]} {code[3:]} ", NOW, last_step=0)


@pytest.mark.parametrize("typed", ["", "12345", "١٢٣٤٥٦", "abcdef", "0" * 20])
def test_what_is_not_a_code_is_refused(typed):
    assert rules.accepted_step(SEED, typed, NOW, last_step=0) is None


@pytest.mark.parametrize(("failures", "minutes"), [(0, None), (4, None), (5, 15), (6, 30), (7, 60), (400, 60)])
def test_the_wait_grows_and_never_lasts_for_ever(failures, minutes):
    assert rules.wait_after(failures, NOW) == (NOW + timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    ("idle", "left", "alive"),
    [(0, 480, True), (29, 1, True), (30, 1, False), (0, 0, False), (5, -1, False)],
)
def test_a_session_ends_when_idle_or_at_its_end(idle, left, alive):
    seen, ends = NOW - timedelta(minutes=idle), NOW + timedelta(minutes=left)
    assert rules.is_alive(seen, ends, 30, NOW) is alive


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/agent/plaintes?etat=recue&page=2", "/agent/plaintes?etat=recue&page=2"),
        ("/agent/plaintes/SA-2026-7KM4-Q9TR", "/agent/plaintes/SA-2026-7KM4-Q9TR"),
        ("/administration/utilisateurs", "/administration/utilisateurs"),
        ("/agent/confirmer", None),
        ("/association/plaintes", None),
        ("", None),
        ("/", None),
        ("https://ailleurs.invalid/agent/", None),
        ("//ailleurs.invalid/agent/", None),
        ("/agent//ailleurs.invalid", None),
        ("/agent/../saisine", None),
        ("/agent/\\ailleurs", None),
        ("/agent/a\r\nSet-Cookie: x", None),
        ("/agent/connexion?suite=/agent/connexion", None),
        ("/agent/deconnexion", None),
    ],
)
def test_after_sign_in_one_goes_back_to_a_page_of_ours_alone(asked, path):
    assert rules.way_back(asked) == path
