"""Every address is listed: removing one means deciding what its bookmark becomes."""

from tests.support.routes import LIST, addresses


def test_every_address_is_listed_and_every_listed_address_is_there(app):
    assert addresses(app) == LIST.read_text(encoding="utf-8").splitlines(), "if this is decided: make routes"
